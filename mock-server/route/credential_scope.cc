#include "mock-server/route/credential_scope.h"

#include <string_view>

#include "sdk/codec/uri.h"

namespace cloudchamber::mock {
namespace {

// "AKID/20150830/us-east-1/sqs/aws4_request": from the end, since an access key may hold a slash.
CredentialScope parse_credential(std::string_view credential) {
  constexpr std::string_view kEnd = "/aws4_request";
  if (!credential.ends_with(kEnd)) return {};
  credential.remove_suffix(kEnd.size());
  const std::size_t service = credential.rfind('/');
  if (service == std::string_view::npos || service == 0) return {};
  const std::size_t region = credential.rfind('/', service - 1);
  if (region == std::string_view::npos) return {};
  return {.region = std::string(credential.substr(region + 1, service - region - 1)),
          .service = std::string(credential.substr(service + 1))};
}

}  // namespace

CredentialScope read_scope(const HttpRequest& request) {
  if (const std::string* header = request.headers.find("Authorization")) {
    const std::string_view value = *header;
    constexpr std::string_view kName = "Credential=";
    const std::size_t at = value.find(kName);
    if (at != std::string_view::npos) {
      const std::string_view rest = value.substr(at + kName.size());
      return parse_credential(rest.substr(0, rest.find_first_of(", ")));
    }
    if (value.starts_with("AWS ")) return {.service = "s3"};
    return {};
  }
  const std::string_view query = request.query();
  constexpr std::string_view kParameter = "X-Amz-Credential=";
  const std::size_t at = query.find(kParameter);
  if (at != std::string_view::npos) {
    const std::string_view rest = query.substr(at + kParameter.size());
    return parse_credential(uri_decode(rest.substr(0, rest.find('&'))));
  }
  // Other services' Signature Version 2 says so in a parameter, S3's doesn't.
  if (query.find("AWSAccessKeyId=") != std::string_view::npos &&
      query.find("SignatureVersion=") == std::string_view::npos)
    return {.service = "s3"};
  return {};
}

}  // namespace cloudchamber::mock
