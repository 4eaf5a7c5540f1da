// CreateImage, RegisterImage, CopyImage, DeregisterImage.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/images.h"
#include "mock-server/services/ec2/instances.h"
#include "mock-server/services/ec2/snapshots.h"
#include "mock-server/services/ec2/volumes.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

void check_name(const Ec2& state, const std::string& name) {
  const bool good =
      name.size() >= 3 && name.size() <= 128 &&
      std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view("()[] ./-'@_").find(static_cast<char>(c)) != std::string_view::npos;
      });
  if (!good)
    throw AwsError("InvalidAMIName.Malformed",
                   "AMI names must be between 3 and 128 characters long, and may contain letters, "
                   "numbers, '(', ')', '.', '-', '/' and '_'");
  for (const auto& [id, one] : state.of(kImage)) {
    if (one.shown.value("Name", "") == name)
      throw AwsError("InvalidAMIName.Duplicate",
                     "AMI name " + name + " is already in use by AMI " + id);
  }
}

// What every image of the account shows at first.
Json new_image(const Call& call, const std::string& name) {
  Json out{{"Architecture", "x86_64"},
           {"BlockDeviceMappings", Json::array()},
           {"CreationDate", iso8601_milliseconds(call.now())},
           {"Hypervisor", "xen"},
           {"ImageLocation", call.account() + '/' + name},
           {"ImageType", "machine"},
           {"Name", name},
           {"PlatformDetails", "Linux/UNIX"},
           {"Public", false},
           {"RootDeviceName", "/dev/sda1"},
           {"RootDeviceType", "ebs"},
           {"State", "available"},
           {"UsageOperation", "RunInstances"},
           {"VirtualizationType", "hvm"},
           {"EnaSupport", true},
           {"SriovNetSupport", "simple"}};
  if (call.has("Description")) out["Description"] = call.text("Description");
  return out;
}

std::string add_image(const Call& call, Ec2& state, Json shown, const Tags& tags) {
  Resource made;
  made.shown = std::move(shown);
  made.tags = tags;
  begin_change(made, call.now(), {{"State", "pending"}});
  return create(Origin(call), state, kImage, std::move(made));
}

// A snapshot of each of the instance's volumes; what the call maps itself is laid over them.
Json mappings_of_volumes(const Call& call, Ec2& state, const std::string& instance_id,
                         const Tags& snapshot_tags) {
  const Origin origin(call);
  Json mappings = Json::array();
  const Json instance = shown(call, state, kInstance, instance_id);
  for (const Json& mapping : instance.at("BlockDeviceMappings")) {
    const std::string volume_id = mapping.at("Ebs").at("VolumeId");
    const std::string snapshot_id =
        make_snapshot(origin, state, volume_id,
                      "Created by CreateImage(" + instance_id + ") for an image", snapshot_tags);
    const Json volume = get(state, kVolume, volume_id).shown;
    Json ebs{{"SnapshotId", snapshot_id},
             {"VolumeSize", volume.at("Size")},
             {"VolumeType", volume.at("VolumeType")},
             {"DeleteOnTermination", mapping.at("Ebs").at("DeleteOnTermination")},
             {"Encrypted", volume.at("Encrypted")}};
    for (const char* member : {"Iops", "Throughput"}) {
      if (volume.contains(member) && volume.at("VolumeType") != "gp2")
        ebs[member] = volume.at(member);
    }
    mappings.push_back({{"DeviceName", mapping.at("DeviceName")}, {"Ebs", std::move(ebs)}});
  }
  return mappings;
}

void lay_over(Json& mappings, const Json& given) {
  for (const Json& mapping : given) {
    const auto same = std::find_if(mappings.begin(), mappings.end(), [&](const Json& one) {
      return one.at("DeviceName") == mapping.value("DeviceName", "");
    });
    if (mapping.contains("NoDevice")) {
      if (same != mappings.end()) mappings.erase(same);
    } else if (same != mappings.end()) {
      same->merge_patch(mapping);
    } else {
      mappings.push_back(mapping);
    }
  }
}

Json create_image(Call& call, Ec2& state) {
  const Tags tags = tags_given(call, kImage, {"snapshot"});
  const Tags snapshot_tags = tags_given(call, kSnapshot, {"image"});
  const std::string& instance_id = call.text("InstanceId");
  const std::string& name = call.text("Name");
  const Resource instance = instance_at(call, state, instance_id);
  const std::string now = state_of({call, state}, instance);
  if (now != "running" && now != "stopped" && now != "stopping" && now != "pending")
    throw AwsError("IncorrectState", "Instance is not in state 'running' or 'stopped'.");
  check_name(state, name);
  Json image = new_image(call, name);
  for (const char* member : {"Architecture", "PlatformDetails", "UsageOperation", "Platform",
                             "BootMode", "EnaSupport", "RootDeviceName", "RootDeviceType"}) {
    if (instance.shown.contains(member)) image[member] = instance.shown.at(member);
  }
  image["SourceInstanceId"] = instance_id;
  image["SourceImageId"] = instance.shown.at("ImageId");
  image["SourceImageRegion"] = call.region();
  Json mappings = mappings_of_volumes(call, state, instance_id, snapshot_tags);
  lay_over(mappings,
           call.has("BlockDeviceMappings") ? call.at("BlockDeviceMappings") : Json::array());
  image["BlockDeviceMappings"] = std::move(mappings);
  return {{"ImageId", add_image(call, state, std::move(image), tags)}};
}

