#include "mock-server/services/ec2/security_group_names.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr const char* kType = "security-group";

Json listed_group(const std::string& id, const Resource& group) {
  return {{"GroupId", id}, {"GroupName", group.shown.at("GroupName")}};
}

AwsError not_found(const std::string& name) {
  return {"InvalidGroup.NotFound", "The security group '" + name + "' does not exist"};
}

// The group of that name in the VPC as a list of one, an empty list for none.
Json named(const Ec2& state, const std::string& vpc_id, const std::string& name) {
  const Resources* groups = state.by_kind.find(kType);
  if (groups == nullptr) return Json::array();
  for (const auto& [id, group] : *groups) {
    if (group.shown.value("VpcId", std::string()) == vpc_id && group.shown.at("GroupName") == name)
      return Json::array({listed_group(id, group)});
  }
  return Json::array();
}

}  // namespace

Json security_groups_of_ids(const Ec2& state, const std::string& vpc_id, const Json& ids) {
  const Resources* groups = state.by_kind.find(kType);
  Json out = Json::array();
  for (const Json& one : ids) {
    const std::string& id = one.get_ref<const std::string&>();
    if (!id.starts_with("sg-"))
      throw AwsError("InvalidGroupId.Malformed",
                     "Invalid id: \"" + id + "\" (expecting \"sg-...\")");
    const Resource* group = groups == nullptr ? nullptr : groups->find(id);
    if (group == nullptr) throw not_found(id);
    if (group->shown.value("VpcId", std::string()) != vpc_id)
      throw AwsError("InvalidParameter",
                     "Security group " + id + " and subnet belong to different networks.");
    Json listed = listed_group(id, *group);
    if (std::find(out.begin(), out.end(), listed) == out.end()) out.push_back(std::move(listed));
  }
  return out;
}

Json security_groups_of_names(const Ec2& state, const std::string& vpc_id, const Json& names) {
  Json out = Json::array();
  for (const Json& one : names) {
    const std::string& name = one.get_ref<const std::string&>();
    Json found = named(state, vpc_id, name);
    if (found.empty()) throw not_found(name);
    if (std::find(out.begin(), out.end(), found[0]) == out.end())
      out.push_back(std::move(found[0]));
  }
  return out;
}

Json default_security_group(const Ec2& state, const std::string& vpc_id) {
  return named(state, vpc_id, "default");
}

}  // namespace cloudchamber::mock::ec2
