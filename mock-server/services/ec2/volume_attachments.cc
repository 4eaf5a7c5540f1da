// AttachVolume, DetachVolume.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instances.h"
#include "mock-server/services/ec2/volumes.h"

namespace cloudchamber::mock::ec2 {
namespace {

// "/dev/sdf", "/dev/xvdf", "xvdf": what AWS takes for a device of Linux or Windows.
void check_device(const std::string& device) {
  const std::string_view name =
      std::string_view(device).substr(device.starts_with("/dev/") ? 5 : 0);
  const auto is_letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  const std::size_t head = name.starts_with("sd")                                ? 2
                           : name.starts_with("xvd") || name.starts_with("nvme") ? 3
                                                                                 : 0;
  if (head == 0 || name.size() <= head || name.size() > head + 4 ||
      !std::all_of(name.begin(), name.end(), is_letter_or_digit))
    throw invalid_parameter("Value (" + device + ") for parameter device is invalid. " + device +
                            " is not a valid EBS device name.");
}

void check_free(const Call& call, const Ec2& state, const std::string& instance_id,
                const std::string& device) {
  const Json shown_instance = shown(call, state, kInstance, instance_id);
  for (const Json& mapping : shown_instance.at("BlockDeviceMappings")) {
    if (mapping.at("DeviceName") == device)
      throw invalid_parameter("Invalid value '" + device + "' for unixDevice. Attachment point " +
                              device + " is already in use");
  }
}

Json attached(const Call& call, const Ec2& state, const std::string& volume_id,
              const std::string& instance_id) {
  const Json volume = shown(call, state, kVolume, volume_id);
  for (const Json& attachment : volume.at("Attachments")) {
    if (attachment.at("InstanceId") == instance_id) return attachment;
  }
  return Json::object();
}

Json attach_volume(Call& call, Ec2& state) {
  const std::string& volume_id = call.text("VolumeId");
  const std::string& instance_id = call.text("InstanceId");
  const std::string& device = call.text("Device");
  const Json volume = shown(call, state, kVolume, volume_id);
  const Resource& instance = instance_at(call, state, instance_id);
  check_device(device);
  const bool multi = volume.at("MultiAttachEnabled") == true;
  for (const Json& attachment : volume.at("Attachments")) {
    if (!multi || attachment.at("InstanceId") == instance_id)
      throw AwsError("VolumeInUse", volume_id + " is already attached to an instance");
  }
  if (volume.at("State") == "creating")
    throw AwsError("IncorrectState", volume_id + " is not 'available'.");
  const std::string now = state_of({call, state}, instance);
  if (now != "running" && now != "stopped")
    throw AwsError("IncorrectState", "Instance '" + instance_id + "' is not 'running'.");
  if (volume.at("AvailabilityZone") != instance.shown.at("Placement").at("AvailabilityZone"))
    throw AwsError("InvalidVolume.ZoneMismatch",
                   "The volume '" + volume_id +
                       "' is not in the same availability zone as instance '" + instance_id + "'");
  check_free(call, state, instance_id, device);
  attach_volume_to(Origin(call), state, volume_id, instance_id, device, false);
  return attached(call, state, volume_id, instance_id);
}

// The instance that a volume is to be detached from.
std::string instance_of(const Call& call, const std::string& volume_id, const Json& volume) {
  const Json& attachments = volume.at("Attachments");
  const std::string given = call.text_or("InstanceId", "");
  if (attachments.empty())
    throw AwsError("IncorrectState", "Volume '" + volume_id + "' is in the 'available' state.");
  if (given.empty()) {
    if (attachments.size() > 1) throw missing_parameter("instanceId");
    return attachments[0].at("InstanceId");
  }
  for (const Json& attachment : attachments) {
    if (attachment.at("InstanceId") != given) continue;
    const std::string device = call.text_or("Device", "");
    if (device.empty() || attachment.at("Device") == device) return given;
    throw AwsError("InvalidAttachment.NotFound", "The volume " + volume_id +
                                                     " is not attached to instance " + given +
                                                     " as device " + device);
  }
  throw AwsError("InvalidAttachment.NotFound",
                 "The volume '" + volume_id + "' is not attached to instance '" + given + "'.");
}

Json detach_volume(Call& call, Ec2& state) {
  const std::string& volume_id = call.text("VolumeId");
  const Json volume = get(state, kVolume, volume_id).shown;
  if (call.has("InstanceId")) (void)instance_at(call, state, call.text("InstanceId"));
  const std::string instance_id = instance_of(call, volume_id, volume);
  const Resource& instance = get(state, kInstance, instance_id);
  Json before = attached(call, state, volume_id, instance_id);
  if (before.at("Device") == instance.shown.at("RootDeviceName") &&
      state_of({call, state}, instance) != "stopped")
    throw operation_not_permitted("Unable to detach root volume '" + volume_id +
                                  "' from instance '" + instance_id + "'");
  detach_volume_from(Origin(call), state, volume_id, instance_id);
  before["State"] = "detaching";
  return before;
}

}  // namespace

Family volume_attachments() {
  return {.kinds = {},
          .operations = {{"AttachVolume", writes<attach_volume>},
                         {"DetachVolume", writes<detach_volume>}}};
}

}  // namespace cloudchamber::mock::ec2
