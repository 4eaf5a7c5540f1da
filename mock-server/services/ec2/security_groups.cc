// CreateSecurityGroup, DeleteSecurityGroup, DescribeSecurityGroups, GetSecurityGroupsForVpc.
#include "mock-server/services/ec2/security_groups.h"

#include <algorithm>

#include "mock-server/services/ec2/engine/checks.h"
#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/filters.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/security_group_rules.h"
#include "mock-server/services/ec2/vpcs.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr const char* kDefault = "default";

// Where in a permission the filters on rules look.
constexpr const char* kPlaces[] = {
    "IpRanges.CidrIp",
    "FromPort",
    "UserIdGroupPairs.GroupId",
    "UserIdGroupPairs.GroupName",
    "Ipv6Ranges.CidrIpv6",
    "PrefixListIds.PrefixListId",
    "IpProtocol",
    "ToPort",
    "UserIdGroupPairs.UserId",
};

template <bool egress, std::size_t place>
Json values_at(const View& view, const std::string& id, const Resource&) {
  Json values = Json::array();
  const Json permissions = permissions_of(view.state, id, egress);
  (void)Path(kPlaces[place]).any(permissions, [&](const Json& value) {
    values.push_back(value);
    return false;
  });
  return values;
}

constexpr FilterField kFilters[] = {{"description", "Description"},
                                    {"egress.ip-permission.cidr", "", values_at<true, 0>},
                                    {"egress.ip-permission.from-port", "", values_at<true, 1>},
                                    {"egress.ip-permission.group-id", "", values_at<true, 2>},
                                    {"egress.ip-permission.group-name", "", values_at<true, 3>},
                                    {"egress.ip-permission.ipv6-cidr", "", values_at<true, 4>},
                                    {"egress.ip-permission.prefix-list-id", "", values_at<true, 5>},
                                    {"egress.ip-permission.protocol", "", values_at<true, 6>},
                                    {"egress.ip-permission.to-port", "", values_at<true, 7>},
                                    {"egress.ip-permission.user-id", "", values_at<true, 8>},
                                    {"group-id", "GroupId"},
                                    {"group-name", "GroupName"},
                                    {"ip-permission.cidr", "", values_at<false, 0>},
                                    {"ip-permission.from-port", "", values_at<false, 1>},
                                    {"ip-permission.group-id", "", values_at<false, 2>},
                                    {"ip-permission.group-name", "", values_at<false, 3>},
                                    {"ip-permission.ipv6-cidr", "", values_at<false, 4>},
                                    {"ip-permission.prefix-list-id", "", values_at<false, 5>},
                                    {"ip-permission.protocol", "", values_at<false, 6>},
                                    {"ip-permission.to-port", "", values_at<false, 7>},
                                    {"ip-permission.user-id", "", values_at<false, 8>},
                                    {"owner-id", "OwnerId"},
                                    {"vpc-id", "VpcId"}};

bool is_default(const Resource& group) { return group.shown.at("GroupName") == kDefault; }

Effect effect_on_vpc(const Resource& group) {
  return is_default(group) ? Effect::kGoesAlong : Effect::kBlocks;
}
constexpr Reference kReferences[] = {{"vpc", "VpcId", effect_on_vpc}};

void complete(const View& view, const std::string& id, const Resource&, Json& shown) {
  shown["IpPermissions"] = permissions_of(view.state, id, false);
  shown["IpPermissionsEgress"] = permissions_of(view.state, id, true);
}

// To everywhere, whatever the protocol.
std::vector<Rule> egress_at_first(const Ec2& state, const std::string& vpc_id) {
  std::vector<Rule> rules{{.protocol = "-1", .peer_kind = "CidrIpv4", .peer = "0.0.0.0/0"}};
  if (!state.of(kVpc).find(vpc_id)->shown.value("Ipv6CidrBlockAssociationSet", Json()).empty())
    rules.push_back({.protocol = "-1", .peer_kind = "CidrIpv6", .peer = "::/0"});
  return rules;
}

