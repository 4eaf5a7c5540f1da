#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "mock-server/services/sts/operations.h"
#include "mock-server/services/sts/temporary_credentials.h"
#include "mock-server/services/sts/trust.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::sts {
namespace {

constexpr std::int64_t kDefaultDuration = 3600;
constexpr std::int64_t kMaxChainedDuration = 3600;
constexpr std::size_t kMaxPackedPolicy = 2048;

// arn:partition:service:region:account:resource
struct Arn {
  std::array<std::string_view, 6> parts;
  [[nodiscard]] std::string_view partition() const { return parts[1]; }
  [[nodiscard]] std::string_view service() const { return parts[2]; }
  [[nodiscard]] std::string_view account() const { return parts[4]; }
  [[nodiscard]] std::string_view resource() const { return parts[5]; }
};

// LocalStack's recording test_sts_invalid_parameters.
Arn parse_arn(const std::string& text) {
  const AwsError invalid("ValidationError", text + " is invalid");
  Arn arn;
  std::string_view rest = text;
  for (std::size_t i = 0; i < 5; ++i) {
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) throw invalid;
    arn.parts[i] = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
  }
  arn.parts[5] = rest;
  if (arn.parts[0] != "arn" || arn.partition().empty() || arn.service().empty() || rest.empty())
    throw invalid;
  return arn;
}

// LocalStack's recording test_assume_role_tag_validation.
void check_tags(const Call& call) {
  std::set<std::string> keys;
  if (call.has("Tags")) {
    for (const Json& tag : call.at("Tags")) {
      if (!keys.insert(lowered(tag.value("Key", std::string()))).second) {
        throw AwsError("InvalidParameterValue",
                       "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
    }
  }
  if (!call.has("TransitiveTagKeys")) return;
  for (const Json& key : call.at("TransitiveTagKeys")) {
    if (!keys.contains(lowered(key.get<std::string>()))) {
      throw AwsError("InvalidParameterValue",
                     "The specified transitive tag key must be included in the requested tags.");
    }
  }
}

// How much of what a session may carry is used, in per cent; nothing when it carries nothing.
std::optional<std::int64_t> packed_size(const Call& call) {
  if (!call.has("Policy") && !call.has("Tags")) return std::nullopt;
  std::size_t bytes = 0;
  if (call.has("Policy")) {
    const std::string& policy = call.text("Policy");
    if (!Json::parse(policy, nullptr, false).is_object()) {
      throw AwsError("MalformedPolicyDocument", "The policy is not in the valid JSON format.");
    }
    bytes += policy.size();
  }
  if (call.has("Tags")) {
    for (const Json& tag : call.at("Tags")) {
      bytes += tag.value("Key", std::string()).size() + tag.value("Value", std::string()).size();
    }
  }
  const auto percent =
      static_cast<std::int64_t>((bytes * 100 + kMaxPackedPolicy - 1) / kMaxPackedPolicy);
  if (percent > 100) {
    throw AwsError("PackedPolicyTooLarge", "Serialized token too large for session", 400);
  }
  return percent;
}

// A role has one id for ever. While IAM does not hold the role it is made from the ARN.
std::string role_id(const std::string& role_arn) {
  std::string id = "AROA";
  for (const char byte : sha256(role_arn).substr(0, 17)) {
    id += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[static_cast<unsigned char>(byte) % 32];
  }
  return id;
}

}  // namespace

Json assume_role(Call& call, KnownCredentials& known) {
  const std::string& role_arn = call.text("RoleArn");
  const std::string& session = call.text("RoleSessionName");
  const Arn arn = parse_arn(role_arn);
  check_tags(call);
  const auto packed = packed_size(call);
  const std::int64_t duration = call.integer_or("DurationSeconds", kDefaultDuration);
  if (has_temporary_credentials(call.principal()) && duration > kMaxChainedDuration) {
    throw AwsError("ValidationError",
                   "The requested DurationSeconds exceeds the 1 hour session limit for roles "
                   "assumed by role chaining");
  }
  const std::optional<Json> held = find_role(call, role_arn, std::string(arn.account()));
  if (held) check_trust(call, *held, role_arn);
  const bool is_role = arn.service() == "iam" && arn.account().size() == 12 &&
                       arn.resource().starts_with("role/") && arn.resource().back() != '/';
  // By default a role that nobody created is taken to trust its caller.
  if (!is_role || (!held && call.strict())) throw access_denied(call, "sts:AssumeRole", role_arn);
  if (held && duration > held->value("MaxSessionDuration", kMaxChainedDuration)) {
    throw AwsError(
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  const std::string_view role = arn.resource().substr(arn.resource().rfind('/') + 1);
  Credential identity;
  identity.account = arn.account();
  identity.user_id =
      (held ? (*held)["RoleId"].get<std::string>() : role_id(role_arn)) + ':' + session;
  identity.arn = "arn:" + std::string(arn.partition()) + ":sts::" + identity.account +
                 ":assumed-role/" + std::string(role) + '/' + session;
  Json result{{"AssumedRoleUser", {{"AssumedRoleId", identity.user_id}, {"Arn", identity.arn}}}};
  if (packed) result["PackedPolicySize"] = *packed;
  if (call.has("SourceIdentity")) result["SourceIdentity"] = call.at("SourceIdentity");
  result["Credentials"] = issue(call, known, std::move(identity), Seconds(duration));
  return result;
}

}  // namespace cloudchamber::mock::sts
