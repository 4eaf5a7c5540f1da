// The versions of a launch template: its kept "Versions", in the order of their numbers.
#pragma once

#include <string>

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

// As it is kept.
[[nodiscard]] Json new_version(const Call& call, std::int64_t number,
                               const std::string& description, const Json& data);
// By "3", "$Latest" or "$Default": as it is kept, null for none.
[[nodiscard]] const Json* find_version(const Resource& launch_template, const std::string& version);
// By "3", "$Latest" or "$Default": as DescribeLaunchTemplateVersions shows it. Throws
// InvalidLaunchTemplateId.VersionNotFound.
[[nodiscard]] Json version_of(const Resource& launch_template, const std::string& version);

// Throws for tags that nothing could have. User data is looked at when an instance is launched.
void check_launch_template_data(const Json& data);

}  // namespace cloudchamber::mock::ec2
