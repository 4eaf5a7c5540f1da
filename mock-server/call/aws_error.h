// AwsError: what AWS would answer instead of a result. Thrown where the failure happens, translated
// once in pipeline.cc.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"

namespace cloudchamber::mock {

class AwsError : public std::runtime_error {
 public:
  // `code` is the modelled exception's shape name or wire code ("QueueDoesNotExist",
  // "NoSuchBucket"), or an unmodelled code
  // ("ValidationException"). `status` 0 leaves the HTTP status to the model, else 400.
  AwsError(std::string code, const std::string& message, int status = 0);
  ~AwsError() override;
  AwsError(const AwsError&);
  AwsError& operator=(const AwsError&) = delete;

  [[nodiscard]] const std::string& code() const { return code_; }
  [[nodiscard]] std::string message() const { return what(); }
  [[nodiscard]] int status() const { return status_; }

  // Further members of the exception (an object, e.g. {"BucketName": ...} or
  // {"CancellationReasons": [...]}); they are written by the protocol beside code and message.
  AwsError& with(const std::string& member, const Json& value);
  // A response header sent with it, e.g. Content-Range's "bytes */10" of a 416.
  AwsError& with_header(std::string name, std::string value);

  [[nodiscard]] const Json& members() const { return *members_; }
  [[nodiscard]] const Headers& headers() const { return headers_; }

 private:
  std::string code_;
  int status_;
  std::unique_ptr<Json> members_;
  Headers headers_;
};

// What the emulation does not do: NotImplemented (501), naming the operation or the feature.
[[nodiscard]] AwsError not_implemented(const std::string& what);

}  // namespace cloudchamber::mock
