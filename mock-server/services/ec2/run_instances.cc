// RunInstances.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/checks.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/images.h"
#include "mock-server/services/ec2/instance_profiles.h"
#include "mock-server/services/ec2/instance_types.h"
#include "mock-server/services/ec2/instances.h"
#include "mock-server/services/ec2/key_pairs.h"
#include "mock-server/services/ec2/launch_interfaces.h"
#include "mock-server/services/ec2/launch_templates.h"
#include "mock-server/services/ec2/launch_volumes.h"
#include "mock-server/services/ec2/metadata_options.h"
#include "mock-server/services/ec2/private_addresses.h"
#include "mock-server/services/ec2/subnets.h"
#include "mock-server/services/ec2/user_data.h"
#include "mock-server/services/ec2/vpcs.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

// What all instances of one call have in common.
struct Launch {
  Json input;
  std::int64_t count = 0;
  std::string image_id;
  Resource image;
  std::string type;
  std::vector<LaunchInterface> interfaces;
  std::vector<LaunchVolume> volumes;
  Json profile;  // null for none
  std::string reservation_id;
  Tags tags;
  Tags volume_tags;
  Tags interface_tags;
};

// Tags of the template that the call does not give by itself.
void add_template_tags(Launch& launch, const Json& specifications) {
  for (const Json& specification : specifications) {
    const std::string type = specification.value("ResourceType", "");
    Tags* tags = type == "instance"            ? &launch.tags
                 : type == "volume"            ? &launch.volume_tags
                 : type == "network-interface" ? &launch.interface_tags
                                               : nullptr;
    if (tags == nullptr) continue;
    for (const auto& [key, value] : checked_tags(specification.value("Tags", Json::array())))
      tags->emplace(key, value);
  }
}

// The template's data with what the call itself says laid over it.
void lay_over_template(const Call& call, const Ec2& state, Launch& launch) {
  launch.input = call.input();
  const Json* specification = call.find("LaunchTemplate");
  if (specification == nullptr) return;
  const Json version = launch_template_version(state, *specification);
  Json merged = version.at("LaunchTemplateData");
  add_template_tags(launch, merged.value("TagSpecifications", Json::array()));
  launch.tags["aws:ec2launchtemplate:id"] = version.at("LaunchTemplateId");
  launch.tags["aws:ec2launchtemplate:version"] = version.at("VersionNumber").dump();
  merged.update(call.input());
  launch.input = std::move(merged);
}

void refuse_what_is_not_emulated(const Json& input) {
  for (const char* member : {"ElasticGpuSpecification", "ElasticInferenceAccelerators",
                             "LicenseSpecifications", "Ipv6AddressCount", "Ipv6Addresses",
                             "EnablePrimaryIpv6", "SecondaryInterfaces", "KernelId", "RamdiskId"}) {
    const auto given = input.find(member);
    if (given != input.end() && !given->empty() && *given != 0 && *given != false)
      throw not_implemented(std::string(member) + " of RunInstances");
  }
  const Json market = input.value("InstanceMarketOptions", Json::object());
  if (const std::string type = market.value("MarketType", "on-demand"); type != "on-demand")
    throw not_implemented("MarketType '" + type + "' of RunInstances");
  const Json placement = input.value("Placement", Json::object());
  for (const char* member : {"HostId", "HostResourceGroupArn", "PartitionNumber"}) {
    if (placement.contains(member))
      throw not_implemented("Placement." + std::string(member) + " of RunInstances");
  }
  if (const std::string group = placement.value("GroupName", ""); !group.empty())
    throw AwsError("InvalidPlacementGroup.Unknown",
                   "The Placement Group '" + group + "' is unknown.");
}

void check_counts(std::int64_t min, std::int64_t max) {
  if (min < 1) throw too_small(min, "minCount", 1);
  if (max < 1) throw too_small(max, "maxCount", 1);
  if (max < min)
    throw invalid_parameter("Value (" + std::to_string(max) +
                            ") for parameter maxCount is invalid. It must not be less than "
                            "minCount.");
}

