// What of a call counts when it is looked up in a recording.
//
// Two calls are the same where their comparable parameters are: secrets replaced as a recording has
// them, idempotency tokens and what only describes the body (checksums, lengths) left out, times
// and bytes in one form however a program or a decoder wrote them, a streamed body by its digest.
// Pure functions: thread-safe.
#pragma once

#include <string>
#include <vector>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"
#include "sdk/recording/redaction.h"

namespace cloudchamber {

struct LookedUpCall {
  const ServiceModel& service;
  const Operation& operation;
  const std::string& region;
  const Json& parameters;
  const HttpRequest& request;  // of which endpoint and body are looked at
};

// How calls are compared with those of a recording.
struct Comparison {
  RedactionRules rules;                // further members that the recording holds no values of
  std::vector<std::string> endpoints;  // at which it was recorded: see endpoint_of
};

[[nodiscard]] Json comparable(const LookedUpCall& call, const Comparison& comparison = {});

// "https://sqs.us-east-1.amazonaws.com".
[[nodiscard]] std::string endpoint_of(const HttpRequest& request);

// The members of which these parameters hold a placeholder ("<Password>" as the value of Password)
// though the model does not call them sensitive: a rule of the user's replaced them.
void find_placeholders(const Json& parameters, std::vector<std::string>& members);

// Does the operation leave everything as it is, so that it may be asked again and again?
// ReceiveMessage counts as one: who polls waits for what somebody else does.
[[nodiscard]] bool is_reading(const ServiceModel& service, const Operation& operation);

// The names by which a call knows the resources that it is about ("films", "i-0abc"): of ARNs and
// URLs the last part, so that a queue's name and its URL are the same.
[[nodiscard]] std::vector<std::string> resources_of(const Operation& operation,
                                                    const Json& parameters);
// The same of what a call gave: the ids that AWS made up.
[[nodiscard]] std::vector<std::string> resources_in(const Json& result);

}  // namespace cloudchamber
