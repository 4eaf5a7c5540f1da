// What EC2's resources have in common: tags, and the ways in which they are gone.
#pragma once

#include <string>

#include "mock-server/services/cloudformation/resource_types/resource_type.h"

namespace cloudchamber::mock::cloudformation {

// TagSpecifications for a creation, [{ResourceType, Tags}], added to `input`.
void add_tags(const ResourceCall& call, const char* resource_type, Json& input);
// Brings the tags of `id` to what the template says now.
void update_tags(const ResourceCall& call, const std::string& id);

// For deletions: what is gone already is as good as deleted.
void delete_if_there(const ResourceCall& call, std::string_view operation, const Json& input);

// A property that must be text: "" is missing.
[[nodiscard]] std::string id_in(const Json& reply, const char* structure, const char* member);

}  // namespace cloudchamber::mock::cloudformation
