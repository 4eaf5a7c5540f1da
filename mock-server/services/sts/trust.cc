#include "mock-server/services/sts/trust.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "mock-server/policy/evaluate.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::sts {
namespace {

using Values = std::optional<std::vector<std::string>>;

Values member(const Call& call, std::string_view name) {
  if (!call.has(name)) return std::nullopt;
  return std::vector<std::string>{call.text(name)};
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts
Values condition_values(const Call& call, std::string_view key) {
  constexpr std::string_view kRequestTag = "aws:requesttag/";
  const Principal& caller = call.principal();
  if (key == "sts:externalid") return member(call, "ExternalId");
  if (key == "sts:rolesessionname") return member(call, "RoleSessionName");
  if (key == "sts:sourceidentity") return member(call, "SourceIdentity");
  if (key == "aws:principalarn") return std::vector<std::string>{caller.arn};
  if (key == "aws:principalaccount") return std::vector<std::string>{caller.account};
  if (key == "aws:userid") return std::vector<std::string>{caller.user_id};
  if (key == "aws:username" && caller.arn.find(":user/") != std::string::npos) {
    return std::vector<std::string>{caller.arn.substr(caller.arn.rfind('/') + 1)};
  }
  if (key == "aws:currenttime") return std::vector<std::string>{iso8601(call.now())};
  if (key == "aws:epochtime") {
    const auto seconds = std::chrono::floor<Seconds>(call.now()).time_since_epoch().count();
    return std::vector<std::string>{std::to_string(seconds)};
  }
  if (key == "aws:sourceip") return std::vector<std::string>{"127.0.0.1"};
  // Plain HTTP stands for the TLS by which AWS would be reached: a policy that demands it must not
  // lock everybody out.
  if (key == "aws:securetransport") return std::vector<std::string>{"true"};
  if (key == "sts:transitivetagkeys" && call.has("TransitiveTagKeys")) {
    return call.at("TransitiveTagKeys").get<std::vector<std::string>>();
  }
  if (!call.has("Tags")) return std::nullopt;
  std::vector<std::string> keys;
  for (const Json& tag : call.at("Tags")) {
    if (key.starts_with(kRequestTag) && tag["Key"] == key.substr(kRequestTag.size())) {
      return std::vector<std::string>{tag["Value"].get<std::string>()};
    }
    keys.push_back(tag["Key"]);
  }
  if (key == "aws:tagkeys") return keys;
  return std::nullopt;
}

}  // namespace

std::optional<Json> find_role(const Call& call, const std::string& role_arn,
                              const std::string& account) {
  try {
    const std::string name = role_arn.substr(role_arn.rfind('/') + 1);
    Json role = call.invoke_in(account, "iam", "GetRole", {{"RoleName", name}})["Role"];
    if (role["Arn"] == role_arn) return role;
  } catch (const AwsError&) {
    // No role can have that name, or none has.
  }
  return std::nullopt;
}

void check_trust(const Call& call, const Json& role, const std::string& role_arn) {
  const Json policy = Json::parse(uri_decode(role["AssumeRolePolicyDocument"].get<std::string>()));
  const auto check = [&](std::string_view action) {
    const Effect effect = evaluate(
        policy, {.principal = call.principal(),
                 .action = action,
                 .resource = role_arn,
                 .values = [&](std::string_view key) { return condition_values(call, key); }});
    if (effect != Effect::kAllow) throw access_denied(call, action, role_arn);
  };
  check("sts:AssumeRole");
  if (call.has("Tags")) check("sts:TagSession");
  if (call.has("SourceIdentity")) check("sts:SetSourceIdentity");
}

AwsError access_denied(const Call& call, std::string_view action, const std::string& role_arn) {
  return {"AccessDenied",
          "User: " + call.principal().arn +
              " is not authorized to perform: " + std::string(action) + " on resource: " + role_arn,
          403};
}

}  // namespace cloudchamber::mock::sts
