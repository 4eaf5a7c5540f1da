// AWS::S3::Bucket's LifecycleConfiguration as PutBucketLifecycleConfiguration takes it.
#pragma once

#include "mock-server/services/cloudformation/resource_types/resource_type.h"

namespace cloudchamber::mock::cloudformation {

[[nodiscard]] Json lifecycle_configuration(const ResourceCall& call);

}  // namespace cloudchamber::mock::cloudformation
