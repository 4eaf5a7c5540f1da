// Message attributes: their rules, their digest, and their two forms.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cloudchamber/json.h"
#include "mock-server/services/sqs/queue.h"

namespace cloudchamber::mock::sqs {

// From the input's MessageAttributes; throws InvalidParameterValue.
[[nodiscard]] MessageAttributes read_attributes(const Json& attributes);
[[nodiscard]] Json to_json(const MessageAttributes& attributes);

// The digest that clients check, in hex:
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
[[nodiscard]] std::string md5_of(const MessageAttributes& attributes);

// What they count towards the size of a message, in bytes.
[[nodiscard]] std::size_t size_of(const MessageAttributes& attributes);

// Those that MessageAttributeNames asks for: names, "prefix.*", ".*" or "All".
[[nodiscard]] MessageAttributes selected(const MessageAttributes& attributes, const Json& names);

}  // namespace cloudchamber::mock::sqs
