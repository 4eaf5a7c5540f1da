#include "mock-server/policy/evaluate.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/policy/conditions.h"
#include "mock-server/policy/texts.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock {
namespace {

// "arn:aws:iam::123456789012:role/path/name" is the role of
// "arn:aws:sts::123456789012:assumed-role/name/session".
bool is_role_of_session(std::string_view role, std::string_view session) {
  constexpr std::string_view kAssumed = ":assumed-role/";
  constexpr std::string_view kRole = ":role/";
  const std::size_t assumed = session.find(kAssumed);
  const std::size_t of_role = role.find(kRole);
  if (assumed == std::string_view::npos || of_role == std::string_view::npos) return false;
  const std::string_view account = session.substr(0, assumed);
  if (account.substr(account.rfind(':') + 1) !=
      role.substr(0, of_role).substr(role.substr(0, of_role).rfind(':') + 1)) {
    return false;
  }
  const std::string_view name = session.substr(assumed + kAssumed.size());
  return role.substr(role.rfind('/') + 1) == name.substr(0, name.find('/'));
}

bool statement_applies(const Json& statement, const PolicyQuestion& question) {
  if (const auto principal = statement.find("Principal"); principal != statement.end()) {
    if (!names_principal(*principal, question.principal, question.canonical_id)) return false;
  } else if (const auto others = statement.find("NotPrincipal"); others != statement.end()) {
    if (names_principal(*others, question.principal, question.canonical_id)) return false;
  }
  const std::string action = lowered(question.action);
  const auto names_action = [&](const std::string& pattern) {
    return matches_wildcard(lowered(pattern), action);
  };
  if (const auto actions = statement.find("Action"); actions != statement.end()) {
    if (!any_text(*actions, names_action)) return false;
  } else if (const auto others = statement.find("NotAction"); others != statement.end()) {
    if (any_text(*others, names_action)) return false;
  }
  const auto names_resource = [&](const std::string& pattern) {
    return matches_wildcard(pattern, question.resource);
  };
  if (const auto resources = statement.find("Resource"); resources != statement.end()) {
    if (!any_text(*resources, names_resource)) return false;
  } else if (const auto others = statement.find("NotResource"); others != statement.end()) {
    if (any_text(*others, names_resource)) return false;
  }
  const auto conditions = statement.find("Condition");
  if (conditions == statement.end()) return true;
  for (const auto& [operation, keys] : conditions->items()) {
    for (const auto& [key, wanted] : keys.items()) {
      const std::size_t slash = key.find('/');
      std::string name = lowered(std::string_view(key).substr(0, slash));
      if (slash != std::string::npos) name += key.substr(slash);
      if (!condition_holds(operation, wanted, question.values(name))) return false;
    }
  }
  return true;
}

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

}  // namespace

bool names_principal(const Json& named, const Principal& principal,
                     const std::string& canonical_id) {
  if (named.is_string()) return named == "*";
  if (!named.is_object()) return false;
  if (const auto aws = named.find("AWS"); aws != named.end()) {
    const bool found = any_text(*aws, [&](const std::string& name) {
      if (name == "*") return true;
      if (principal.anonymous) return false;
      return name == principal.account || name == principal.arn ||
             name == "arn:aws:iam::" + principal.account + ":root" ||
             is_role_of_session(name, principal.arn);
    });
    if (found) return true;
  }
  if (const auto users = named.find("CanonicalUser"); users != named.end()) {
    return any_text(*users, [&](const std::string& id) {
      return !principal.anonymous && !canonical_id.empty() && id == canonical_id;
    });
  }
  return false;
}

bool matches_wildcard(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

Effect evaluate(const Json& policy, const PolicyQuestion& question) {
  Effect effect = Effect::kNothing;
  each_statement(policy, [&](const Json& statement) {
    if (effect == Effect::kDeny || !statement_applies(statement, question)) return;
    effect = statement.value("Effect", "") == "Deny" ? Effect::kDeny : Effect::kAllow;
  });
  return effect;
}

}  // namespace cloudchamber::mock