std::string checked_type(const Call& call, const Resource& image, const Json& input) {
  const std::string type = input.value("InstanceType", "m1.small");
  if (!is_instance_type(call, type))
    throw invalid_parameter("Invalid value '" + type + "' for InstanceType.");
  const std::vector<std::string> runs = architectures_of(type);
  const std::string needed = image.shown.at("Architecture");
  if (!image.kept.value("StandsIn", false) &&
      std::find(runs.begin(), runs.end(), needed) == runs.end())
    throw invalid_parameter("The architecture '" + needed +
                            "' of the specified AMI does not match the architecture '" +
                            runs.front() +
                            "' of the specified instance type. Specify an instance type and an AMI "
                            "that have matching architectures, and try again.");
  return type;
}

// As many as there are addresses for, at least MinCount.
std::int64_t checked_count(const Launch& launch, const Ec2& state, std::int64_t min,
                           std::int64_t max) {
  const LaunchInterface& primary = launch.interfaces.front();
  for (const LaunchInterface& one : launch.interfaces) {
    if (max > 1 && !one.existing_id.empty())
      throw invalid_combination(
          "A network interface ID may only be specified when launching a single instance");
    if (max > 1 && (one.asked_for.contains("PrivateIpAddress") ||
                    one.asked_for.contains("PrivateIpAddresses")))
      throw invalid_combination(
          "A private IP address may only be specified when launching a single instance");
  }
  if (!primary.existing_id.empty()) return max;
  const auto free = static_cast<std::int64_t>(SubnetAddresses(state, primary.subnet_id).count());
  if (free < min)
    throw AwsError("InsufficientFreeAddressesInSubnet",
                   "There are not enough free addresses in subnet '" + primary.subnet_id +
                       "' to satisfy the requested number of instances.");
  return std::min(max, free);
}

Launch checked(const Call& call, const Ec2& state) {
  Launch launch;
  launch.tags = tags_given(call, kInstance, {"volume", "network-interface"});
  launch.volume_tags = tags_given(call, kVolume, {"instance", "network-interface"});
  launch.interface_tags = tags_given(call, kNetworkInterface, {"instance", "volume"});
  const std::int64_t min = call.integer("MinCount");
  const std::int64_t max = call.integer("MaxCount");
  check_counts(min, max);
  lay_over_template(call, state, launch);
  const Json& input = launch.input;
  refuse_what_is_not_emulated(input);
  launch.image_id = input.value("ImageId", "");
  if (launch.image_id.empty()) throw missing_parameter("ImageId");
  launch.image = image(call, state, launch.image_id);
  launch.type = checked_type(call, launch.image, input);
  launch.volumes =
      launch_volumes(state, input.value("BlockDeviceMappings", Json::array()), launch.image);
  if (const std::string key = input.value("KeyName", "");
      !key.empty() && find_key_pair(state, key) == nullptr)
    throw key_pair_not_found(key);
  check_user_data(input.value("UserData", ""));
  launch.interfaces = launch_interfaces(call, state, input);
  if (input.contains("IamInstanceProfile"))
    launch.profile = instance_profile(call, input.at("IamInstanceProfile"));
  launch.count = checked_count(launch, state, min, max);
  launch.reservation_id = Origin(call).id("r-");
  return launch;
}

Json placement_of(const Json& input, const Json& subnet, const Json& vpc_tenancy) {
  const Json given = input.value("Placement", Json::object());
  Json placement{{"AvailabilityZone", subnet.at("AvailabilityZone")},
                 {"AvailabilityZoneId", subnet.at("AvailabilityZoneId")},
                 {"GroupName", ""},
                 {"Tenancy", given.value("Tenancy", vpc_tenancy.get<std::string>())}};
  if (given.contains("Affinity")) placement["Affinity"] = given.at("Affinity");
  return placement;
}

Json cpu_options(const std::string& type, const Json& given) {
  const InstanceType known = find_instance_type(type).value_or(InstanceType{});
  return {{"CoreCount", given.value("CoreCount", known.vcpus / known.threads_per_core)},
          {"ThreadsPerCore", given.value("ThreadsPerCore", known.threads_per_core)}};
}

