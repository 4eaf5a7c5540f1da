// Groups and who is in them.
#include <algorithm>

#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/listing.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/show.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::iam {
namespace {

bool is_member(const User& user, const std::string& group_key) {
  return std::find(user.groups.begin(), user.groups.end(), group_key) != user.groups.end();
}

}  // namespace

Json create_group(Call& call, Iam& iam) {
  Group group = make<Group>(call, iam);
  Json shape = listed(call.account(), group);
  put(iam, std::move(group));
  return {{"Group", std::move(shape)}};
}

Json get_group(Call& call, const Iam& iam) {
  const Group& group = get<Group>(iam, call);
  const std::string group_key = lowered(group.name);
  Page page(call, "Users");
  for (const auto& [key, user] : iam.users) {
    if (!is_member(user, group_key)) continue;
    if (!page.add(key, [&, &member = user] { return listed(call.account(), member); })) break;
  }
  Json result = page.result();
  result["Group"] = listed(call.account(), group);
  return result;
}

Json list_groups(Call& call, const Iam& iam) {
  return list_entities<Group>(call, iam, "Groups",
                              [&](const Group& group) { return listed(call.account(), group); });
}

Json list_groups_for_user(Call& call, const Iam& iam) {
  std::vector<std::string> keys = get<User>(iam, call).groups;
  std::sort(keys.begin(), keys.end());
  Page page(call, "Groups");
  for (const std::string& key : keys) {
    if (!page.add(key, [&] { return listed(call.account(), *iam.groups.find(key)); })) break;
  }
  return page.result();
}

Json update_group(Call& call, Iam& iam) {
  const std::string before = lowered(call.text("GroupName"));
  const std::string after = lowered(rename<Group>(call, iam, "NewGroupName").name);
  if (after == before) return Json::object();
  for (const auto& [key, user] : Table<std::string, User>(iam.users)) {
    if (!is_member(user, before)) continue;
    std::vector<std::string>& groups = iam.users.change(key)->groups;
    std::replace(groups.begin(), groups.end(), before, after);
  }
  return Json::object();
}

Json delete_group(Call& call, Iam& iam) {
  const Group group = get<Group>(iam, call);
  const std::string group_key = lowered(group.name);
  for (const auto& [key, user] : iam.users) {
    if (is_member(user, group_key)) throw cannot_delete("must remove users from group first.");
  }
  if (!group.attached.empty()) throw cannot_delete("must detach all policies first.");
  if (!group.inline_policies.empty()) throw cannot_delete("must delete policies first.");
  erase(iam, group);
  return Json::object();
}

Json add_user_to_group(Call& call, Iam& iam) {
  const std::string group_key = lowered(get<Group>(iam, call).name);
  User& user = change<User>(iam, call);
  if (is_member(user, group_key)) return Json::object();
  if (user.groups.size() >= kMaxGroupsPerUser) {
    throw quota_exceeded("GroupsPerUser", kMaxGroupsPerUser);
  }
  user.groups.push_back(group_key);
  return Json::object();
}

Json remove_user_from_group(Call& call, Iam& iam) {
  const Group& group = get<Group>(iam, call);
  User& user = change<User>(iam, call);
  if (std::erase(user.groups, lowered(group.name)) == 0) {
    throw no_such_entity("User " + user.name + " not in group " + group.name);
  }
  return Json::object();
}

}  // namespace cloudchamber::mock::iam
