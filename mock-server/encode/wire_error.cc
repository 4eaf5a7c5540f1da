#include "mock-server/encode/wire_error.h"

#include <array>
#include <nlohmann/json.hpp>

#include "mock-server/call/coral.h"

namespace cloudchamber::mock {
namespace {

// Errors that no model has, where AWS does not simply say "com.amazon.coral.service#<code>" with a
// "message".
struct CommonError {
  std::string_view code;        // in query and XML
  std::string_view json_code;   // in JSON
  std::string_view json_space;  // before the '#'
  std::string_view message_member;
};

constexpr std::string_view kService = "com.amazon.coral.service";
constexpr std::string_view kValidate = "com.amazon.coral.validate";

constexpr std::array<CommonError, 10> kCommonErrors = {{
    // Recordings of DynamoDB, 2025, and what dynalite's tests found there.
    {"ValidationException", "ValidationException", kValidate, "message"},
    {"SerializationException", "SerializationException", kService, "Message"},
    {"AccessDeniedException", "AccessDeniedException", kService, "Message"},
    // Snapshots of SQS, 2024: both names in one answer, this one as the query error code.
    {"InvalidParameterValue", "InvalidParameterValueException", kService, "message"},
    {"MissingParameter", "MissingRequiredParameterException", kService, "message"},
    // What authorize/ throws: the query services' common errors, and DynamoDB's names for the same.
    {"MissingAuthenticationToken", "MissingAuthenticationTokenException", kService, "message"},
    {"IncompleteSignature", "IncompleteSignatureException", kService, "message"},
    {"SignatureDoesNotMatch", "InvalidSignatureException", kService, "message"},
    {"InvalidClientTokenId", "UnrecognizedClientException", kService, "message"},
    {"ExpiredToken", "ExpiredTokenException", kService, "message"},
}};

const CommonError* common_error(std::string_view code) {
  for (const CommonError& known : kCommonErrors) {
    if (known.code == code || known.json_code == code) return &known;
  }
  return nullptr;
}

// What the service called this error when it spoke the query protocol; "" when it never had a name
// of its own there.
std::string query_code_of(const ServiceModel& service, const Shape& shape) {
  if (!shape.error_code.empty()) return shape.error_code;
  const auto query = find_model(service.name + ".query");
  if (query == nullptr) return {};
  const Shape* there = query->find_error(shape.name);
  return there == nullptr ? shape.name : there->error_wire_code();
}

// A handler may name an error by its query code whatever protocol is spoken.
const Shape* shape_of(const ServiceModel& service, const std::string& code) {
  const Shape* shape = service.find_error(code);
  if (shape != nullptr || !service.query_compatible) return shape;
  const auto query = find_model(service.name + ".query");
  const Shape* there = query == nullptr ? nullptr : query->find_error(code);
  return there == nullptr ? nullptr : service.find_error(there->name);
}

int modelled_status(const ServiceModel& service, const Shape& shape) {
  // The status that the model states for a query-compatible service is that of its query form.
  if (shape.error_status != 0 && !service.query_compatible) return shape.error_status;
  return shape.fault ? 500 : 400;
}

}  // namespace

WireError::WireError(const ServiceModel& model, const AwsError& aws_error, std::string_view id)
    : service(model), error(aws_error), request_id(id), shape(shape_of(model, aws_error.code())) {
  if (shape != nullptr) {
    code = shape->error_wire_code();
    type = coral_namespace(service) + "#" + shape->name;
    if (shape->find("message") == nullptr && shape->find("Message") != nullptr) {
      message_member = "Message";
    }
    status = modelled_status(service, *shape);
    if (service.query_compatible) query_code = query_code_of(service, *shape);
  } else {
    const CommonError* common = common_error(error.code());
    code = common != nullptr ? std::string(common->code) : error.code();
    type = common != nullptr
               ? std::string(common->json_space) + "#" + std::string(common->json_code)
               : std::string(kService) + "#" + code;
    if (common != nullptr) message_member = common->message_member;
    if (service.query_compatible) query_code = code;
  }
  if (error.status() != 0) status = error.status();
}

}  // namespace cloudchamber::mock