std::string make_group(const Origin& origin, Ec2& state, const std::string& vpc_id,
                       const std::string& name, const std::string& description, Tags tags) {
  Resource group;
  group.tags = std::move(tags);
  group.shown = {{"GroupName", name}, {"Description", description}, {"VpcId", vpc_id}};
  group.kept = {{"Rules", Json::array()}};
  std::string id = create(origin, state, kSecurityGroup, std::move(group));
  change(state, kSecurityGroup, id).shown["SecurityGroupArn"] =
      "arn:aws:ec2:" + origin.region() + ":" + origin.account() + ":security-group/" + id;
  add_rules(origin, state, id, true, egress_at_first(state, vpc_id));
  return id;
}

// https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
void created(const Origin& origin, Ec2& state, const Kind& kind, const std::string& id) {
  if (kind.type != kVpc.type) return;
  const std::string group =
      make_group(origin, state, id, kDefault, "default VPC security group", {});
  add_rules(origin, state, group, false,
            {{.protocol = "-1", .peer_kind = "ReferencedGroupId", .peer = group}});
}

void deleting(const Origin& origin, Ec2& state, const Kind& kind, const std::string& id) {
  if (kind.type != kSecurityGroup.type) return;
  const Json rules = get(state, kSecurityGroup, id).kept.at("Rules");
  for (const Json& rule : rules) erase(origin, state, kSecurityGroupRule, rule.get<std::string>());
}

std::string vpc_given(const Call& call, const Ec2& state) {
  const std::string id = call.text_or("VpcId", "");
  if (!id.empty()) {
    (void)get(state, kVpc, id);
    return id;
  }
  std::string vpc = default_vpc_of(state);
  if (vpc.empty()) throw AwsError("VPCIdNotSpecified", "No default VPC for this user");
  return vpc;
}

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

void check_text(const std::string& text, const char* member, const char* what) {
  if (!is_ascii(text))
    throw invalid_value(text, member, "Character sets beyond ASCII are not supported.");
  if (!is_allowed_in_groups(text))
    throw invalid_parameter("Invalid security group " + std::string(what) + ". Valid " + what +
                            "s are strings less than 256 characters from the "
                            "following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");
}

Json create_security_group(Call& call, Ec2& state) {
  const Tags tags = tags_given(call, kSecurityGroup);
  const std::string& name = call.text("GroupName");
  const std::string& description = call.text("Description");
  if (lowered(name) == kDefault)
    throw invalid_parameter("Cannot use reserved security group name: " + name);
  if (name.starts_with("sg-"))
    throw invalid_value(name, "GroupName", "Group names may not be in the format sg-*.");
  check_text(name, "GroupName", "name");
  check_text(description, "GroupDescription", "description");
  const std::string vpc_id = vpc_given(call, state);
  if (!security_group_named(state, vpc_id, name).empty())
    throw AwsError("InvalidGroup.Duplicate",
                   "The security group '" + name + "' already exists for VPC '" + vpc_id + "'");
  const std::string id = make_group(Origin(call), state, vpc_id, name, description, tags);
  const Resource& group = get(state, kSecurityGroup, id);
  Json out{{"GroupId", id}, {"SecurityGroupArn", group.shown.at("SecurityGroupArn")}};
  if (!tags.empty()) out["Tags"] = listed(tags);
  return out;
}

Json delete_security_group(Call& call, Ec2& state) {
  const std::string id = security_group_given(call, state);
  if (is_default(get(state, kSecurityGroup, id)))
    throw AwsError("CannotDelete", "the specified group: \"" + id +
                                       "\" name: \"default\" cannot be deleted by a user");
  remove(Origin(call), state, kSecurityGroup, id);
  return {{"Return", true}, {"GroupId", id}};
}

// By name: those of the default VPC.
Json describe_security_groups(Call& call, const Ec2& state) {
  const Json* names = call.find("GroupNames");
  if (names == nullptr || names->empty()) return describe(call, state, kSecurityGroup);
  if (call.has("GroupIds") && !call.at("GroupIds").empty())
    throw invalid_combination("The parameters GroupNames and GroupIds cannot be used together");
  const View view{call, state};
  const Filters filters(call, kSecurityGroup);
  Json rows = Json::array();
  for (const std::string& id : default_vpc_security_groups(state, *names)) {
    const Resource& group = get(state, kSecurityGroup, id);
    if (filters.accept(view, kSecurityGroup, id, group))
      rows.push_back(shown(view, kSecurityGroup, id, group));
  }
  return {{"SecurityGroups", std::move(rows)}};
}

