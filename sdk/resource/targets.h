// From a response to the resources that it speaks of.
#pragma once

#include <vector>

#include "cloudchamber/json.h"
#include "sdk/resource/resource_core.h"

namespace cloudchamber {

// The resources to which `target` leads, none where an identifier is missing. `parameters` are
// those of the request, `response` its result; for a reference, which makes no request, the data of
// `parent`. Throws ResponseParserError when lists of identifiers differ in length.
[[nodiscard]] std::vector<Resource> resources_at(const Target& target, const Resource& parent,
                                                 const Json& parameters, const Json& response);

// The identifiers of the sub-resource that `parent` knows and those that the caller `given`, in the
// order of its type. Throws UnknownMemberError for too few, too many, unknown or unfit ones.
[[nodiscard]] Json identifiers_of_subresource(const Target& target, const Resource& parent,
                                              const Json& given);

}  // namespace cloudchamber