// In the state that it settles to, without what other resources tell of it (instances.cc).
Json shown_settled(const Call& call, const Ec2& state, const Launch& launch, std::int64_t index) {
  const Json& input = launch.input;
  const Json& image = launch.image.shown;
  const Json& subnet = get(state, kSubnet, launch.interfaces.front().subnet_id).shown;
  const Json& vpc = get(state, kVpc, subnet.at("VpcId")).shown;
  const bool is_nitro = find_instance_type(launch.type).value_or(InstanceType{}).nitro;
  Json out{
      {"AmiLaunchIndex", index},
      {"Architecture", launch.image.kept.value("StandsIn", false)
                           ? Json(architectures_of(launch.type).front())
                           : image.at("Architecture")},
      {"CapacityReservationSpecification", {{"CapacityReservationPreference", "open"}}},
      {"ClientToken", call.text_or("ClientToken", "")},
      {"CpuOptions", cpu_options(launch.type, input.value("CpuOptions", Json::object()))},
      {"CurrentInstanceBootMode", is_nitro && image.contains("BootMode") ? "uefi" : "legacy-bios"},
      {"EbsOptimized", input.value("EbsOptimized", false)},
      {"EnaSupport", image.value("EnaSupport", true)},
      {"EnclaveOptions",
       {{"Enabled", input.value("EnclaveOptions", Json::object()).value("Enabled", false)}}},
      {"HibernationOptions",
       {{"Configured",
         input.value("HibernationOptions", Json::object()).value("Configured", false)}}},
      {"Hypervisor", "xen"},
      {"ImageId", launch.image_id},
      {"InstanceType", launch.type},
      {"LaunchTime", iso8601_milliseconds(std::chrono::floor<Seconds>(call.now()))},
      {"MaintenanceOptions",
       {{"AutoRecovery",
         input.value("MaintenanceOptions", Json::object()).value("AutoRecovery", "default")}}},
      {"MetadataOptions", metadata_options(image, input.value("MetadataOptions", Json::object()))},
      {"Monitoring",
       {{"State", input.value("Monitoring", Json::object()).value("Enabled", false) ? "enabled"
                                                                                    : "disabled"}}},
      {"Operator", {{"Managed", false}}},
      {"Placement", placement_of(input, subnet, vpc.at("InstanceTenancy"))},
      {"PlatformDetails", image.value("PlatformDetails", "Linux/UNIX")},
      {"PrivateDnsNameOptions",
       input.value("PrivateDnsNameOptions", subnet.at("PrivateDnsNameOptionsOnLaunch"))},
      {"ProductCodes", Json::array()},
      {"RootDeviceName", image.value("RootDeviceName", "/dev/sda1")},
      {"RootDeviceType", image.value("RootDeviceType", "ebs")},
      {"SourceDestCheck", true},
      {"State", instance_state("running")},
      {"StateTransitionReason", ""},
      {"SubnetId", subnet.at("SubnetId")},
      {"UsageOperation", image.value("UsageOperation", "RunInstances")},
      {"UsageOperationUpdateTime", iso8601_milliseconds(std::chrono::floor<Seconds>(call.now()))},
      {"VirtualizationType", image.value("VirtualizationType", "hvm")},
      {"VpcId", subnet.at("VpcId")}};
  for (const char* member : {"Platform", "BootMode", "SriovNetSupport"}) {
    if (image.contains(member) && member != std::string_view("SriovNetSupport"))
      out[member] = image.at(member);
  }
  if (const std::string key = input.value("KeyName", ""); !key.empty()) out["KeyName"] = key;
  return out;
}

