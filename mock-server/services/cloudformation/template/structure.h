// Whether a template is built as templates are: sections, names, what must and may stand where,
// AWS's counts. What its names refer to is checked in references.h, its values as they are used.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::cloudformation {

// Throws ValidationError: "Template format error: ...", "Invalid template property or properties
// [X]".
void check_structure(const Json& body);

// A section of a template, an empty object where it has none.
[[nodiscard]] const Json& section(const Json& body, std::string_view name);
// The members of a resource definition and the like; an empty object, null where there is none.
[[nodiscard]] const Json& member(const Json& object, std::string_view name);

// The transforms that a template names, in order.
[[nodiscard]] std::vector<std::string> transforms_of(const Json& body);

// DependsOn: a name or a list of names.
[[nodiscard]] std::vector<std::string> depends_on(const Json& definition);

}  // namespace cloudchamber::mock::cloudformation
