// The parameters of a request that is made for a resource: those that its description fills in,
// and those that the caller gives.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"
#include "sdk/resource/resource_core.h"

namespace cloudchamber {

// Puts a value into `parameters` where `target` says: "Bucket", "Filters[0].Values[0]";
// "InstanceIds[]" appends; "Entries[*].Id" is the entry number `index`. What is not there is made.
void put(Json& parameters, std::string_view target, Json value, std::optional<std::size_t> index);

// Fills in what the description says about `resource`. May load its data. In a batch, `index` is
// the resource's place.
void fill_in(Json& parameters, const std::vector<ValueSource>& sources, const Resource& resource,
             std::optional<std::size_t> index = std::nullopt);

// The caller's parameters replace those of the same name. Throws ParamValidationError unless they
// are an object (null: none).
void override_with(Json& parameters, const Json& given);

// As filters are chained: lists are joined, objects merged, anything else replaced. Throws
// ParamValidationError unless `given` is an object (null: none).
void join(Json& parameters, const Json& given);

}  // namespace cloudchamber
