// AuthorizeSecurityGroupIngress and Egress, RevokeSecurityGroupIngress and Egress,
// ModifySecurityGroupRules, UpdateSecurityGroupRuleDescriptionsIngress and Egress,
// DescribeSecurityGroupRules.
#include <algorithm>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/security_group_rules.h"
#include "mock-server/services/ec2/security_groups.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

AwsError no_rule_of_that_id(const std::string& id) {
  return {"InvalidSecurityGroupRuleId.NotFound", worded(kSecurityGroupRule.not_found, id)};
}

AwsError no_such_rule() {
  return {"InvalidPermission.NotFound",
          "The specified rule does not exist in this security group."};
}

// For egress, the flat parameters are in the model for their history alone.
Json permissions_given(const Call& call, bool egress) {
  Json flat = Json::array();
  if (!egress) {
    flat = flat_permissions(call);
  } else {
    for (const char* member : {"CidrIp", "FromPort", "ToPort", "IpProtocol",
                               "SourceSecurityGroupName", "SourceSecurityGroupOwnerId"}) {
      if (call.has(member))
        throw AwsError("UnknownParameter", "The parameter " + std::string(member) +
                                               " is not supported for egress rules. Use IP "
                                               "permissions instead.");
    }
  }
  const Json* list = call.find("IpPermissions");
  if (list == nullptr || list->empty()) return flat;
  if (!flat.empty())
    throw invalid_combination(
        "The parameter ipPermissions cannot be used with the parameters of a single rule");
  return *list;
}

template <bool egress>
Json authorize(Call& call, Ec2& state) {
  const Tags tags = tags_given(call, kSecurityGroupRule);
  const std::string group = security_group_given(call, state);
  const Json permissions = permissions_given(call, egress);
  if (permissions.empty()) throw missing_parameter("ipPermissions");
  const std::vector<Rule> rules = rules_of(permissions, state, get(state, kSecurityGroup, group));
  Json rows = Json::array();
  for (const std::string& id : add_rules(Origin(call), state, group, egress, rules, tags))
    rows.push_back(shown(call, state, kSecurityGroupRule, id));
  return {{"Return", true}, {"SecurityGroupRules", std::move(rows)}};
}

// The group's rules of these ids, in one direction.
std::vector<std::string> rules_by_id(const Ec2& state, const std::string& group, bool egress,
                                     const Json& ids) {
  std::vector<std::string> out;
  for (const Json& given : ids) {
    const std::string id = given.get<std::string>();
    const Resource& rule = get(state, kSecurityGroupRule, id);
    if (rule.shown.at("GroupId") != group || rule.shown.at("IsEgress") != egress)
      throw no_rule_of_that_id(id);
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  }
  return out;
}

struct Matched {
  std::vector<std::string> ids;
  std::vector<Rule> unknown;
};

Matched match(const Ec2& state, const std::string& group, bool egress, const Json& permissions) {
  Matched out;
  for (const Rule& rule : rules_of(permissions, state, get(state, kSecurityGroup, group))) {
    const std::string id = find_rule(state, group, egress, rule);
    if (id.empty()) {
      out.unknown.push_back(rule);
    } else {
      out.ids.push_back(id);
    }
  }
  return out;
}

Json revoked(const Json& rule) {
  Json out = Json::object();
  for (const char* member : {"SecurityGroupRuleId", "GroupId", "IsEgress", "IpProtocol", "FromPort",
                             "ToPort", "CidrIpv4", "CidrIpv6", "PrefixListId", "Description"}) {
    if (const auto found = rule.find(member); found != rule.end()) out[member] = *found;
  }
  if (const auto peer = rule.find("ReferencedGroupInfo"); peer != rule.end())
    out["ReferencedGroupId"] = peer->at("GroupId");
  return out;
}

Json unknown_permissions(const std::vector<Rule>& rules, const std::string& account) {
  std::vector<Json> shown_rules(rules.size(), Json::object());
  std::vector<const Json*> rows;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    write_rule(rules[i], account, shown_rules[i]);
    rows.push_back(&shown_rules[i]);
  }
  return permissions_of(rows);
}

