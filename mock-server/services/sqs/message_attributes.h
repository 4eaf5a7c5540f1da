// Message attributes: their rules, their digest, and their two forms.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"
#include "mock-server/services/sqs/message.h"

namespace cloudchamber::mock::sqs {

// From the input's MessageAttributes; throws InvalidParameterValue.
[[nodiscard]] MessageAttributes read_attributes(const Json& attributes);
// Characters that XML can't carry are refused in bodies and attributes: true when there is one.
// `text` is valid UTF-8.
[[nodiscard]] bool has_invalid_characters(std::string_view text);
[[nodiscard]] std::string invalid_characters_found();

[[nodiscard]] Json to_json(const MessageAttributes& attributes);

// The digest that clients check, in hex:
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
[[nodiscard]] std::string md5_of(const MessageAttributes& attributes);

// What they count towards the size of a message, in bytes.
[[nodiscard]] std::size_t size_of(const MessageAttributes& attributes);

// Those that MessageAttributeNames asks for: names, "prefix.*", ".*" or "All".
[[nodiscard]] MessageAttributes selected(const MessageAttributes& attributes, const Json& names);

}  // namespace cloudchamber::mock::sqs
