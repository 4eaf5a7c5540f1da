// A browser's upload: POST of a form to a bucket. It is no operation of the model, but ends in
// PutObject. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
#pragma once

#include <string>

#include "cloudchamber/http.h"
#include "mock-server/call/service_hooks.h"

namespace cloudchamber::mock::s3 {

// Throws AwsError.
[[nodiscard]] HttpResponse post_object(const ServiceHooks::Exchange& exchange,
                                       const std::string& bucket);

}  // namespace cloudchamber::mock::s3
