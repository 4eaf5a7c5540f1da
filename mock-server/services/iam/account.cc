// The account: its alias and how much of everything there is.
#include <algorithm>
#include <cctype>

#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/paging.h"

namespace cloudchamber::mock::iam {
namespace {

// The model's pattern looks ahead, which the checker of constraints does not: no two dashes in a
// row, none at an end.
void check_alias(const std::string& alias) {
  bool fine = alias.find("--") == std::string::npos && alias.front() != '-' && alias.back() != '-';
  fine = fine && std::all_of(alias.begin(), alias.end(), [](unsigned char c) {
           return std::isdigit(c) != 0 || std::islower(c) != 0 || c == '-';
         });
  if (fine) return;
  throw validation_error(
      "1 validation error detected: Value at 'accountAlias' failed to satisfy constraint: Member "
      "must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$");
}

template <class Value>
std::int64_t count(const Value& table) {
  return static_cast<std::int64_t>(table.size());
}

}  // namespace

// A new alias takes the place of the old one, as AWS's page of CreateAccountAlias tells.
Json create_account_alias(Call& call, Iam& iam) {
  const std::string& alias = call.text("AccountAlias");
  check_alias(alias);
  if (iam.account_alias == alias) {
    throw entity_already_exists("The account alias " + alias + " already exists.");
  }
  iam.account_alias = alias;
  return Json::object();
}

Json list_account_aliases(Call& call, const Iam& iam) {
  Page page(call, "AccountAliases");
  if (!iam.account_alias.empty()) {
    page.add(iam.account_alias, [&] { return Json(iam.account_alias); });
  }
  return page.result();
}

Json delete_account_alias(Call& call, Iam& iam) {
  const std::string& alias = call.text("AccountAlias");
  if (iam.account_alias != alias) {
    throw no_such_entity("The account alias with name " + alias + " cannot be found.");
  }
  iam.account_alias.clear();
  return Json::object();
}

Json get_account_summary(Call&, const Iam& iam) {
  std::int64_t versions = 0;
  for (const auto& [key, policy] : iam.policies) versions += count(policy.versions);
  std::int64_t mfa_in_use = count(iam.root.mfa_devices);
  for (const auto& [key, user] : iam.users) mfa_in_use += count(user.mfa_devices);
  const auto flag = [](bool set) { return set ? 1 : 0; };
  return {{"SummaryMap",
           {{"Users", count(iam.users)},
            {"UsersQuota", kMaxUsers},
            {"Groups", count(iam.groups)},
            {"GroupsQuota", kMaxGroups},
            {"Roles", count(iam.roles)},
            {"RolesQuota", kMaxRoles},
            {"Policies", count(iam.policies)},
            {"PoliciesQuota", kMaxPolicies},
            {"PolicyVersionsInUse", versions},
            {"PolicyVersionsInUseQuota", 10'000},
            {"VersionsPerPolicyQuota", kMaxPolicyVersions},
            {"PolicySizeQuota", kMaxManagedPolicySize},
            {"InstanceProfiles", count(iam.instance_profiles)},
            {"InstanceProfilesQuota", kMaxInstanceProfiles},
            {"ServerCertificates", 0},
            {"ServerCertificatesQuota", 20},
            {"Providers", count(iam.oidc_providers) + count(iam.saml_providers)},
            {"MFADevices", count(iam.virtual_mfa_devices)},
            {"MFADevicesInUse", mfa_in_use},
            {"AccountMFAEnabled", flag(!iam.root.mfa_devices.empty())},
            {"AccountAccessKeysPresent", flag(!iam.root.access_keys.empty())},
            {"AccountPasswordPresent", 1},
            {"AccountSigningCertificatesPresent", 0},
            {"GroupsPerUserQuota", kMaxGroupsPerUser},
            {"AccessKeysPerUserQuota", kMaxAccessKeys},
            {"SigningCertificatesPerUserQuota", 2},
            {"AttachedPoliciesPerUserQuota", kMaxAttachedPolicies},
            {"AttachedPoliciesPerGroupQuota", kMaxAttachedPolicies},
            {"AttachedPoliciesPerRoleQuota", kMaxAttachedPolicies},
            {"UserPolicySizeQuota", kMaxUserPolicySize},
            {"GroupPolicySizeQuota", kMaxGroupPolicySize},
            {"RolePolicySizeQuota", kMaxRolePolicySize},
            {"AssumeRolePolicySizeQuota", kMaxTrustPolicySize},
            {"GlobalEndpointTokenVersion", 1}}}};
}

}  // namespace cloudchamber::mock::iam
