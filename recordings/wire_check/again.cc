#include "recordings/wire_check/again.h"

#include <nlohmann/json.hpp>

#include "mock-server/call/aws_error.h"
#include "mock-server/encode/encoder.h"
#include "sdk/codec/bytes.h"

namespace cloudchamber::recordings {

HttpResponse encoded_error(const ServiceModel& service, const Operation& operation,
                           const ParsedError& parsed, int status) {
  mock::AwsError error(parsed.code, parsed.message, status);
  for (const auto& [name, value] : parsed.members.items())
    if (name != "message" && name != "Message") error.with(name, value);
  for (const auto& [name, value] : parsed.details.items()) error.with(name, value);
  return mock::encode_error(service, &operation, error, parsed.request_id);
}

Blob take_stream(const Operation& operation, Json& result) {
  const Member* const stream = operation.streaming_output();
  if (stream == nullptr || !stream->streaming || !result.contains(stream->name)) return {};
  Blob body(std::string(bytes_of(result[stream->name])));
  result.erase(stream->name);
  return body;
}

void add_length(HttpResponse& response) {
  if (response.content_length)
    response.headers.set("Content-Length", std::to_string(*response.content_length));
}

}  // namespace cloudchamber::recordings
