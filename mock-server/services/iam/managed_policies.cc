// Managed policies: created, shown, listed, deleted; who uses them.
#include "mock-server/services/iam/managed_policies.h"

#include "mock-server/services/iam/aws_managed.h"
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/paging.h"
#include "mock-server/services/iam/policies.h"
#include "mock-server/services/iam/policy_document.h"
#include "mock-server/services/iam/usage.h"

namespace cloudchamber::mock::iam {
namespace {

Json with_usage(Json shape, const Usage& usage) {
  shape["AttachmentCount"] = usage.attached;
  shape["PermissionsBoundaryUsageCount"] = usage.boundaries;
  return shape;
}

bool is_used(const Usage& usage, const std::string& how) {
  if (how == "PermissionsPolicy") return usage.attached > 0;
  if (how == "PermissionsBoundary") return usage.boundaries > 0;
  return usage.attached + usage.boundaries > 0;
}

}  // namespace

std::string checked_managed_policy(const Call& call) {
  const std::string& document = call.text("PolicyDocument");
  check_identity_policy(document);
  if (policy_size(document) > kMaxManagedPolicySize) {
    throw quota_exceeded("PolicySize", kMaxManagedPolicySize);
  }
  return document;
}

Json shown(const std::string& account, const ManagedPolicy& policy, const Usage& usage) {
  Json shape = with_usage(shown_entity(account, policy), usage);
  shape["DefaultVersionId"] = 'v' + std::to_string(policy.default_version);
  shape["IsAttachable"] = true;
  shape["UpdateDate"] = shown(policy.updated);
  return shape;
}

Json shown(const AwsManagedPolicy& policy, const Usage& usage) {
  return with_usage({{"PolicyName", policy.name},
                     {"PolicyId", policy.id},
                     {"Arn", policy.arn},
                     {"Path", policy.path},
                     {"DefaultVersionId", 'v' + std::to_string(policy.version)},
                     {"IsAttachable", true},
                     {"CreateDate", policy.created},
                     {"UpdateDate", policy.created}},
                    usage);
}

Json create_policy(Call& call, Iam& iam) {
  ManagedPolicy policy = make<ManagedPolicy>(call, iam);
  policy.description = call.text_or("Description", "");
  policy.updated = policy.created;
  policy.versions.push_back(
      {.number = 1, .document = checked_managed_policy(call), .created = policy.created});
  Json shape = shown(call.account(), policy, Usage{});
  show_tags(shape, policy.tags);
  put(iam, std::move(policy));
  return {{"Policy", std::move(shape)}};
}

// GetPolicy words it as attaching does: cloud-custodian's recording test_iam_policy_delete.
Json get_policy(Call& call, const Iam& iam) {
  const PolicyArn arn = parse_policy_arn(call.text("PolicyArn"));
  const Usage usage = policy_usage(iam)[arn.text];
  if (const AwsManagedPolicy* policy = find_aws_managed(arn.text)) {
    return {{"Policy", shown(*policy, usage)}};
  }
  const ManagedPolicy* policy = find_policy(iam, arn);
  if (policy == nullptr) throw policy_not_attachable(arn.text);
  Json shape = shown(call.account(), *policy, usage);
  if (!policy->description.empty()) shape["Description"] = policy->description;
  shape["Tags"] = shown(policy->tags);
  return {{"Policy", std::move(shape)}};
}

Json list_policies(Call& call, const Iam& iam) {
  const std::string scope = call.text_or("Scope", "All");
  const std::string prefix = call.text_or("PathPrefix", "/");
  const std::string usage_filter = call.text_or("PolicyUsageFilter", "");
  const bool only_used = call.flag_or("OnlyAttached", false) || !usage_filter.empty();
  std::map<std::string, Usage> usages = policy_usage(iam);
  Page page(call, "Policies");
  const auto add = [&](const std::string& key, const std::string& path, const std::string& arn,
                       const auto& show) {
    if (!path.starts_with(prefix)) return true;
    const Usage usage = usages[arn];
    if (only_used && !is_used(usage, usage_filter)) return true;
    return page.add(key, [&] { return show(usage); });
  };
  // The account's own policies sort before AWS's.
  if (scope != "AWS") {
    for (const auto& [key, policy] : iam.policies) {
      const bool more =
          add("1" + key, policy.path, arn_of(call.account(), policy),
              [&, &own = policy](const Usage& usage) { return shown(call.account(), own, usage); });
      if (!more) return page.result();
    }
  }
  if (scope != "Local") {
    for (const auto& [arn, policy] : aws_managed_policies()) {
      const bool more = add("2" + arn, policy.path, arn,
                            [&aws = policy](const Usage& usage) { return shown(aws, usage); });
      if (!more) return page.result();
    }
  }
  return page.result();
}

Json delete_policy(Call& call, Iam& iam) {
  const ManagedPolicy policy = own_policy(call, iam);
  const Usage usage = policy_usage(iam)[arn_of(call.account(), policy)];
  if (usage.attached + usage.boundaries > 0) {
    throw delete_conflict("Cannot delete a policy attached to entities.");
  }
  if (policy.versions.size() > 1) {
    throw delete_conflict(
        "This policy has more than one version. Before you delete a policy, you must delete the "
        "policy's versions. The default version is deleted with the policy.");
  }
  erase(iam, policy);
  return Json::object();
}

Json list_entities_for_policy(Call& call, const Iam& iam) {
  const PolicyArn arn = parse_policy_arn(call.text("PolicyArn"));
  if (find_policy(iam, arn) == nullptr && find_aws_managed(arn.text) == nullptr) {
    throw policy_not_found(arn.text);
  }
  const std::string filter = call.text_or("EntityFilter", "");
  const std::string prefix = call.text_or("PathPrefix", "/");
  const bool as_boundary = call.text_or("PolicyUsageFilter", "") == "PermissionsBoundary";
  const bool as_policy = call.text_or("PolicyUsageFilter", "") == "PermissionsPolicy";
  // One page over three lists: each entry is put into its own afterwards.
  Page page(call, "Entities");
  const auto add_all = [&]<class T>(const Table<std::string, T>& identities, const char* list,
                                    const char* rank) {
    for (const auto& [key, identity] : identities) {
      const bool attached = !as_boundary && identity.attached.contains(arn.text);
      const bool bounded = !as_policy && identity.boundary == arn.text;
      if ((!attached && !bounded) || !identity.path.starts_with(prefix)) continue;
      const auto show = [&, &found = identity] {
        return Json{
            {"List", list},
            {"Entry", {{Kind<T>::kNameMember, found.name}, {Kind<T>::kIdMember, found.id}}}};
      };
      if (!page.add(rank + key, show)) return false;
    }
    return true;
  };
  const auto wanted = [&](const char* kind) { return filter.empty() || filter == kind; };
  const bool ordinary = filter == "LocalManagedPolicy" || filter == "AWSManagedPolicy";
  bool more = !ordinary;
  if (more && wanted("Group")) more = add_all(iam.groups, "PolicyGroups", "1");
  if (more && wanted("User")) more = add_all(iam.users, "PolicyUsers", "2");
  if (more && wanted("Role")) add_all(iam.roles, "PolicyRoles", "3");
  Json result = page.result();
  for (const char* list : {"PolicyGroups", "PolicyUsers", "PolicyRoles"}) {
    result[list] = Json::array();
  }
  for (const Json& entity : result["Entities"]) {
    result[entity["List"].get<std::string>()].push_back(entity["Entry"]);
  }
  result.erase("Entities");
  return result;
}

}  // namespace cloudchamber::mock::iam
