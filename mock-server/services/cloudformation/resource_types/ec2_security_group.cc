// AWS::EC2::SecurityGroup, AWS::EC2::SecurityGroupIngress, AWS::EC2::SecurityGroupEgress
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html
#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

// A rule of a template as an IpPermission.
Json permission(const Json& rule) {
  if (!rule.is_object()) throw validation_error("a rule: expected type: JSONObject");
  Json result = Json::object();
  for (const char* name : {"IpProtocol", "FromPort", "ToPort"}) {
    if (rule.contains(name)) result[name] = rule[name];
  }
  const auto add = [&](const char* property, const char* list, const char* member) {
    if (!rule.contains(property)) return;
    Json range{{member, rule[property]}};
    if (rule.contains("Description")) range["Description"] = rule["Description"];
    if (rule.contains("SourceSecurityGroupOwnerId") && list == std::string_view("UserIdGroupPairs"))
      range["UserId"] = rule["SourceSecurityGroupOwnerId"];
    result[list] = Json::array({range});
  };
  add("CidrIp", "IpRanges", "CidrIp");
  add("CidrIpv6", "Ipv6Ranges", "CidrIpv6");
  add("SourceSecurityGroupId", "UserIdGroupPairs", "GroupId");
  add("SourceSecurityGroupName", "UserIdGroupPairs", "GroupName");
  add("DestinationSecurityGroupId", "UserIdGroupPairs", "GroupId");
  add("SourcePrefixListId", "PrefixListIds", "PrefixListId");
  add("DestinationPrefixListId", "PrefixListIds", "PrefixListId");
  return result;
}

Json permissions(const Json& rules) {
  Json list = Json::array();
  for (const Json& rule : rules) list.push_back(permission(rule));
  return list;
}

Json all_traffic() {
  return Json::array(
      {{{"IpProtocol", "-1"}, {"IpRanges", Json::array({{{"CidrIp", "0.0.0.0/0"}}})}}});
}

void change_rules(const ResourceCall& call, const char* operation, const std::string& group,
                  const Json& list) {
  if (!list.empty()) call.invoke("ec2", operation, {{"GroupId", group}, {"IpPermissions", list}});
}

Made create(const ResourceCall& call) {
  Json input{{"Description", call.text("GroupDescription")},
             {"GroupName", call.name_or_generated("GroupName", 255)}};
  input.update(call.pick({"VpcId"}));
  add_tags(call, "security-group", input);
  const std::string id =
      call.invoke("ec2", "CreateSecurityGroup", input)["GroupId"].get<std::string>();
  change_rules(call, "AuthorizeSecurityGroupIngress", id,
               permissions(call.list("SecurityGroupIngress")));
  if (call.has("SecurityGroupEgress")) {
    change_rules(call, "RevokeSecurityGroupEgress", id, all_traffic());
    change_rules(call, "AuthorizeSecurityGroupEgress", id,
                 permissions(call.list("SecurityGroupEgress")));
  }
  const Json found =
      call.invoke("ec2", "DescribeSecurityGroups", {{"GroupIds", Json::array({id})}});
  return {id, {{"GroupId", id}, {"Id", id}, {"VpcId", found["SecurityGroups"][0]["VpcId"]}}};
}

Made update(const ResourceCall& call) {
  const std::string& id = call.physical_id();
  const Json& before = call.context().before;
  if (call.changed("SecurityGroupIngress")) {
    change_rules(call, "RevokeSecurityGroupIngress", id,
                 permissions(before.value("SecurityGroupIngress", Json::array())));
    change_rules(call, "AuthorizeSecurityGroupIngress", id,
                 permissions(call.list("SecurityGroupIngress")));
  }
  if (call.changed("SecurityGroupEgress")) {
    const bool had = before.contains("SecurityGroupEgress");
    change_rules(call, "RevokeSecurityGroupEgress", id,
                 had ? permissions(before["SecurityGroupEgress"]) : all_traffic());
    change_rules(call, "AuthorizeSecurityGroupEgress", id,
                 call.has("SecurityGroupEgress") ? permissions(call.list("SecurityGroupEgress"))
                                                 : all_traffic());
  }
  update_tags(call, id);
  return {id, call.context().attributes};
}

