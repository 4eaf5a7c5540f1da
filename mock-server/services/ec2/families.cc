#include "mock-server/services/ec2/families.h"

namespace cloudchamber::mock::ec2 {

// In order: families that are told of a new resource are told in this one.
const std::vector<Family>& families() {
  // clang-format off
  static const std::vector<Family> kFamilies{
      tags(),
      zones(),
      dhcp_options(),
      vpcs(),
      vpc_attributes(),
      vpc_cidr_blocks(),
      default_vpcs(),
      subnets(),
      subnet_attributes(),
      internet_gateways(),
      security_groups(),
      security_group_rules(),
      network_acls(),
      network_interfaces(),
      private_addresses(),
      addresses(),
      instance_types(),
      images(),
      volumes(),
      snapshots(),
      instances(),
      run_instances_family(),
      instance_states(),
      metadata_options_family(),
      instance_profiles(),
      key_pairs(),
      launch_templates(),
      launch_template_versions(),
      route_tables(),
      address_associations(),
      network_interface_attachments(),
      network_interface_attributes(),
      volume_attachments(),
      volume_modifications(),
      instance_attributes(),
      instance_status(),
      image_operations(),
      image_attributes(),
  };
  // clang-format on
  return kFamilies;
}

}  // namespace cloudchamber::mock::ec2
