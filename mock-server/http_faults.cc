#include "mock-server/http_faults.h"

#include <string>

namespace cloudchamber::mock {

// S3's codes stand on its page of error responses; the others close the connection or answer from
// their load balancers, so that its words are the nearest there are.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
AwsError error_of(HttpFault fault, Protocol protocol) {
  const bool s3 = protocol == Protocol::kRestXml;
  switch (fault) {
    case HttpFault::kMalformed:
      if (s3) return {"BadRequest", "An error occurred when parsing the HTTP request.", 400};
      return {protocol == Protocol::kJson ? "SerializationException" : "MalformedInput",
              "The HTTP request is malformed", 400};
    case HttpFault::kHeadTooLarge:
      return {"RequestHeaderSectionTooLarge",
              "Your request header and query parameters used to make the request exceed the "
              "maximum allowed size.",
              400};
    case HttpFault::kBodyTooLarge:
      if (s3)
        return {"EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400};
      return {"RequestEntityTooLarge", "The request body is too large", 413};
    case HttpFault::kIncompleteBody:
      return {"IncompleteBody",
              "You did not provide the number of bytes specified by the Content-Length HTTP "
              "header.",
              400};
    case HttpFault::kTimeout:
      return {"RequestTimeout",
              "Your socket connection to the server was not read from or written to within the "
              "timeout period. Idle connections will be closed.",
              400};
    case HttpFault::kUnsupportedEncoding:
      return {"NotImplemented",
              "A header you provided implies functionality that is not implemented.", 501};
    case HttpFault::kOverload:
      if (s3) return {"SlowDown", "Please reduce your request rate.", 503};
      return {"ServiceUnavailable", "The server has too many connections", 503};
    case HttpFault::kInternal:
      break;
  }
  return internal_failure(protocol, "the request could not be answered");
}

AwsError internal_failure(Protocol protocol, const char* what) {
  const std::string message = std::string("Cloud Chamber failed: ") + what;
  if (protocol == Protocol::kRestXml || protocol == Protocol::kEc2)
    return {"InternalError", message, 500};
  return {protocol == Protocol::kJson ? "InternalServerError" : "InternalFailure", message, 500};
}

}  // namespace cloudchamber::mock
