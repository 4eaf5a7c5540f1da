// User metadata beyond ASCII: headers carry it as RFC 2047 encoded words, which S3 decodes when it
// is put and writes when it is read, choosing Q or B as JavaMail does. Pure functions.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata
#pragma once

#include <string>
#include <string_view>

namespace cloudchamber::mock::s3 {

[[nodiscard]] std::string encoded_metadata(std::string_view value);
[[nodiscard]] std::string decoded_metadata(std::string_view header);

}  // namespace cloudchamber::mock::s3
