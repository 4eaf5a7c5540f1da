// Reads one resource of a description; see resource_model.h for what comes out.
#pragma once

#include <string>

#include "cloudchamber/json.h"
#include "sdk/resource/resource_model.h"

namespace cloudchamber {

// `definition` of the resource `name` ("ServiceResource" for the service's own); `all` are the
// definitions of all resources. Throws ModelError, Json::exception, JmesPathError.
[[nodiscard]] ResourceType read_resource(const std::string& name, const Json& definition,
                                         const Json& all, const ServiceModel& service);

}  // namespace cloudchamber
