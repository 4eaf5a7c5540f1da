#include "mock-server/services/ec2/network_acl_entries.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "mock-server/services/ec2/engine/cidr.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/resources.h"
#include "mock-server/services/ec2/network_acls.h"

namespace cloudchamber::mock::ec2 {
namespace {

// https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html: the last rule, 32767, is AWS's.
constexpr std::int64_t kMinRuleNumber = 1;
constexpr std::int64_t kMaxRuleNumber = 32766;
constexpr std::int64_t kLastRuleNumber = 32767;
constexpr int kMaxProtocol = 255;

// What a rule is found by; outgoing rules are listed first, as AWS lists them.
using Place = std::pair<bool, std::int64_t>;
Place place_of(const Json& entry) {
  return {!entry.at("Egress").get<bool>(), entry.at("RuleNumber").get<std::int64_t>()};
}

Json::iterator find(Json& entries, const Place& place) {
  return std::find_if(entries.begin(), entries.end(),
                      [&](const Json& entry) { return place_of(entry) == place; });
}

void insert(Json& entries, Json entry) {
  const Place place = place_of(entry);
  const auto behind = std::find_if(entries.begin(), entries.end(),
                                   [&](const Json& other) { return place_of(other) > place; });
  entries.insert(behind, std::move(entry));
}

AwsError no_such_entry(std::int64_t number) {
  return {"InvalidNetworkAclEntry.NotFound",
          "The network acl entry identified by " + std::to_string(number) + " does not exist."};
}

std::int64_t rule_number(const Call& call) {
  const std::int64_t number = call.integer("RuleNumber");
  if (number < kMinRuleNumber || number > kMaxRuleNumber)
    throw invalid_value(std::to_string(number), "ruleNumber",
                        "Rule number must be between 1 and 32766");
  return number;
}

// By number; the names of the usual ones are understood.
std::string protocol_number(const std::string& given) {
  constexpr std::pair<const char*, const char*> kNames[] = {
      {"all", "-1"}, {"icmp", "1"}, {"tcp", "6"}, {"udp", "17"}, {"icmpv6", "58"}};
  for (const auto& [name, number] : kNames)
    if (given == name) return number;
  const bool digits = !given.empty() && given.size() <= 3 &&
                      given.find_first_not_of("0123456789") == std::string::npos;
  if (given != "-1" && (!digits || std::stoi(given) > kMaxProtocol))
    throw invalid_value(given, "protocol", "Unknown protocol");
  return given;
}

void take_block(const Call& call, Json& entry) {
  if (call.has("CidrBlock") == call.has("Ipv6CidrBlock")) {
    if (call.has("CidrBlock"))
      throw invalid_combination(
          "The parameters cidrBlock and ipv6CidrBlock may not be used together");
    throw missing_parameter("cidrBlock");
  }
  if (call.has("CidrBlock")) {
    const auto block = Cidr::parse(call.text("CidrBlock"));
    if (!block)
      throw invalid_value(call.text("CidrBlock"), "cidrBlock", "This is not a valid CIDR block.");
    entry["CidrBlock"] = block->text();
  } else {
    const auto block = Cidr6::parse(call.text("Ipv6CidrBlock"));
    if (!block)
      throw invalid_value(call.text("Ipv6CidrBlock"), "ipv6CidrBlock",
                          "This is not a valid IPv6 CIDR block.");
    entry["Ipv6CidrBlock"] = block->text();
  }
}

void take_ports(const Call& call, Json& entry) {
  const std::string& protocol = entry.at("Protocol").get_ref<const std::string&>();
  if (protocol == "6" || protocol == "17") {
    if (!call.has("PortRange")) throw missing_parameter("portRange");
    const std::int64_t from = call.at("PortRange").value("From", std::int64_t{-1});
    const std::int64_t to = call.at("PortRange").value("To", std::int64_t{-1});
    if (from < 0 || to > 65535 || from > to)
      throw invalid_parameter("Invalid TCP/UDP port range (" + std::to_string(from) + ":" +
                              std::to_string(to) + ")");
    entry["PortRange"] = {{"From", from}, {"To", to}};
  } else if (protocol == "1" || protocol == "58") {
    if (!call.has("IcmpTypeCode")) throw missing_parameter("icmp.type");
    entry["IcmpTypeCode"] = {{"Code", call.at("IcmpTypeCode").value("Code", -1)},
                             {"Type", call.at("IcmpTypeCode").value("Type", -1)}};
  }
}

Json entry_given(const Call& call) {
  Json entry = {{"Egress", call.at("Egress")},
                {"RuleNumber", rule_number(call)},
                {"RuleAction", call.text("RuleAction")},
                {"Protocol", protocol_number(call.text("Protocol"))}};
  take_block(call, entry);
  take_ports(call, entry);
  return entry;
}

Json everything(bool egress, std::int64_t number, const char* action) {
  return {{"CidrBlock", "0.0.0.0/0"},
          {"Egress", egress},
          {"Protocol", "-1"},
          {"RuleAction", action},
          {"RuleNumber", number}};
}

Json& entries_of(Call& call, Ec2& state) {
  return change(state, kNetworkAcl, call.text("NetworkAclId")).shown.at("Entries");
}

}  // namespace

Json first_entries(bool is_default) {
  Json entries = Json::array();
  for (const bool egress : {true, false}) {
    if (is_default) entries.push_back(everything(egress, 100, "allow"));
    entries.push_back(everything(egress, kLastRuleNumber, "deny"));
  }
  return entries;
}

Json create_network_acl_entry(Call& call, Ec2& state) {
  Json entry = entry_given(call);
  Json& entries = entries_of(call, state);
  if (find(entries, place_of(entry)) != entries.end())
    throw AwsError("NetworkAclEntryAlreadyExists", "The network acl entry identified by " +
                                                       entry.at("RuleNumber").dump() +
                                                       " already exists.");
  insert(entries, std::move(entry));
  return Json::object();
}

Json delete_network_acl_entry(Call& call, Ec2& state) {
  const std::int64_t number = rule_number(call);
  Json& entries = entries_of(call, state);
  const auto found = find(entries, {!call.at("Egress").get<bool>(), number});
  if (found == entries.end()) throw no_such_entry(number);
  entries.erase(found);
  return Json::object();
}

Json replace_network_acl_entry(Call& call, Ec2& state) {
  Json entry = entry_given(call);
  Json& entries = entries_of(call, state);
  const auto found = find(entries, place_of(entry));
  if (found == entries.end()) throw no_such_entry(call.integer("RuleNumber"));
  *found = std::move(entry);
  return Json::object();
}

}  // namespace cloudchamber::mock::ec2
