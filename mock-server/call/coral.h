// The names under which AWS's own service framework (Coral) knows a service's shapes: they show in
// the `__type` of errors and in the texts of SerializationException.
#pragma once

#include <string>

#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// "com.amazonaws.dynamodb.v20120810", "com.amazonaws.sqs": made of the signing name and, where the
// target prefix ends in a date, that date.
[[nodiscard]] std::string coral_namespace(const ServiceModel& service);

}  // namespace cloudchamber::mock
