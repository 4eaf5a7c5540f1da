// The attributes RedrivePolicy and RedriveAllowPolicy: JSON documents.
#pragma once

#include <string>

#include "mock-server/services/sqs/queues.h"

namespace cloudchamber::mock::sqs {

// The policy of `source`, whose dead-letter queue must be one of `queues`, of the same type, and
// allow it. Throws InvalidParameterValue.
[[nodiscard]] RedrivePolicy redrive_policy_in(const std::string& text, const Queue& source,
                                              const Queues& queues);
[[nodiscard]] RedriveAllowPolicy redrive_allow_policy_in(const std::string& text);

// As GetQueueAttributes shows it: maxReceiveCount is a number, however it was given.
[[nodiscard]] std::string to_text(const RedrivePolicy& policy);

}  // namespace cloudchamber::mock::sqs
