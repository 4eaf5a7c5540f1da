#include "mock-server/services/ec2/instance_filters.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/paths.h"
#include "mock-server/services/ec2/network_interfaces.h"
#include "mock-server/services/ec2/volumes.h"

namespace cloudchamber::mock::ec2 {
namespace {

// A path as a template's argument.
template <std::size_t size>
struct Text {
  constexpr Text(const char (&text)[size]) {  // NOLINT: to be written as a literal
    for (std::size_t i = 0; i < size; ++i) characters[i] = text[i];
  }
  char characters[size]{};
};

void collect(Json& values, const Path& path, const Json& shown) {
  (void)path.any(shown, [&](const Json& value) {
    values.push_back(value);
    return false;
  });
}

// All values at the path of the instance's network interfaces.
template <Text path>
Json of_interfaces(const View& view, const std::string& /*id*/, const Resource& instance) {
  static const Path kPath(path.characters);
  Json values = Json::array();
  for (const std::string& id : interfaces_of(instance)) {
    if (const Resource* one = view.state.of(kNetworkInterface).find(id)) {
      Json scratch;
      collect(values, kPath, at_present(view, kNetworkInterface, *one, scratch));
    }
  }
  return values;
}

template <Text path>
Json of_primary_interface(const View& view, const std::string& /*id*/, const Resource& instance) {
  static const Path kPath(path.characters);
  Json values = Json::array();
  const std::vector<std::string> ids = interfaces_of(instance);
  if (ids.empty()) return values;
  if (const Resource* one = view.state.of(kNetworkInterface).find(ids.front()))
    collect(values, kPath, one->shown);
  return values;
}

template <bool keys>
Json tags_of_interfaces(const View& view, const std::string& /*id*/, const Resource& instance) {
  Json values = Json::array();
  for (const std::string& id : interfaces_of(instance)) {
    const Resource* one = view.state.of(kNetworkInterface).find(id);
    if (one == nullptr) continue;
    for (const auto& [key, value] : one->tags) values.push_back(keys ? key : value);
  }
  return values;
}

// All values at the path of the attachments of the instance's volumes.
template <Text path>
Json of_volumes(const View& view, const std::string& instance_id, const Resource& instance) {
  static const Path kPath(path.characters);
  Json values = Json::array();
  for (const std::string& id : volumes_of(instance)) {
    const Resource* one = view.state.of(kVolume).find(id);
    if (one == nullptr) continue;
    Json scratch;
    for (const Json& attachment : at_present(view, kVolume, *one, scratch).at("Attachments")) {
      if (attachment.at("InstanceId") == instance_id) collect(values, kPath, attachment);
    }
  }
  return values;
}

Json owner_id(const View& view, const std::string& /*id*/, const Resource& /*instance*/) {
  return view.call.account();
}
Json reservation_id(const View& /*view*/, const std::string& /*id*/, const Resource& instance) {
  return instance.kept.at("ReservationId");
}

constexpr FilterField kFilters[] = {
    {"affinity", "Placement.Affinity"},
    {"architecture", "Architecture"},
    {"availability-zone", "Placement.AvailabilityZone"},
    {"availability-zone-id", "Placement.AvailabilityZoneId"},
    {"block-device-mapping.attach-time", "", of_volumes<"AttachTime">},
    {"block-device-mapping.delete-on-termination", "", of_volumes<"DeleteOnTermination">},
    {"block-device-mapping.device-name", "", of_volumes<"Device">},
    {"block-device-mapping.status", "", of_volumes<"State">},
    {"block-device-mapping.volume-id", "", of_volumes<"VolumeId">},
    {"boot-mode", "BootMode"},
    {"capacity-reservation-id", "CapacityReservationId"},
    {"capacity-reservation-specification.capacity-reservation-preference",
     "CapacityReservationSpecification.CapacityReservationPreference"},
    {"client-token", "ClientToken"},
    {"current-instance-boot-mode", "CurrentInstanceBootMode"},
    {"dns-name", "", of_primary_interface<"Association.PublicDnsName">},
    {"ebs-optimized", "EbsOptimized"},
    {"ena-support", "EnaSupport"},
    {"enclave-options.enabled", "EnclaveOptions.Enabled"},
    {"hibernation-options.configured", "HibernationOptions.Configured"},
    {"host-id", "Placement.HostId"},
    {"hypervisor", "Hypervisor"},
    {"iam-instance-profile.arn", "IamInstanceProfile.Arn"},
    {"iam-instance-profile.id", "IamInstanceProfile.Id"},
    {"iam-instance-profile.name", "IamInstanceProfile.Name"},
    {"image-id", "ImageId"},
    {"instance-id", "InstanceId"},
    {"instance-lifecycle", "InstanceLifecycle"},
    {"instance-state-code", "State.Code"},
    {"instance-state-name", "State.Name"},
    {"instance-type", "InstanceType"},
    {"instance.group-id", "", of_primary_interface<"Groups.GroupId">},
    {"instance.group-name", "", of_primary_interface<"Groups.GroupName">},
    {"group-id", "", of_primary_interface<"Groups.GroupId">},
    {"group-name", "", of_primary_interface<"Groups.GroupName">},
    {"ip-address", "", of_primary_interface<"Association.PublicIp">},
    {"ipv6-address", "", of_interfaces<"Ipv6Addresses.Ipv6Address">},
    {"kernel-id", "KernelId"},
    {"key-name", "KeyName"},
    {"launch-index", "AmiLaunchIndex"},
    {"launch-time", "LaunchTime"},
    {"maintenance-options.auto-recovery", "MaintenanceOptions.AutoRecovery"},
    {"metadata-options.http-endpoint", "MetadataOptions.HttpEndpoint"},
    {"metadata-options.http-protocol-ipv6", "MetadataOptions.HttpProtocolIpv6"},
    {"metadata-options.http-put-response-hop-limit", "MetadataOptions.HttpPutResponseHopLimit"},
    {"metadata-options.http-tokens", "MetadataOptions.HttpTokens"},
    {"metadata-options.instance-metadata-tags", "MetadataOptions.InstanceMetadataTags"},
    {"metadata-options.state", "MetadataOptions.State"},
    {"monitoring-state", "Monitoring.State"},
    {"network-interface.addresses.association.allocation-id", "",
     of_interfaces<"PrivateIpAddresses.Association.AllocationId">},
    {"network-interface.addresses.association.association-id", "",
     of_interfaces<"PrivateIpAddresses.Association.AssociationId">},
    {"network-interface.addresses.association.ip-owner-id", "",
     of_interfaces<"PrivateIpAddresses.Association.IpOwnerId">},
    {"network-interface.addresses.association.public-ip", "",
     of_interfaces<"PrivateIpAddresses.Association.PublicIp">},
    {"network-interface.addresses.association.public-dns-name", "",
     of_interfaces<"PrivateIpAddresses.Association.PublicDnsName">},
    {"network-interface.addresses.primary", "", of_interfaces<"PrivateIpAddresses.Primary">},
    {"network-interface.addresses.private-dns-name", "",
     of_interfaces<"PrivateIpAddresses.PrivateDnsName">},
    {"network-interface.addresses.private-ip-address", "",
     of_interfaces<"PrivateIpAddresses.PrivateIpAddress">},
    {"network-interface.association.allocation-id", "", of_interfaces<"Association.AllocationId">},
    {"network-interface.association.association-id", "",
     of_interfaces<"Association.AssociationId">},
    {"network-interface.association.ip-owner-id", "", of_interfaces<"Association.IpOwnerId">},
    {"network-interface.association.public-dns-name", "",
     of_interfaces<"Association.PublicDnsName">},
    {"network-interface.association.public-ip", "", of_interfaces<"Association.PublicIp">},
    {"network-interface.attachment.attach-time", "", of_interfaces<"Attachment.AttachTime">},
    {"network-interface.attachment.attachment-id", "", of_interfaces<"Attachment.AttachmentId">},
    {"network-interface.attachment.delete-on-termination", "",
     of_interfaces<"Attachment.DeleteOnTermination">},
    {"network-interface.attachment.device-index", "", of_interfaces<"Attachment.DeviceIndex">},
    {"network-interface.attachment.instance-id", "", of_interfaces<"Attachment.InstanceId">},
    {"network-interface.attachment.instance-owner-id", "",
     of_interfaces<"Attachment.InstanceOwnerId">},
    {"network-interface.attachment.network-card-index", "",
     of_interfaces<"Attachment.NetworkCardIndex">},
    {"network-interface.attachment.status", "", of_interfaces<"Attachment.Status">},
    {"network-interface.availability-zone", "", of_interfaces<"AvailabilityZone">},
    {"network-interface.description", "", of_interfaces<"Description">},
    {"network-interface.group-id", "", of_interfaces<"Groups.GroupId">},
    {"network-interface.group-name", "", of_interfaces<"Groups.GroupName">},
    {"network-interface.ipv6-addresses.ipv6-address", "",
     of_interfaces<"Ipv6Addresses.Ipv6Address">},
    {"network-interface.mac-address", "", of_interfaces<"MacAddress">},
    {"network-interface.network-interface-id", "", of_interfaces<"NetworkInterfaceId">},
    {"network-interface.owner-id", "", of_interfaces<"OwnerId">},
    {"network-interface.private-dns-name", "", of_interfaces<"PrivateDnsName">},
    {"network-interface.private-ip-address", "", of_interfaces<"PrivateIpAddress">},
    {"network-interface.requester-id", "", of_interfaces<"RequesterId">},
    {"network-interface.requester-managed", "", of_interfaces<"RequesterManaged">},
    {"network-interface.source-dest-check", "", of_interfaces<"SourceDestCheck">},
    {"network-interface.status", "", of_interfaces<"Status">},
    {"network-interface.subnet-id", "", of_interfaces<"SubnetId">},
    {"network-interface.tag-key", "", tags_of_interfaces<true>},
    {"network-interface.tag-value", "", tags_of_interfaces<false>},
    {"network-interface.vpc-id", "", of_interfaces<"VpcId">},
    {"outpost-arn", "OutpostArn"},
    {"owner-id", "", owner_id},
    {"placement-group-name", "Placement.GroupName"},
    {"placement-partition-number", "Placement.PartitionNumber"},
    {"platform", "Platform"},
    {"platform-details", "PlatformDetails"},
    {"private-dns-name", "PrivateDnsName"},
    {"private-dns-name-options.enable-resource-name-dns-a-record",
     "PrivateDnsNameOptions.EnableResourceNameDnsARecord"},
    {"private-dns-name-options.enable-resource-name-dns-aaaa-record",
     "PrivateDnsNameOptions.EnableResourceNameDnsAAAARecord"},
    {"private-dns-name-options.hostname-type", "PrivateDnsNameOptions.HostnameType"},
    {"private-ip-address", "PrivateIpAddress"},
    {"product-code", "ProductCodes.ProductCodeId"},
    {"product-code.type", "ProductCodes.ProductCodeType"},
    {"ramdisk-id", "RamdiskId"},
    {"reason", "StateTransitionReason"},
    {"requester-id", "RequesterId"},
    {"reservation-id", "", reservation_id},
    {"root-device-name", "RootDeviceName"},
    {"root-device-type", "RootDeviceType"},
    {"source-dest-check", "", of_primary_interface<"SourceDestCheck">},
    {"spot-instance-request-id", "SpotInstanceRequestId"},
    {"state-reason-code", "StateReason.Code"},
    {"state-reason-message", "StateReason.Message"},
    {"subnet-id", "SubnetId"},
    {"tenancy", "Placement.Tenancy"},
    {"tpm-support", "TpmSupport"},
    {"usage-operation", "UsageOperation"},
    {"usage-operation-update-time", "UsageOperationUpdateTime"},
    {"virtualization-type", "VirtualizationType"},
    {"vpc-id", "VpcId"}};

}  // namespace

std::span<const FilterField> instance_filters() { return kFilters; }

}  // namespace cloudchamber::mock::ec2
