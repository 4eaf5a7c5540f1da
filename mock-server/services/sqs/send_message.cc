#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "mock-server/services/sqs/batch.h"
#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/fifo_ids.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/message_attributes.h"
#include "mock-server/services/sqs/operations.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::sqs {
namespace {

constexpr const char* kTrace = "AWSTraceHeader";
constexpr const char* kNotForThisType =
    "The request include parameter that is not valid for this queue type.";

// The trace of the request is the message's, too: LocalStack's recording
// test_aws_trace_header_propagation.
void read_system_attributes(const Call& call, const Json& message, MessageContent& content) {
  if (const std::string* trace = call.request().headers.find("X-Amzn-Trace-Id"))
    content.system_attributes[kTrace] = *trace;
  const auto given = message.find("MessageSystemAttributes");
  if (given == message.end()) return;
  for (const auto& [name, attribute] : given->items()) {
    if (name != kTrace) {
      throw invalid_parameter("Message system attribute name '" + name +
                              "' is invalid. The only message system attribute is AWSTraceHeader.");
    }
    if (attribute.value("DataType", std::string()) != "String") {
      throw invalid_parameter("The message system attribute '" + name +
                              "' must be of type String.");
    }
    content.system_attributes[name] = attribute.value("StringValue", std::string());
  }
}

// The order in which AWS looks at them is that of LocalStack's recording
// test_posting_to_fifo_requires_deduplicationid_group_id.
void read_fifo_ids(const Json& message, const Queue& queue, MessageContent& content) {
  const std::string group = "MessageGroupId";
  const std::string deduplication = "MessageDeduplicationId";
  if (message.contains(group)) {
    content.system_attributes[group] = checked_fifo_id(message[group].get<std::string>(), group);
  } else if (queue.fifo) {
    throw missing_parameter(group);
  }
  if (message.contains(deduplication)) {
    const std::string id = message[deduplication].get<std::string>();
    if (!queue.fifo) throw invalid_parameter(id, deduplication, kNotForThisType);
    content.system_attributes[deduplication] = checked_fifo_id(id, deduplication);
  } else if (queue.content_based_deduplication) {
    content.system_attributes[deduplication] = hex(sha256(content.body));
  } else if (queue.fifo) {
    throw no_deduplication_id();
  }
}

// A FIFO queue's messages have its delay, but 0 may be given (LocalStack's recording
// test_fifo_queue_send_message_with_zero_delay_defaults_to_queue_delay).
Seconds delay_of(const Json& message, const Queue& queue) {
  const std::int64_t delay = message.value("DelaySeconds", queue.delay.count());
  if (queue.fifo) {
    if (message.contains("DelaySeconds") && delay != 0)
      throw invalid_parameter(std::to_string(delay), "DelaySeconds", kNotForThisType);
    return queue.delay;
  }
  if (delay < 0 || delay > kMaxDelaySeconds) {
    throw invalid_parameter(std::to_string(delay), "DelaySeconds",
                            "DelaySeconds must be >= 0 and <= 900.");
  }
  return Seconds(delay);
}

// `message` is the input of SendMessage, or an entry of a batch: both have the same members.
Json send_one(const Call& call, Queue& queue, const Json& message, const char* too_long) {
  MessageContent draft;
  draft.body = message.value("MessageBody", std::string());
  if (draft.body.empty()) throw missing_parameter("MessageBody");
  if (has_invalid_characters(draft.body))
    throw AwsError("InvalidMessageContents", invalid_characters_found());
  if (const auto given = message.find("MessageAttributes"); given != message.end()) {
    draft.attributes = read_attributes(*given);
  }
  read_system_attributes(call, message, draft);
  read_fifo_ids(message, queue, draft);
  const auto size = static_cast<std::int64_t>(draft.body.size() + size_of(draft.attributes));
  if (size > queue.maximum_message_size) {
    throw invalid_parameter(std::string("One or more parameters ") + too_long +
                            ". Reason: Message must be shorter than " +
                            std::to_string(queue.maximum_message_size) + " bytes.");
  }
  const Seconds delay = delay_of(message, queue);
  draft.id = call.ids().uuid();
  draft.md5_of_body = hex(md5(draft.body));
  draft.sender_id = call.principal().user_id;
  draft.sent = call.now();

  Json result{{"MD5OfMessageBody", draft.md5_of_body}};
  if (!draft.attributes.empty()) result["MD5OfMessageAttributes"] = md5_of(draft.attributes);
  if (const std::string trace = draft.system_attribute(kTrace);
      !trace.empty() && message.contains("MessageSystemAttributes")) {
    result["MD5OfMessageSystemAttributes"] =
        md5_of({{kTrace, {.data_type = "String", .value = trace}}});
  }
  const SentMessage sent = queue.send(std::move(draft), call.now(), delay);
  result["MessageId"] = sent.id;
  if (queue.fifo) result["SequenceNumber"] = sequence_number(sent.sequence);
  return result;
}

// What an entry of a FIFO queue's batch lacks fails the whole batch: LocalStack's recordings
// test_send_batch_missing_deduplication_id_for_fifo_queue and ..._message_group_id_for_fifo_queue;
// go-cloud's TestSendReceiveInvalidNoDeduplicationID shows which comes first.
void check_fifo_entries(const Queue& queue, const Json& entries) {
  if (!queue.fifo) return;
  for (const Json& entry : entries) {
    if (!entry.contains("MessageGroupId"))
      throw invalid_parameter("The request must contain the parameter MessageGroupId.");
    if (!queue.content_based_deduplication && !entry.contains("MessageDeduplicationId"))
      throw no_deduplication_id();
  }
}

std::int64_t size_of_entry(const Json& entry) {
  std::size_t size = 0;
  if (const auto body = entry.find("MessageBody"); body != entry.end())
    size += body->get_ref<const std::string&>().size();
  const auto attributes = entry.find("MessageAttributes");
  if (attributes == entry.end()) return static_cast<std::int64_t>(size);
  for (const auto& [name, attribute] : attributes->items()) {
    size += name.size();
    for (const auto& [member, value] : attribute.items()) {
      if (value.is_string()) size += value.get_ref<const std::string&>().size();
      if (value.is_binary()) size += value.get_binary().size();
    }
  }
  return static_cast<std::int64_t>(size);
}

}  // namespace

Json send_message(Call& call, Queues& queues) {
  return send_one(call, queues.named_by(call), call.input(), "are invalid");
}

Json send_message_batch(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  constexpr const char* kEntry = "SendMessageBatchRequestEntry";
  check_entries(call, kEntry);
  std::int64_t size = 0;
  for (const Json& entry : call.at("Entries")) size += size_of_entry(entry);
  if (size > kMaxMessageSize) {
    throw AwsError("BatchRequestTooLong",
                   "Batch requests cannot be longer than " + std::to_string(kMaxMessageSize) +
                       " bytes. You have sent " + std::to_string(size) + " bytes.");
  }
  check_fifo_entries(queue, call.at("Entries"));
  return run_batch(call, kEntry, [&](const Json& entry) {
    return send_one(call, queue, entry, "cannot be validated");
  });
}

}  // namespace cloudchamber::mock::sqs
