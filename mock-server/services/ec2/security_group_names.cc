#include "mock-server/services/ec2/security_group_names.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/security_groups.h"
#include "mock-server/services/ec2/subnets.h"

namespace cloudchamber::mock::ec2 {
namespace {

void add(Json& list, const Ec2& state, const std::string& id) {
  Json one{{"GroupId", id}, {"GroupName", get(state, kSecurityGroup, id).shown.at("GroupName")}};
  if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(std::move(one));
}

}  // namespace

Json security_groups_of_ids(const Ec2& state, const std::string& subnet_id, const Json& ids) {
  const std::string vpc_id = get(state, kSubnet, subnet_id).shown.at("VpcId");
  Json out = Json::array();
  for (const Json& one : ids) {
    const std::string& id = one.get_ref<const std::string&>();
    if (get(state, kSecurityGroup, id).shown.at("VpcId") != vpc_id)
      throw AwsError("InvalidParameter", "Security group " + id + " and subnet " + subnet_id +
                                             " belong to different networks.");
    add(out, state, id);
  }
  return out;
}

Json security_groups_of_names(const Ec2& state, const Json& names) {
  Json out = Json::array();
  for (const std::string& id : default_vpc_security_groups(state, names)) add(out, state, id);
  return out;
}

Json default_security_group(const Ec2& state, const std::string& vpc_id) {
  Json out = Json::array();
  add(out, state, default_security_group_of(state, vpc_id));
  return out;
}

}  // namespace cloudchamber::mock::ec2
