// Templates (and stack policies) that lie in S3.
#pragma once

#include <string>

#include "mock-server/call/call.h"

namespace cloudchamber::mock::cloudformation {

// The object that a URL names, path-style or with the bucket in the host. Throws ValidationError:
// "TemplateURL must be a supported URL.", "S3 error: ...".
[[nodiscard]] std::string fetch_template(const Call& call, const std::string& url);

struct S3Place {
  std::string bucket;
  std::string key;
};
// Both empty where the URL names none.
[[nodiscard]] S3Place s3_place_of(const std::string& url);

}  // namespace cloudchamber::mock::cloudformation
