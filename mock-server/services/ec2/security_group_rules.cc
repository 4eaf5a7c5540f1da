#include "mock-server/services/ec2/security_group_rules.h"

#include <algorithm>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/security_groups.h"

namespace cloudchamber::mock::ec2 {
namespace {

// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: rules for IPv4 and for
// IPv6 are counted apart, in each direction; a referenced group counts for both.
constexpr std::size_t kMaxRules = 60;

constexpr FilterField kFilters[] = {{"group-id", "GroupId"},
                                    {"security-group-rule-id", "SecurityGroupRuleId"}};

// A group's own rules may name it.
Effect effect_on_peer(const Resource& rule) {
  return rule.shown.at("ReferencedGroupInfo").at("GroupId") == rule.shown.at("GroupId")
             ? Effect::kNone
             : Effect::kBlocks;
}
constexpr Reference kReferences[] = {
    {"security-group", "ReferencedGroupInfo.GroupId", effect_on_peer},
    {"prefix-list", "PrefixListId"}};

std::string peer_of(const Json& shown) {
  for (const char* member : {"CidrIpv4", "CidrIpv6", "PrefixListId"}) {
    if (const auto peer = shown.find(member); peer != shown.end()) return peer->get<std::string>();
  }
  return shown.at("ReferencedGroupInfo").at("GroupId").get<std::string>();
}

bool is_same(const Json& shown, const Rule& rule) {
  return shown.at("IpProtocol") == rule.protocol && shown.at("FromPort") == rule.from &&
         shown.at("ToPort") == rule.to && peer_of(shown) == rule.peer;
}

// "0.0.0.0/0, TCP, from port: 22, to port: 22"
std::string described(const Rule& rule) {
  const auto icmp = [](std::int64_t number) {
    return number == -1 ? std::string("ALL") : std::to_string(number);
  };
  std::string out = rule.peer + ", ";
  if (rule.protocol == "tcp" || rule.protocol == "udp") {
    out += rule.protocol == "tcp" ? "TCP" : "UDP";
    return out + ", from port: " + std::to_string(rule.from) +
           ", to port: " + std::to_string(rule.to);
  }
  if (rule.protocol == "icmp" || rule.protocol == "icmpv6") {
    out += rule.protocol == "icmp" ? "ICMP" : "ICMPv6";
    return out + ", type: " + icmp(rule.from) + ", code: " + icmp(rule.to);
  }
  return out + (rule.protocol == "-1" ? "ALL" : rule.protocol);
}

const Json& shown_rule(const Ec2& state, const std::string& id) {
  return state.of(kSecurityGroupRule).find(id)->shown;
}

// How many rules a prefix list counts for.
std::size_t weight(const Ec2& state, const std::string& prefix_list) {
  const Resources* lists = state.by_kind.find("prefix-list");
  const Resource* list = lists == nullptr ? nullptr : lists->find(prefix_list);
  return list == nullptr ? 1 : list->shown.value("MaxEntries", std::size_t{1});
}

void check_room(const Ec2& state, const std::vector<std::string>& ids) {
  std::size_t ipv4 = 0;
  std::size_t ipv6 = 0;
  for (const std::string& id : ids) {
    const Json& rule = shown_rule(state, id);
    const std::size_t count = rule.contains("PrefixListId")
                                  ? weight(state, rule.at("PrefixListId").get<std::string>())
                                  : 1;
    if (!rule.contains("CidrIpv6")) ipv4 += count;
    if (!rule.contains("CidrIpv4")) ipv6 += count;
  }
  if (ipv4 > kMaxRules || ipv6 > kMaxRules)
    throw AwsError("RulesPerSecurityGroupLimitExceeded",
                   "The maximum number of rules per security group has been reached.");
}

// The permission with a rule's protocol and ports, added when it is not there.
Json& permission_for(Json& permissions, const Json& rule) {
  for (Json& permission : permissions) {
    if (permission.at("IpProtocol") == rule.at("IpProtocol") &&
        permission.value("FromPort", Json(-1)) == rule.at("FromPort") &&
        permission.value("ToPort", Json(-1)) == rule.at("ToPort"))
      return permission;
  }
  Json permission{{"IpProtocol", rule.at("IpProtocol")}};
  for (const char* list : {"IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs"})
    permission[list] = Json::array();
  const std::string& protocol = rule.at("IpProtocol").get_ref<const std::string&>();
  if (protocol == "tcp" || protocol == "udp" || protocol == "icmp" || protocol == "icmpv6") {
    permission["FromPort"] = rule.at("FromPort");
    permission["ToPort"] = rule.at("ToPort");
  }
  permissions.push_back(std::move(permission));
  return permissions.back();
}

void add_peer(Json& permission, const Json& rule) {
  struct Place {
    const char* member;
    const char* list;
    const char* name;
  };
  constexpr Place kPlaces[] = {{"CidrIpv4", "IpRanges", "CidrIp"},
                               {"CidrIpv6", "Ipv6Ranges", "CidrIpv6"},
                               {"PrefixListId", "PrefixListIds", "PrefixListId"}};
  Json peer = Json::object();
  const char* list = "UserIdGroupPairs";
  for (const Place& place : kPlaces) {
    if (!rule.contains(place.member)) continue;
    peer[place.name] = rule.at(place.member);
    list = place.list;
  }
  if (const auto group = rule.find("ReferencedGroupInfo"); group != rule.end()) peer = *group;
  if (const auto text = rule.find("Description"); text != rule.end()) peer["Description"] = *text;
  permission[list].push_back(std::move(peer));
}

}  // namespace

const Kind kSecurityGroupRule{.type = "security-group-rule",
                              .prefix = "sgr-",
                              .id_member = "SecurityGroupRuleId",
                              .list = "SecurityGroupRules",
                              .ids = "SecurityGroupRuleIds",
                              .not_found_code = "InvalidSecurityGroupRuleId.NotFound",
                              .not_found = "The security group rule ID '{}' does not exist",
                              .several_not_found = "The security group rule IDs '{}' do not exist",
                              .malformed_code = "InvalidSecurityGroupRuleId.Malformed",
                              .in_use = "resource {} has a dependent object",
                              .filters = kFilters,
                              .references = kReferences,
                              .has_owner = false,
                              .tags_always = true};

bool Rule::same_as(const Rule& other) const {
  return protocol == other.protocol && from == other.from && to == other.to && peer == other.peer;
}

AwsError duplicate(const Rule& rule) {
  return {"InvalidPermission.Duplicate",
          "the specified rule \"peer: " + described(rule) + ", ALLOW\" already exists"};
}

void write_rule(const Rule& rule, const std::string& account, Json& shown) {
  shown["IpProtocol"] = rule.protocol;
  shown["FromPort"] = rule.from;
  shown["ToPort"] = rule.to;
  for (const char* member :
       {"CidrIpv4", "CidrIpv6", "PrefixListId", "ReferencedGroupInfo", "Description"})
    shown.erase(member);
  if (rule.peer_kind == "ReferencedGroupId") {
    shown["ReferencedGroupInfo"] = {{"GroupId", rule.peer}, {"UserId", account}};
  } else {
    shown[rule.peer_kind] = rule.peer;
  }
  if (rule.description.has_value()) shown["Description"] = *rule.description;
}

std::vector<std::string> add_rules(const Origin& origin, Ec2& state, const std::string& group_id,
                                   bool egress, const std::vector<Rule>& rules, const Tags& tags) {
  std::vector<std::string> added;
  for (const Rule& rule : rules) {
    if (!find_rule(state, group_id, egress, rule).empty()) throw duplicate(rule);
    Resource made;
    made.tags = tags;
    made.shown = {{"GroupId", group_id}, {"GroupOwnerId", origin.account()}, {"IsEgress", egress}};
    write_rule(rule, origin.account(), made.shown);
    const std::string id = create(origin, state, kSecurityGroupRule, std::move(made));
    change(state, kSecurityGroupRule, id).shown["SecurityGroupRuleArn"] =
        "arn:aws:ec2:" + origin.region() + ":" + origin.account() + ":security-group-rule/" + id;
    change(state, kSecurityGroup, group_id).kept["Rules"].push_back(id);
    added.push_back(id);
  }
  check_room(state, rule_ids(state, group_id, egress));
  return added;
}

std::vector<std::string> rule_ids(const Ec2& state, const std::string& group_id, bool egress) {
  std::vector<std::string> ids;
  for (const Json& id : state.of(kSecurityGroup).find(group_id)->kept.at("Rules")) {
    if (shown_rule(state, id.get<std::string>()).at("IsEgress") == egress)
      ids.push_back(id.get<std::string>());
  }
  return ids;
}

std::string find_rule(const Ec2& state, const std::string& group_id, bool egress, const Rule& rule,
                      const std::string& except) {
  for (const std::string& id : rule_ids(state, group_id, egress)) {
    if (id != except && is_same(shown_rule(state, id), rule)) return id;
  }
  return "";
}

Json permissions_of(const std::vector<const Json*>& rules) {
  Json permissions = Json::array();
  for (const Json* rule : rules) add_peer(permission_for(permissions, *rule), *rule);
  return permissions;
}

Json permissions_of(const Ec2& state, const std::string& group_id, bool egress) {
  std::vector<const Json*> rules;
  for (const std::string& id : rule_ids(state, group_id, egress))
    rules.push_back(&shown_rule(state, id));
  return permissions_of(rules);
}

}  // namespace cloudchamber::mock::ec2
