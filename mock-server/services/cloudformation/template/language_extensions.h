// Transform: AWS::LanguageExtensions. Fn::ForEach is expanded here; Fn::Length, Fn::ToJsonString
// and the default value of Fn::FindInMap are functions like others (functions.h), where a template
// names the transform.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-aws-languageextensions.html
#pragma once

#include <string_view>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::cloudformation {

inline constexpr std::string_view kLanguageExtensions = "AWS::LanguageExtensions";

// The body with each Fn::ForEach replaced by what it stands for. Collections are literal lists or
// the default of a list parameter. Throws ValidationError; bounded in what it makes.
[[nodiscard]] Json expand_language_extensions(Json body);

}  // namespace cloudchamber::mock::cloudformation
