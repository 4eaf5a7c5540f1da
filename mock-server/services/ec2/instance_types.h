// Instance types: what a catalogue of the common ones says, and what a name alone tells.
// https://docs.aws.amazon.com/ec2/latest/instancetypes/
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock-server/call/call.h"

namespace cloudchamber::mock::ec2 {

struct InstanceType {
  std::string name;
  std::vector<std::string> architectures;
  std::int64_t vcpus = 1;
  std::int64_t threads_per_core = 1;
  std::int64_t memory_mib = 0;
  std::int64_t interfaces = 2;
  std::int64_t addresses_per_interface = 2;
  bool nitro = false;
  bool burstable = false;
  bool current = true;
};

// All of the catalogue, in the order of their names.
[[nodiscard]] const std::vector<InstanceType>& catalogued_instance_types();
// The catalogue's entry; for a type that it lacks, nothing.
[[nodiscard]] std::optional<InstanceType> find_instance_type(std::string_view name);

// Whether the model names it, in the catalogue or not.
[[nodiscard]] bool is_instance_type(const Call& call, const std::string& name);

// "x86_64", "arm64", ...: what its name tells of any type. The first is the one that images are
// taken to be of.
[[nodiscard]] std::vector<std::string> architectures_of(std::string_view instance_type);

}  // namespace cloudchamber::mock::ec2
