#include "sdk/endpoint/partitions.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>

#include "cloudchamber/json.h"
#include "sdk/model/endpoint_descriptions.h"

namespace cloudchamber {
namespace {

std::vector<Partition> read_partitions() {
  std::vector<Partition> partitions;
  const Json described = Json::parse(endpoint_description("partitions").value_or("{}"));
  for (const auto& [id, source] : described.items()) {
    const Json& outputs = source.at("outputs");
    Partition partition{.id = id,
                        .dns_suffix = outputs.at("dnsSuffix"),
                        .dual_stack_dns_suffix = outputs.at("dualStackDnsSuffix"),
                        .global_region = outputs.at("implicitGlobalRegion"),
                        .region_pattern = source.at("regionRegex"),
                        .regions = {},
                        .record = nullptr};
    for (const auto& region : source.at("regions").items())
      partition.regions.push_back(region.key());
    auto record = std::make_shared<RuleRecord>();
    record->fields = {{"name", partition.id},
                      {"dnsSuffix", partition.dns_suffix},
                      {"dualStackDnsSuffix", partition.dual_stack_dns_suffix},
                      {"implicitGlobalRegion", partition.global_region},
                      {"supportsFIPS", outputs.at("supportsFIPS").get<bool>()},
                      {"supportsDualStack", outputs.at("supportsDualStack").get<bool>()}};
    partition.record = std::move(record);
    partitions.push_back(std::move(partition));
  }
  return partitions;
}

// What is compiled in and never changes.
const std::vector<Partition>& partitions() {
  static const std::vector<Partition> all = read_partitions();
  return all;
}

}  // namespace

const Partition& partition_of(std::string_view region) {
  const std::vector<Partition>& all = partitions();
  for (const Partition& partition : all) {
    if (std::find(partition.regions.begin(), partition.regions.end(), region) !=
        partition.regions.end())
      return partition;
  }
  const std::string text(region);
  for (const Partition& partition : all) {
    if (std::regex_match(text, std::regex(partition.region_pattern))) return partition;
  }
  return *std::find_if(all.begin(), all.end(), [](const Partition& p) { return p.id == "aws"; });
}

bool is_host_label(std::string_view text) {
  if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace cloudchamber
