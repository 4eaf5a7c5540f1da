// ModifyImageAttribute, DescribeImageAttribute, ResetImageAttribute, and the same of snapshots.
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/images.h"
#include "mock-server/services/ec2/permissions.h"
#include "mock-server/services/ec2/snapshots.h"

namespace cloudchamber::mock::ec2 {
namespace {

// One of the account's own.
Resource& own_image(const Call& call, Ec2& state, const std::string& id) {
  check_form(kImage, id);
  if (Resource* own = state.of(kImage).change(id)) return *own;
  (void)image(call, state, id);
  throw AwsError("AuthFailure", "Not authorized for image:" + id);
}

void set_permissions(Resource& image, Json permissions) {
  image.shown["Public"] = is_public(permissions);
  image.kept["LaunchPermissions"] = std::move(permissions);
}

Json modify_image_attribute(Call& call, Ec2& state) {
  Resource& image = own_image(call, state, call.text("ImageId"));
  const std::string attribute = call.text_or("Attribute", "");
  for (const char* member : {"ProductCodes", "OrganizationArns", "OrganizationalUnitArns"}) {
    if (call.has(member)) throw not_implemented(std::string(member) + " of ModifyImageAttribute");
  }
  if (call.has("Description")) {
    image.shown["Description"] = call.at("Description").value("Value", "");
  } else if (attribute == "description") {
    image.shown["Description"] = call.text_or("Value", "");
  } else if (call.has("ImdsSupport")) {
    image.shown["ImdsSupport"] = call.at("ImdsSupport").value("Value", "");
  } else {
    set_permissions(image,
                    modified_permissions(call, image.kept.value("LaunchPermissions", Json::array()),
                                         "LaunchPermission", "UserGroups"));
  }
  return Json::object();
}

Json describe_image_attribute(Call& call, const Ec2& state) {
  const std::string& id = call.text("ImageId");
  const Resource one = image(call, state, id);
  const std::string& attribute = call.text("Attribute");
  Json out{{"ImageId", id}};
  const auto value_of = [&](const char* member) {
    Json& value = out[member] = Json::object();
    if (one.shown.contains(member)) value["Value"] = one.shown.at(member);
  };
  if (attribute == "launchPermission") {
    if (one.shown.at("OwnerId") != call.account())
      throw AwsError("AuthFailure", "Not authorized for image:" + id);
    out["LaunchPermissions"] = one.kept.value("LaunchPermissions", Json::array());
  } else if (attribute == "productCodes") {
    out["ProductCodes"] = Json::array();
  } else if (attribute == "blockDeviceMapping") {
    out["BlockDeviceMappings"] = one.shown.at("BlockDeviceMappings");
  } else if (attribute == "kernel" || attribute == "ramdisk") {
    value_of(attribute == "kernel" ? "KernelId" : "RamdiskId");
  } else {
    std::string member = attribute;
    member[0] = static_cast<char>(member[0] - 32);
    value_of(member.c_str());
  }
  return out;
}

Json reset_image_attribute(Call& call, Ec2& state) {
  set_permissions(own_image(call, state, call.text("ImageId")), Json::array());
  return Json::object();
}

Json modify_snapshot_attribute(Call& call, Ec2& state) {
  Resource& snapshot = change(state, kSnapshot, call.text("SnapshotId"));
  snapshot.kept["CreateVolumePermissions"] =
      modified_permissions(call, snapshot.kept.value("CreateVolumePermissions", Json::array()),
                           "CreateVolumePermission", "GroupNames");
  return Json::object();
}

Json describe_snapshot_attribute(Call& call, const Ec2& state) {
  const std::string& id = call.text("SnapshotId");
  const Resource& snapshot = get(state, kSnapshot, id);
  if (call.text("Attribute") == "productCodes")
    return {{"SnapshotId", id}, {"ProductCodes", Json::array()}};
  return {
      {"SnapshotId", id},
      {"CreateVolumePermissions", snapshot.kept.value("CreateVolumePermissions", Json::array())}};
}

Json reset_snapshot_attribute(Call& call, Ec2& state) {
  change(state, kSnapshot, call.text("SnapshotId")).kept["CreateVolumePermissions"] = Json::array();
  return Json::object();
}

}  // namespace

Family image_attributes() {
  return {.kinds = {},
          .operations = {{"ModifyImageAttribute", writes<modify_image_attribute>},
                         {"DescribeImageAttribute", reads<describe_image_attribute>},
                         {"ResetImageAttribute", writes<reset_image_attribute>},
                         {"ModifySnapshotAttribute", writes<modify_snapshot_attribute>},
                         {"DescribeSnapshotAttribute", reads<describe_snapshot_attribute>},
                         {"ResetSnapshotAttribute", writes<reset_snapshot_attribute>}}};
}

}  // namespace cloudchamber::mock::ec2
