// A function a type; registry.cc calls each once.
#pragma once

#include "mock-server/services/cloudformation/resource_types/resource_type.h"

namespace cloudchamber::mock::cloudformation {

[[nodiscard]] ResourceType cdk_metadata();
[[nodiscard]] ResourceType cloudformation_stack();
[[nodiscard]] ResourceType cloudformation_wait_condition();
[[nodiscard]] ResourceType cloudformation_wait_condition_handle();
[[nodiscard]] ResourceType dynamodb_table();
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
