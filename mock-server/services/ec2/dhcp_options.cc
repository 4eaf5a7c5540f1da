// CreateDhcpOptions, DeleteDhcpOptions, DescribeDhcpOptions, AssociateDhcpOptions.
#include "mock-server/services/ec2/dhcp_options.h"

#include <algorithm>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {{"dhcp-options-id", "DhcpOptionsId"},
                                    {"key", "DhcpConfigurations.Key"},
                                    {"owner-id", "OwnerId"},
                                    {"value", "DhcpConfigurations.Values.Value"}};

struct Option {
  std::string_view key;
  std::size_t max_values;
};
// https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html
constexpr Option kOptions[] = {{"domain-name", 1},
                               {"domain-name-servers", 4},
                               {"ipv6-address-preferred-lease-time", 1},
                               {"netbios-name-servers", 4},
                               {"netbios-node-type", 1},
                               {"ntp-servers", 4}};

constexpr const char* kDefault = "default-dhcp-options";  // of Ec2::settings

void check_option(const std::string& key, const Json& values) {
  const auto option = std::find_if(std::begin(kOptions), std::end(kOptions),
                                   [&](const Option& one) { return one.key == key; });
  if (option == std::end(kOptions)) throw invalid_value(key, "name", "Unknown DHCP option");
  if (values.empty()) throw missing_parameter("dhcpConfiguration.value");
  if (values.size() > option->max_values)
    throw invalid_value(key, "name", "Too many values for the DHCP option.");
  if (key == "netbios-node-type" && values[0] != "1" && values[0] != "2" && values[0] != "4" &&
      values[0] != "8")
    throw invalid_value(values[0].get<std::string>(), key,
                        "The NetBIOS node type must be 1, 2, 4 or 8.");
}

Json create_dhcp_options(Call& call, Ec2& state) {
  Resource options;
  options.tags = tags_given(call, kDhcpOptions);
  const Json& given = call.at("DhcpConfigurations");
  if (given.empty()) throw missing_parameter("dhcpConfiguration");
  Json& configurations = options.shown["DhcpConfigurations"] = Json::array();
  for (const Json& one : given) {
    const std::string key = one.value("Key", std::string());
    const Json values = one.value("Values", Json::array());
    check_option(key, values);
    Json listed_values = Json::array();
    for (const Json& value : values) listed_values.push_back({{"Value", value}});
    configurations.push_back({{"Key", key}, {"Values", std::move(listed_values)}});
  }
  const std::string id = create(Origin(call), state, kDhcpOptions, std::move(options));
  return {{"DhcpOptions", shown(call, state, kDhcpOptions, id)}};
}

Json delete_dhcp_options(Call& call, Ec2& state) {
  remove(Origin(call), state, kDhcpOptions, call.text("DhcpOptionsId"));
  return Json::object();
}

Json associate_dhcp_options(Call& call, Ec2& state) {
  const std::string& options = call.text("DhcpOptionsId");
  if (options != "default") (void)get(state, kDhcpOptions, options);
  change(state, kVpc, call.text("VpcId")).shown["DhcpOptionsId"] = options;
  return Json::object();
}

}  // namespace

const Kind kDhcpOptions{.type = "dhcp-options",
                        .prefix = "dopt-",
                        .id_member = "DhcpOptionsId",
                        .list = "DhcpOptions",
                        .ids = "DhcpOptionsIds",
                        .not_found_code = "InvalidDhcpOptionID.NotFound",
                        .not_found = "The dhcpOption ID '{}' does not exist",
                        .malformed_code = "InvalidDhcpOptionsId.Malformed",
                        .in_use = "The dhcpOptions '{}' has dependencies and cannot be deleted.",
                        .filters = kFilters,
                        .tags_always = true,
                        .tag_specification_code = "InvalidParameter"};

std::string default_dhcp_options(const Origin& origin, Ec2& state) {
  const Json* known = state.settings.find(kDefault);
  if (known != nullptr && state.of(kDhcpOptions).contains(known->get<std::string>()))
    return known->get<std::string>();
  const std::string domain = origin.region() == "us-east-1" ? std::string("ec2.internal")
                                                            : origin.region() + ".compute.internal";
  const auto one = [](const char* key, const std::string& value) {
    return Json{{"Key", key}, {"Values", Json::array({Json{{"Value", value}}})}};
  };
  Resource options;
  options.shown["DhcpConfigurations"] =
      Json::array({one("domain-name", domain), one("domain-name-servers", "AmazonProvidedDNS")});
  std::string id = create(origin, state, kDhcpOptions, std::move(options));
  state.settings.put(kDefault, id);
  return id;
}

Family dhcp_options() {
  return {.kinds = {&kDhcpOptions},
          .operations = {{"AssociateDhcpOptions", writes<associate_dhcp_options>},
                         {"CreateDhcpOptions", writes<create_dhcp_options>},
                         {"DeleteDhcpOptions", writes<delete_dhcp_options>},
                         {"DescribeDhcpOptions", describes<kDhcpOptions>}}};
}

}  // namespace cloudchamber::mock::ec2
