// CreateVolume, DeleteVolume, DescribeVolumes.
#include "mock-server/services/ec2/volumes.h"

#include <algorithm>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instances.h"
#include "mock-server/services/ec2/snapshots.h"
#include "mock-server/services/ec2/zones.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {
    {"attachment.attach-time", "Attachments.AttachTime"},
    {"attachment.delete-on-termination", "Attachments.DeleteOnTermination"},
    {"attachment.device", "Attachments.Device"},
    {"attachment.instance-id", "Attachments.InstanceId"},
    {"attachment.status", "Attachments.State"},
    {"availability-zone", "AvailabilityZone"},
    {"availability-zone-id", "AvailabilityZoneId"},
    {"create-time", "CreateTime"},
    {"encrypted", "Encrypted"},
    {"fast-restored", "FastRestored"},
    {"multi-attach-enabled", "MultiAttachEnabled"},
    {"operator.managed", "Operator.Managed"},
    {"operator.principal", "Operator.Principal"},
    {"size", "Size"},
    {"snapshot-id", "SnapshotId"},
    {"status", "State"},
    {"volume-id", "VolumeId"},
    {"volume-type", "VolumeType"}};

// https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
struct Type {
  std::string_view name;
  std::int64_t min_gib;
  std::int64_t max_gib;
  std::int64_t min_iops = 0;  // 0: takes none
  std::int64_t max_iops = 0;
};
constexpr Type kTypes[] = {{"gp2", 1, 16384},
                           {"gp3", 1, 65536, 3000, 80000},
                           {"io1", 4, 16384, 100, 64000},
                           {"io2", 4, 65536, 100, 256000},
                           {"st1", 125, 16384},
                           {"sc1", 125, 16384},
                           {"standard", 1, 1024}};

const Type& type_of(const std::string& name) {
  const auto found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                  [&](const Type& type) { return type.name == name; });
  if (found == std::end(kTypes)) throw invalid_value(name, "volumeType");
  return *found;
}

// What a gp2 volume has: 3 for each GiB, at least 100.
std::int64_t iops_of(const NewVolume& volume) {
  if (volume.iops != 0) return volume.iops;
  if (volume.type == "gp2")
    return std::clamp(3 * volume.size_gib, std::int64_t{100}, std::int64_t{16000});
  return type_of(volume.type).min_iops;
}

Zone zone_of(const Call& call) {
  const std::string name = call.text_or("AvailabilityZone", "");
  const std::string id = call.text_or("AvailabilityZoneId", "");
  if (name.empty() && id.empty()) throw missing_parameter("availabilityZone");
  for (const Zone& zone : zones_of(call.region())) {
    if (zone.name == name || (name.empty() && zone.id == id)) return zone;
  }
  throw AwsError("InvalidZone.NotFound",
                 "The zone '" + (name.empty() ? id : name) + "' does not exist.");
}

Json create_volume(Call& call, Ec2& state) {
  NewVolume volume;
  volume.tags = tags_given(call, kVolume);
  for (const char* member : {"OutpostArn", "VolumeInitializationRate"}) {
    if (call.has(member)) throw not_implemented(std::string(member) + " of CreateVolume");
  }
  volume.zone = zone_of(call).name;
  volume.type = call.text_or("VolumeType", "gp2");
  volume.size_gib = call.integer_or("Size", 0);
  volume.iops = call.integer_or("Iops", 0);
  volume.throughput = call.integer_or("Throughput", 0);
  volume.snapshot_id = call.text_or("SnapshotId", "");
  volume.kms_key_id = call.text_or("KmsKeyId", "");
  volume.multi_attach = call.flag_or("MultiAttachEnabled", false);
  volume.encrypted = call.flag_or("Encrypted", ebs_encryption_by_default(state));
  if (!call.has("Size") && volume.snapshot_id.empty())
    throw AwsError("MissingParameter", "The request must contain the parameter size/snapshot");
  if (!volume.snapshot_id.empty()) {
    const Json& snapshot = get(state, kSnapshot, volume.snapshot_id).shown;
    const std::int64_t least = snapshot.at("VolumeSize");
    if (!call.has("Size")) volume.size_gib = least;
    if (volume.size_gib < least)
      throw invalid_parameter("The size of a volume (" + std::to_string(volume.size_gib) +
                              "GiB) must be at least that of its snapshot (" +
                              std::to_string(least) + "GiB).");
    volume.encrypted = volume.encrypted || snapshot.at("Encrypted") == true;
  }
  check_volume(volume);
  const std::string id = make_volume(Origin(call), state, volume);
  Json output = shown(call, state, kVolume, id);
  output.erase("Attachments");
  if (!output.contains("Tags")) output["Tags"] = Json::array();
  return output;
}

Json delete_volume(Call& call, Ec2& state) {
  const std::string& id = call.text("VolumeId");
  const Json& attachments = get(state, kVolume, id).shown.at("Attachments");
  if (!attachments.empty())
    throw AwsError("VolumeInUse", "Volume " + id + " is currently attached to " +
                                      attachments[0].at("InstanceId").get<std::string>());
  remove(Origin(call), state, kVolume, id);
  return Json::object();
}

}  // namespace

const Kind kVolume{
    .type = "volume",
    .prefix = "vol-",
    .id_member = "VolumeId",
    .list = "Volumes",
    .ids = "VolumeIds",
    .not_found_code = "InvalidVolume.NotFound",
    .not_found = "The volume '{}' does not exist.",
    .several_not_found = "The volumes '{}' do not exist.",
    .malformed_code = "InvalidParameterValue",
    .malformed = "Value ({}) for parameter volumeId is invalid. Expected: 'vol-...'.",
    .in_use = "The volume '{}' has dependencies and cannot be deleted.",
    .filters = kFilters,
    .ids_exclude_paging = "volumeSet",
    .min_results = 5,
    .has_owner = false,
    .at_present = changing_at_first};

