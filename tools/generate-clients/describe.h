// What a generated header says about an operation: the words of the comment above its method.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sdk/model/service_model.h"

namespace cloudchamber {

// The type as a reader of JSON sees it: string, integer, [string], {Key*, Value*} for a structure
// with two required members, {string: blob} for a map, A | B | C for an enum.
[[nodiscard]] std::string type_text(const Shape& shape);

// The comment of an operation: its name, a line a parameter, "->" and its result, what it throws.
// Without the parameters that are `filled_in`; with what it `gives` instead of the result.
[[nodiscard]] std::string operation_comment(const Operation& operation, std::string_view indent,
                                            const std::set<std::string>& filled_in = {},
                                            std::string_view gives = "");

// The end of a method's head: `start`, the parameters of a call and `end`, on one line where it
// fits, else with the second parameter below the first.
[[nodiscard]] std::string with_parameters(const std::string& start, const std::string& end);

// `text` as comment lines of at most 100 columns, broken at blanks; lines after the first are
// indented by `hanging` more.
[[nodiscard]] std::string comment_lines(std::string_view text, std::string_view indent,
                                        std::size_t hanging = 0);

// Every shape that the service answers as an error, in alphabetical order.
[[nodiscard]] std::vector<const Shape*> errors_of(const ServiceModel& model);

}  // namespace cloudchamber
