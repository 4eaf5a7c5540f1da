// IP permissions as calls give them, turned into rules.
#include <algorithm>
#include <charconv>

#include "mock-server/services/ec2/engine/cidr.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/family.h"
#include "mock-server/services/ec2/security_group_rules.h"
#include "mock-server/services/ec2/security_groups.h"
#include "mock-server/services/ec2/vpcs.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr std::size_t kMaxText = 255;
constexpr std::int64_t kMaxPort = 65535;
constexpr std::int64_t kMaxIcmp = 255;

// Names and numbers mean the same: 6 is told as "tcp".
std::string protocol_of(const Json& permission) {
  const auto given = permission.find("IpProtocol");
  if (given == permission.end())
    throw invalid_parameter(
        "Invalid value 'null' for protocol. VPC security group rules must specify protocols "
        "explicitly.");
  const std::string name = lowered(given->get_ref<const std::string&>());
  if (name == "-1" || name == "tcp" || name == "udp" || name == "icmp" || name == "icmpv6")
    return name;
  // puppetlabs-aws's create-group recording.
  if (name.empty())
    throw AwsError("InvalidPermission.Malformed",
                   "Unsupported IP protocol \"\"  - supported: [tcp, udp, icmp]", 400);
  int number = -1;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size() || number < 0 || number > 255)
    throw invalid_parameter("Invalid value '" + given->get<std::string>() +
                            "' for IP protocol. Unknown protocol.");
  switch (number) {
    case 1:
      return "icmp";
    case 6:
      return "tcp";
    case 17:
      return "udp";
    case 58:
      return "icmpv6";
    default:
      return std::to_string(number);
  }
}

void check_port(std::int64_t port, const char* which) {
  if (port < 0 || port > kMaxPort)
    throw invalid_parameter("TCP/UDP (" + std::string(which) + ") port (" + std::to_string(port) +
                            ") out of range");
}

void check_icmp(std::int64_t number, const char* what) {
  if (number < -1 || number > kMaxIcmp)
    throw invalid_parameter("ICMP " + std::string(what) + " (" + std::to_string(number) +
                            ") out of range");
}

// Ports of TCP and UDP, type and code of ICMP; other protocols have none, whatever is given.
void read_ports(const Json& permission, Rule& rule, const char* missing) {
  const auto from = permission.find("FromPort");
  const auto to = permission.find("ToPort");
  if (rule.protocol == "tcp" || rule.protocol == "udp") {
    if (from == permission.end() || to == permission.end()) throw invalid_parameter(missing);
    rule.from = from->get<std::int64_t>();
    rule.to = to->get<std::int64_t>();
    check_port(rule.from, "from");
    check_port(rule.to, "to");
    if (rule.from > rule.to)
      throw invalid_parameter("Invalid TCP/UDP port range (" + std::to_string(rule.from) + ":" +
                              std::to_string(rule.to) + ")");
  } else if (rule.protocol == "icmp" || rule.protocol == "icmpv6") {
    if (from != permission.end()) rule.from = from->get<std::int64_t>();
    if (to != permission.end()) rule.to = to->get<std::int64_t>();
    check_icmp(rule.from, "type");
    check_icmp(rule.to, "code");
    if (rule.from == -1 && rule.to != -1)
      throw invalid_parameter("ICMP code (" + std::to_string(rule.to) +
                              ") must be -1 for all ICMP types");
  }
}

std::string ipv4_block(const std::string& text) {
  const std::optional<Cidr> cidr = Cidr::parse(text);
  if (!cidr.has_value()) throw invalid_parameter("CIDR block " + text + " is malformed");
  return cidr->text();
}

std::string ipv6_block(const std::string& text) {
  const std::optional<Cidr6> cidr = Cidr6::parse(text);
  if (!cidr.has_value()) throw invalid_parameter("CIDR block " + text + " is malformed");
  return cidr->text();
}

std::string prefix_list(const std::string& id, const Ec2& state) {
  if (const Kind* kind = kind_of_type("prefix-list"); kind != nullptr) (void)get(state, *kind, id);
  return id;
}

AwsError no_group(const std::string& name) {
  return {"InvalidGroup.NotFound", "The security group '" + name + "' does not exist"};
}

std::string referenced_group(const std::string& id, const Ec2& state, const Resource& group) {
  if (get(state, kSecurityGroup, id).shown.at("VpcId") != group.shown.at("VpcId"))
    throw AwsError("InvalidGroup.NotFound",
                   "You have specified two resources that belong to different networks.");
  return id;
}

// By id; by name in the VPC of the group that the rule is for.
std::string group_of_pair(const Json& pair, const Ec2& state, const Resource& group) {
  const std::string id = pair.value("GroupId", std::string());
  const std::string name = pair.value("GroupName", std::string());
  if (id.empty() && name.empty())
    throw AwsError("MissingParameter",
                   "The request must contain the parameter groupName or groupId");
  const auto owner = pair.find("UserId");
  if (owner != pair.end() && *owner != "" && *owner != group.shown.at("OwnerId"))
    throw no_group(id.empty() ? name : id);
  if (!id.empty()) return referenced_group(id, state, group);
  const std::string named =
      security_group_named(state, group.shown.at("VpcId").get<std::string>(), name);
  if (named.empty()) throw no_group(name);
  return named;
}

class Reader {
 public:
  Reader(const Ec2& state, const Resource& group) : state_(state), group_(group) {}

