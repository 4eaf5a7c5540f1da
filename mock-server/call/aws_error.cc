#include "mock-server/call/aws_error.h"

#include <nlohmann/json.hpp>

namespace cloudchamber::mock {

AwsError::AwsError(std::string code, const std::string& message, int status)
    : std::runtime_error(message),
      code_(std::move(code)),
      status_(status),
      members_(std::make_unique<Json>(Json::object())) {}

AwsError::~AwsError() = default;

AwsError::AwsError(const AwsError& other)
    : std::runtime_error(other),
      code_(other.code_),
      status_(other.status_),
      members_(std::make_unique<Json>(*other.members_)),
      headers_(other.headers_) {}

AwsError& AwsError::with(const std::string& member, const Json& value) {
  (*members_)[member] = value;
  return *this;
}

AwsError& AwsError::with_header(std::string name, std::string value) {
  headers_.add(std::move(name), std::move(value));
  return *this;
}

AwsError not_implemented(const std::string& what) {
  return {"NotImplemented", what + " is not emulated by Cloud Chamber", 501};
}

}  // namespace cloudchamber::mock
