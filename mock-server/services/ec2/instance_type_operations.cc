// DescribeInstanceTypes and DescribeInstanceTypeOfferings, over the catalogue.
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instance_types.h"
#include "mock-server/services/ec2/zones.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {
    {"auto-recovery-supported", "AutoRecoverySupported"},
    {"bare-metal", "BareMetal"},
    {"burstable-performance-supported", "BurstablePerformanceSupported"},
    {"current-generation", "CurrentGeneration"},
    {"dedicated-hosts-supported", "DedicatedHostsSupported"},
    {"ebs-info.ebs-optimized-support", "EbsInfo.EbsOptimizedSupport"},
    {"ebs-info.encryption-support", "EbsInfo.EncryptionSupport"},
    {"ebs-info.nvme-support", "EbsInfo.NvmeSupport"},
    {"free-tier-eligible", "FreeTierEligible"},
    {"hibernation-supported", "HibernationSupported"},
    {"hypervisor", "Hypervisor"},
    {"instance-storage-supported", "InstanceStorageSupported"},
    {"instance-type", "InstanceType"},
    {"memory-info.size-in-mib", "MemoryInfo.SizeInMiB"},
    {"network-info.ena-support", "NetworkInfo.EnaSupport"},
    {"network-info.ipv4-addresses-per-interface", "NetworkInfo.Ipv4AddressesPerInterface"},
    {"network-info.ipv6-addresses-per-interface", "NetworkInfo.Ipv6AddressesPerInterface"},
    {"network-info.ipv6-supported", "NetworkInfo.Ipv6Supported"},
    {"network-info.maximum-network-cards", "NetworkInfo.MaximumNetworkCards"},
    {"network-info.maximum-network-interfaces", "NetworkInfo.MaximumNetworkInterfaces"},
    {"processor-info.supported-architecture", "ProcessorInfo.SupportedArchitectures"},
    {"supported-boot-mode", "SupportedBootModes"},
    {"supported-root-device-type", "SupportedRootDeviceTypes"},
    {"supported-usage-class", "SupportedUsageClasses"},
    {"supported-virtualization-type", "SupportedVirtualizationTypes"},
    {"vcpu-info.default-cores", "VCpuInfo.DefaultCores"},
    {"vcpu-info.default-threads-per-core", "VCpuInfo.DefaultThreadsPerCore"},
    {"vcpu-info.default-vcpus", "VCpuInfo.DefaultVCpus"},
    {"ebs-info.attachment-limit-type", "EbsInfo.AttachmentLimitType"},
    {"ebs-info.maximum-ebs-attachments", "EbsInfo.MaximumEbsAttachments"},
    {"ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps",
     "EbsInfo.EbsOptimizedInfo.BaselineBandwidthInMbps"},
    {"ebs-info.ebs-optimized-info.baseline-iops", "EbsInfo.EbsOptimizedInfo.BaselineIops"},
    {"ebs-info.ebs-optimized-info.baseline-throughput-in-mbps",
     "EbsInfo.EbsOptimizedInfo.BaselineThroughputInMBps"},
    {"ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps",
     "EbsInfo.EbsOptimizedInfo.MaximumBandwidthInMbps"},
    {"ebs-info.ebs-optimized-info.maximum-iops", "EbsInfo.EbsOptimizedInfo.MaximumIops"},
    {"ebs-info.ebs-optimized-info.maximum-throughput-in-mbps",
     "EbsInfo.EbsOptimizedInfo.MaximumThroughputInMBps"},
    {"instance-storage-info.disk.count", "InstanceStorageInfo.Disks.Count"},
    {"instance-storage-info.disk.size-in-gb", "InstanceStorageInfo.Disks.SizeInGB"},
    {"instance-storage-info.disk.type", "InstanceStorageInfo.Disks.Type"},
    {"instance-storage-info.encryption-support", "InstanceStorageInfo.EncryptionSupport"},
    {"instance-storage-info.nvme-support", "InstanceStorageInfo.NvmeSupport"},
    {"instance-storage-info.total-size-in-gb", "InstanceStorageInfo.TotalSizeInGB"},
    {"network-info.bandwidth-weightings", "NetworkInfo.BandwidthWeightings"},
    {"network-info.efa-info.maximum-efa-interfaces", "NetworkInfo.EfaInfo.MaximumEfaInterfaces"},
    {"network-info.efa-supported", "NetworkInfo.EfaSupported"},
    {"network-info.encryption-in-transit-supported", "NetworkInfo.EncryptionInTransitSupported"},
    {"network-info.flexible-ena-queues-support", "NetworkInfo.FlexibleEnaQueuesSupport"},
    {"network-info.network-performance", "NetworkInfo.NetworkPerformance"},
    {"nitro-enclaves-support", "NitroEnclavesSupport"},
    {"nitro-tpm-support", "NitroTpmSupport"},
    {"nitro-tpm-info.supported-versions", "NitroTpmInfo.SupportedVersions"},
    {"processor-info.sustained-clock-speed-in-ghz", "ProcessorInfo.SustainedClockSpeedInGhz"},
    {"processor-info.supported-features", "ProcessorInfo.SupportedFeatures"},
    {"reboot-migration-support", "RebootMigrationSupport"},
    {"vcpu-info.valid-cores", "VCpuInfo.ValidCores"},
    {"vcpu-info.valid-threads-per-core", "VCpuInfo.ValidThreadsPerCore"},
};

