#include "mock-server/services/iam/policy_syntax.h"

#include <algorithm>
#include <array>

#include "mock-server/policy/conditions.h"
#include "mock-server/services/iam/errors.h"
#include "mock-server/services/iam/text.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::iam {
namespace {

constexpr int kMaxDepth = 32;

AwsError syntax_error() { return malformed_policy("Syntax errors in policy."); }

template <std::size_t N>
void check_members(const Json& object, const std::array<std::string_view, N>& known) {
  for (const auto& [name, value] : object.items()) {
    if (std::find(known.begin(), known.end(), name) == known.end()) throw syntax_error();
  }
}

// A string, or an array of strings and nulls.
void check_texts(const Json& statement, const char* element) {
  const auto found = statement.find(element);
  if (found == statement.end() || found->is_string()) return;
  if (!found->is_array()) throw syntax_error();
  for (const Json& one : *found) {
    if (!one.is_string() && !one.is_null()) throw syntax_error();
  }
}

void check_text(const Json& object, const char* element) {
  const auto found = object.find(element);
  if (found != object.end() && !found->is_string()) throw syntax_error();
}

void check_one_of_two(const Json& statement, const char* element, const char* opposite) {
  if (statement.contains(element) && statement.contains(opposite)) throw syntax_error();
  check_texts(statement, element);
  check_texts(statement, opposite);
}

void check_conditions(const Json& conditions) {
  const auto is_scalar = [](const Json& value) {
    return value.is_string() || value.is_boolean() || value.is_number();
  };
  if (!conditions.is_object()) throw syntax_error();
  for (const auto& [operation, keys] : conditions.items()) {
    if (!keys.is_object()) throw syntax_error();
    if (!keys.empty() && !is_condition_operator(operation)) throw syntax_error();
    for (const auto& [key, wanted] : keys.items()) {
      if (is_scalar(wanted)) continue;
      if (!wanted.is_array()) throw syntax_error();
      if (!std::all_of(wanted.begin(), wanted.end(), is_scalar)) throw syntax_error();
    }
  }
}

void check_principal(const Json& statement, const char* element) {
  const auto found = statement.find(element);
  if (found == statement.end() || found->is_string()) return;
  if (!found->is_object()) throw syntax_error();
  for (const auto& [kind, names] : found->items()) check_texts(*found, kind.c_str());
}

void check_statement(const Json& statement) {
  constexpr std::array<std::string_view, 9> kElements = {
      "Sid",      "Effect",    "Principal",   "NotPrincipal", "Action",
      "Resource", "NotAction", "NotResource", "Condition"};
  if (!statement.is_object()) throw syntax_error();
  check_members(statement, kElements);
  check_text(statement, "Sid");
  const auto effect = statement.find("Effect");
  if (effect == statement.end() || !effect->is_string()) throw syntax_error();
  const std::string lower_effect = lowered(effect->get_ref<const std::string&>());
  if (lower_effect != "allow" && lower_effect != "deny") throw syntax_error();
  check_one_of_two(statement, "Action", "NotAction");
  check_one_of_two(statement, "Resource", "NotResource");
  if (statement.contains("Principal") && statement.contains("NotPrincipal")) throw syntax_error();
  check_principal(statement, "Principal");
  check_principal(statement, "NotPrincipal");
  if (const auto conditions = statement.find("Condition"); conditions != statement.end()) {
    check_conditions(*conditions);
  }
}

Json parse(std::string_view document) {
  int deepest = 0;
  Json policy = Json::parse(
      document,
      [&](int depth, Json::parse_event_t, Json&) {
        deepest = std::max(deepest, depth);
        return depth <= kMaxDepth;
      },
      /*allow_exceptions=*/false);
  // LocalStack's recording test_create_role_with_malformed_assume_role_policy_document.
  if (policy.is_discarded()) throw malformed_policy("This policy contains invalid Json");
  if (deepest > kMaxDepth) throw syntax_error();
  return policy;
}

}  // namespace

Json parsed_policy(std::string_view document) {
  constexpr std::array<std::string_view, 3> kElements = {"Version", "Id", "Statement"};
  Json policy = parse(document);
  if (!policy.is_object()) throw syntax_error();
  check_members(policy, kElements);
  check_text(policy, "Id");
  if (const auto version = policy.find("Version"); version != policy.end()) {
    if (*version != "2012-10-17" && *version != "2008-10-17") throw syntax_error();
  }
  const auto statements = policy.find("Statement");
  if (statements == policy.end()) throw syntax_error();
  if (statements->is_object()) *statements = Json::array({std::move(*statements)});
  if (!statements->is_array() || statements->empty()) throw syntax_error();
  for (const Json& statement : *statements) check_statement(statement);
  return policy;
}

}  // namespace cloudchamber::mock::iam