std::string make_instance(const Call& call, Ec2& state, const Launch& launch, std::int64_t index) {
  Resource made;
  made.tags = launch.tags;
  made.shown = shown_settled(call, state, launch, index);
  made.kept = {{"ReservationId", launch.reservation_id},
               {"UserData", launch.input.value("UserData", "")},
               {"DisableApiTermination", launch.input.value("DisableApiTermination", false)},
               {"DisableApiStop", launch.input.value("DisableApiStop", false)},
               {"InstanceInitiatedShutdownBehavior",
                launch.input.value("InstanceInitiatedShutdownBehavior", "stop")},
               {"CpuCredits",
                launch.input.value("CreditSpecification", Json::object()).value("CpuCredits", "")},
               {"PublicAddress", launch.interfaces.front().public_address},
               {"NetworkInterfaces", Json::array()},
               {"Volumes", Json::array()}};
  begin_change(made, call.now(),
               {{"State", instance_state("pending")},
                {"StateReason", {{"Code", "pending"}, {"Message", "pending"}}},
                {"MetadataOptions", {{"State", "pending"}}}});
  return create(Origin(call), state, kInstance, std::move(made));
}

void give_interfaces(const Call& call, Ec2& state, const Launch& launch, const std::string& id,
                     SubnetAddresses& primary_free) {
  const Origin origin(call);
  for (const LaunchInterface& one : launch.interfaces) {
    std::string interface_id = one.existing_id;
    if (interface_id.empty()) {
      NewInterface made;
      made.tags = launch.interface_tags;
      made.subnet_id = one.subnet_id;
      made.groups = one.groups;
      made.description = one.description;
      if (one.subnet_id == launch.interfaces.front().subnet_id) {
        made.addresses = addresses_asked_for(one.asked_for, primary_free);
      } else {
        SubnetAddresses free(state, one.subnet_id);
        made.addresses = addresses_asked_for(one.asked_for, free);
      }
      interface_id = make_interface(origin, state, made);
    }
    (void)attach_interface(origin, state, interface_id,
                           {id, one.device_index, one.delete_on_termination});
    if (one.public_address) give_public_address(origin, state, interface_id);
    change(state, kInstance, id).kept["NetworkInterfaces"].push_back(interface_id);
  }
  const Json& primary =
      get(state, kNetworkInterface, interfaces_of(get(state, kInstance, id)).front()).shown;
  const std::string address = primary.at("PrivateIpAddress");
  Json& shown = change(state, kInstance, id).shown;
  shown["PrivateIpAddress"] = address;
  shown["PrivateDnsName"] = private_dns_name(call.region(), address);
}

void give_volumes(const Call& call, Ec2& state, const Launch& launch, const std::string& id) {
  const Origin origin(call);
  const std::string zone = get(state, kInstance, id).shown.at("Placement").at("AvailabilityZone");
  for (LaunchVolume one : launch.volumes) {
    one.volume.zone = zone;
    one.volume.tags = launch.volume_tags;
    attach_volume_to(origin, state, make_volume(origin, state, one.volume), id, one.device,
                     one.delete_on_termination);
  }
}

Json run_instances(Call& call, Ec2& state) {
  const Launch launch = checked(call, state);
  SubnetAddresses free(state, launch.interfaces.front().subnet_id);
  Json reservation;
  for (std::int64_t i = 0; i < launch.count; ++i) {
    const std::string id = make_instance(call, state, launch, i);
    give_interfaces(call, state, launch, id, free);
    give_volumes(call, state, launch, id);
    if (!launch.profile.is_null()) (void)associate_profile(Origin(call), state, id, launch.profile);
    if (reservation.is_null()) reservation = reservation_of(call, get(state, kInstance, id));
    Json instance = shown(call, state, kInstance, id);
    // As AWS answers: the volumes and the public address come a moment later.
    instance["BlockDeviceMappings"] = Json::array();
    instance["PublicDnsName"] = "";
    instance.erase("PublicIpAddress");
    for (Json& one : instance["NetworkInterfaces"]) {
      one.erase("Association");
      for (Json& address : one["PrivateIpAddresses"]) address.erase("Association");
    }
    reservation["Instances"].push_back(std::move(instance));
  }
  return reservation;
}

}  // namespace

Family run_instances_family() {
  return {.kinds = {}, .operations = {{"RunInstances", writes<run_instances>}}};
}

}  // namespace cloudchamber::mock::ec2
