#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "mock-server/services/sqs/batch.h"
#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/message_attributes.h"
#include "mock-server/services/sqs/operations.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::sqs {
namespace {

// Valid UTF-8 is given; of its characters those that XML can't carry are refused.
void check_characters(const std::string& body) {
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto c = static_cast<unsigned char>(body[i]);
    const bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
    const bool not_a_character = c == 0xEF && body.compare(i, 2, "\xEF\xBF") == 0 &&
                                 static_cast<unsigned char>(body[i + 2]) >= 0xBE;
    if (control || not_a_character) {
      throw AwsError("InvalidMessageContents",
                     "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | "
                     "#x20 to #xD7FF | #xE000 to "
                     "#xFFFD | #x10000 to #x10FFFF");
    }
  }
}

std::map<std::string, std::string> read_system_attributes(const Json& message) {
  std::map<std::string, std::string> result;
  if (const auto given = message.find("MessageSystemAttributes"); given != message.end()) {
    for (const auto& [name, attribute] : given->items()) {
      if (name != "AWSTraceHeader") {
        throw invalid_parameter(
            "Message system attribute name '" + name +
            "' is invalid. The only message system attribute is AWSTraceHeader.");
      }
      if (attribute.value("DataType", std::string()) != "String") {
        throw invalid_parameter("The message system attribute '" + name +
                                "' must be of type String.");
      }
      result[name] = attribute.value("StringValue", std::string());
    }
  }
  return result;
}

std::string checked_group(const std::string& group) {
  const auto allowed = [](unsigned char c) { return c > ' ' && c < 0x7F; };
  if (group.empty() || group.size() > kMaxMessageGroupId ||
      !std::all_of(group.begin(), group.end(), allowed)) {
    throw invalid_parameter(group, "MessageGroupId",
                            "MessageGroupId can only include alphanumeric and punctuation "
                            "characters. 1 to 128 in length.");
  }
  return group;
}

// `message` is the input of SendMessage, or an entry of a batch: both have the same members.
Json send_one(const Call& call, Queue& queue, const Json& message, const char* too_long) {
  Message draft;
  draft.body = message.value("MessageBody", std::string());
  if (draft.body.empty()) throw missing_parameter("MessageBody");
  check_characters(draft.body);
  if (const auto given = message.find("MessageAttributes"); given != message.end()) {
    draft.attributes = read_attributes(*given);
  }
  draft.system_attributes = read_system_attributes(message);
  if (message.contains("MessageGroupId")) {
    draft.system_attributes["MessageGroupId"] =
        checked_group(message["MessageGroupId"].get<std::string>());
  }
  if (message.contains("MessageDeduplicationId")) {
    throw invalid_parameter(message["MessageDeduplicationId"].get<std::string>(),
                            "MessageDeduplicationId",
                            "The request include parameter that is not valid for this queue type.");
  }
  const auto size = static_cast<std::int64_t>(draft.body.size() + size_of(draft.attributes));
  if (size > queue.maximum_message_size) {
    throw invalid_parameter(std::string("One or more parameters ") + too_long +
                            ". Reason: Message must be shorter than " +
                            std::to_string(queue.maximum_message_size) + " bytes.");
  }
  const std::int64_t delay = message.value("DelaySeconds", queue.delay.count());
  if (delay < 0 || delay > kMaxDelaySeconds) {
    throw invalid_parameter(std::to_string(delay), "DelaySeconds",
                            "DelaySeconds must be >= 0 and <= 900.");
  }
  draft.id = call.ids().uuid();
  draft.md5_of_body = hex(md5(draft.body));
  draft.sender_id = call.principal().user_id;
  draft.sent = call.now();

  Json result{{"MessageId", draft.id}, {"MD5OfMessageBody", draft.md5_of_body}};
  if (!draft.attributes.empty()) result["MD5OfMessageAttributes"] = md5_of(draft.attributes);
  if (message.contains("MessageSystemAttributes") &&
      draft.system_attributes.contains("AWSTraceHeader")) {
    result["MD5OfMessageSystemAttributes"] =
        md5_of({{"AWSTraceHeader",
                 {.data_type = "String", .value = draft.system_attributes["AWSTraceHeader"]}}});
  }
  queue.send(std::move(draft), call.now(), Seconds(delay));
  return result;
}

}  // namespace

Json send_message(Call& call, Queues& queues) {
  return send_one(call, queues.named_by(call), call.input(), "are invalid");
}

Json send_message_batch(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  std::int64_t size = 0;
  for (const Json& entry : call.at("Entries")) {
    size += static_cast<std::int64_t>(entry.value("MessageBody", std::string()).size());
  }
  if (size > kMaxMessageSize) {
    throw AwsError("BatchRequestTooLong",
                   "Batch requests cannot be longer than " + std::to_string(kMaxMessageSize) +
                       " bytes. You have sent " + std::to_string(size) + " bytes.");
  }
  return run_batch(call, "SendMessageBatchRequestEntry", [&](const Json& entry) {
    return send_one(call, queue, entry, "cannot be validated");
  });
}

}  // namespace cloudchamber::mock::sqs
