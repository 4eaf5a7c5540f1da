// What AWS says about JSON that is not what an operation expects. The texts are those of DynamoDB;
// "Class", "Token" and Java's type names show what reads it there.
#pragma once

#include <string_view>

#include "mock-server/call/aws_error.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock::json_texts {

// SerializationException, 400.
[[nodiscard]] AwsError serialization(std::string_view message);

// A scalar where `shape` was expected: "NUMBER_VALUE cannot be converted to String". `token` is
// Jackson's name of the kind of scalar; `member`: it is a structure's member rather than an element
// or a map's value.
[[nodiscard]] AwsError unexpected_scalar(const Shape& shape, std::string_view token, bool member);

// An array where `shape` was expected.
[[nodiscard]] AwsError unexpected_array(const ServiceModel& service, const Shape& shape);

// A string that is no base64.
[[nodiscard]] AwsError bad_base64(std::string_view text);

}  // namespace cloudchamber::mock::json_texts
