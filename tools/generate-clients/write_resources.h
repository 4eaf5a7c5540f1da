// The two files of a service's generated resources.
#pragma once

#include <string>

#include "sdk/resource/resource_model.h"

namespace cloudchamber {

// cloudchamber/resources/<service>.h: a class for each resource, with a method for everything that
// it has, and a class for each kind of collection, with its batch actions.
[[nodiscard]] std::string resources_header(const ResourceModel& model);

// <service>_resources.cc: the methods, out of line so that who includes the header needs no
// json.hpp.
[[nodiscard]] std::string resources_source(const ResourceModel& model);

}  // namespace cloudchamber