void check_volume(const NewVolume& volume) {
  const Type& type = type_of(volume.type);
  const std::string size = std::to_string(volume.size_gib) + "GiB";
  if (volume.size_gib < type.min_gib)
    throw invalid_parameter("Volume of " + size + " is too small; minimum is " +
                            std::to_string(type.min_gib) + "GiB.");
  if (volume.size_gib > type.max_gib)
    throw invalid_parameter("Volume of " + size + " is too large for volume type " + volume.type +
                            "; maximum is " + std::to_string(type.max_gib) + "GiB.");
  if (volume.iops != 0 && type.max_iops == 0)
    throw invalid_combination("The parameter iops is not supported for " + volume.type +
                              " volumes.");
  if (volume.iops == 0 && volume.type.starts_with("io"))
    throw AwsError("MissingParameter",
                   "The parameter iops must be specified for " + volume.type + " volumes.");
  if (volume.iops != 0 && volume.iops < type.min_iops)
    throw invalid_parameter("Volume iops of " + std::to_string(volume.iops) +
                            " is too low; minimum is " + std::to_string(type.min_iops) + ".");
  if (volume.iops > type.max_iops && type.max_iops != 0)
    throw invalid_parameter("Volume iops of " + std::to_string(volume.iops) +
                            " is too high; maximum is " + std::to_string(type.max_iops) + ".");
  if (volume.throughput != 0 && volume.type != "gp3")
    throw invalid_combination("The parameter throughput is not supported for " + volume.type +
                              " volumes.");
  if (volume.multi_attach && !volume.type.starts_with("io"))
    throw invalid_combination("The parameter multiAttachEnabled is not supported for " +
                              volume.type + " volumes.");
  if (!volume.kms_key_id.empty() && !volume.encrypted)
    throw AwsError("InvalidParameterDependency",
                   "The parameter KmsKeyId requires the parameter Encrypted to be set.");
}

void set_numbers(Json& shown, const NewVolume& volume) {
  shown["Size"] = volume.size_gib;
  shown["VolumeType"] = volume.type;
  shown["MultiAttachEnabled"] = volume.multi_attach;
  shown.erase("Iops");
  shown.erase("Throughput");
  if (const std::int64_t iops = iops_of(volume); iops != 0) shown["Iops"] = iops;
  if (volume.type == "gp3") shown["Throughput"] = volume.throughput == 0 ? 125 : volume.throughput;
}

std::string make_volume(const Origin& origin, Ec2& state, const NewVolume& volume) {
  Resource made;
  made.tags = volume.tags;
  made.shown = {{"Attachments", Json::array()},
                {"AvailabilityZone", volume.zone},
                {"CreateTime", iso8601_milliseconds(origin.now())},
                {"Encrypted", volume.encrypted},
                {"SnapshotId", volume.snapshot_id},
                {"State", "available"},
                {"Operator", {{"Managed", false}}}};
  for (const Zone& zone : zones_of(origin.region())) {
    if (zone.name == volume.zone) made.shown["AvailabilityZoneId"] = zone.id;
  }
  set_numbers(made.shown, volume);
  if (volume.encrypted)
    made.shown["KmsKeyId"] = volume.kms_key_id.empty() ? "arn:aws:kms:" + origin.region() + ":" +
                                                             origin.account() + ":alias/aws/ebs"
                                                       : volume.kms_key_id;
  begin_change(made, origin.now(), {{"State", "creating"}});
  return create(origin, state, kVolume, std::move(made));
}

void attach_volume_to(const Origin& origin, Ec2& state, const std::string& volume_id,
                      const std::string& instance_id, const std::string& device,
                      bool delete_on_termination) {
  Resource& volume = change(state, kVolume, volume_id);
  volume.shown["State"] = "in-use";
  Json& attachments = volume.shown["Attachments"];
  attachments.push_back(
      {{"AttachTime", iso8601_milliseconds(std::chrono::floor<Seconds>(origin.now()))},
       {"Device", device},
       {"InstanceId", instance_id},
       {"State", "attached"},
       {"VolumeId", volume_id},
       {"DeleteOnTermination", delete_on_termination}});
  Json meanwhile = attachments;
  meanwhile.back()["State"] = "attaching";
  begin_change(volume, origin.now(), {{"Attachments", std::move(meanwhile)}});
  change(state, kInstance, instance_id).kept["Volumes"].push_back(volume_id);
}

void detach_volume_from(const Origin& origin, Ec2& state, const std::string& volume_id,
                        const std::string& instance_id) {
  Resource& volume = change(state, kVolume, volume_id);
  Json& attachments = volume.shown["Attachments"];
  Json meanwhile = attachments;
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    if (attachments[i].at("InstanceId") != instance_id) continue;
    meanwhile[i]["State"] = "detaching";
    attachments.erase(i);
    break;
  }
  if (attachments.empty()) volume.shown["State"] = "available";
  begin_change(volume, origin.now(), {{"State", "in-use"}, {"Attachments", std::move(meanwhile)}});
  Json& volumes = change(state, kInstance, instance_id).kept["Volumes"];
  volumes.erase(std::remove(volumes.begin(), volumes.end(), volume_id), volumes.end());
}

std::vector<std::string> volumes_of(const Resource& instance) {
  return instance.kept.value("Volumes", std::vector<std::string>());
}

Family volumes() {
  return {.kinds = {&kVolume},
          .operations = {{"CreateVolume", writes<create_volume>},
                         {"DeleteVolume", writes<delete_volume>},
                         {"DescribeVolumes", describes<kVolume>}}};
}

}  // namespace cloudchamber::mock::ec2
