// JSON 1.0 and 1.1.
#include <zlib.h>

#include <nlohmann/json.hpp>

#include "mock-server/encode/json_writer.h"
#include "mock-server/encode/protocols.h"
#include "mock-server/encode/wire_details.h"
#include "sdk/codec/json_text.h"

namespace cloudchamber::mock {
namespace {

HttpResponse answer(const ServiceModel& service, std::string_view request_id, std::string body) {
  HttpResponse response;
  response.headers.add("x-amzn-RequestId", std::string(request_id));
  response.headers.add(
      "Content-Type",
      "application/x-amz-json-" + (service.json_version.empty() ? "1.0" : service.json_version));
  if (wire_details(service).crc32) {
    const uLong crc = crc32_z(0, reinterpret_cast<const Bytef*>(body.data()), body.size());
    response.headers.add("x-amz-crc32", std::to_string(crc));
  }
  response.body = Blob(std::move(body));
  return response;
}

}  // namespace

HttpResponse encode_json(const Success& success) {
  std::string body;
  // An operation without an output answers with nothing at all; recordings of SQS show it.
  if (success.operation.output != nullptr) {
    append_json_object(body, *success.operation.output, success.output);
  }
  HttpResponse response = answer(success.service, success.request_id, std::move(body));
  response.status = success.operation.response_code;
  return response;
}

HttpResponse encode_json_error(const WireError& error) {
  std::string body = "{\"__type\":";
  append_json_string(body, error.type);
  // The message stands among the members, in alphabetical order.
  Json members = error.members();
  members.erase("message");
  members.erase("Message");
  const std::string message = error.error.message();
  if (!message.empty()) members[error.message_member] = message;
  for (const auto& [name, value] : members.items()) {
    const Member* member = error.shape != nullptr ? error.shape->find(name) : nullptr;
    body += ',';
    append_json_string(body, member != nullptr ? member->wire_name() : name);
    body += ':';
    if (member != nullptr) {
      append_json_value(body, *member, value);
    } else {
      append_json(body, value);
    }
  }
  body += '}';
  HttpResponse response = answer(error.service, error.request_id, std::move(body));
  if (!error.query_code.empty()) {
    response.headers.add("x-amzn-query-error",
                         error.query_code + (error.is_servers_fault() ? ";Receiver" : ";Sender"));
  }
  return response;
}

}  // namespace cloudchamber::mock
