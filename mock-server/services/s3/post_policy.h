// The policy of a browser's upload: is it one, has it expired, do the form's fields meet it?
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
#pragma once

#include <string>
#include <string_view>

#include "cloudchamber/clock.h"
#include "mock-server/services/s3/form_data.h"

namespace cloudchamber::mock::s3 {

// `encoded` is the field "policy", base64 of JSON. Throws InvalidPolicyDocument, AccessDenied,
// EntityTooLarge, EntityTooSmall.
void check_post_policy(std::string_view encoded, const FormData& form, const std::string& bucket,
                       TimePoint now);

}  // namespace cloudchamber::mock::s3
