// CreateSnapshot, CopySnapshot, DeleteSnapshot, DescribeSnapshots, and EBS encryption by default.
#include "mock-server/services/ec2/snapshots.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/images.h"
#include "mock-server/services/ec2/instances.h"
#include "mock-server/services/ec2/volumes.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {
    {"description", "Description"},    {"encrypted", "Encrypted"}, {"owner-alias", "OwnerAlias"},
    {"owner-id", "OwnerId"},           {"progress", "Progress"},   {"snapshot-id", "SnapshotId"},
    {"start-time", "StartTime"},       {"status", "State"},        {"storage-tier", "StorageTier"},
    {"transfer-type", "TransferType"}, {"volume-id", "VolumeId"},  {"volume-size", "VolumeSize"}};

constexpr const char* kEncryption = "ebs-encryption-by-default";

// How CreateSnapshot answers: without what only Describe shows.
Json answered(const Call& call, const Ec2& state, const std::string& id) {
  Json out = shown(call, state, kSnapshot, id);
  if (!out.contains("Tags")) out["Tags"] = Json::array();
  return out;
}

Json create_snapshot(Call& call, Ec2& state) {
  const Tags tags = tags_given(call, kSnapshot);
  const std::string& volume_id = call.text("VolumeId");
  if (call.has("OutpostArn")) throw not_implemented("OutpostArn of CreateSnapshot");
  (void)get(state, kVolume, volume_id);
  const std::string id =
      make_snapshot(Origin(call), state, volume_id, call.text_or("Description", ""), tags);
  return answered(call, state, id);
}

// Of each volume of an instance.
Json create_snapshots(Call& call, Ec2& state) {
  const Tags given = tags_given(call, kSnapshot);
  if (call.has("OutpostArn")) throw not_implemented("OutpostArn of CreateSnapshots");
  const Json& specification = call.at("InstanceSpecification");
  const std::string instance_id = specification.at("InstanceId");
  (void)instance_at(call, state, instance_id);
  const Json instance = shown(call, state, kInstance, instance_id);
  const Json excluded = specification.value("ExcludeDataVolumeIds", Json::array());
  Json snapshots = Json::array();
  for (const Json& mapping : instance.at("BlockDeviceMappings")) {
    const std::string volume_id = mapping.at("Ebs").at("VolumeId");
    const bool is_boot = mapping.at("DeviceName") == instance.at("RootDeviceName");
    if (is_boot ? specification.value("ExcludeBootVolume", false)
                : std::find(excluded.begin(), excluded.end(), volume_id) != excluded.end())
      continue;
    Tags tags = given;
    if (call.text_or("CopyTagsFromSource", "") == "volume") {
      for (const auto& [key, value] : get(state, kVolume, volume_id).tags) tags.emplace(key, value);
    }
    snapshots.push_back(answered(
        call, state,
        make_snapshot(Origin(call), state, volume_id, call.text_or("Description", ""), tags)));
  }
  return {{"Snapshots", snapshots}};
}

Json copy_snapshot(Call& call, Ec2& state) {
  const Tags tags = tags_given(call, kSnapshot);
  const std::string& source = call.text("SourceSnapshotId");
  const std::string& region = call.text("SourceRegion");
  Resource copy;
  if (region == call.region()) {
    copy.shown = get(state, kSnapshot, source).shown;
  } else {
    throw not_implemented("CopySnapshot from another region");
  }
  copy.tags = tags;
  copy.shown["Description"] = call.text_or("Description", "");
  copy.shown["StartTime"] = iso8601_milliseconds(call.now());
  copy.shown["VolumeId"] = "vol-ffffffff";  // as AWS shows of copies
  copy.shown["Encrypted"] = copy.shown.at("Encrypted") == true || call.flag_or("Encrypted", false);
  begin_change(copy, call.now(), {{"State", "pending"}, {"Progress", ""}});
  const std::string id = create(Origin(call), state, kSnapshot, std::move(copy));
  return {{"SnapshotId", id}, {"Tags", listed(tags)}};
}

