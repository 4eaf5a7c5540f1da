// What the values of a template refer to: the resources that others need first, and names that
// stand for nothing.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::cloudformation {

struct Reference {
  enum class Kind { kRef, kGetAtt, kSubAttribute, kCondition };
  Kind kind = Kind::kRef;
  std::string name;
  std::string attribute;  // of kGetAtt and kSubAttribute, where it is a literal
};

// All that `value` refers to. `conditions`, where it is known, tells which branch of each Fn::If
// counts; else both do.
using Conditions = std::map<std::string, bool, std::less<>>;
[[nodiscard]] std::vector<Reference> references_in(const Json& value, const Conditions* conditions);

[[nodiscard]] bool is_pseudo_parameter(const std::string& name);

// Throws ValidationError for names that the template does not have: "Template format error:
// Unresolved resource dependencies [X] in the Resources block of the template", ...
void check_references(const Json& body);

// With the conditions known: the resources that are to be, each with those that it needs.
using Needs = std::map<std::string, std::set<std::string>>;
// Throws ValidationError for references to resources that are not to be, and for circles.
[[nodiscard]] Needs resource_needs(const Json& body, const Conditions& conditions);

// Each output whose condition holds (that has none).
[[nodiscard]] std::vector<std::string> enabled_outputs(const Json& body,
                                                       const Conditions& conditions);

// Throws "Circular dependency between resources: [A, B]".
void check_circles(const Needs& needs);

}  // namespace cloudchamber::mock::cloudformation
