// All families of EC2, each in the file of its name. A new one: a line here, a line in families.cc.
#pragma once

#include "mock-server/services/ec2/engine/family.h"

namespace cloudchamber::mock::ec2 {

[[nodiscard]] Family tags();                      // tag_operations.cc
[[nodiscard]] Family zones();                     // zones.cc
[[nodiscard]] Family dhcp_options();              // dhcp_options.cc
[[nodiscard]] Family vpcs();                      // vpcs.cc
[[nodiscard]] Family vpc_attributes();            // vpc_attributes.cc
[[nodiscard]] Family vpc_cidr_blocks();           // vpc_cidr_blocks.cc
[[nodiscard]] Family default_vpcs();              // default_vpc.cc
[[nodiscard]] Family subnets();                   // subnets.cc
[[nodiscard]] Family subnet_attributes();         // subnet_attributes.cc
[[nodiscard]] Family internet_gateways();         // internet_gateways.cc
[[nodiscard]] Family addresses();                 // addresses.cc
[[nodiscard]] Family address_associations();      // address_associations.cc
[[nodiscard]] Family security_groups();           // security_groups.cc
[[nodiscard]] Family security_group_rules();      // security_group_rule_operations.cc
[[nodiscard]] Family network_acls();              // network_acls.cc
[[nodiscard]] Family network_interfaces();        // network_interfaces.cc
[[nodiscard]] Family private_addresses();         // private_addresses.cc
[[nodiscard]] Family instance_types();            // instance_type_operations.cc
[[nodiscard]] Family images();                    // images.cc
[[nodiscard]] Family volumes();                   // volumes.cc
[[nodiscard]] Family snapshots();                 // snapshots.cc
[[nodiscard]] Family instances();                 // instances.cc
[[nodiscard]] Family run_instances_family();      // run_instances.cc
[[nodiscard]] Family instance_states();           // instance_states.cc
[[nodiscard]] Family metadata_options_family();   // metadata_options.cc
[[nodiscard]] Family instance_profiles();         // instance_profiles.cc
[[nodiscard]] Family key_pairs();                 // key_pairs.cc
[[nodiscard]] Family launch_templates();          // launch_templates.cc
[[nodiscard]] Family launch_template_versions();  // launch_template_versions.cc
[[nodiscard]] Family route_tables();              // route_tables.cc
// clang-format off
[[nodiscard]] Family network_interface_attachments();  // network_interface_attachments.cc
[[nodiscard]] Family network_interface_attributes();  // network_interface_attributes.cc
[[nodiscard]] Family volume_attachments();  // volume_attachments.cc
[[nodiscard]] Family volume_modifications();  // volume_modifications.cc
[[nodiscard]] Family instance_attributes();  // instance_attributes.cc
[[nodiscard]] Family instance_status();  // instance_status.cc
[[nodiscard]] Family image_operations();  // image_operations.cc
[[nodiscard]] Family image_attributes();  // image_attributes.cc
// clang-format on

}  // namespace cloudchamber::mock::ec2
