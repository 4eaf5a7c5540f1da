// ModifyVolume, DescribeVolumesModifications, DescribeVolumeStatus, ModifyVolumeAttribute,
// DescribeVolumeAttribute.
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/volumes.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr const char* kNumbers[] = {"Size", "Iops", "VolumeType", "Throughput",
                                    "MultiAttachEnabled"};

// The modification as it stands: over at every moment after it began.
Json at_present(const View& view, const Json& kept) {
  Json out = kept;
  const bool under_way = view.under_way(*timestamp_of(kept.at("StartTime")));
  out["ModificationState"] = under_way ? "modifying" : "completed";
  out["Progress"] = under_way ? 0 : 100;
  if (!under_way) out["EndTime"] = kept.at("StartTime");
  return out;
}

Json modify_volume(Call& call, Ec2& state) {
  const std::string& id = call.text("VolumeId");
  const Json before = shown(call, state, kVolume, id);
  if (before.at("State") == "creating")
    throw AwsError("IncorrectState", "The volume '" + id + "' is not in a modifiable state.");
  NewVolume wanted;
  wanted.size_gib = call.integer_or("Size", before.at("Size").get<std::int64_t>());
  wanted.type = call.text_or("VolumeType", before.at("VolumeType").get<std::string>());
  const bool keeps_numbers = wanted.type == before.at("VolumeType") && wanted.type != "gp2";
  wanted.iops = call.integer_or("Iops", keeps_numbers ? before.value("Iops", std::int64_t{0}) : 0);
  wanted.throughput = call.integer_or(
      "Throughput", keeps_numbers ? before.value("Throughput", std::int64_t{0}) : 0);
  wanted.multi_attach =
      call.flag_or("MultiAttachEnabled", before.at("MultiAttachEnabled").get<bool>());
  if (wanted.size_gib < before.at("Size").get<std::int64_t>())
    throw invalid_parameter("New size cannot be smaller than existing size");
  check_volume(wanted);
  Resource& volume = change(state, kVolume, id);
  set_numbers(volume.shown, wanted);
  Json modification{{"VolumeId", id}, {"StartTime", iso8601_milliseconds(call.now())}};
  for (const char* number : kNumbers) {
    if (before.contains(number)) modification["Original" + std::string(number)] = before.at(number);
    if (volume.shown.contains(number))
      modification["Target" + std::string(number)] = volume.shown.at(number);
  }
  volume.kept["Modification"] = modification;
  return {{"VolumeModification", at_present({call, state}, modification)}};
}

constexpr FilterField kFilters[] = {{"modification-state", "ModificationState"},
                                    {"original-iops", "OriginalIops"},
                                    {"original-size", "OriginalSize"},
                                    {"original-volume-type", "OriginalVolumeType"},
                                    {"start-time", "StartTime"},
                                    {"target-iops", "TargetIops"},
                                    {"target-size", "TargetSize"},
                                    {"target-volume-type", "TargetVolumeType"},
                                    {"volume-id", "VolumeId"}};
// Rows for the engine of Describe alone.
const Kind kModification{
    .type = "volume-modification",
    .prefix = "vol-",
    .id_member = "VolumeId",
    .list = "VolumesModifications",
    .ids = "VolumeIds",
    .not_found_code = "InvalidVolumeModification.NotFound",
    .not_found = "Modification for volume '{}' does not exist.",
    .malformed_code = "InvalidParameterValue",
    .malformed = "Value ({}) for parameter volumeId is invalid. Expected: 'vol-...'.",
    .filters = kFilters,
    .has_owner = false,
    .taggable = false};

Json describe_volumes_modifications(Call& call, const Ec2& state) {
  if (const Json* ids = call.find("VolumeIds")) {
    for (const Json& id : *ids) (void)get(state, kVolume, id);
  }
  Ec2 modifications;
  Resources& rows = modifications.of(kModification);
  for (const auto& [id, volume] : state.of(kVolume)) {
    const auto kept = volume.kept.find("Modification");
    if (kept == volume.kept.end()) continue;
    Resource row;
    row.shown = at_present({call, state}, *kept);
    rows.put(id, std::move(row));
  }
  return describe(call, modifications, kModification);
}

constexpr FilterField kStatusFilters[] = {
    {"action.code", "Actions.Code"},
    {"action.description", "Actions.Description"},
    {"action.event-id", "Actions.EventId"},
    {"availability-zone", "AvailabilityZone"},
    {"event.description", "Events.Description"},
    {"event.event-id", "Events.EventId"},
    {"event.event-type", "Events.EventType"},
    {"volume-status.details-name", "VolumeStatus.Details.Name"},
    {"volume-status.details-status", "VolumeStatus.Details.Status"},
    {"volume-status.status", "VolumeStatus.Status"}};
const Kind kVolumeStatus{
    .type = "volume-status",
    .prefix = "vol-",
    .id_member = "VolumeId",
    .list = "VolumeStatuses",
    .ids = "VolumeIds",
    .not_found_code = "InvalidVolume.NotFound",
    .not_found = "The volume '{}' does not exist.",
    .malformed_code = "InvalidParameterValue",
    .malformed = "Value ({}) for parameter volumeId is invalid. Expected: 'vol-...'.",
    .filters = kStatusFilters,
    .ids_exclude_paging = "volumeSet",
    .min_results = 5,
    .max_results = 1000,
    .has_owner = false,
    .taggable = false};

Json describe_volume_status(Call& call, const Ec2& state) {
  Ec2 statuses;
  Resources& rows = statuses.of(kVolumeStatus);
  for (const auto& [id, volume] : state.of(kVolume)) {
    Resource row;
    row.shown = {
        {"VolumeId", id},
        {"AvailabilityZone", volume.shown.at("AvailabilityZone")},
        {"Actions", Json::array()},
        {"Events", Json::array()},
        {"VolumeStatus",
         {{"Status", "ok"},
          {"Details",
           Json::array({Json{{"Name", "io-enabled"}, {"Status", "passed"}},
                        Json{{"Name", "io-performance"}, {"Status", "not-applicable"}}})}}}};
    rows.put(id, std::move(row));
  }
  return describe(call, statuses, kVolumeStatus);
}

Json modify_volume_attribute(Call& call, Ec2& state) {
  Resource& volume = change(state, kVolume, call.text("VolumeId"));
  if (!call.has("AutoEnableIO")) throw invalid_combination("No attributes specified.");
  volume.kept["AutoEnableIO"] = call.at("AutoEnableIO").value("Value", false);
  return Json::object();
}

Json describe_volume_attribute(Call& call, const Ec2& state) {
  const std::string& id = call.text("VolumeId");
  const Resource& volume = get(state, kVolume, id);
  if (call.text("Attribute") == "productCodes")
    return {{"VolumeId", id}, {"ProductCodes", Json::array()}};
  return {{"VolumeId", id},
          {"AutoEnableIO", {{"Value", volume.kept.value("AutoEnableIO", false)}}}};
}

}  // namespace

Family volume_modifications() {
  return {.kinds = {},
          .operations = {{"ModifyVolume", writes<modify_volume>},
                         {"DescribeVolumesModifications", reads<describe_volumes_modifications>},
                         {"DescribeVolumeStatus", reads<describe_volume_status>},
                         {"ModifyVolumeAttribute", writes<modify_volume_attribute>},
                         {"DescribeVolumeAttribute", reads<describe_volume_attribute>}}};
}

}  // namespace cloudchamber::mock::ec2
