#include "recordings/proxy/refusals.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "mock-server/call/aws_error.h"
#include "mock-server/encode/encoder.h"
#include "mock-server/http_faults.h"

namespace cloudchamber::recordings {
namespace {

constexpr const char* kNoRequestId = "00000000-0000-0000-0000-000000000000";

std::shared_ptr<const ServiceModel> model_for(const HttpRequest& request,
                                              const std::optional<Understood>& call) {
  if (call) return call->model;
  const bool json = request.headers.contains("X-Amz-Target") ||
                    request.headers.get("Content-Type").find("json") != std::string_view::npos;
  const bool form =
      request.headers.get("Content-Type").find("form-urlencoded") != std::string_view::npos;
  return find_model(json ? "dynamodb" : form ? "sts" : "s3");
}

std::string on_one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

}  // namespace

HttpResponse refuse(const HttpRequest& request, const std::optional<Understood>& call,
                    const std::string& code, const std::string& message, int status) {
  const mock::AwsError error(code, message, status);
  HttpResponse response = mock::encode_error(*model_for(request, call),
                                             call ? call->operation : nullptr, error, kNoRequestId);
  response.headers.set("X-Chamber-" + code, on_one_line(message));
  return response;
}

HttpResponse refuse_fault(const HttpRequest& head, mock::HttpFault fault) {
  const std::shared_ptr<const ServiceModel> model = model_for(head, std::nullopt);
  return mock::encode_error(*model, nullptr, mock::error_of(fault, model->protocol), kNoRequestId);
}

HttpResponse encoded_anew(const Understood& call, const Meaning& meaning,
                          const HttpResponse& recorded) {
  if (meaning.error_code.empty())
    return mock::encode_output(*call.model, *call.operation, meaning.result, recorded.body,
                               kNoRequestId);
  return mock::encode_error(
      *call.model, call.operation,
      mock::AwsError(meaning.error_code, meaning.error_message, recorded.status), kNoRequestId);
}

}  // namespace cloudchamber::recordings