// Rows of the catalogue, for the engine of Describe alone.
const Kind kInstanceType{
    .type = "instance-type",
    .id_member = "InstanceType",
    .list = "InstanceTypes",
    .ids = "InstanceTypes",
    .not_found_code = "InvalidInstanceType",
    .not_found = "The following supplied instance types do not exist: [{}]",
    .several_not_found = "The following supplied instance types do not exist: [{}]",
    .malformed_code = "InvalidInstanceType",
    .filters = kFilters,
    .ids_exclude_paging = "instanceTypes",
    .has_owner = false,
    .taggable = false};

Json description(const InstanceType& type) {
  const bool is_arm = type.architectures.front() == "arm64";
  const bool is_free = type.name == "t2.micro" || type.name == "t3.micro";
  return {{"InstanceType", type.name},
          {"CurrentGeneration", type.current},
          {"FreeTierEligible", is_free},
          {"SupportedUsageClasses", {"on-demand", "spot"}},
          {"SupportedRootDeviceTypes", {"ebs"}},
          {"SupportedVirtualizationTypes", {"hvm"}},
          {"BareMetal", false},
          {"Hypervisor", type.nitro ? "nitro" : "xen"},
          {"ProcessorInfo", {{"SupportedArchitectures", type.architectures}}},
          {"VCpuInfo",
           {{"DefaultVCpus", type.vcpus},
            {"DefaultCores", type.vcpus / type.threads_per_core},
            {"DefaultThreadsPerCore", type.threads_per_core},
            {"ValidThreadsPerCore", type.threads_per_core == 2 ? Json{1, 2} : Json::array({1})}}},
          {"MemoryInfo", {{"SizeInMiB", type.memory_mib}}},
          {"InstanceStorageSupported", false},
          {"EbsInfo",
           {{"EbsOptimizedSupport", type.nitro ? "default" : "unsupported"},
            {"EncryptionSupport", "supported"},
            {"NvmeSupport", type.nitro ? "required" : "unsupported"}}},
          {"NetworkInfo",
           {{"MaximumNetworkInterfaces", type.interfaces},
            {"MaximumNetworkCards", 1},
            {"DefaultNetworkCardIndex", 0},
            {"Ipv4AddressesPerInterface", type.addresses_per_interface},
            {"Ipv6AddressesPerInterface", type.current ? type.addresses_per_interface : 0},
            {"Ipv6Supported", type.current},
            {"EnaSupport", type.nitro ? "required" : "unsupported"},
            {"EfaSupported", false}}},
          {"HibernationSupported", false},
          {"BurstablePerformanceSupported", type.burstable},
          {"DedicatedHostsSupported", !type.burstable},
          {"AutoRecoverySupported", true},
          {"SupportedBootModes", is_arm ? Json{"uefi"} : Json{"legacy-bios", "uefi"}}};
}

Json describe_instance_types(Call& call, const Ec2& /*state*/) {
  Ec2 catalogue;
  Resources& rows = catalogue.of(kInstanceType);
  for (const InstanceType& type : catalogued_instance_types()) {
    Resource row;
    row.shown = description(type);
    rows.put(type.name, std::move(row));
  }
  return describe(call, catalogue, kInstanceType);
}

constexpr FilterField kOfferingFilters[] = {{"instance-type", "InstanceType"},
                                            {"location", "Location"}};
const Kind kOffering{.type = "instance-type-offering",
                     .id_member = "InstanceType",
                     .list = "InstanceTypeOfferings",
                     .ids = "",
                     .filters = kOfferingFilters,
                     .has_owner = false,
                     .taggable = false};

Json describe_instance_type_offerings(Call& call, const Ec2& /*state*/) {
  const std::string by = call.text_or("LocationType", "region");
  std::vector<std::string> places;
  if (by == "region") {
    places.push_back(call.region());
  } else if (by != "outpost") {
    for (const Zone& zone : zones_of(call.region()))
      places.push_back(by == "availability-zone" ? zone.name : zone.id);
  }
  Ec2 catalogue;
  Resources& rows = catalogue.of(kOffering);
  for (const InstanceType& type : catalogued_instance_types()) {
    for (const std::string& place : places) {
      Resource row;
      row.shown = {{"InstanceType", type.name}, {"LocationType", by}, {"Location", place}};
      rows.put(type.name + '\n' + place, std::move(row));
    }
  }
  return describe(call, catalogue, kOffering);
}

}  // namespace

Family instance_types() {
  return {
      .kinds = {},
      .operations = {{"DescribeInstanceTypes", reads<describe_instance_types>},
                     {"DescribeInstanceTypeOfferings", reads<describe_instance_type_offerings>}}};
}

}  // namespace cloudchamber::mock::ec2
