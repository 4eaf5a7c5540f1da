#include "sdk/parse/parser.h"

#include "cloudchamber/errors.h"
#include "sdk/codec/cbor.h"
#include "sdk/codec/event_stream.h"
#include "sdk/codec/xml.h"
#include "sdk/parse/protocols.h"

namespace cloudchamber {
namespace {

using parsing::Reply;

Json output_of(const Reply& reply, const Shape& output) {
  switch (reply.service.protocol) {
    case Protocol::kQuery:
      return parsing::query_output(reply, output);
    case Protocol::kEc2:
      return parsing::ec2_output(reply, output);
    case Protocol::kJson:
      return parsing::json_output(reply, output);
    case Protocol::kRestJson:
      return parsing::rest_json_output(reply, output);
    case Protocol::kRestXml:
      return parsing::rest_xml_output(reply, output);
    case Protocol::kRpcV2Cbor:
      return parsing::cbor_output(reply, output);
  }
  return Json::object();
}

ParsedError error_of(const Reply& reply) {
  switch (reply.service.protocol) {
    case Protocol::kJson:
    case Protocol::kRestJson:
      return parsing::json_error(reply);
    case Protocol::kRpcV2Cbor:
      return parsing::cbor_error(reply);
    default:
      return parsing::xml_error(reply);
  }
}

[[noreturn]] void fail(const Operation& operation, const std::exception& error) {
  throw ResponseParserError("The response to " + operation.name +
                            " can't be read: " + error.what());
}

bool streams(const Operation& operation) {
  const Member* member = operation.streaming_output();
  return member != nullptr && member->streaming;
}

bool speaks_xml(const ServiceModel& service) {
  return service.protocol == Protocol::kQuery || service.protocol == Protocol::kEc2 ||
         service.protocol == Protocol::kRestXml;
}

// The text of the last element of that name, without parsing the document.
std::string_view element_text(std::string_view body, const std::string& name) {
  const std::size_t start = body.rfind('<' + name + '>');
  if (start == std::string_view::npos) return {};
  const std::string_view text = body.substr(start + name.size() + 2);
  return text.substr(0, text.find('<'));
}

}  // namespace

Json parse_output(const ServiceModel& service, const Operation& operation,
                  const HttpResponse& response) {
  if (operation.output == nullptr) return Json::object();
  // A stream is the caller's: it is not joined into one piece here.
  std::string scratch;
  const std::string_view body =
      streams(operation) ? std::string_view() : response.body.flat(scratch);
  try {
    return output_of({service, operation, response, body}, *operation.output);
  } catch (const XmlError& error) {
    fail(operation, error);
  } catch (const CborError& error) {
    fail(operation, error);
  } catch (const EventStreamError& error) {
    fail(operation, error);
  } catch (const ResponseParserError& error) {
    fail(operation, error);
  }
}

ParsedError parse_error(const ServiceModel& service, const Operation& operation,
                        const HttpResponse& response) {
  std::string scratch;
  const Reply reply{service, operation, response, response.body.flat(scratch)};
  ParsedError error;
  try {
    error = error_of(reply);
  } catch (const std::runtime_error&) {  // no body of the protocol: a proxy's page
    error = parsing::generic_error(reply);
  }
  if (error.request_id.empty()) error.request_id = parse_request_id(service, response);
  return error;
}

std::string parse_request_id(const ServiceModel& service, const HttpResponse& response) {
  for (const char* name : {"x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"})
    if (const std::string* id = response.headers.find(name); id != nullptr) return *id;
  // A large body is an S3 object, and that has headers.
  if (!speaks_xml(service) || (service.protocol == Protocol::kRestXml && response.status < 300))
    return "";
  std::string scratch;
  const std::string_view body = response.body.flat(scratch);
  for (const char* name : {"RequestId", "requestId", "RequestID"})
    if (const std::string_view id = element_text(body, name); !id.empty()) return std::string(id);
  return "";
}

}  // namespace cloudchamber
