// DescribeImages.
#include "mock-server/services/ec2/images.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {
    {"architecture", "Architecture"},
    {"block-device-mapping.delete-on-termination", "BlockDeviceMappings.Ebs.DeleteOnTermination"},
    {"block-device-mapping.device-name", "BlockDeviceMappings.DeviceName"},
    {"block-device-mapping.encrypted", "BlockDeviceMappings.Ebs.Encrypted"},
    {"block-device-mapping.snapshot-id", "BlockDeviceMappings.Ebs.SnapshotId"},
    {"block-device-mapping.volume-size", "BlockDeviceMappings.Ebs.VolumeSize"},
    {"block-device-mapping.volume-type", "BlockDeviceMappings.Ebs.VolumeType"},
    {"boot-mode", "BootMode"},
    {"creation-date", "CreationDate"},
    {"description", "Description"},
    {"ena-support", "EnaSupport"},
    {"free-tier-eligible", "FreeTierEligible"},
    {"hypervisor", "Hypervisor"},
    {"image-allowed", "ImageAllowed"},
    {"image-id", "ImageId"},
    {"image-type", "ImageType"},
    {"is-public", "Public"},
    {"kernel-id", "KernelId"},
    {"manifest-location", "ImageLocation"},
    {"name", "Name"},
    {"owner-alias", "ImageOwnerAlias"},
    {"owner-id", "OwnerId"},
    {"platform", "Platform"},
    {"product-code", "ProductCodes.ProductCodeId"},
    {"product-code.type", "ProductCodes.ProductCodeType"},
    {"public-ssm-parameter-name", "PublicSsmParameterName"},
    {"ramdisk-id", "RamdiskId"},
    {"root-device-name", "RootDeviceName"},
    {"root-device-type", "RootDeviceType"},
    {"source-image-id", "SourceImageId"},
    {"source-image-region", "SourceImageRegion"},
    {"source-instance-id", "SourceInstanceId"},
    {"sriov-net-support", "SriovNetSupport"},
    {"state", "State"},
    {"state-reason-code", "StateReason.Code"},
    {"state-reason-message", "StateReason.Message"},
    {"virtualization-type", "VirtualizationType"}};

// What stands for an id that nobody here knows: users bring their own images.
Resource plain_linux(const std::string& id) {
  Resource out;
  out.kept = {{"StandsIn", true}};
  out.shown = {{"ImageId", id},
               {"ImageLocation", "amazon/" + id},
               {"State", "available"},
               {"OwnerId", "137112412989"},
               {"ImageOwnerAlias", "amazon"},
               {"CreationDate", "2024-12-18T03:21:47.000Z"},
               {"Public", true},
               {"Architecture", "x86_64"},
               {"ImageType", "machine"},
               {"SriovNetSupport", "simple"},
               {"EnaSupport", true},
               {"Name", id},
               {"Description", "A plain Linux image that stands for one that is not known here"},
               {"RootDeviceType", "ebs"},
               {"RootDeviceName", "/dev/xvda"},
               {"BlockDeviceMappings",
                Json::array({Json{{"DeviceName", "/dev/xvda"},
                                  {"Ebs",
                                   {{"SnapshotId", "snap-" + hex(sha256(id)).substr(0, 17)},
                                    {"VolumeSize", 8},
                                    {"DeleteOnTermination", true},
                                    {"VolumeType", "gp2"},
                                    {"Encrypted", false}}}}})},
               {"VirtualizationType", "hvm"},
               {"Hypervisor", "xen"},
               {"PlatformDetails", "Linux/UNIX"},
               {"UsageOperation", "RunInstances"}};
  return out;
}

// Ids of images that this account had: nothing stands for them.
bool was_deregistered(const Ec2& state, const std::string& id) {
  return state.settings.contains("deregistered/" + id);
}

bool contains(const Json& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool has_owner(const Json& owners, const std::string& account, const Json& image) {
  const std::string owner = image.at("OwnerId");
  return contains(owners, owner) || (owner == account && contains(owners, "self")) ||
         (image.contains("ImageOwnerAlias") &&
          contains(owners, image.at("ImageOwnerAlias").get<std::string>()));
}

// "all" for public images, "self" for the account's own, an account for those shared with it.
bool may_launch(const Json& users, const std::string& account, const Resource& image) {
  if (contains(users, "all") && image.shown.at("Public") == true) return true;
  if (contains(users, "self") && image.shown.at("OwnerId") == account) return true;
  const Json shared = image.kept.value("LaunchPermissions", Json::array());
  return std::any_of(shared.begin(), shared.end(), [&](const Json& one) {
    return one.contains("UserId") && contains(users, one.at("UserId").get<std::string>());
  });
}

Json describe_images(Call& call, const Ec2& state) {
  const Json* owners = call.find("Owners");
  const Json* users = call.find("ExecutableUsers");
  const Wanted wanted = [&](const Resource& one) {
    // AWS still knows the id of an image that was deregistered, and shows nothing.
    return !was_deregistered(state, one.shown.at("ImageId").get<std::string>()) &&
           (owners == nullptr || owners->empty() ||
            has_owner(*owners, call.account(), one.shown)) &&
           (users == nullptr || users->empty() || may_launch(*users, call.account(), one));
  };
  return describe(call, with_public_images(call, state, call.find("ImageIds")), kImage, wanted);
}

}  // namespace

const Kind kImage{.type = "image",
                  .prefix = "ami-",
                  .id_member = "ImageId",
                  .list = "Images",
                  .ids = "ImageIds",
                  .not_found_code = "InvalidAMIID.NotFound",
                  .not_found = "The image id '[{}]' does not exist",
                  .several_not_found = "The image ids '[{}]' do not exist",
                  .malformed_code = "InvalidAMIID.Malformed",
                  .exact_ids = true,
                  .in_use = "The image '{}' has dependencies and cannot be deleted.",
                  .filters = kFilters,
                  .at_present = changing_at_first};

Ec2 with_public_images(const Call& call, const Ec2& state, const Json* asked_for) {
  Ec2 all = state;
  Resources& images = all.of(kImage);
  for (const auto& [id, one] : public_images(call.region())) images.put(id, one);
  if (asked_for == nullptr) return all;
  for (const Json& one : *asked_for) {
    const std::string& id = one.get_ref<const std::string&>();
    check_form(kImage, id);
    if (!images.contains(id) && (!call.strict() || was_deregistered(state, id)))
      images.put(id, plain_linux(id));
  }
  return all;
}

Resource image(const Call& call, const Ec2& state, const std::string& id) {
  check_form(kImage, id);
  if (was_deregistered(state, id))
    throw AwsError("InvalidAMIID.Unavailable", "The image ID '" + id + "' is no longer available");
  const Json ids = Json::array({id});
  Resource found = get(with_public_images(call, state, &ids), kImage, id);
  return found;
}

Family images() {
  return {.kinds = {&kImage}, .operations = {{"DescribeImages", reads<describe_images>}}};
}

}  // namespace cloudchamber::mock::ec2
