// The versions of managed policies: five at most, one of them the default.
#include <algorithm>

#include "mock-server/services/iam/aws_managed.h"
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/managed_policies.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/paging.h"
#include "mock-server/services/iam/policies.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::iam {
namespace {

std::string id_of(const PolicyVersion& version) { return 'v' + std::to_string(version.number); }

Json shown_version(const ManagedPolicy& policy, const PolicyVersion& version) {
  return {{"VersionId", id_of(version)},
          {"IsDefaultVersion", version.number == policy.default_version},
          {"CreateDate", shown(version.created)}};
}

Json shown_version(const AwsManagedPolicy& policy) {
  return {{"VersionId", 'v' + std::to_string(policy.version)},
          {"IsDefaultVersion", true},
          {"CreateDate", policy.created}};
}

AwsError no_such_version(const std::string& arn, const std::string& id) {
  return no_such_entity("Policy " + arn + " version " + id +
                        " does not exist or is not attachable.");
}

template <class Versions>
auto version_named(Versions& versions, const Call& call) {
  const std::string& id = call.text("VersionId");
  const auto found = std::find_if(versions.begin(), versions.end(),
                                  [&](const PolicyVersion& v) { return id_of(v) == id; });
  if (found == versions.end()) throw no_such_version(call.text("PolicyArn"), id);
  return found;
}

}  // namespace

ManagedPolicy& own_policy(const Call& call, Iam& iam) {
  const PolicyArn arn = parse_policy_arn(call.text("PolicyArn"));
  if (arn.of_aws) {
    throw AwsError("AccessDenied",
                   "User: " + call.principal().arn + " is not authorized to perform: iam:" +
                       call.operation().name + " on resource: policy " + arn.text,
                   403);
  }
  const ManagedPolicy* found = find_policy(iam, arn);
  if (found == nullptr) throw policy_not_found(arn.text);
  return *iam.policies.change(lowered(found->name));
}

Json create_policy_version(Call& call, Iam& iam) {
  ManagedPolicy& policy = own_policy(call, iam);
  std::string document = checked_managed_policy(call);
  if (policy.versions.size() >= kMaxPolicyVersions) {
    throw limit_exceeded(
        "A managed policy can have up to 5 versions. Before you create a new version, you must "
        "delete an existing version.");
  }
  policy.versions.push_back(
      {.number = ++policy.last_version, .document = std::move(document), .created = call.now()});
  policy.updated = call.now();
  if (call.flag_or("SetAsDefault", false)) policy.default_version = policy.last_version;
  return {{"PolicyVersion", shown_version(policy, policy.versions.back())}};
}

Json get_policy_version(Call& call, const Iam& iam) {
  const PolicyArn arn = parse_policy_arn(call.text("PolicyArn"));
  if (const AwsManagedPolicy* policy = find_aws_managed(arn.text)) {
    Json shape = shown_version(*policy);
    if (shape["VersionId"] != call.text("VersionId")) {
      throw no_such_version(arn.text, call.text("VersionId"));
    }
    if (policy->document.empty()) throw not_implemented("The document of " + arn.text);
    shape["Document"] = encoded_document(policy->document);
    return {{"PolicyVersion", std::move(shape)}};
  }
  const ManagedPolicy* policy = find_policy(iam, arn);
  if (policy == nullptr) throw policy_not_found(arn.text);
  const auto version = version_named(policy->versions, call);
  Json shape = shown_version(*policy, *version);
  shape["Document"] = encoded_document(version->document);
  return {{"PolicyVersion", std::move(shape)}};
}

Json list_policy_versions(Call& call, const Iam& iam) {
  const PolicyArn arn = parse_policy_arn(call.text("PolicyArn"));
  Page page(call, "Versions");
  if (const AwsManagedPolicy* policy = find_aws_managed(arn.text)) {
    page.add("v", [&] { return shown_version(*policy); });
    return page.result();
  }
  const ManagedPolicy* policy = find_policy(iam, arn);
  if (policy == nullptr) throw policy_not_found(arn.text);
  // Newest first; the key of a version grows as its number falls.
  for (auto version = policy->versions.rbegin(); version != policy->versions.rend(); ++version) {
    const std::string key = std::to_string(9'000'000'000'000'000'000 - version->number);
    if (!page.add(key, [&] { return shown_version(*policy, *version); })) break;
  }
  return page.result();
}

Json set_default_policy_version(Call& call, Iam& iam) {
  ManagedPolicy& policy = own_policy(call, iam);
  policy.default_version = version_named(policy.versions, call)->number;
  policy.updated = call.now();
  return Json::object();
}

Json delete_policy_version(Call& call, Iam& iam) {
  ManagedPolicy& policy = own_policy(call, iam);
  const auto version = version_named(policy.versions, call);
  if (version->number == policy.default_version) {
    throw delete_conflict("Cannot delete the default version of a policy.");
  }
  policy.versions.erase(version);
  return Json::object();
}

}  // namespace cloudchamber::mock::iam