// Rules that are not there are refused, in the default VPC only told of: so the documentation of
// RevokeSecurityGroupIngress.
template <bool egress>
Json revoke(Call& call, Ec2& state) {
  const std::string group = security_group_given(call, state);
  const Json permissions = permissions_given(call, egress);
  const Json* ids = call.find("SecurityGroupRuleIds");
  const bool by_id = ids != nullptr && !ids->empty();
  if (by_id && !permissions.empty())
    throw invalid_combination(
        "The parameters securityGroupRuleIds and ipPermissions cannot be used together");
  if (!by_id && permissions.empty())
    throw AwsError("MissingParameter",
                   "Either 'ipPermissions' or 'securityGroupRuleIds' should be provided.");
  Matched matched;
  if (by_id) {
    matched.ids = rules_by_id(state, group, egress, *ids);
  } else {
    matched = match(state, group, egress, permissions);
  }
  Json out{{"Return", true}};
  if (!matched.unknown.empty()) {
    const bool tolerant =
        get(state, kSecurityGroup, group).shown.at("VpcId") == default_vpc_of(state);
    if (!tolerant) throw no_such_rule();
    out["UnknownIpPermissions"] = unknown_permissions(matched.unknown, call.account());
  }
  out["RevokedSecurityGroupRules"] = Json::array();
  for (const std::string& id : matched.ids) {
    out["RevokedSecurityGroupRules"].push_back(revoked(get(state, kSecurityGroupRule, id).shown));
    erase(Origin(call), state, kSecurityGroupRule, id);
  }
  return out;
}

Json modify_security_group_rules(Call& call, Ec2& state) {
  const std::string group_id = security_group_given(call, state);
  if (call.at("SecurityGroupRules").empty()) throw missing_parameter("securityGroupRules");
  for (const Json& update : call.at("SecurityGroupRules")) {
    const std::string id = update.value("SecurityGroupRuleId", std::string());
    const Resource& old = get(state, kSecurityGroupRule, id);
    if (old.shown.at("GroupId") != group_id) throw no_rule_of_that_id(id);
    const bool egress = old.shown.at("IsEgress").get<bool>();
    const Rule rule = rule_of_request(update.value("SecurityGroupRule", Json::object()), state,
                                      get(state, kSecurityGroup, group_id));
    if (!find_rule(state, group_id, egress, rule, id).empty()) throw duplicate(rule);
    write_rule(rule, call.account(), change(state, kSecurityGroupRule, id).shown);
  }
  return {{"Return", true}};
}

void describe_rule(Ec2& state, const std::string& id, const Json& description) {
  Json& shown = change(state, kSecurityGroupRule, id).shown;
  if (description.is_null()) {
    shown.erase("Description");
  } else {
    shown["Description"] = description;
  }
}

template <bool egress>
Json update_descriptions(Call& call, Ec2& state) {
  const std::string group = security_group_given(call, state);
  const Json* permissions = call.find("IpPermissions");
  const Json* descriptions = call.find("SecurityGroupRuleDescriptions");
  const bool by_permission = permissions != nullptr && !permissions->empty();
  const bool by_id = descriptions != nullptr && !descriptions->empty();
  if (by_permission == by_id)
    throw AwsError(by_id ? "InvalidParameterCombination" : "MissingParameter",
                   "Either 'ipPermissions' or 'securityGroupRuleDescriptions' should be provided.");
  if (by_permission) {
    for (const Rule& rule : rules_of(*permissions, state, get(state, kSecurityGroup, group))) {
      const std::string id = find_rule(state, group, egress, rule);
      if (id.empty()) throw no_such_rule();
      describe_rule(state, id, rule.description.has_value() ? Json(*rule.description) : Json());
    }
  } else {
    for (const Json& one : *descriptions) {
      const Json id = Json::array({one.value("SecurityGroupRuleId", std::string())});
      const std::optional<std::string> text = rule_description(one);
      describe_rule(state, rules_by_id(state, group, egress, id).front(),
                    text.has_value() ? Json(*text) : Json());
    }
  }
  return {{"Return", true}};
}

// A group's list of its rules.
void deleting(const Origin&, Ec2& state, const Kind& kind, const std::string& id) {
  if (kind.type != kSecurityGroupRule.type) return;
  const std::string group =
      get(state, kSecurityGroupRule, id).shown.at("GroupId").get<std::string>();
  Json& rules = change(state, kSecurityGroup, group).kept["Rules"];
  const auto place = std::find(rules.begin(), rules.end(), id);
  if (place != rules.end()) rules.erase(place);
}

}  // namespace

Family security_group_rules() {
  return {.kinds = {&kSecurityGroupRule},
          .operations = {{"AuthorizeSecurityGroupEgress", writes<authorize<true>>},
                         {"AuthorizeSecurityGroupIngress", writes<authorize<false>>},
                         {"DescribeSecurityGroupRules", describes<kSecurityGroupRule>},
                         {"ModifySecurityGroupRules", writes<modify_security_group_rules>},
                         {"RevokeSecurityGroupEgress", writes<revoke<true>>},
                         {"RevokeSecurityGroupIngress", writes<revoke<false>>},
                         {"UpdateSecurityGroupRuleDescriptionsEgress",
                          writes<update_descriptions<true>>},
                         {"UpdateSecurityGroupRuleDescriptionsIngress",
                          writes<update_descriptions<false>>}},
          .created = nullptr,
          .deleting = deleting};
}

}  // namespace cloudchamber::mock::ec2
