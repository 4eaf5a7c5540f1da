// Client: one AWS service, called by the names of its model, with JSON in and out.
//
//   Client sqs = session.client("sqs");
//   Json got = sqs.call("ReceiveMessage", {{"QueueUrl", url}, {"WaitTimeSeconds", 5}});
//
// A Client is a handle on immutable shared state: cheap to copy, safe to use from any number of
// threads, alive as long as a copy is. The generated clients (cloudchamber/services/iam.h, ...) are
// Clients with one method an operation. Operations are named as AWS does (CreateUser) or as boto3
// does (create_user), here and in get_paginator; waiters likewise (BucketExists, bucket_exists).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/blob.h"
#include "cloudchamber/config.h"
#include "cloudchamber/errors.h"
#include "cloudchamber/json.h"
#include "cloudchamber/transport.h"

namespace cloudchamber {

class Pages;
class Paginator;
class ServiceModel;
class Waiter;
struct PagingOptions;
struct WaitOptions;

// What a call has beside its parameters; all of it may be left out.
struct CallOptions {
  // The streaming member of the input, such as PutObject's Body, of any size and without a copy. It
  // may also stand in the parameters as a string or binary value.
  std::optional<Blob> body;
  // The streaming member of the output, piece by piece as it arrives. Without it and without
  // `output_body` that member is in the result, as a Json::binary.
  BodySink sink;
  // Where to put the streaming member of the output, not copied. Must outlive the call.
  Blob* output_body = nullptr;
  // Further headers to send, signed with the others.
  Headers headers;
};

// Throws the exception type that a generated client has for the modelled exception `shape_name`;
// returns when it has none.
using RaiseFunction = void (*)(std::string_view shape_name, const ClientError::Details& details,
                               const Json& response);

// What a client was made of, every setting resolved.
struct ClientMeta {
  std::shared_ptr<const ServiceModel> service_model;
  std::string service_name;  // "sqs"
  std::string region_name;   // "us-east-1"; "aws-global" for a global service without region
  std::string partition;     // "aws"
  std::string endpoint_url;  // "https://sqs.us-east-1.amazonaws.com"
  Config config;
};

class Client {
 public:
  struct State;

  // For Session. Null is not allowed.
  explicit Client(std::shared_ptr<const State> state) : state_(std::move(state)) {}

  // Performs the operation and returns its result: the output's members and "ResponseMetadata"
  // {"RequestId", "HTTPStatusCode", "HTTPHeaders" (names in lower case), "RetryAttempts"}.
  //
  // Throws UnknownOperationError, ParamValidationError (before anything is sent),
  // NoCredentialsError, ConnectionError (no response after all attempts), ChecksumError,
  // ResponseParserError, and ClientError or its generated subclass for what the service refuses.
  Json call(std::string_view operation) const;
  Json call(std::string_view operation, const Json& parameters,
            const CallOptions& options = {}) const;

  // Can this operation's results be paged through?
  [[nodiscard]] bool can_paginate(std::string_view operation) const;
  // Throws UnknownOperationError, PaginationError when it can't.
  [[nodiscard]] Paginator get_paginator(std::string_view operation) const;
  // get_paginator(operation).paginate(parameters, options).
  [[nodiscard]] Pages paginate(std::string_view operation) const;
  [[nodiscard]] Pages paginate(std::string_view operation, const Json& parameters) const;
  [[nodiscard]] Pages paginate(std::string_view operation, const Json& parameters,
                               const PagingOptions& options) const;

  // The waiters of the service, as boto3 lists them: "bucket_exists", ...
  [[nodiscard]] std::vector<std::string> waiter_names() const;
  // Throws Error, naming the nearest, when there is no such waiter.
  [[nodiscard]] Waiter get_waiter(std::string_view name) const;
  // get_waiter(name).wait(parameters, options).
  Json wait(std::string_view name, const Json& parameters) const;
  Json wait(std::string_view name, const Json& parameters, const WaitOptions& options) const;

  // A URL with which anyone may perform the operation until it expires. `http_method` "" is the
  // operation's. Nothing is sent. Throws as `call` does before sending.
  [[nodiscard]] std::string generate_presigned_url(std::string_view operation,
                                                   const Json& parameters,
                                                   Seconds expires_in = Seconds(3600),
                                                   std::string_view http_method = "") const;

  [[nodiscard]] const ClientMeta& meta() const;

  [[nodiscard]] const State& state() const { return *state_; }

 private:
  std::shared_ptr<const State> state_;
};

}  // namespace cloudchamber
