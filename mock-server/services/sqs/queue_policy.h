// Queue policies: are they well formed, and whom do they let do what?
//
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-creating-custom-policies-access-policy-examples.html
#pragma once

#include <string>

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/services/sqs/queue.h"

namespace cloudchamber::mock::sqs {

// A JSON object in a string that a stranger sent, nested no deeper than a policy needs; discarded
// when it is none.
[[nodiscard]] Json parsed_object(const std::string& text);

// The document of the attribute Policy. Throws InvalidAttributeValue.
[[nodiscard]] Json parsed_policy(const std::string& text);

// Throws AccessDenied (403) unless the caller may do to the queue what the call does: another
// account needs the policy's permission, for those operations that can be permitted to others at
// all, and what the policy denies is denied to everybody.
void check_access(const Call& call, const Queue& queue);

}  // namespace cloudchamber::mock::sqs
