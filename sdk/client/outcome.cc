#include "sdk/client/outcome.h"

#include <string>
#include <utility>
#include <vector>

#include "cloudchamber/errors.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/bytes.h"
#include "sdk/parse/parser.h"

namespace cloudchamber {
namespace {

Json metadata_of(const OutgoingCall& call) {
  Json headers = Json::object();
  for (const auto& [name, value] : call.response.headers) {
    auto [entry, is_new] = headers.emplace(lowered(name), value);
    if (!is_new) entry->get_ref<std::string&>() += ", " + value;
  }
  Json metadata = Json::object();
  std::string request_id = parse_request_id(call.client.service(), call.response);
  if (request_id.empty() && call.error) request_id = call.error->request_id;
  if (!request_id.empty()) metadata.emplace("RequestId", std::move(request_id));
  if (call.client.is_s3) {
    const std::string* host_id = call.response.headers.find("x-amz-id-2");
    if (host_id != nullptr) metadata.emplace("HostId", *host_id);
  }
  metadata.emplace("HTTPStatusCode", call.response.status);
  metadata.emplace("HTTPHeaders", std::move(headers));
  metadata.emplace("RetryAttempts", call.attempt - 1);
  if (call.attempts_exhausted && call.attempt > 1) metadata.emplace("MaxAttemptsReached", true);
  if (call.quota_exhausted) metadata.emplace("RetryQuotaReached", true);
  return metadata;
}

std::string one_string(const Blob& body) {
  return body.piece_count() == 1 ? std::string(body.piece(0)) : body.to_string();
}

}  // namespace

void raise_if_failed(OutgoingCall& call) {
  if (call.failure) throw ConnectionError(*call.failure);
  if (!call.error) return;
  ParsedError& error = *call.error;
  const Shape* shape = call.client.service().find_error(error.code);
  Json response = error.members.is_object() ? std::move(error.members) : Json::object();
  Json& summary = response["Error"] = std::move(error.details);  // S3's "BucketName" and its like
  ClientError::Details details;
  details.code = error.code;
  if (!error.query_code.empty()) {  // what the service called it when it spoke the query protocol
    summary["QueryErrorCode"] = error.code;
    details.code = error.query_code;
    if (shape == nullptr) shape = call.client.service().find_error(error.query_code);
  }
  summary["Code"] = details.code;
  summary["Message"] = error.message;
  if (!error.type.empty()) summary["Type"] = error.type;
  Json metadata = metadata_of(call);
  details.message = std::move(error.message);
  details.type = std::move(error.type);
  details.status = call.response.status;
  details.request_id = metadata.value("RequestId", "");
  details.operation = call.operation.name;
  details.retry_attempts = call.attempt - 1;
  response["ResponseMetadata"] = std::move(metadata);
  if (shape != nullptr && call.client.raise != nullptr)
    call.client.raise(shape->name, details, response);
  throw ClientError(std::move(details), response);
}

Json finished_result(OutgoingCall& call) {
  Json result = std::move(call.result);
  if (!result.is_object()) result = Json::object();
  const Member* stream = call.operation.streaming_output();
  if (stream != nullptr && !call.options.sink) {
    if (call.options.output_body != nullptr) {
      *call.options.output_body = std::move(call.response.body);
    } else if (call.request.method != "HEAD" && !result.contains(stream->name)) {
      if (stream->shape->type == ShapeType::kBlob) {
        std::string scratch;
        result[stream->name] = binary(call.response.body.flat(scratch));
      } else if (!call.response.body.empty()) {
        result[stream->name] = one_string(call.response.body);
      }
    }
  }
  result.emplace("ResponseMetadata", metadata_of(call));
  return result;
}

}  // namespace cloudchamber
