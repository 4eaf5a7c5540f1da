// Template: what CreateStack and the like are given, read and checked as far as that goes without
// the values of its parameters.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"
#include "mock-server/services/cloudformation/template/functions.h"
#include "mock-server/services/cloudformation/template/references.h"

namespace cloudchamber::mock::cloudformation {

// The body of a template: parsed, its transforms carried out, structure and references checked.
// Throws ValidationError, NotImplemented for transforms that are not emulated.
[[nodiscard]] Json read_template(std::string_view text);

// The conditions of a template, whose values only its parameters decide. `scope` tells those.
[[nodiscard]] Conditions evaluate_conditions(const Json& body, const Scope& scope);

// The types that the template names, each once, in order.
[[nodiscard]] std::vector<std::string> resource_types(const Json& body);

}  // namespace cloudchamber::mock::cloudformation
