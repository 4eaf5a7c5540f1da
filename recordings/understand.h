// What a recorded exchange means: the service and operation that its request names, found as the
// server finds them, the parameters that the server's half decodes from it, and the result or error
// that the SDK's half parses from its response.
//
// Recordings are made by others, so requests of any service on any host come here, and bytes of any
// kind: what no model knows, and what can't be decoded or parsed, means nothing. Never throws for
// what an exchange holds.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "mock-server/route/router.h"
#include "sdk/model/service_model.h"
#include "sdk/recording/recording.h"

namespace cloudchamber::recordings {

// A request as the server's half decodes it.
struct Understood {
  std::shared_ptr<const ServiceModel> model;  // of the protocol that it speaks: "sqs.query", too
  const Operation* operation = nullptr;       // lives as long as the model
  std::string region;                         // "us-east-1" where the request says none
  // Without aws-chunked framing (the trailer stands among the headers) and content coding, and with
  // the bucket in the target's path.
  HttpRequest request;
  // Without the member that streams: that is request.body.
  Json parameters;
};

// Thread-safe.
class Understanding {
 public:
  Understanding();

  // Request and response. In parameters, blobs are Json::binary, the streaming member too; from the
  // result the streaming member is left out, since it is the response's body. An error carries the
  // code that boto3 gives it (of SQS, the code that the query protocol had).
  [[nodiscard]] std::optional<Meaning> meaning_of(const Exchange& exchange) const;

  // The same without the streaming member of the parameters: objects stay where they are.
  [[nodiscard]] std::optional<Meaning> meaning_without_object(const Exchange& exchange) const;

  // The request alone; the result is empty.
  [[nodiscard]] std::optional<Meaning> meaning_of_request(const HttpRequest& request) const;

  // The same with everything that was found on the way; for who takes the halves apart.
  [[nodiscard]] std::optional<Understood> understood(const HttpRequest& request) const;

  // Of a request whose body its recorder replaced by a word ("CLEARED"): what it calls, without
  // parameters. Nothing where the body is one, or where it alone says what is called.
  [[nodiscard]] std::optional<Understood> scrubbed(const HttpRequest& request) const;

 private:
  [[nodiscard]] std::optional<Meaning> with_answer(const Understood& call, Meaning meaning,
                                                   const HttpResponse& answer) const;

  mock::Router router_;
};

// The response as the SDK's half parses it: a content coding taken off, except from an object's own
// content, and of status 500 where S3 sent an error after it had promised success.
[[nodiscard]] HttpResponse plain_response(const Operation& operation, const HttpResponse& response);

}  // namespace cloudchamber::recordings
