// Four lines: Authorization, the target, X-Amz-Date, X-Amz-Content-SHA256; then the body. Whatever
// they say, the answer is a principal or an AwsError.
#include <cstdlib>
#include <string>

#include "mock-server/authorize/request_signatures.h"
#include "mock-server/authorize/unwrap_body.h"
#include "mock-server/call/aws_error.h"
#include "sdk/codec/timestamps.h"
#include "tests/fuzz/conformance.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {
namespace {

void check(const char* service, HttpRequest request) {
  static const mock::KnownCredentials known = [] {
    mock::KnownCredentials table;
    table.by_access_key_id.put("AKIAIOSFODNN7EXAMPLE", {"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                                                        "",
                                                        "111122223333",
                                                        "arn:aws:iam::111122223333:root",
                                                        "111122223333",
                                                        {}});
    return table;
  }();
  static const TimePoint now = *parse_timestamp("2013-05-24T00:00:00Z");
  const auto model = find_model(service);
  try {
    const mock::Signer signer = mock::RequestSignatures().check(
        {.request = request, .service = *model, .known = known, .now = now});
    if (signer.principal.anonymous != signer.principal.account.empty()) std::abort();
    const std::size_t framed = request.body.size();
    mock::unwrap_body(request, signer.chunks);
    if (request.body.size() > framed) std::abort();
  } catch (const mock::AwsError&) {
  }
}

}  // namespace

void fuzz_signature(std::string_view input) {
  HttpRequest request{"PUT", "https", "examplebucket.s3.amazonaws.com", "/", {}, {}};
  request.headers.add("Authorization", std::string(take_line(input)));
  request.target = "/" + std::string(take_line(input));
  request.headers.add("X-Amz-Date", std::string(take_line(input)));
  request.headers.add("X-Amz-Content-SHA256", std::string(take_line(input)));
  request.headers.add("X-Amz-Decoded-Content-Length", "66560");
  request.headers.add("X-Amz-Trailer", "x-amz-checksum-crc32c");
  request.body = input;
  check("s3", request);
  check("dynamodb", request);
  check("sts", std::move(request));
}

}  // namespace cloudchamber::fuzz
