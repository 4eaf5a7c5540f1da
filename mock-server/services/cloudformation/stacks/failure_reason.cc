#include "mock-server/services/cloudformation/stacks/failure_reason.h"

#include "sdk/model/service_model.h"

namespace cloudchamber::mock::cloudformation {
namespace {

std::string model_name(const std::string& type) {
  if (type.starts_with("AWS::S3::")) return "s3";
  if (type.starts_with("AWS::SQS::")) return "sqs";
  if (type.starts_with("AWS::DynamoDB::")) return "dynamodb";
  if (type.starts_with("AWS::IAM::")) return "iam";
  if (type.starts_with("AWS::EC2::")) return "ec2";
  return "cloudformation";
}

int status_of(const std::string& model, const AwsError& error) {
  if (error.status() != 0) return error.status();
  const auto known = find_model(model);
  const Shape* shape = known == nullptr ? nullptr : known->find_error(error.code());
  return shape != nullptr && shape->error_status != 0 ? shape->error_status : 400;
}

// https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html
const char* handler_code(const std::string& code) {
  const auto has = [&](std::string_view word) { return code.find(word) != std::string::npos; };
  if (has("AlreadyExists") || has("Duplicate") || has("AlreadyOwned") || has("NameExists"))
    return "AlreadyExists";
  if (has("NotFound") || has("NoSuch") || has("DoesNotExist") || has("NonExistent"))
    return "NotFound";
  if (has("AccessDenied") || has("Unauthorized")) return "AccessDenied";
  if (has("LimitExceeded")) return "ServiceLimitExceeded";
  if (has("InUse") || has("Conflict") || has("NotEmpty")) return "ResourceConflict";
  if (has("Invalid") || has("Validation") || has("Malformed") || has("Missing"))
    return "InvalidRequest";
  return "GeneralServiceException";
}

}  // namespace

std::string failure_reason(const std::string& type, const AwsError& error, const Call& call) {
  const std::string model = model_name(type);
  if (error.code() == "ValidationError" || error.code() == "NotImplemented" ||
      model == "cloudformation")
    return error.message();
  const std::string service = model == "dynamodb" ? "DynamoDb"
                              : model == "s3"     ? "S3"
                              : model == "sqs"    ? "Sqs"
                              : model == "iam"    ? "Iam"
                                                  : "Ec2";
  return "Resource handler returned message: \"" + error.message() + " (Service: " + service +
         ", Status Code: " + std::to_string(status_of(model, error)) +
         ", Request ID: " + call.ids().uuid() + ")\" (RequestToken: " + call.ids().uuid() +
         ", HandlerErrorCode: " + handler_code(error.code()) + ")";
}

}  // namespace cloudchamber::mock::cloudformation