Json delete_snapshot(Call& call, Ec2& state) {
  const std::string& id = call.text("SnapshotId");
  (void)get(state, kSnapshot, id);
  for (const auto& [image_id, image] : state.of(kImage)) {
    for (const Json& mapping : image.shown.value("BlockDeviceMappings", Json::array())) {
      if (mapping.contains("Ebs") && mapping.at("Ebs").value("SnapshotId", "") == id)
        throw AwsError("InvalidSnapshot.InUse",
                       "The snapshot " + id + " is currently in use by " + image_id);
    }
  }
  remove(Origin(call), state, kSnapshot, id);
  return Json::object();
}

// Only the account's own are kept here: of other owners there are none.
Json describe_snapshots(Call& call, const Ec2& state) {
  const Json* owners = call.find("OwnerIds");
  const bool own = owners == nullptr || owners->empty() ||
                   std::any_of(owners->begin(), owners->end(), [&](const Json& owner) {
                     return owner == "self" || owner == call.account();
                   });
  return describe(call, state, kSnapshot, [&](const Resource&) { return own; });
}

Json set_encryption(Call& /*call*/, Ec2& state, bool on) {
  state.settings.put(kEncryption, on);
  return {{"EbsEncryptionByDefault", on}};
}
Json enable_ebs_encryption_by_default(Call& call, Ec2& state) {
  return set_encryption(call, state, true);
}
Json disable_ebs_encryption_by_default(Call& call, Ec2& state) {
  return set_encryption(call, state, false);
}
Json get_ebs_encryption_by_default(Call& /*call*/, const Ec2& state) {
  return {{"EbsEncryptionByDefault", ebs_encryption_by_default(state)}};
}

}  // namespace

const Kind kSnapshot{
    .type = "snapshot",
    .prefix = "snap-",
    .id_member = "SnapshotId",
    .list = "Snapshots",
    .ids = "SnapshotIds",
    .not_found_code = "InvalidSnapshot.NotFound",
    .not_found = "The snapshot '{}' does not exist.",
    .malformed_code = "InvalidParameterValue",
    .malformed = "Value ({}) for parameter snapshotId is invalid. Expected: 'snap-...'.",
    .in_use = "The snapshot '{}' has dependencies and cannot be deleted.",
    .filters = kFilters,
    .ids_exclude_paging = "snapshotSet",
    .min_results = 5,
    .at_present = changing_at_first};

std::string make_snapshot(const Origin& origin, Ec2& state, const std::string& volume_id,
                          const std::string& description, const Tags& tags) {
  const Json& volume = get(state, kVolume, volume_id).shown;
  Resource made;
  made.tags = tags;
  made.shown = {{"Description", description}, {"Encrypted", volume.at("Encrypted")},
                {"Progress", "100%"},         {"StartTime", iso8601_milliseconds(origin.now())},
                {"State", "completed"},       {"StorageTier", "standard"},
                {"VolumeId", volume_id},      {"VolumeSize", volume.at("Size")}};
  if (volume.contains("KmsKeyId")) made.shown["KmsKeyId"] = volume.at("KmsKeyId");
  begin_change(made, origin.now(), {{"State", "pending"}, {"Progress", ""}});
  return create(origin, state, kSnapshot, std::move(made));
}

bool ebs_encryption_by_default(const Ec2& state) {
  const Json* set = state.settings.find(kEncryption);
  return set != nullptr && *set == true;
}

Family snapshots() {
  return {
      .kinds = {&kSnapshot},
      .operations = {{"CreateSnapshot", writes<create_snapshot>},
                     {"CreateSnapshots", writes<create_snapshots>},
                     {"CopySnapshot", writes<copy_snapshot>},
                     {"DeleteSnapshot", writes<delete_snapshot>},
                     {"DescribeSnapshots", reads<describe_snapshots>},
                     {"EnableEbsEncryptionByDefault", writes<enable_ebs_encryption_by_default>},
                     {"DisableEbsEncryptionByDefault", writes<disable_ebs_encryption_by_default>},
                     {"GetEbsEncryptionByDefault", reads<get_ebs_encryption_by_default>}}};
}

}  // namespace cloudchamber::mock::ec2