void remove(const ResourceCall& call) {
  delete_if_there(call, "DeleteSecurityGroup", {{"GroupId", call.physical_id()}});
}

Made authorize(const ResourceCall& call, const char* operation) {
  Json input = call.pick({"GroupId", "GroupName"});
  input["IpPermissions"] = Json::array({permission(call.properties())});
  const Json made = call.invoke("ec2", operation, input);
  const std::string id = made.at("SecurityGroupRules").at(0).at("SecurityGroupRuleId");
  return {id, {{"Id", id}}};
}
void revoke(const ResourceCall& call, const char* operation) {
  Json input = call.pick({"GroupId", "GroupName"});
  input["SecurityGroupRuleIds"] = Json::array({call.physical_id()});
  delete_if_there(call, operation, input);
}

Made create_ingress(const ResourceCall& call) {
  return authorize(call, "AuthorizeSecurityGroupIngress");
}
void remove_ingress(const ResourceCall& call) { revoke(call, "RevokeSecurityGroupIngress"); }
Made create_egress(const ResourceCall& call) {
  return authorize(call, "AuthorizeSecurityGroupEgress");
}
void remove_egress(const ResourceCall& call) { revoke(call, "RevokeSecurityGroupEgress"); }

}  // namespace

ResourceType ec2_security_group() {
  return {.name = "AWS::EC2::SecurityGroup",
          .properties = {{"GroupDescription", OnChange::kReplace, true},
                         {"GroupName", OnChange::kReplace},
                         {"VpcId", OnChange::kReplace},
                         {"SecurityGroupEgress"},
                         {"SecurityGroupIngress"},
                         {"Tags"}},
          .attributes = {"GroupId", "Id", "VpcId"},
          .identifiers = {"Id"},
          .name_property = "GroupName",
          .create = create,
          .update = update,
          .remove = remove};
}

ResourceType ec2_security_group_ingress() {
  return {.name = "AWS::EC2::SecurityGroupIngress",
          .properties = {{"IpProtocol", OnChange::kReplace, true},
                         {"CidrIp", OnChange::kReplace},
                         {"CidrIpv6", OnChange::kReplace},
                         {"Description", OnChange::kReplace},
                         {"FromPort", OnChange::kReplace},
                         {"GroupId", OnChange::kReplace},
                         {"GroupName", OnChange::kReplace},
                         {"SourcePrefixListId", OnChange::kReplace},
                         {"SourceSecurityGroupId", OnChange::kReplace},
                         {"SourceSecurityGroupName", OnChange::kReplace},
                         {"SourceSecurityGroupOwnerId", OnChange::kReplace},
                         {"ToPort", OnChange::kReplace}},
          .attributes = {"Id"},
          .identifiers = {"Id"},
          .create = create_ingress,
          .remove = remove_ingress};
}

ResourceType ec2_security_group_egress() {
  return {.name = "AWS::EC2::SecurityGroupEgress",
          .properties = {{"IpProtocol", OnChange::kReplace, true},
                         {"GroupId", OnChange::kReplace, true},
                         {"CidrIp", OnChange::kReplace},
                         {"CidrIpv6", OnChange::kReplace},
                         {"Description", OnChange::kReplace},
                         {"DestinationPrefixListId", OnChange::kReplace},
                         {"DestinationSecurityGroupId", OnChange::kReplace},
                         {"FromPort", OnChange::kReplace},
                         {"ToPort", OnChange::kReplace}},
          .attributes = {"Id"},
          .identifiers = {"Id"},
          .create = create_egress,
          .remove = remove_egress};
}

}  // namespace cloudchamber::mock::cloudformation
