// The types of resources that are emulated, and those that AWS has besides.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mock-server/services/cloudformation/resource_types/resource_type.h"

namespace cloudchamber::mock::cloudformation {

// Null for a type that is not emulated. Lives as long as the process.
[[nodiscard]] const ResourceType* find_type(std::string_view name);

// Throws for types that can't be created: NotImplemented for those of services that AWS has,
// "Template format error: Unrecognized resource types: [X]" for the others.
void check_types_are_emulated(const std::vector<std::string>& types);
// The latter alone.
void check_types_are_known(const std::vector<std::string>& types);

}  // namespace cloudchamber::mock::cloudformation
