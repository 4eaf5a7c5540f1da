#include "mock-server/services/s3/errors.h"

#include <nlohmann/json.hpp>

namespace cloudchamber::mock::s3 {

AwsError access_denied() { return access_denied("Access Denied"); }

AwsError access_denied(const std::string& message) {
  return AwsError("AccessDenied", message, 403);
}

AwsError invalid_argument(const std::string& message, std::string_view name,
                          std::string_view value) {
  AwsError error("InvalidArgument", message, 400);
  error.with("ArgumentName", std::string(name)).with("ArgumentValue", std::string(value));
  return error;
}

AwsError invalid_argument(const std::string& message, std::string_view name) {
  AwsError error("InvalidArgument", message, 400);
  error.with("ArgumentName", std::string(name));
  return error;
}

AwsError invalid_request(const std::string& message) {
  return AwsError("InvalidRequest", message, 400);
}

AwsError malformed_xml() {
  return AwsError("MalformedXML",
                  "The XML you provided was not well-formed or did not validate against our "
                  "published schema",
                  400);
}

AwsError no_such_bucket(const std::string& bucket) {
  AwsError error("NoSuchBucket", "The specified bucket does not exist", 404);
  error.with("BucketName", bucket);
  return error;
}

AwsError no_such_key(const std::string& key) {
  AwsError error("NoSuchKey", "The specified key does not exist.", 404);
  error.with("Key", key);
  return error;
}

AwsError no_such_version(const std::string& key, const std::string& version_id) {
  AwsError error("NoSuchVersion", "The specified version does not exist.", 404);
  error.with("Key", key).with("VersionId", version_id);
  return error;
}

AwsError no_such_upload(const std::string& upload_id) {
  AwsError error("NoSuchUpload",
                 "The specified upload does not exist. The upload ID may be invalid, or the upload "
                 "may have been aborted or completed.",
                 404);
  error.with("UploadId", upload_id);
  return error;
}

AwsError method_not_allowed(std::string_view method) {
  AwsError error("MethodNotAllowed", "The specified method is not allowed against this resource.",
                 405);
  error.with("Method", std::string(method)).with("ResourceType", "DeleteMarker");
  return error;
}

AwsError invalid_range(std::string_view header, std::size_t size) {
  AwsError error("InvalidRange", "The requested range is not satisfiable", 416);
  error.with("RangeRequested", std::string(header))
      .with("ActualObjectSize", std::to_string(size))
      .with_header("Content-Range", "bytes */" + std::to_string(size));
  return error;
}

AwsError precondition_failed(std::string_view condition) {
  AwsError error("PreconditionFailed",
                 "At least one of the pre-conditions you specified did not hold", 412);
  error.with("Condition", std::string(condition));
  return error;
}

AwsError header_not_implemented(std::string_view header, const std::string& why) {
  AwsError error("NotImplemented",
                 "A header you provided implies functionality that is not implemented", 501);
  error.with("Header", std::string(header));
  if (!why.empty()) error.with("additionalMessage", why);
  return error;
}

AwsError missing_configuration(const std::string& code, const std::string& message,
                               const std::string& bucket) {
  AwsError error(code, message, 404);
  error.with("BucketName", bucket);
  return error;
}

AwsError invalid_bucket_state(const std::string& message) {
  return AwsError("InvalidBucketState", message, 409);
}

AwsError invalid_part(const std::string& upload_id, std::int64_t part_number,
                      std::string_view etag) {
  AwsError error("InvalidPart",
                 "One or more of the specified parts could not be found.  The part may not have "
                 "been uploaded, or the specified entity tag may not match the part's entity tag.",
                 400);
  error.with("UploadId", upload_id)
      .with("PartNumber", std::to_string(part_number))
      .with("ETag", std::string(etag));
  return error;
}

AwsError protected_by_object_lock() {
  return access_denied("Access Denied because object protected by object lock.");
}

}  // namespace cloudchamber::mock::s3
