// A function a type; registry.cc calls each once.
#pragma once

#include "mock-server/services/cloudformation/resource_types/resource_type.h"

namespace cloudchamber::mock::cloudformation {

[[nodiscard]] ResourceType cdk_metadata();
[[nodiscard]] ResourceType cloudformation_stack();
[[nodiscard]] ResourceType cloudformation_wait_condition();
[[nodiscard]] ResourceType cloudformation_wait_condition_handle();
[[nodiscard]] ResourceType dynamodb_table();
[[nodiscard]] ResourceType ec2_eip();
[[nodiscard]] ResourceType ec2_instance();
[[nodiscard]] ResourceType ec2_internet_gateway();
[[nodiscard]] ResourceType ec2_key_pair();
[[nodiscard]] ResourceType ec2_launch_template();
[[nodiscard]] ResourceType ec2_route();
[[nodiscard]] ResourceType ec2_route_table();
[[nodiscard]] ResourceType ec2_security_group();
[[nodiscard]] ResourceType ec2_security_group_egress();
[[nodiscard]] ResourceType ec2_security_group_ingress();
[[nodiscard]] ResourceType ec2_subnet();
[[nodiscard]] ResourceType ec2_subnet_route_table_association();
[[nodiscard]] ResourceType ec2_volume();
[[nodiscard]] ResourceType ec2_vpc();
[[nodiscard]] ResourceType ec2_vpc_gateway_attachment();
[[nodiscard]] ResourceType iam_access_key();
[[nodiscard]] ResourceType iam_group();
[[nodiscard]] ResourceType iam_instance_profile();
[[nodiscard]] ResourceType iam_managed_policy();
[[nodiscard]] ResourceType iam_policy();
[[nodiscard]] ResourceType iam_role();
[[nodiscard]] ResourceType iam_user();
[[nodiscard]] ResourceType s3_bucket();
[[nodiscard]] ResourceType s3_bucket_policy();
[[nodiscard]] ResourceType sqs_queue();
[[nodiscard]] ResourceType sqs_queue_policy();

}  // namespace cloudchamber::mock::cloudformation
