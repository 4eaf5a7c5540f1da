#include "mock-server/services/ec2/instance_types.h"

#include <algorithm>
#include <cctype>

namespace cloudchamber::mock::ec2 {
namespace {

struct Size {
  std::string_view name;
  std::int64_t vcpus;
  std::int64_t interfaces;
  std::int64_t addresses;       // for each interface
  std::int64_t memory_mib = 0;  // where the family has no ratio
};
constexpr Size kT2[] = {{"nano", 1, 2, 2, 512},      {"micro", 1, 2, 2, 1024},
                        {"small", 1, 3, 4, 2048},    {"medium", 2, 3, 6, 4096},
                        {"large", 2, 3, 12, 8192},   {"xlarge", 4, 3, 15, 16384},
                        {"2xlarge", 8, 3, 15, 32768}};
constexpr Size kT3[] = {{"nano", 2, 2, 2, 512},      {"micro", 2, 2, 2, 1024},
                        {"small", 2, 3, 4, 2048},    {"medium", 2, 3, 6, 4096},
                        {"large", 2, 3, 12, 8192},   {"xlarge", 4, 4, 15, 16384},
                        {"2xlarge", 8, 4, 15, 32768}};
constexpr Size kNitro[] = {{"large", 2, 3, 10},     {"xlarge", 4, 4, 15},   {"2xlarge", 8, 4, 15},
                           {"4xlarge", 16, 8, 30},  {"8xlarge", 32, 8, 30}, {"12xlarge", 48, 8, 30},
                           {"16xlarge", 64, 15, 50}};
constexpr Size kM1[] = {{"small", 1, 2, 4, 1740},
                        {"medium", 1, 2, 6, 3788},
                        {"large", 2, 3, 10, 7680},
                        {"xlarge", 4, 4, 15, 15360}};
constexpr Size kM3[] = {{"medium", 1, 2, 6, 3840},
                        {"large", 2, 3, 10, 7680},
                        {"xlarge", 4, 4, 15, 15360},
                        {"2xlarge", 8, 4, 30, 30720}};
constexpr Size kM4[] = {{"large", 2, 2, 10, 8192},
                        {"xlarge", 4, 4, 15, 16384},
                        {"2xlarge", 8, 4, 15, 32768},
                        {"4xlarge", 16, 8, 30, 65536}};
constexpr Size kC4[] = {{"large", 2, 3, 10, 3840},
                        {"xlarge", 4, 4, 15, 7680},
                        {"2xlarge", 8, 4, 15, 15360},
                        {"4xlarge", 16, 8, 30, 30720}};
constexpr Size kT1[] = {{"micro", 1, 2, 2, 627}};
constexpr Size kC5[] = {{"large", 2, 3, 10},    {"xlarge", 4, 4, 15},   {"2xlarge", 8, 4, 15},
                        {"4xlarge", 16, 8, 30}, {"9xlarge", 36, 8, 30}, {"18xlarge", 72, 15, 50}};

struct Family {
  std::string_view name;
  const Size* begin;
  const Size* end;
  std::int64_t mib_per_vcpu = 0;
  std::int64_t threads_per_core = 2;
  bool nitro = true;
  bool burstable = false;
  bool current = true;
};
constexpr std::int64_t kGib = 1024;
constexpr Family kFamilies[] = {
    {"t1", std::begin(kT1), std::end(kT1), 0, 1, false, false, false},
    {"t2", std::begin(kT2), std::end(kT2), 0, 1, false, true},
    {"t3", std::begin(kT3), std::end(kT3), 0, 2, true, true},
    {"t3a", std::begin(kT3), std::end(kT3), 0, 2, true, true},
    {"t4g", std::begin(kT3), std::end(kT3), 0, 1, true, true},
    {"m1", std::begin(kM1), std::end(kM1), 0, 1, false, false, false},
    {"m3", std::begin(kM3), std::end(kM3), 0, 2, false, false, false},
    {"m4", std::begin(kM4), std::end(kM4), 0, 2, false},
    {"m5", std::begin(kNitro), std::end(kNitro), 4 * kGib},
    {"m6g", std::begin(kNitro), std::end(kNitro), 4 * kGib, 1},
    {"m6i", std::begin(kNitro), std::end(kNitro), 4 * kGib},
    {"m7g", std::begin(kNitro), std::end(kNitro), 4 * kGib, 1},
    {"m7i", std::begin(kNitro), std::end(kNitro), 4 * kGib},
    {"c4", std::begin(kC4), std::end(kC4), 0, 2, false},
    {"c5", std::begin(kC5), std::end(kC5), 2 * kGib},
    {"c6g", std::begin(kNitro), std::end(kNitro), 2 * kGib, 1},
    {"c6i", std::begin(kNitro), std::end(kNitro), 2 * kGib},
    {"c7g", std::begin(kNitro), std::end(kNitro), 2 * kGib, 1},
    {"r5", std::begin(kNitro), std::end(kNitro), 8 * kGib},
    {"r6g", std::begin(kNitro), std::end(kNitro), 8 * kGib, 1},
    {"r6i", std::begin(kNitro), std::end(kNitro), 8 * kGib},
};

std::vector<InstanceType> catalogue() {
  std::vector<InstanceType> all;
  for (const Family& family : kFamilies) {
    for (const Size* size = family.begin; size != family.end; ++size) {
      InstanceType type;
      type.name = std::string(family.name) + '.' + std::string(size->name);
      type.architectures = architectures_of(type.name);
      type.vcpus = size->vcpus;
      type.threads_per_core = size->vcpus == 1 ? 1 : family.threads_per_core;
      type.memory_mib =
          size->memory_mib != 0 ? size->memory_mib : size->vcpus * family.mib_per_vcpu;
      // c5.9xlarge and c5.18xlarge have 72 and 144 GiB: the ratio holds for them too.
      type.interfaces = size->interfaces;
      type.addresses_per_interface = size->addresses;
      type.nitro = family.nitro;
      type.burstable = family.burstable;
      type.current = family.current;
      all.push_back(std::move(type));
    }
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return all;
}

}  // namespace

const std::vector<InstanceType>& catalogued_instance_types() {
  static const std::vector<InstanceType> kAll = catalogue();
  return kAll;
}

std::optional<InstanceType> find_instance_type(std::string_view name) {
  const std::vector<InstanceType>& all = catalogued_instance_types();
  const auto found = std::lower_bound(
      all.begin(), all.end(), name,
      [](const InstanceType& one, std::string_view key) { return one.name < key; });
  if (found == all.end() || found->name != name) return std::nullopt;
  return *found;
}

bool is_instance_type(const Call& call, const std::string& name) {
  const std::vector<std::string>& known = call.service().find_shape("InstanceType")->enum_values;
  return std::find(known.begin(), known.end(), name) != known.end();
}

// A "g" after the generation is Graviton: t4g, m6gd, im4gn. The smallest types of the first two
// generations also run 32 bits.
std::vector<std::string> architectures_of(std::string_view instance_type) {
  const std::string_view family = instance_type.substr(0, instance_type.find('.'));
  if (family.starts_with("mac1")) return {"x86_64_mac"};
  if (family.starts_with("mac")) return {"arm64_mac"};
  auto at = std::find_if(family.begin(), family.end(), [](char c) { return std::isdigit(c) != 0; });
  while (at != family.end() && std::isdigit(*at) != 0) ++at;
  if (family == "a1" || (at != family.end() && *at == 'g')) return {"arm64"};
  for (const char* name : {"t1.micro", "m1.small", "m1.medium", "c1.medium", "t2.nano", "t2.micro",
                           "t2.small", "t2.medium"}) {
    if (instance_type == name) return {"x86_64", "i386"};
  }
  return {"x86_64"};
}

}  // namespace cloudchamber::mock::ec2
