// AssignPrivateIpAddresses and UnassignPrivateIpAddresses.
#include "mock-server/services/ec2/private_addresses.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/network_interfaces.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr std::int64_t kMaxAddresses = 50;  // of the largest instance types, for one interface

Json assign_private_ip_addresses(Call& call, Ec2& state) {
  const std::string& id = call.text("NetworkInterfaceId");
  if (call.has("Ipv4Prefixes") || call.has("Ipv4PrefixCount"))
    throw not_implemented("Prefixes of AssignPrivateIpAddresses");
  const Json before = get(state, kNetworkInterface, id).shown;
  const Json* given = call.find("PrivateIpAddresses");
  const std::int64_t count = call.integer_or("SecondaryPrivateIpAddressCount", 0);
  if (given != nullptr && count != 0)
    throw invalid_combination(
        "The parameters secondaryPrivateIpAddressCount and privateIpAddresses may not be used in "
        "combination.");
  if (given == nullptr && count < 1) throw missing_parameter("secondaryPrivateIpAddressCount");
  SubnetAddresses free(state, before.at("SubnetId"));
  Json assigned = Json::array();
  Json added = Json::array();
  const std::int64_t number = given == nullptr ? count : static_cast<std::int64_t>(given->size());
  if (number + static_cast<std::int64_t>(before.at("PrivateIpAddresses").size()) > kMaxAddresses)
    throw AwsError("PrivateIpAddressLimitExceeded",
                   "Number of private addresses will exceed limit.");
  for (std::int64_t i = 0; i < number; ++i) {
    std::string address;
    if (given == nullptr) {
      address = free.take();
    } else {
      address = given->at(static_cast<std::size_t>(i)).get<std::string>();
      free.take(address);
    }
    assigned.push_back({{"PrivateIpAddress", address}});
    added.push_back(
        private_address(call.region(), address, false, before.contains("PrivateDnsName")));
  }
  Json& addresses = change(state, kNetworkInterface, id).shown["PrivateIpAddresses"];
  for (Json& one : added) addresses.push_back(std::move(one));
  return {{"NetworkInterfaceId", id}, {"AssignedPrivateIpAddresses", assigned}};
}

Json unassign_private_ip_addresses(Call& call, Ec2& state) {
  const std::string& id = call.text("NetworkInterfaceId");
  Json& addresses = change(state, kNetworkInterface, id).shown["PrivateIpAddresses"];
  const Json* given = call.find("PrivateIpAddresses");
  if (given == nullptr) throw missing_parameter("privateIpAddress");
  for (const Json& address : *given) {
    const auto found = std::find_if(addresses.begin(), addresses.end(), [&](const Json& one) {
      return one.at("PrivateIpAddress") == address && one.at("Primary") == false;
    });
    if (found == addresses.end())
      throw invalid_parameter("Some of [" + address.get<std::string>() +
                              "] are not assigned to interface " + id);
    addresses.erase(found);
  }
  return Json::object();
}

}  // namespace

std::vector<std::string> addresses_asked_for(const Json& input, SubnetAddresses& free) {
  std::string primary = input.value("PrivateIpAddress", std::string());
  std::vector<std::string> secondary;
  if (const auto list = input.find("PrivateIpAddresses"); list != input.end()) {
    if (!primary.empty())
      throw invalid_combination(
          "The parameters privateIpAddress and privateIpAddresses may not be used in combination.");
    for (const Json& one : *list) {
      const std::string address = one.value("PrivateIpAddress", std::string());
      if (!one.value("Primary", false)) {
        secondary.push_back(address);
      } else if (primary.empty()) {
        primary = address;
      } else {
        throw invalid_combination(
            "The parameter privateIpAddresses may name only one primary address.");
      }
    }
  }
  const auto count = input.value("SecondaryPrivateIpAddressCount", std::int64_t{0});
  if (count < 0 || count + static_cast<std::int64_t>(secondary.size()) >= kMaxAddresses)
    throw AwsError("PrivateIpAddressLimitExceeded",
                   "Number of private addresses will exceed limit.");
  for (const std::string& address : secondary) free.take(address);
  if (primary.empty()) {
    primary = free.take();
  } else {
    free.take(primary);
  }
  for (std::int64_t i = 0; i < count; ++i) secondary.push_back(free.take());
  std::vector<std::string> all{primary};
  all.insert(all.end(), secondary.begin(), secondary.end());
  return all;
}

Json private_address(const std::string& region, const std::string& address, bool primary,
                     bool named) {
  Json out{{"Primary", primary}, {"PrivateIpAddress", address}};
  if (named) out["PrivateDnsName"] = private_dns_name(region, address);
  return out;
}

Family private_addresses() {
  return {.kinds = {},
          .operations = {{"AssignPrivateIpAddresses", writes<assign_private_ip_addresses>},
                         {"UnassignPrivateIpAddresses", writes<unassign_private_ip_addresses>}}};
}

}  // namespace cloudchamber::mock::ec2
