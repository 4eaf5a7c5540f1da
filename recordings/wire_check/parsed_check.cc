// The part of wire_check.h that is about responses without requests.
#include <nlohmann/json.hpp>

#include "mock-server/call/aws_error.h"
#include "mock-server/encode/encoder.h"
#include "recordings/wire_check/again.h"
#include "recordings/wire_check/fit.h"
#include "recordings/wire_check/wire_check.h"
#include "sdk/parse/parser.h"

namespace cloudchamber::recordings {

void WireCheck::check(const ParsedResponse& response) {
  const auto model = find_model(response.service);
  if (model == nullptr) return;
  const Operation* const operation = response.operation.empty()
                                         ? operation_that_gives(*model, response)
                                         : model->find_operation(response.operation);
  if (operation == nullptr) return;
  if (response.response) {
    check_pair(*model, *operation, response);
  } else if (response.status >= 300 || !response.error_code.empty()) {
    check_parsed_error(*model, *operation, response);
  } else {
    check_parsed(*model, *operation, response);
  }
}

void WireCheck::check_pair(const ServiceModel& service, const Operation& operation,
                           const ParsedResponse& pair) {
  const HttpResponse& recorded = *pair.response;
  if (recorded.status >= 300) {
    const ParsedError error = parse_error(service, operation, recorded);
    Differences lost = differences(Json(pair.error_code), Json(error.code), "$.Code");
    if (lost.empty())
      lost = differences(Json(pair.error_message), Json(error.message), "$.Message");
    note(Half::kParse, service, operation.name, pair.where, lost);
    HttpResponse again = encoded_error(service, operation, error, recorded.status);
    again.headers = recorded.headers;  // the file has none
    note(Half::kEncode, service, operation.name, pair.where,
         response_differences(service, recorded, again, false));
    return;
  }
  try {
    const Json result = parse_output(service, operation, recorded);
    note(Half::kParse, service, operation.name, pair.where,
         operation.output == nullptr
             ? Differences()
             : differences(without_empties(fitted(*operation.output, pair.result)),
                           without_empties(result)));
    HttpResponse again = mock::encode_output(service, operation, result, Blob(),
                                             parse_request_id(service, recorded));
    again.headers = recorded.headers;
    note(Half::kEncode, service, operation.name, pair.where,
         response_differences(service, recorded, again, false));
  } catch (const ResponseParserError& error) {
    note(Half::kParse, service, operation.name, pair.where, {error.what()});
  }
}

void WireCheck::check_parsed(const ServiceModel& service, const Operation& operation,
                             const ParsedResponse& response) {
  if (operation.output == nullptr) return;
  Json result = fitted(*operation.output, response.result);
  const Blob stream = take_stream(operation, result);
  try {
    HttpResponse encoded = mock::encode_output(service, operation, result, stream, "id");
    add_length(encoded);
    Json parsed = parse_output(service, operation, encoded);
    Differences lost = differences(without_empties(result), without_empties(parsed));
    if (lost.empty() && !(encoded.body == stream) && !stream.empty()) lost = {"body: other bytes"};
    note(Half::kEncode, service, operation.name, response.where, lost);
    note(Half::kParse, service, operation.name, response.where, lost);
  } catch (const ResponseParserError& error) {
    note(Half::kParse, service, operation.name, response.where, {error.what()});
  }
}

void WireCheck::check_parsed_error(const ServiceModel& service, const Operation& operation,
                                   const ParsedResponse& response) {
  const ParsedError error{.code = response.error_code,
                          .message = response.error_message,
                          .members = Json::object(),
                          .details = Json::object()};
  const HttpResponse encoded = encoded_error(service, operation, error, response.status);
  const ParsedError parsed = parse_error(service, operation, encoded);
  const std::string code = parsed.query_code.empty() ? parsed.code : parsed.query_code;
  Differences lost = differences(Json(response.status), Json(encoded.status), "$.status");
  const bool has_body = operation.http_method != "HEAD";
  if (lost.empty() && has_body) lost = differences(Json(response.error_code), Json(code), "$.Code");
  if (lost.empty() && has_body)
    lost = differences(Json(response.error_message), Json(parsed.message), "$.Message");
  note(Half::kEncode, service, operation.name, response.where, lost);
  note(Half::kParse, service, operation.name, response.where, lost);
}

}  // namespace cloudchamber::recordings
