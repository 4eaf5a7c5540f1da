#include "mock-server/services/cloudformation/operations/template_url.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/template/template_text.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::cloudformation {

S3Place s3_place_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t slash = url.find('/', scheme + 3);
  if (scheme == std::string::npos || slash == std::string::npos) return {};
  const std::string host = url.substr(scheme + 3, slash - scheme - 3);
  std::string path = url.substr(slash + 1);
  path = path.substr(0, path.find_first_of("?#"));
  for (const char* mark : {".s3.", ".s3-"}) {
    const std::size_t at = host.find(mark);
    if (at != std::string::npos && at > 0) return {host.substr(0, at), uri_decode(path)};
  }
  const std::size_t cut = path.find('/');
  if (cut == std::string::npos) return {};
  return {uri_decode(path.substr(0, cut)), uri_decode(path.substr(cut + 1))};
}

std::string fetch_template(const Call& call, const std::string& url) {
  if (url.starts_with("s3://")) {
    const std::string rest = url.substr(5);
    throw validation_error("S3 error: Domain name specified in " + rest.substr(0, rest.find('/')) +
                           " is not a valid S3 domain");
  }
  if (!url.starts_with("http://") && !url.starts_with("https://"))
    throw validation_error("TemplateURL must be a supported URL.");
  const S3Place place = s3_place_of(url);
  if (place.bucket.empty() || place.key.empty())
    throw validation_error("TemplateURL must be a supported URL.");
  Json object;
  try {
    object = call.invoke("s3", "GetObject", {{"Bucket", place.bucket}, {"Key", place.key}});
  } catch (const AwsError& error) {
    throw validation_error("S3 error: " + error.message() +
                           "\nFor more information check "
                           "http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
  }
  const auto& bytes = object["Body"].get_binary();
  if (bytes.size() > kMaxTemplateInS3)
    throw validation_error("Template may not exceed 1000000 bytes in size.");
  return {bytes.begin(), bytes.end()};
}

}  // namespace cloudchamber::mock::cloudformation
