// S3 bucket names, as far as a client can judge them before sending.
#pragma once

#include <string_view>

namespace cloudchamber {

// Throws ParamValidationError when this can't be a bucket: neither a name ([a-zA-Z0-9.\-_]{1,255})
// nor the ARN of an access point.
void validate_bucket(std::string_view bucket);

}  // namespace cloudchamber
