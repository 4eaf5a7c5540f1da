// AWS::EC2::Volume
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-volume.html
#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Made create(const ResourceCall& call) {
  Json input = call.pick({"AvailabilityZone", "Encrypted", "Iops", "KmsKeyId", "MultiAttachEnabled",
                          "OutpostArn", "Size", "SnapshotId", "Throughput", "VolumeType"});
  add_tags(call, "volume", input);
  const std::string id = call.invoke("ec2", "CreateVolume", input)["VolumeId"].get<std::string>();
  return {id, {{"VolumeId", id}}};
}

Made update(const ResourceCall& call) {
  Json input = Json::object();
  for (const char* name : {"Size", "VolumeType", "Iops", "Throughput"}) {
    if (call.changed(name) && call.has(name)) input[name] = *call.find(name);
  }
  if (!input.empty()) {
    input["VolumeId"] = call.physical_id();
    call.invoke("ec2", "ModifyVolume", input);
  }
  update_tags(call, call.physical_id());
  return {call.physical_id(), call.context().attributes};
}

void snapshot(const ResourceCall& call) {
  call.invoke("ec2", "CreateSnapshot", {{"VolumeId", call.physical_id()}});
}

void remove(const ResourceCall& call) {
  delete_if_there(call, "DeleteVolume", {{"VolumeId", call.physical_id()}});
}

}  // namespace

ResourceType ec2_volume() {
  return {.name = "AWS::EC2::Volume",
          .properties = {{"AvailabilityZone", OnChange::kReplace, true},
                         {"Encrypted", OnChange::kReplace},
                         {"KmsKeyId", OnChange::kReplace},
                         {"SnapshotId", OnChange::kReplace},
                         {"MultiAttachEnabled", OnChange::kReplace},
                         {"Iops"},
                         {"Size"},
                         {"Throughput"},
                         {"VolumeType"},
                         {"Tags"}},
          .attributes = {"VolumeId"},
          .identifiers = {"VolumeId"},
          .create = create,
          .update = update,
          .remove = remove,
          .snapshot = snapshot};
}

}  // namespace cloudchamber::mock::cloudformation
