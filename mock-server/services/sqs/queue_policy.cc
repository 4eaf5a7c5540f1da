#include "mock-server/services/sqs/queue_policy.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "mock-server/policy/evaluate.h"
#include "mock-server/services/sqs/errors.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::sqs {
namespace {

// Those that no policy can let another account do: "Cross-account permissions don't apply to this
// action" in the API reference.
constexpr std::array<std::string_view, 11> kOwnersAlone = {"AddPermission",
                                                           "CancelMessageMoveTask",
                                                           "DeleteQueue",
                                                           "ListMessageMoveTasks",
                                                           "ListQueueTags",
                                                           "ListQueues",
                                                           "RemovePermission",
                                                           "SetQueueAttributes",
                                                           "StartMessageMoveTask",
                                                           "TagQueue",
                                                           "UntagQueue"};

std::optional<std::vector<std::string>> value_of(const Call& call, std::string_view key) {
  const auto one = [](std::string value) { return std::vector<std::string>{std::move(value)}; };
  const Principal& principal = call.principal();
  // The chamber is sealed: its plain HTTP stands for AWS's HTTPS.
  if (key == "aws:securetransport") return one("true");
  if (key == "aws:sourceip") return one("127.0.0.1");
  if (key == "aws:currenttime") return one(iso8601(call.now()));
  if (key == "aws:epochtime") {
    return one(std::to_string(std::chrono::floor<Seconds>(call.now()).time_since_epoch().count()));
  }
  if (key == "aws:requestedregion") return one(call.region());
  if (key == "aws:useragent") {
    const std::string* agent = call.request().headers.find("User-Agent");
    return agent == nullptr ? std::nullopt : std::optional(one(*agent));
  }
  if (principal.anonymous) return std::nullopt;
  if (key == "aws:principalarn") return one(principal.arn);
  if (key == "aws:principalaccount") return one(principal.account);
  if (key == "aws:userid") return one(principal.user_id);
  return std::nullopt;
}

// A batch is what its entries are.
std::string action_of(const Call& call) {
  std::string name = call.operation().name;
  if (constexpr std::string_view kBatch = "Batch"; name.ends_with(kBatch))
    name.resize(name.size() - kBatch.size());
  return name;
}

AwsError access_denied(const Call& call, const Queue& queue, const std::string& action,
                       const std::string& why) {
  return {"AccessDenied",
          "User: " + call.principal().arn + " is not authorized to perform: " + action +
              " on resource: " + queue.arn + ' ' + why,
          403};
}

bool is_statement(const Json& statement) {
  if (!statement.is_object()) return false;
  const std::string effect = statement.contains("Effect") && statement["Effect"].is_string()
                                 ? statement["Effect"].get<std::string>()
                                 : "";
  if (effect != "Allow" && effect != "Deny") return false;
  if (const auto conditions = statement.find("Condition"); conditions != statement.end()) {
    if (!conditions->is_object() ||
        !std::all_of(conditions->begin(), conditions->end(),
                     [](const Json& keys) { return keys.is_object(); })) {
      return false;
    }
  }
  return (statement.contains("Principal") || statement.contains("NotPrincipal")) &&
         (statement.contains("Action") || statement.contains("NotAction"));
}

}  // namespace

Json parsed_object(const std::string& text) {
  constexpr int kMaxDepth = 32;
  int deepest = 0;
  Json object = Json::parse(
      text,
      [&](int depth, Json::parse_event_t, Json&) {
        deepest = std::max(deepest, depth);
        return deepest <= kMaxDepth;
      },
      /*allow_exceptions=*/false);
  return object.is_object() && deepest <= kMaxDepth ? object : Json(Json::value_t::discarded);
}

Json parsed_policy(const std::string& text) {
  const Json policy = parsed_object(text);
  if (!policy.is_object() || !policy.contains("Statement")) throw invalid_attribute_value("Policy");
  const auto is_text_or_absent = [&](const char* member) {
    return !policy.contains(member) || policy[member].is_string();
  };
  const Json& statements = policy["Statement"];
  const bool good =
      is_text_or_absent("Version") && is_text_or_absent("Id") &&
      (statements.is_array()
           ? !statements.empty() && std::all_of(statements.begin(), statements.end(), is_statement)
           : is_statement(statements));
  if (!good) throw invalid_attribute_value("Policy");
  return policy;
}

void check_access(const Call& call, const Queue& queue) {
  const bool owner = call.account() == queue.account;
  if (owner && queue.policy == nullptr) return;
  const std::string action = action_of(call);
  const std::string shown = lowered("sqs:" + action);
  Effect effect = Effect::kNothing;
  if (queue.policy != nullptr) {
    effect = evaluate(*queue.policy,
                      {.principal = call.principal(),
                       .action = shown,
                       .resource = queue.arn,
                       .values = [&](std::string_view key) { return value_of(call, key); }});
  }
  if (effect == Effect::kDeny) {
    throw access_denied(call, queue, shown, "with an explicit deny in a resource-based policy");
  }
  if (owner) return;
  const bool shareable =
      std::find(kOwnersAlone.begin(), kOwnersAlone.end(), action) == kOwnersAlone.end();
  if (effect != Effect::kAllow || !shareable) {
    throw access_denied(call, queue, shown,
                        "because no resource-based policy allows the " + shown + " action");
  }
}

}  // namespace cloudchamber::mock::sqs
