// The errors of S3: one named factory for each, with AWS's text, status and further members. The
// model of S3 states hardly any of them; the texts are those of recordings of AWS.
#pragma once

#include <string>
#include <string_view>

#include "mock-server/call/aws_error.h"

namespace cloudchamber::mock::s3 {

[[nodiscard]] AwsError access_denied();
[[nodiscard]] AwsError access_denied(const std::string& message);
[[nodiscard]] AwsError invalid_argument(const std::string& message, std::string_view name,
                                        std::string_view value);
[[nodiscard]] AwsError invalid_argument(const std::string& message, std::string_view name);
[[nodiscard]] AwsError invalid_request(const std::string& message);
[[nodiscard]] AwsError malformed_xml();
[[nodiscard]] AwsError no_such_bucket(const std::string& bucket);
[[nodiscard]] AwsError no_such_key(const std::string& key);
[[nodiscard]] AwsError no_such_version(const std::string& key, const std::string& version_id);
[[nodiscard]] AwsError no_such_upload(const std::string& upload_id);
// For a delete marker: 405 with the marks of a marker. `method` is the HTTP method.
[[nodiscard]] AwsError method_not_allowed(std::string_view method);
[[nodiscard]] AwsError invalid_range(std::string_view header, std::size_t size);
[[nodiscard]] AwsError precondition_failed(std::string_view condition);
[[nodiscard]] AwsError header_not_implemented(std::string_view header, const std::string& why = "");
// "NoSuchCORSConfiguration" and its like: 404 with the bucket's name.
[[nodiscard]] AwsError missing_configuration(const std::string& code, const std::string& message,
                                             const std::string& bucket);
[[nodiscard]] AwsError invalid_bucket_state(const std::string& message);
[[nodiscard]] AwsError invalid_part(const std::string& upload_id, std::int64_t part_number,
                                    std::string_view etag);
[[nodiscard]] AwsError protected_by_object_lock();

}  // namespace cloudchamber::mock::s3
