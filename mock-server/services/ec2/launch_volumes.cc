#include "mock-server/services/ec2/launch_volumes.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/snapshots.h"

namespace cloudchamber::mock::ec2 {
namespace {

AwsError invalid_mapping(const std::string& message) {
  return {"InvalidBlockDeviceMapping", message};
}

// The image's mappings with those of the call laid over them, device by device.
std::vector<Json> merged(const Json& mappings, const Json& of_image) {
  std::vector<Json> all(of_image.begin(), of_image.end());
  std::set<std::string> seen;
  for (const Json& mapping : mappings) {
    const std::string device = mapping.value("DeviceName", "");
    if (device.empty()) throw missing_parameter("deviceName");
    if (!seen.insert(device).second)
      throw invalid_mapping("Duplicate device name '" + device + "'.");
    const auto same = std::find_if(all.begin(), all.end(),
                                   [&](const Json& one) { return one.at("DeviceName") == device; });
    if (mapping.contains("NoDevice")) {
      if (same != all.end()) all.erase(same);
    } else if (same != all.end() && same->contains("Ebs") && mapping.contains("Ebs")) {
      Json& ebs = (*same)["Ebs"];
      // Another type does not keep the numbers of the image's.
      if (mapping["Ebs"].contains("VolumeType")) {
        ebs.erase("Iops");
        ebs.erase("Throughput");
      }
      ebs.update(mapping["Ebs"]);
    } else if (same != all.end()) {
      *same = mapping;
    } else {
      all.push_back(mapping);
    }
  }
  return all;
}

LaunchVolume volume_of(const Ec2& state, const Json& mapping, const Json& of_image) {
  LaunchVolume out;
  out.device = mapping.at("DeviceName");
  const Json& ebs = mapping.at("Ebs");
  out.delete_on_termination = ebs.value("DeleteOnTermination", true);
  NewVolume& volume = out.volume;
  volume.type = ebs.value("VolumeType", "gp2");
  volume.iops = ebs.value("Iops", std::int64_t{0});
  volume.throughput = ebs.value("Throughput", std::int64_t{0});
  volume.encrypted = ebs.value("Encrypted", false) || ebs_encryption_by_default(state);
  volume.kms_key_id = ebs.value("KmsKeyId", "");
  volume.snapshot_id = ebs.value("SnapshotId", "");
  volume.size_gib = ebs.value("VolumeSize", std::int64_t{0});
  if (volume.snapshot_id.empty()) {
    if (!ebs.contains("VolumeSize")) throw missing_parameter("size or snapshotId");
    return out;
  }
  // A public image's snapshots are not the account's: what is known of them is their size there.
  std::int64_t least = 0;
  for (const Json& one : of_image) {
    if (one.contains("Ebs") && one.at("Ebs").value("SnapshotId", "") == volume.snapshot_id)
      least = one.at("Ebs").value("VolumeSize", std::int64_t{0});
  }
  if (least == 0) {
    const Json& snapshot = get(state, kSnapshot, volume.snapshot_id).shown;
    least = snapshot.at("VolumeSize");
    volume.encrypted = volume.encrypted || snapshot.at("Encrypted") == true;
  }
  if (!ebs.contains("VolumeSize")) volume.size_gib = least;
  if (volume.size_gib < least)
    throw invalid_mapping("Volume of size " + std::to_string(volume.size_gib) +
                          "GB is smaller than snapshot '" + volume.snapshot_id +
                          "', expect size >= " + std::to_string(least) + "GB");
  return out;
}

}  // namespace

std::vector<LaunchVolume> launch_volumes(const Ec2& state, const Json& mappings,
                                         const Resource& image) {
  const Json of_image = image.shown.value("BlockDeviceMappings", Json::array());
  std::vector<LaunchVolume> volumes;
  for (const Json& mapping : merged(mappings, of_image)) {
    if (mapping.contains("VirtualName")) continue;  // an instance store volume has no id
    if (!mapping.contains("Ebs")) throw missing_parameter("ebs");
    volumes.push_back(volume_of(state, mapping, of_image));
    check_volume(volumes.back().volume);
  }
  return volumes;
}

}  // namespace cloudchamber::mock::ec2