Json register_image(Call& call, Ec2& state) {
  const Tags tags = tags_given(call, kImage);
  const std::string& name = call.text("Name");
  check_name(state, name);
  if (!call.has("RootDeviceName") && !call.has("ImageLocation"))
    throw AwsError("InvalidRequest", "The request received was invalid.");
  Json image = new_image(call, name);
  for (const char* member :
       {"Architecture", "ImageLocation", "RootDeviceName", "VirtualizationType", "EnaSupport",
        "SriovNetSupport", "BootMode", "TpmSupport", "ImdsSupport", "KernelId", "RamdiskId"}) {
    if (call.has(member)) image[member] = call.at(member);
  }
  if (!call.has("Architecture")) image["Architecture"] = "i386";
  if (!call.has("RootDeviceName")) image["RootDeviceType"] = "instance-store";
  for (Json mapping :
       call.has("BlockDeviceMappings") ? call.at("BlockDeviceMappings") : Json::array()) {
    if (mapping.contains("Ebs")) {
      Json& ebs = mapping["Ebs"];
      if (ebs.contains("SnapshotId")) {
        const Json& snapshot = get(state, kSnapshot, ebs.at("SnapshotId").get<std::string>()).shown;
        ebs["Encrypted"] = snapshot.at("Encrypted");
        if (!ebs.contains("VolumeSize")) ebs["VolumeSize"] = snapshot.at("VolumeSize");
      }
      if (!ebs.contains("DeleteOnTermination")) ebs["DeleteOnTermination"] = true;
      if (!ebs.contains("VolumeType")) ebs["VolumeType"] = "gp2";
    }
    image["BlockDeviceMappings"].push_back(std::move(mapping));
  }
  return {{"ImageId", add_image(call, state, std::move(image), tags)}};
}

// Within the region: the catalogue of another region, or what stands for an id, is no source.
Json copy_image(Call& call, Ec2& state) {
  Tags tags = tags_given(call, kImage, {"snapshot"});
  const std::string& source_id = call.text("SourceImageId");
  const std::string& region = call.text("SourceRegion");
  check_name(state, call.text("Name"));
  if (region != call.region()) throw not_implemented("CopyImage from another region");
  const Resource source = image(call, state, source_id);
  Json copy = source.shown;
  for (const char* member : {"ImageOwnerAlias", "Description", "SourceInstanceId"})
    copy.erase(member);
  copy.update(Json{{"Name", call.text("Name")},
                   {"CreationDate", iso8601_milliseconds(call.now())},
                   {"ImageLocation", call.account() + '/' + call.text("Name")},
                   {"Public", false},
                   {"SourceImageId", source_id},
                   {"SourceImageRegion", region}});
  if (call.has("Description")) copy["Description"] = call.text("Description");
  if (call.flag_or("CopyImageTags", false)) {
    for (const auto& [key, value] : source.tags) tags.emplace(key, value);
  }
  return {{"ImageId", add_image(call, state, std::move(copy), tags)}};
}

Json deregister_image(Call& call, Ec2& state) {
  const std::string& id = call.text("ImageId");
  if (!state.of(kImage).contains(id)) {
    // A public image, or what stands for one: not the account's.
    (void)image(call, state, id);
    throw AwsError("AuthFailure", "Not authorized for image:" + id);
  }
  const Json before = get(state, kImage, id).shown;
  remove(Origin(call), state, kImage, id);
  state.settings.put("deregistered/" + id, true);
  Json out{{"Return", true}};
  if (!call.flag_or("DeleteAssociatedSnapshots", false)) return out;
  out["DeleteSnapshotResults"] = Json::array();
  for (const Json& mapping : before.at("BlockDeviceMappings")) {
    const std::string snapshot_id = mapping.value("Ebs", Json::object()).value("SnapshotId", "");
    if (!state.of(kSnapshot).contains(snapshot_id)) continue;
    remove(Origin(call), state, kSnapshot, snapshot_id);
    out["DeleteSnapshotResults"].push_back(
        {{"SnapshotId", snapshot_id}, {"ReturnCode", "success"}});
  }
  return out;
}

}  // namespace

Family image_operations() {
  return {.kinds = {},
          .operations = {{"CreateImage", writes<create_image>},
                         {"RegisterImage", writes<register_image>},
                         {"CopyImage", writes<copy_image>},
                         {"DeregisterImage", writes<deregister_image>}}};
}

}  // namespace cloudchamber::mock::ec2
