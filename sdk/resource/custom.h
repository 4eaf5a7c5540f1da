// What boto3's resources do that their descriptions can't say.
#pragma once

#include <optional>
#include <vector>

#include "sdk/client/call_transformation.h"
#include "sdk/resource/resource_core.h"

namespace cloudchamber {

// The data of a resource whose load() is not one operation and a path; nothing for any other. S3's
// bucket: its entry in the list of buckets, empty when the caller may not list buckets or the
// bucket is another account's.
[[nodiscard]] std::optional<Json> load_custom(const Resource& resource);

// The resources to which an action leads where they are no plain lists; nothing for any other.
// EC2's create_tags: each resource with each tag.
[[nodiscard]] std::optional<std::vector<Resource>> targets_custom(const Resource& resource,
                                                                  const ActionModel& action,
                                                                  const Json& parameters);

// What the client of a service's resources does to every call, null for nothing.
[[nodiscard]] const CallTransformation* transformation_of(std::string_view service);

}  // namespace cloudchamber
