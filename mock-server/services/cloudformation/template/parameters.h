// The Parameters section: what it may say, and the values that a stack takes for it.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::cloudformation {

// Each parameter's value as it was given (text, lists with commas).
using ParameterValues = std::map<std::string, std::string, std::less<>>;

// Throws ValidationError for a definition without Type, with an unknown one, ...
void check_parameter_definition(const std::string& name, const Json& definition);

// The values of the template's parameters: those given in `input` (a list of {ParameterKey,
// ParameterValue, UsePreviousValue}), else those before, where told to use them, else the defaults.
// Throws ValidationError: "Parameters: [X] must have values", "... do not exist in the template",
// and what the constraints refuse.
[[nodiscard]] ParameterValues parameter_values(const Json& body, const Json& input,
                                               const ParameterValues& before);

// What Ref gives: a string, for lists a list of strings.
[[nodiscard]] Json parameter_reference(const Json& definition, const std::string& value);

// The type of what EC2 must know ("AWS::EC2::Subnet::Id") with each of its values.
struct ExistingValue {
  std::string parameter;
  std::string type;
  std::string value;
};
[[nodiscard]] std::vector<ExistingValue> existing_values(const Json& body,
                                                         const ParameterValues& values);

// Whether its value is shown as "****".
[[nodiscard]] bool is_hidden(const Json& definition);

}  // namespace cloudchamber::mock::cloudformation
