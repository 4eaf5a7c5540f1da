// The text of a template, JSON or YAML, as one Json value: short-form tags (!Ref, !GetAtt, !Sub
// ...) in their long form. What strangers send is bounded: in depth here, in bytes by the caller.
// Pure functions: thread-safe.
#pragma once

#include <cstddef>
#include <string_view>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::cloudformation {

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
inline constexpr std::size_t kMaxTemplateBody = 51'200;
inline constexpr std::size_t kMaxTemplateInS3 = 1'048'576;
// AWS states none; its own templates stay far below.
inline constexpr std::size_t kMaxTemplateDepth = 100;

// Always an object. Throws ValidationError: "Template format error: JSON not well-formed. (line 1,
// column 25)", the same of YAML, "... unsupported structure." for what is no object, and YAML's
// aliases, which AWS refuses.
[[nodiscard]] Json parse_template(std::string_view text);
[[nodiscard]] bool is_json_template(std::string_view text);

// For parse_template.
[[nodiscard]] Json parse_yaml(std::string_view text);

}  // namespace cloudchamber::mock::cloudformation
