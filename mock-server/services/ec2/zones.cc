// DescribeAvailabilityZones and DescribeRegions.
#include "mock-server/services/ec2/zones.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/filters.h"
#include "mock-server/services/ec2/families.h"

namespace cloudchamber::mock::ec2 {
namespace {

struct Region {
  std::string_view name;
  std::string_view short_name;  // of its zones' ids
  // The zones' letters, each with the number of its id. Which letter stands for which zone differs
  // from account to account on AWS.
  std::string_view zones = "a1b2c3";
  bool opt_in = false;
  // Regions of other partitions have zones, but are not listed.
  bool elsewhere = false;
};

// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
constexpr Region kRegions[] = {
    {"af-south-1", "afs1", "a1b2c3", true},
    {"ap-east-1", "ape1", "a1b2c3", true},
    {"ap-east-2", "ape2", "a1b2c3", true},
    {"ap-northeast-1", "apne1", "a4c1d2"},
    {"ap-northeast-2", "apne2", "a1b2c3d4"},
    {"ap-northeast-3", "apne3", "a3b1c2"},
    {"ap-south-1", "aps1", "a1b3c2"},
    {"ap-south-2", "aps2", "a1b2c3", true},
    {"ap-southeast-1", "apse1", "a1b2c3"},
    {"ap-southeast-2", "apse2", "a1b3c2"},
    {"ap-southeast-3", "apse3", "a1b2c3", true},
    {"ap-southeast-4", "apse4", "a1b2c3", true},
    {"ap-southeast-5", "apse5", "a1b2c3", true},
    {"ap-southeast-6", "apse6", "a1b2c3", true},
    {"ap-southeast-7", "apse7", "a1b2c3", true},
    {"ca-central-1", "cac1", "a1b2d4"},
    {"ca-west-1", "caw1", "a1b2c3", true},
    {"cn-north-1", "cnn1", "a1b2d4", false, true},
    {"cn-northwest-1", "cnnw1", "a1b2c3", false, true},
    {"eu-central-1", "euc1", "a2b3c1"},
    {"eu-central-2", "euc2", "a1b2c3", true},
    {"eu-north-1", "eun1", "a1b2c3"},
    {"eu-south-1", "eus1", "a1b2c3", true},
    {"eu-south-2", "eus2", "a1b2c3", true},
    {"eu-west-1", "euw1", "a3b1c2"},
    {"eu-west-2", "euw2", "a2b3c1"},
    {"eu-west-3", "euw3", "a1b2c3"},
    {"il-central-1", "ilc1", "a1b2c3", true},
    {"me-central-1", "mec1", "a1b2c3", true},
    {"me-south-1", "mes1", "a1b2c3", true},
    {"mx-central-1", "mxc1", "a1b2c3", true},
    {"sa-east-1", "sae1", "a1b2c3"},
    {"us-east-1", "use1", "a6b1c2d4e3f5"},
    {"us-east-2", "use2", "a1b2c3"},
    {"us-gov-east-1", "usge1", "a1b2c3", false, true},
    {"us-gov-west-1", "usgw1", "a1b2c3", false, true},
    {"us-west-1", "usw1", "a3b1"},
    {"us-west-2", "usw2", "a2b1c3d4"},
};

const Region* find_region(std::string_view name) {
  const auto found = std::find_if(std::begin(kRegions), std::end(kRegions),
                                  [&](const Region& region) { return region.name == name; });
  return found == std::end(kRegions) ? nullptr : found;
}

bool lists(const Json* names, const std::string& name) {
  return names == nullptr || names->empty() ||
         std::find(names->begin(), names->end(), name) != names->end();
}

// The one name asked for that none of the rows has at `member`.
void refuse_unknown(const Json* names, const Json& rows, const char* member, const char* code,
                    const char* text) {
  if (names == nullptr) return;
  for (const Json& name : *names) {
    const bool known =
        std::any_of(rows.begin(), rows.end(), [&](const Json& row) { return row[member] == name; });
    if (!known) throw AwsError(code, worded(text, name.get_ref<const std::string&>()));
  }
}

constexpr FilterField kZoneFilters[] = {{"group-long-name", "GroupLongName"},
                                        {"group-name", "GroupName"},
                                        {"message", "Messages.Message"},
                                        {"opt-in-status", "OptInStatus"},
                                        {"parent-zone-id", "ParentZoneId"},
                                        {"parent-zone-name", "ParentZoneName"},
                                        {"region-name", "RegionName"},
                                        {"state", "State"},
                                        {"zone-id", "ZoneId"},
                                        {"zone-name", "ZoneName"},
                                        {"zone-type", "ZoneType"}};

Json describe_availability_zones(Call& call, const Ec2& /*state*/) {
  Json all = Json::array();
  for (const Zone& zone : zones_of(call.region())) {
    all.push_back({{"State", "available"},
                   {"OptInStatus", "opt-in-not-required"},
                   {"Messages", Json::array()},
                   {"RegionName", call.region()},
                   {"ZoneName", zone.name},
                   {"ZoneId", zone.id},
                   {"GroupName", call.region() + "-zg-1"},
                   {"NetworkBorderGroup", call.region()},
                   {"ZoneType", "availability-zone"}});
  }
  const Json* names = call.find("ZoneNames");
  const Json* ids = call.find("ZoneIds");
  refuse_unknown(names, all, "ZoneName", "InvalidParameterValue",
                 "Invalid availability zone: [{}]");
  refuse_unknown(ids, all, "ZoneId", "InvalidParameterValue", "Invalid availability zone-id: [{}]");
  const Filters filters(call.input(), kZoneFilters);
  Json zones = Json::array();
  for (const Json& zone : all) {
    if (lists(names, zone["ZoneName"]) && lists(ids, zone["ZoneId"]) && filters.accept(zone))
      zones.push_back(zone);
  }
  return {{"AvailabilityZones", zones}};
}

constexpr FilterField kRegionFilters[] = {
    {"endpoint", "Endpoint"}, {"opt-in-status", "OptInStatus"}, {"region-name", "RegionName"}};

Json describe_regions(Call& call, const Ec2& /*state*/) {
  Json all = Json::array();
  for (const Region& region : kRegions) {
    if (region.elsewhere) continue;
    const std::string name(region.name);
    all.push_back({{"RegionName", name},
                   {"Endpoint", "ec2." + name + ".amazonaws.com"},
                   {"OptInStatus", region.opt_in ? "not-opted-in" : "opt-in-not-required"}});
  }
  const Json* names = call.find("RegionNames");
  refuse_unknown(names, all, "RegionName", "InvalidParameterValue", "Region not found: {}");
  const Filters filters(call.input(), kRegionFilters);
  const bool named = names != nullptr && !names->empty();
  Json regions = Json::array();
  for (const Json& region : all) {
    const bool wanted =
        named ? lists(names, region["RegionName"])
              : call.flag_or("AllRegions", false) || region["OptInStatus"] != "not-opted-in";
    if (wanted && filters.accept(region)) regions.push_back(region);
  }
  return {{"Regions", regions}};
}

}  // namespace

std::vector<Zone> zones_of(std::string_view region) {
  const Region* known = find_region(region);
  const Region shape = known == nullptr ? Region{region, region} : *known;
  std::vector<Zone> zones;
  for (std::size_t i = 0; i + 1 < shape.zones.size(); i += 2) {
    zones.push_back({std::string(region) + shape.zones[i],
                     std::string(shape.short_name) + "-az" + shape.zones[i + 1]});
  }
  return zones;
}

Family zones() {
  return {.kinds = {},
          .operations = {{"DescribeAvailabilityZones", reads<describe_availability_zones>},
                         {"DescribeRegions", reads<describe_regions>}}};
}

}  // namespace cloudchamber::mock::ec2
