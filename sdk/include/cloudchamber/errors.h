// What the SDK throws. Everything derives from Error; what AWS answered is a ClientError (its
// generated subclasses, one per modelled exception, stand in the service's header), what never
// reached AWS is one of the others.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber {

// boto3's BotoCoreError: the base of all.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A service answered with an error. what() reads like boto3's: "An error occurred (NoSuchBucket)
// when calling the GetObject operation: The specified bucket does not exist".
class ClientError : public Error {
 public:
  struct Details {
    std::string code;
    std::string message;
    int status = 0;
    std::string request_id;
    std::string operation;
    std::string type;  // "Sender", "Receiver" or ""
    int retry_attempts = 0;
  };
  // `response` is boto3's e.response: {"Error": {"Code", "Message"}, "ResponseMetadata": {...},
  // modelled members...}.
  ClientError(Details details, const Json& response);

  [[nodiscard]] const std::string& code() const { return details_.code; }
  [[nodiscard]] const std::string& message() const { return details_.message; }
  [[nodiscard]] int status() const { return details_.status; }
  [[nodiscard]] const std::string& request_id() const { return details_.request_id; }
  [[nodiscard]] const std::string& operation() const { return details_.operation; }
  [[nodiscard]] int retry_attempts() const { return details_.retry_attempts; }
  [[nodiscard]] const Json& response() const { return *response_; }

 private:
  Details details_;
  std::shared_ptr<const Json> response_;  // shared: exceptions are copied
};

// Parameters that the model does not allow, found before sending; what() lists every fault, each
// with its place and, for an unknown name, the nearest valid one.
class ParamValidationError : public Error {
 public:
  using Error::Error;
};

class ModelError : public Error {  // a service description that can't be read
 public:
  using Error::Error;
};
class UnknownServiceError : public Error {
 public:
  using Error::Error;
};
class UnknownOperationError : public Error {  // with the nearest name
 public:
  using Error::Error;
};
class ResourceNotExistsError : public Error {  // a service that has no resources
 public:
  using Error::Error;
};
// A resource has no action, attribute, ... of that name, or was given the wrong identifiers; what()
// names the nearest.
class UnknownMemberError : public Error {
 public:
  using Error::Error;
};
// A resource's data was asked for, and there is no way to load it or nothing came.
class ResourceLoadException : public Error {
 public:
  using Error::Error;
};
class ConfigError : public Error {  // a profile, config file or setting that can't be used
 public:
  using Error::Error;
};
class NoCredentialsError : public Error {
 public:
  using Error::Error;
};
class NoRegionError : public Error {
 public:
  using Error::Error;
};
class ConnectionError : public Error {  // no response: refused, reset, timed out, not resolved
 public:
  using Error::Error;
};
class ResponseParserError : public Error {  // a response that is not the protocol's
 public:
  using Error::Error;
};
class ChecksumError : public Error {  // a response whose body is not what its checksum says
 public:
  using Error::Error;
};
// A file that is no recording, or one that can't be written: where, and why.
class RecordingError : public Error {
 public:
  using Error::Error;
};
// A call that a recording does not hold, with the nearest that it does.
class ReplayMiss : public Error {
 public:
  using Error::Error;
};
class PaginationError : public Error {
 public:
  using Error::Error;
};
// The waiter met a failure state, an error, or ran out of attempts; last_response() is what it saw
// last.
class WaiterError : public Error {
 public:
  WaiterError(const std::string& waiter, const std::string& reason, const Json& last_response);
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] const Json& last_response() const { return *last_response_; }

 private:
  std::string reason_;
  std::shared_ptr<const Json> last_response_;
};

}  // namespace cloudchamber