constexpr FilterField kForVpcFilters[] = {{"description", "Description"},
                                          {"group-id", "GroupId"},
                                          {"group-name", "GroupName"},
                                          {"owner-id", "OwnerId"},
                                          {"primary-vpc-id", "PrimaryVpcId"}};

// Groups that are shared with a VPC of another account are none of ours.
Json get_security_groups_for_vpc(Call& call, const Ec2& state) {
  const std::string& vpc_id = call.text("VpcId");
  (void)get(state, kVpc, vpc_id);
  const Filters filters(call.input(), kForVpcFilters);
  Json rows = Json::array();
  for (const auto& [id, group] : state.of(kSecurityGroup)) {
    if (group.shown.at("VpcId") != vpc_id) continue;
    Json row{{"PrimaryVpcId", vpc_id}, {"Tags", listed(group.tags)}};
    for (const char* member : {"Description", "GroupName", "OwnerId", "GroupId"})
      row[member] = group.shown.at(member);
    if (filters.accept(row)) rows.push_back(std::move(row));
  }
  return {{"SecurityGroupForVpcs", std::move(rows)}};
}

}  // namespace

const Kind kSecurityGroup{.type = "security-group",
                          .prefix = "sg-",
                          .id_member = "GroupId",
                          .list = "SecurityGroups",
                          .ids = "GroupIds",
                          .not_found_code = "InvalidGroup.NotFound",
                          .not_found = "The security group '{}' does not exist",
                          .several_not_found = "The security groups '{}' do not exist",
                          .malformed_code = "InvalidGroupId.Malformed",
                          .in_use = "resource {} has a dependent object",
                          .filters = kFilters,
                          .references = kReferences,
                          .complete = complete};

std::string security_group_named(const Ec2& state, const std::string& vpc_id,
                                 const std::string& name) {
  const std::string wanted = lowered(name);
  for (const auto& [id, group] : state.of(kSecurityGroup)) {
    if (group.shown.at("VpcId") == vpc_id &&
        lowered(group.shown.at("GroupName").get<std::string>()) == wanted)
      return id;
  }
  return "";
}

std::string default_security_group_of(const Ec2& state, const std::string& vpc_id) {
  return security_group_named(state, vpc_id, kDefault);
}

std::vector<std::string> default_vpc_security_groups(const Ec2& state, const Json& names) {
  const std::string vpc = default_vpc_of(state);
  std::vector<std::string> ids;
  for (const Json& name : names) {
    const std::string id = security_group_named(state, vpc, name.get<std::string>());
    if (id.empty())
      throw AwsError("InvalidGroup.NotFound",
                     "The security group '" + name.get<std::string>() + "' does not exist" +
                         (vpc.empty() ? "" : " in default VPC '" + vpc + "'"));
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  return ids;
}

std::string security_group_given(const Call& call, const Ec2& state) {
  const std::string id = call.text_or("GroupId", "");
  const std::string name = call.text_or("GroupName", "");
  if (!id.empty()) {
    (void)get(state, kSecurityGroup, id);
    return id;
  }
  if (name.empty()) throw missing_parameter("groupName or groupId");
  return default_vpc_security_groups(state, Json::array({name})).front();
}

Family security_groups() {
  return {.kinds = {&kSecurityGroup},
          .operations = {{"CreateSecurityGroup", writes<create_security_group>},
                         {"DeleteSecurityGroup", writes<delete_security_group>},
                         {"DescribeSecurityGroups", reads<describe_security_groups>},
                         {"GetSecurityGroupsForVpc", reads<get_security_groups_for_vpc>}},
          .created = created,
          .deleting = deleting};
}

}  // namespace cloudchamber::mock::ec2
