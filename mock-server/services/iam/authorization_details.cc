// GetAccountAuthorizationDetails: all users, groups, roles and policies with what they allow.
#include <algorithm>

#include "mock-server/services/iam/aws_managed.h"
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/managed_policies.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/paging.h"
#include "mock-server/services/iam/show.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::iam {
namespace {

Json inline_policies(const Identity& identity) {
  Json list = Json::array();
  for (const auto& [name, document] : identity.inline_policies) {
    list.push_back({{"PolicyName", name}, {"PolicyDocument", encoded_document(document)}});
  }
  return list;
}

Json attached_policies(const Identity& identity) {
  Json list = Json::array();
  for (const auto& [arn, name] : identity.attached) list.push_back(attached_policy(name, arn));
  return list;
}

Json user_detail(const std::string& account, const Iam& iam, const User& user) {
  Json shape = whole(account, user);
  shape["UserPolicyList"] = inline_policies(user);
  shape["AttachedManagedPolicies"] = attached_policies(user);
  shape["GroupList"] = Json::array();
  for (const std::string& key : user.groups) {
    shape["GroupList"].push_back(iam.groups.find(key)->name);
  }
  return shape;
}

Json group_detail(const std::string& account, const Group& group) {
  Json shape = listed(account, group);
  shape["GroupPolicyList"] = inline_policies(group);
  shape["AttachedManagedPolicies"] = attached_policies(group);
  return shape;
}

Json role_detail(const std::string& account, const Iam& iam, const Role& role) {
  Json shape = whole(account, role);
  for (const char* absent : {"Description", "MaxSessionDuration"}) shape.erase(absent);
  shape["RolePolicyList"] = inline_policies(role);
  shape["AttachedManagedPolicies"] = attached_policies(role);
  shape["InstanceProfileList"] = Json::array();
  const std::string key = lowered(role.name);
  for (const auto& [name, profile] : iam.instance_profiles) {
    if (profile.role == key) {
      shape["InstanceProfileList"].push_back(listed(account, iam, profile));
    }
  }
  return shape;
}

Json policy_detail(const std::string& account, const ManagedPolicy& policy, const Usage& usage) {
  Json shape = shown(account, policy, usage);
  if (!policy.description.empty()) shape["Description"] = policy.description;
  shape["PolicyVersionList"] = Json::array();
  for (auto version = policy.versions.rbegin(); version != policy.versions.rend(); ++version) {
    shape["PolicyVersionList"].push_back(
        {{"VersionId", 'v' + std::to_string(version->number)},
         {"IsDefaultVersion", version->number == policy.default_version},
         {"CreateDate", shown(version->created)},
         {"Document", encoded_document(version->document)}});
  }
  return shape;
}

// Those of AWS that are in use, as far as the catalogue holds them.
Json policy_detail(const AwsManagedPolicy& policy, const Usage& usage) {
  Json shape = shown(policy, usage);
  Json version{{"VersionId", 'v' + std::to_string(policy.version)},
               {"IsDefaultVersion", true},
               {"CreateDate", policy.created}};
  if (!policy.document.empty()) version["Document"] = encoded_document(policy.document);
  shape["PolicyVersionList"] = Json::array({std::move(version)});
  return shape;
}

class Details {
 public:
  Details(const Call& call, const Iam& iam) : call_(call), iam_(iam), page_(call, "Details") {}

  Json result() {
    add_all();
    Json result = page_.result();
    for (const char* list : {"UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"}) {
      result[list] = Json::array();
    }
    for (Json& detail : result["Details"]) {
      result[detail["List"].get<std::string>()].push_back(std::move(detail["Entry"]));
    }
    result.erase("Details");
    return result;
  }

 private:
  [[nodiscard]] bool wants(const char* kind) const {
    if (!call_.has("Filter") || call_.at("Filter").empty()) return true;
    const Json& filter = call_.at("Filter");
    return std::find(filter.begin(), filter.end(), kind) != filter.end();
  }
  // `rank` keeps the lists in one order; false once the page is full.
  template <class Show>
  bool add(const char* rank, const std::string& key, const char* list, Show show) {
    return page_.add(rank + key, [&] { return Json{{"List", list}, {"Entry", show()}}; });
  }

  void add_all() {
    const std::string& account = call_.account();
    if (wants("User")) {
      for (const auto& [key, one] : iam_.users) {
        const auto show = [&, &user = one] { return user_detail(account, iam_, user); };
        if (!add("1", key, "UserDetailList", show)) return;
      }
    }
    if (wants("Group")) {
      for (const auto& [key, one] : iam_.groups) {
        const auto show = [&, &group = one] { return group_detail(account, group); };
        if (!add("2", key, "GroupDetailList", show)) return;
      }
    }
    if (wants("Role")) {
      for (const auto& [key, one] : iam_.roles) {
        const auto show = [&, &role = one] { return role_detail(account, iam_, role); };
        if (!add("3", key, "RoleDetailList", show)) return;
      }
    }
    std::map<std::string, Usage> usages = policy_usage(iam_);
    if (wants("LocalManagedPolicy")) {
      for (const auto& [key, one] : iam_.policies) {
        const auto show = [&, &policy = one] {
          return policy_detail(account, policy, usages[arn_of(account, policy)]);
        };
        if (!add("4", key, "Policies", show)) return;
      }
    }
    if (!wants("AWSManagedPolicy")) return;
    for (const auto& [arn, one] : aws_managed_policies()) {
      const auto used = usages.find(arn);
      if (used == usages.end()) continue;
      const auto show = [&, &policy = one] { return policy_detail(policy, used->second); };
      if (!add("5", arn, "Policies", show)) return;
    }
  }

  const Call& call_;
  const Iam& iam_;
  Page page_;
};

}  // namespace

Json get_account_authorization_details(Call& call, const Iam& iam) {
  return Details(call, iam).result();
}

}  // namespace cloudchamber::mock::iam
