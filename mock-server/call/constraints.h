// Constraints: what a service model demands of an input beyond its form (required members, lengths,
// ranges, enums, patterns), and how AWS words a breach:
//
//   2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: Member
//   must not be null; Value '0' at 'limit' failed to satisfy constraint: Member must have value
//   greater than or equal to 1
//
// The check knows no service: each decides, in its Service::validated_by, which error code the
// message goes under and what it leaves to its own rules. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudchamber/json.h"
#include "sdk/model/shape.h"

namespace cloudchamber::mock {

struct ConstraintOptions {
  // Shapes that are not looked into, nor checked: for values with rules of their own.
  std::vector<std::string_view> skipped_shapes;
  // Shapes whose constraints are those of another: where AWS enforces more than its model says.
  std::vector<std::pair<std::string_view, const Shape*>> replaced_shapes;
  // Members of the input that are demanded though the model does not say so.
  std::vector<std::string_view> also_required;
  // How AWS lists the values of an enum, by the shape's name, where not in the model's order.
  const std::vector<std::pair<std::string_view, std::string_view>>* enum_lists = nullptr;
  // Shapes whose patterns the service checks itself.
  std::vector<std::string_view> patterns_left_out;
  // IAM tells neither the faulty value nor the values of an enum.
  bool tells_values = true;
  // AWS tells no more than so many.
  std::size_t max_violations = 10;
};

// Each breach: "Value 'x' at 'a.1.member.b' failed to satisfy constraint: Member must ...". The
// input has been decoded: of the model's types, nesting bounded by the decoder.
[[nodiscard]] std::vector<std::string> constraint_violations(const Shape& shape, const Json& input,
                                                             const ConstraintOptions& options = {});

// All of them in one sentence, "1 validation error detected: ..."; nothing where the input is fine.
[[nodiscard]] std::optional<std::string> constraint_message(const Shape& shape, const Json& input,
                                                            const ConstraintOptions& options = {});

}  // namespace cloudchamber::mock
