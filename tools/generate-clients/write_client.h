// The two files of a generated client.
#pragma once

#include <string>
#include <string_view>

#include "sdk/model/service_model.h"

namespace cloudchamber {

// "Iam", "CloudFormation", "DynamoDb" from the model's service id.
[[nodiscard]] std::string class_name(const ServiceModel& model);

// "Amazon Simple Queue Service, API version 2012-11-05"
[[nodiscard]] std::string title_of(const ServiceModel& model);

// cloudchamber/services/<service>.h: the class with a method an operation, the exceptions.
[[nodiscard]] std::string client_header(const ServiceModel& model);

// <service>.cc: the methods, out of line so that who includes the header needs no json.hpp.
[[nodiscard]] std::string client_source(const ServiceModel& model);

}  // namespace cloudchamber
