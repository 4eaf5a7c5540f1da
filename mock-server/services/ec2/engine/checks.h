// What the model demands of an input, in EC2's words.
#pragma once

#include <cstdint>
#include <string>

#include "mock-server/call/call.h"

namespace cloudchamber::mock::ec2 {

// Required members, ranges of numbers and values of enums, at all depths. Throws MissingParameter
// or InvalidParameterValue for the first that fails, parameters that are missing first.
void check_input(const Call& call);

// "Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5."
[[nodiscard]] AwsError too_small(std::int64_t value, const std::string& name, std::int64_t min);
[[nodiscard]] AwsError too_large(std::int64_t value, const std::string& name, std::int64_t max);

// The value of an optional member that a family demands: else MissingParameter. `name` is how AWS
// calls it, by default as the model does, begun in lower case.
[[nodiscard]] const std::string& required_text(const Call& call, std::string_view member,
                                               std::string name = "");

}  // namespace cloudchamber::mock::ec2
