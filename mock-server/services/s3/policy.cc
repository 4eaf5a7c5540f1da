#include "mock-server/services/s3/policy.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "mock-server/policy/conditions.h"
#include "mock-server/policy/evaluate.h"
#include "mock-server/policy/texts.h"
#include "mock-server/services/s3/limits.h"
#include "mock-server/services/s3/names.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::s3 {
namespace {

template <class Visit>
void each_statement(const Json& policy, Visit visit) {
  const auto statements = policy.find("Statement");
  if (statements == policy.end()) return;
  if (statements->is_object()) {
    visit(*statements);
  } else {
    for (const Json& statement : *statements) visit(statement);
  }
}

AwsError malformed_policy(const std::string& message) {
  return AwsError("MalformedPolicy", message, 400);
}

bool is_text_or_texts(const Json& value) {
  return value.is_string() ||
         (value.is_array() && !value.empty() &&
          std::all_of(value.begin(), value.end(), [](const Json& v) { return v.is_string(); }));
}

void check_principal(const Json& principal) {
  if (principal.is_string()) {
    if (principal != "*") throw malformed_policy("Invalid principal in policy");
    return;
  }
  if (!principal.is_object()) throw malformed_policy("Invalid principal in policy");
  for (const auto& [kind, names] : principal.items()) {
    if (kind != "AWS" && kind != "CanonicalUser" && kind != "Service" && kind != "Federated") {
      throw malformed_policy("Invalid principal in policy");
    }
    const bool valid = kind != "AWS" || !any_text(names, [](const std::string& name) {
                         return name != "*" && !is_account_id(name) && !name.starts_with("arn:");
                       });
    if (!valid) throw malformed_policy("Invalid principal in policy");
  }
}

void check_statement(const Json& statement, const std::string& bucket) {
  if (!statement.is_object()) throw malformed_policy("Syntax errors in policy.");
  const auto effect = statement.find("Effect");
  if (effect == statement.end()) throw malformed_policy("Missing required field Effect");
  if (*effect != "Allow" && *effect != "Deny") {
    throw malformed_policy("Invalid effect: " +
                           (effect->is_string() ? effect->get<std::string>() : effect->dump()));
  }
  const auto principal = statement.find("Principal");
  if (principal == statement.end() && !statement.contains("NotPrincipal")) {
    throw malformed_policy("Missing required field Principal");
  }
  if (principal != statement.end()) check_principal(*principal);
  if (principal == statement.end() && *effect == "Allow") {
    throw malformed_policy("Allow with NotPrincipal is not allowed.");
  }
  const auto action =
      statement.contains("Action") ? statement.find("Action") : statement.find("NotAction");
  if (action == statement.end()) throw malformed_policy("Missing required field Action");
  if (!is_text_or_texts(*action) || any_text(*action, [](const std::string& name) {
        return name != "*" && !lowered(name).starts_with("s3:");
      })) {
    throw malformed_policy("Policy has invalid action");
  }
  const auto resource =
      statement.contains("Resource") ? statement.find("Resource") : statement.find("NotResource");
  if (resource == statement.end()) throw malformed_policy("Missing required field Resource");
  const std::string arn = bucket_arn(bucket);
  if (!is_text_or_texts(*resource) || any_text(*resource, [&](const std::string& name) {
        // A pattern must be able to mean this bucket.
        const std::string_view own = std::string_view(name).substr(0, name.find('/'));
        return name != "*" && !matches_wildcard(own, arn);
      })) {
    throw malformed_policy("Policy has invalid resource");
  }
  if (const auto conditions = statement.find("Condition"); conditions != statement.end()) {
    if (!conditions->is_object()) throw malformed_policy("Syntax errors in policy.");
    for (const auto& [operation, keys] : conditions->items()) {
      if (!is_condition_operator(operation)) {
        throw malformed_policy("Invalid Condition type : " + operation);
      }
      if (!keys.is_object()) throw malformed_policy("Syntax errors in policy.");
    }
  }
}

// Ties a condition the statement to fixed values, so that it is not public?
bool is_restricting(const Json& conditions) {
  constexpr std::array<std::string_view, 10> kKeys = {
      "aws:sourceip",       "aws:sourcearn",       "aws:sourcevpc", "aws:sourcevpce",
      "aws:sourceowner",    "aws:sourceaccount",   "aws:userid",    "s3:dataaccesspointarn",
      "aws:principalorgid", "aws:principalaccount"};
  for (const auto& [operation, keys] : conditions.items()) {
    if (operation.find("Not") != std::string::npos) continue;
    for (const auto& [key, wanted] : keys.items()) {
      const std::string name = lowered(key);
      if (std::find(kKeys.begin(), kKeys.end(), name) == kKeys.end()) continue;
      const bool wide = any_text(wanted, [&](const std::string& value) {
        return name == "aws:sourceip" ? value.ends_with("/0")
                                      : value.find('*') != std::string::npos;
      });
      if (!wide) return true;
    }
  }
  return false;
}

}  // namespace

Json parsed_policy(std::string_view text, const std::string& bucket) {
  if (text.size() > kMaxPolicySize) {
    throw AwsError("PolicyTooLarge", "Policy exceeds the maximum allowed document size.", 400);
  }
  constexpr int kMaxDepth = 32;
  Json policy;
  if (text.starts_with('{')) {
    int deepest = 0;
    policy = Json::parse(
        text,
        [&](int depth, Json::parse_event_t, Json&) {
          deepest = std::max(deepest, depth);
          return true;
        },
        /*allow_exceptions=*/false);
    if (deepest > kMaxDepth) policy = Json(Json::value_t::discarded);
  }
  if (!policy.is_object()) {
    throw malformed_policy("Policies must be valid JSON and the first byte must be '{'");
  }
  const auto statements = policy.find("Statement");
  if (statements == policy.end()) throw malformed_policy("Missing required field Statement");
  if (!statements->is_array() && !statements->is_object()) {
    throw malformed_policy("Syntax errors in policy.");
  }
  if (statements->is_array() && statements->empty()) {
    throw malformed_policy("Could not parse the policy: Statement is empty!");
  }
  if (policy.contains("Version") && policy["Version"] != "2012-10-17" &&
      policy["Version"] != "2008-10-17") {
    throw malformed_policy("The policy must contain a valid version string");
  }
  each_statement(policy, [&](const Json& statement) { check_statement(statement, bucket); });
  return policy;
}

bool is_public(const Json& policy) {
  bool found = false;
  each_statement(policy, [&](const Json& statement) {
    if (statement.value("Effect", "") != "Allow") return;
    Principal anybody;
    anybody.anonymous = true;
    const auto principal = statement.find("Principal");
    const bool everybody = principal == statement.end() || names_principal(*principal, anybody);
    if (!everybody) return;
    const auto conditions = statement.find("Condition");
    if (conditions != statement.end() && is_restricting(*conditions)) return;
    found = true;
  });
  return found;
}

}  // namespace cloudchamber::mock::s3
