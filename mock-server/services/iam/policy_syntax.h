// The form that all policies have in common. Private to policy_document.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::iam {

// The document, an object whose Statement has become an array of objects. Throws
// MalformedPolicyDocument for what is no JSON or no policy.
[[nodiscard]] Json parsed_policy(std::string_view document);

// Visits each text of an element that is a string or an array of strings; nothing where it is
// absent. Nulls in the array count for nothing, as with AWS.
template <class Visit>
void each_text(const Json& statement, const char* element, Visit visit) {
  const auto found = statement.find(element);
  if (found == statement.end()) return;
  if (found->is_string()) return visit(found->get_ref<const std::string&>());
  for (const Json& one : *found) {
    if (one.is_string()) visit(one.get_ref<const std::string&>());
  }
}

// Is the element there, with any text at all?
[[nodiscard]] inline bool has_text(const Json& statement, const char* element) {
  bool any = false;
  each_text(statement, element, [&](const std::string&) { any = true; });
  return any;
}

}  // namespace cloudchamber::mock::iam