  void read(const Json& permission) {
    Rule rule;
    rule.protocol = protocol_of(permission);
    read_ports(permission, rule,
               "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
    const std::size_t before = rules_.size();
    each(permission, "IpRanges", [&](const Json& one) {
      add(rule, one, "CidrIpv4", ipv4_block(text_of(one, "CidrIp", "cidrIp")));
    });
    each(permission, "Ipv6Ranges", [&](const Json& one) {
      add(rule, one, "CidrIpv6", ipv6_block(text_of(one, "CidrIpv6", "cidrIpv6")));
    });
    each(permission, "PrefixListIds", [&](const Json& one) {
      add(rule, one, "PrefixListId",
          prefix_list(text_of(one, "PrefixListId", "prefixListId"), state_));
    });
    each(permission, "UserIdGroupPairs", [&](const Json& one) {
      add(rule, one, "ReferencedGroupId", group_of_pair(one, state_, group_));
    });
    if (rules_.size() == before)
      throw AwsError("MissingParameter",
                     "The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or "
                     "referencedGroupId");
  }

  std::vector<Rule> finish() { return std::move(rules_); }

 private:
  template <class Read>
  static void each(const Json& permission, const char* list, const Read& read_one) {
    const auto found = permission.find(list);
    if (found == permission.end()) return;
    for (const Json& one : *found) read_one(one);
  }
  static std::string text_of(const Json& one, const char* member, const char* name) {
    const std::string text = one.value(member, std::string());
    if (text.empty()) throw missing_parameter(name);
    return text;
  }
  void add(Rule rule, const Json& peer, const char* kind, std::string value) {
    rule.peer_kind = kind;
    rule.peer = std::move(value);
    rule.description = rule_description(peer);
    for (const Rule& other : rules_) {
      if (rule.same_as(other))
        throw invalid_parameter("The same permission must not appear multiple times");
    }
    rules_.push_back(std::move(rule));
  }

  const Ec2& state_;
  const Resource& group_;
  std::vector<Rule> rules_;
};

// What SourceSecurityGroupName stands for: everything that TCP, UDP and ICMP have.
Json all_from_group(const Call& call) {
  Json pair{{"GroupName", call.text("SourceSecurityGroupName")}};
  if (call.has("SourceSecurityGroupOwnerId"))
    pair["UserId"] = call.text("SourceSecurityGroupOwnerId");
  Json out = Json::array();
  for (const char* protocol : {"tcp", "udp", "icmp"}) {
    const bool icmp = protocol[0] == 'i';
    out.push_back({{"IpProtocol", protocol},
                   {"FromPort", icmp ? -1 : 0},
                   {"ToPort", icmp ? -1 : kMaxPort},
                   {"UserIdGroupPairs", Json::array({pair})}});
  }
  return out;
}

}  // namespace

bool is_allowed_in_groups(const std::string& text) {
  constexpr std::string_view kSigns = " ._-:/()#,@[]+=&;{}!$*";
  return text.size() <= kMaxText && std::all_of(text.begin(), text.end(), [&](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  kSigns.find(c) != std::string_view::npos;
         });
}

std::optional<std::string> rule_description(const Json& peer) {
  const auto given = peer.find("Description");
  if (given == peer.end()) return std::nullopt;
  if (!is_allowed_in_groups(given->get<std::string>()))
    throw invalid_parameter(
        "Invalid rule description. Valid descriptions are strings less than 256 characters from "
        "the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");
  return given->get<std::string>();
}

std::vector<Rule> rules_of(const Json& permissions, const Ec2& state, const Resource& group) {
  Reader reader(state, group);
  for (const Json& permission : permissions) reader.read(permission);
  return reader.finish();
}

Json flat_permissions(const Call& call) {
  if (call.has("SourceSecurityGroupName")) {
    for (const char* member : {"CidrIp", "FromPort", "ToPort", "IpProtocol"}) {
      if (call.has(member))
        throw invalid_combination(
            "The parameter sourceSecurityGroupName cannot be used with the "
            "parameters cidrIp, fromPort, toPort and ipProtocol");
    }
    return all_from_group(call);
  }
  Json permission = Json::object();
  for (const char* member : {"IpProtocol", "FromPort", "ToPort"}) {
    if (call.has(member)) permission[member] = call.at(member);
  }
  if (call.has("CidrIp"))
    permission["IpRanges"] = Json::array({Json{{"CidrIp", call.at("CidrIp")}}});
  return permission.empty() ? Json::array() : Json::array({permission});
}

Rule rule_of_request(const Json& request, const Ec2& state, const Resource& group) {
  Rule rule;
  rule.protocol = protocol_of(request);
  read_ports(request, rule,
             "Invalid value for portRange. Must specify both from and to ports with TCP/UDP.");
  for (const char* member : {"CidrIpv4", "CidrIpv6", "PrefixListId", "ReferencedGroupId"}) {
    if (request.value(member, std::string()).empty()) continue;
    if (!rule.peer_kind.empty())
      throw invalid_combination(
          "Only one of cidrIp, cidrIpv6, prefixListId, or referencedGroupId can be specified");
    rule.peer_kind = member;
    rule.peer = request.at(member).get<std::string>();
  }
  if (rule.peer_kind.empty())
    throw AwsError("MissingParameter",
                   "The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or "
                   "referencedGroupId");
  if (rule.peer_kind == "CidrIpv4") rule.peer = ipv4_block(rule.peer);
  if (rule.peer_kind == "CidrIpv6") rule.peer = ipv6_block(rule.peer);
  if (rule.peer_kind == "PrefixListId") rule.peer = prefix_list(rule.peer, state);
  if (rule.peer_kind == "ReferencedGroupId") rule.peer = referenced_group(rule.peer, state, group);
  rule.description = rule_description(request);
  return rule;
}

}  // namespace cloudchamber::mock::ec2
