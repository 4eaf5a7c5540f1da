// Security group rules: resources of their own, which a group lists in the order of their making.
//
// Calls give them as IP permissions: a protocol, ports, and any number of peers (blocks, prefix
// lists, groups). A rule has one peer, and groups show their rules gathered into permissions
// again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kSecurityGroupRule;

struct Rule {
  std::string protocol;  // "tcp", "udp", "icmp", "icmpv6", a number, "-1" for all
  std::int64_t from = -1;
  std::int64_t to = -1;
  // Under which member of SecurityGroupRule the peer stands: "CidrIpv4", "CidrIpv6",
  // "PrefixListId", "ReferencedGroupId".
  std::string peer_kind;
  std::string peer;
  std::optional<std::string> description;

  // Whether both allow the same; descriptions do not matter.
  [[nodiscard]] bool same_as(const Rule& other) const;
};

// The rules that IP permissions stand for. Throws InvalidParameterValue, MissingParameter,
// InvalidGroup.NotFound, InvalidPrefixListID.NotFound for what is wrong with them, also when the
// same rule is there twice.
[[nodiscard]] std::vector<Rule> rules_of(const Json& permissions, const Ec2& state,
                                         const Resource& group);
// The permission that the flat parameters of a call (IpProtocol, FromPort, CidrIp, ...) give.
[[nodiscard]] Json flat_permissions(const Call& call);
// The description of a peer. Throws InvalidParameterValue.
[[nodiscard]] std::optional<std::string> rule_description(const Json& peer);
// A rule of ModifySecurityGroupRules.
[[nodiscard]] Rule rule_of_request(const Json& request, const Ec2& state, const Resource& group);

// Adds rules to a group and gives their ids. Throws InvalidPermission.Duplicate and
// RulesPerSecurityGroupLimitExceeded.
std::vector<std::string> add_rules(const Origin& origin, Ec2& state, const std::string& group_id,
                                   bool egress, const std::vector<Rule>& rules,
                                   const Tags& tags = {});

// InvalidPermission.Duplicate.
[[nodiscard]] AwsError duplicate(const Rule& rule);

// The ids of a group's rules in one direction.
[[nodiscard]] std::vector<std::string> rule_ids(const Ec2& state, const std::string& group_id,
                                                bool egress);
// The group's rule that is the same, "" when there is none; `except`: one not to look at.
[[nodiscard]] std::string find_rule(const Ec2& state, const std::string& group_id, bool egress,
                                    const Rule& rule, const std::string& except = "");

// A rule's members as SecurityGroupRule has them, set in `shown`.
void write_rule(const Rule& rule, const std::string& account, Json& shown);

// Rules (their shown forms) gathered into IP permissions, in order.
[[nodiscard]] Json permissions_of(const std::vector<const Json*>& rules);
[[nodiscard]] Json permissions_of(const Ec2& state, const std::string& group_id, bool egress);

// Whether all characters are ones that names and descriptions of groups may have, and not too many.
[[nodiscard]] bool is_allowed_in_groups(const std::string& text);

}  // namespace cloudchamber::mock::ec2
