// The attributes of a queue: which can be set, to what, and how they are shown.
#pragma once

#include <map>
#include <string>

#include "cloudchamber/json.h"
#include "mock-server/services/sqs/queues.h"

namespace cloudchamber::mock::sqs {

// Sets what `attributes` (an object of strings) names, after checking all of it. Throws
// InvalidAttributeName, InvalidAttributeValue, or InvalidParameterValue for the redrive policies.
// `queues` are those among which a dead-letter queue is sought.
void set_attributes(Queue& queue, const Json& attributes, const Queues& queues, TimePoint now);

// Every attribute of the queue, as GetQueueAttributes gives it for "All".
[[nodiscard]] std::map<std::string, std::string> all_attributes(const Queue& queue, TimePoint now);

// The settable attributes with a value of their own or by default: what CreateQueue compares with
// an existing queue.
[[nodiscard]] std::map<std::string, std::string> settings(const Queue& queue);

}  // namespace cloudchamber::mock::sqs
