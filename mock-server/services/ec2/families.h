// All families of EC2, each in the file of its name where no other is told. A new one: a line here,
// a line in families.cc.
#pragma once

#include "mock-server/services/ec2/engine/family.h"

namespace cloudchamber::mock::ec2 {

[[nodiscard]] Family tags();  // tag_operations.cc
[[nodiscard]] Family zones();
[[nodiscard]] Family dhcp_options();
[[nodiscard]] Family vpcs();
[[nodiscard]] Family vpc_attributes();
[[nodiscard]] Family vpc_cidr_blocks();
[[nodiscard]] Family default_vpcs();  // default_vpc.cc
[[nodiscard]] Family subnets();
[[nodiscard]] Family subnet_attributes();
[[nodiscard]] Family internet_gateways();
[[nodiscard]] Family addresses();
[[nodiscard]] Family address_associations();
[[nodiscard]] Family security_groups();
[[nodiscard]] Family security_group_rules();  // security_group_rule_operations.cc
[[nodiscard]] Family network_acls();
[[nodiscard]] Family network_interfaces();
[[nodiscard]] Family private_addresses();
[[nodiscard]] Family instance_types();  // instance_type_operations.cc
[[nodiscard]] Family images();
[[nodiscard]] Family volumes();
[[nodiscard]] Family snapshots();
[[nodiscard]] Family instances();
[[nodiscard]] Family run_instances_family();  // run_instances.cc
[[nodiscard]] Family instance_states();
[[nodiscard]] Family metadata_options_family();  // metadata_options.cc
[[nodiscard]] Family instance_profiles();
[[nodiscard]] Family key_pairs();
[[nodiscard]] Family launch_templates();
[[nodiscard]] Family launch_template_versions();
[[nodiscard]] Family route_tables();
[[nodiscard]] Family network_interface_attachments();
[[nodiscard]] Family network_interface_attributes();
[[nodiscard]] Family volume_attachments();
[[nodiscard]] Family volume_modifications();
[[nodiscard]] Family instance_attributes();
[[nodiscard]] Family instance_status();
[[nodiscard]] Family image_operations();
[[nodiscard]] Family image_attributes();

}  // namespace cloudchamber::mock::ec2
