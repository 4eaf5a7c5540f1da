#include "sdk/client/partition.h"

#include <algorithm>
#include <array>

namespace cloudchamber {
namespace {

struct Entry {
  std::string_view prefix;  // of the names of its regions
  Partition partition;
};

// From the partitions.json that all AWS SDKs share. The first prefix that fits decides.
constexpr std::array<Entry, 8> kPartitions = {{
    {"cn-", {"aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1"}},
    {"us-gov-", {"aws-us-gov", "amazonaws.com", "api.aws", "us-gov-west-1"}},
    {"us-iso-", {"aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1"}},
    {"us-isob-", {"aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1"}},
    {"eu-isoe-", {"aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1"}},
    {"us-isof-", {"aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"}},
    {"eusc-", {"aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1"}},
    {"", {"aws", "amazonaws.com", "api.aws", "us-east-1"}},
}};

}  // namespace

const Partition& partition_of(std::string_view region) {
  constexpr std::string_view kGlobal = "-global";
  if (region.ends_with(kGlobal)) {  // "aws-cn-global"
    const std::string_view id = region.substr(0, region.size() - kGlobal.size());
    for (const Entry& entry : kPartitions)
      if (entry.partition.id == id) return entry.partition;
  }
  return std::find_if(kPartitions.begin(), kPartitions.end(),
                      [&](const Entry& entry) { return region.starts_with(entry.prefix); })
      ->partition;
}

bool is_host_label(std::string_view text) {
  if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace cloudchamber
