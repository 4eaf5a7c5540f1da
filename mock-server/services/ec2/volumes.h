// Volumes, for instances and snapshots.
#pragma once

#include <string>
#include <vector>

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kVolume;

struct NewVolume {
  std::int64_t size_gib = 0;
  std::string type = "gp2";
  std::string zone;             // its name
  std::string snapshot_id;      // "" for none
  std::int64_t iops = 0;        // 0 for what the type has
  std::int64_t throughput = 0;  // MiB/s; 0 for what the type has
  bool encrypted = false;
  std::string kms_key_id = "";
  bool multi_attach = false;
  Tags tags{};
};
// Throws InvalidParameterValue and InvalidParameterCombination for what its type does not allow.
void check_volume(const NewVolume& volume);
// Shows its size, type and performance.
void set_numbers(Json& shown, const NewVolume& volume);
// Its id. It is "creating" at first.
std::string make_volume(const Origin& origin, Ec2& state, const NewVolume& volume);

// Both keep the volume's Attachments and the instance's list of volumes.
void attach_volume_to(const Origin& origin, Ec2& state, const std::string& volume_id,
                      const std::string& instance_id, const std::string& device,
                      bool delete_on_termination);
void detach_volume_from(const Origin& origin, Ec2& state, const std::string& volume_id,
                        const std::string& instance_id);

// The ids of an instance's volumes, in the order of their attachment.
[[nodiscard]] std::vector<std::string> volumes_of(const Resource& instance);

}  // namespace cloudchamber::mock::ec2
