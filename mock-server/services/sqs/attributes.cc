#include "mock-server/services/sqs/attributes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/queue_policy.h"
#include "mock-server/services/sqs/redrive_policies.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::sqs {
namespace {

struct NumberRule {
  std::string_view name;
  std::int64_t min;
  std::int64_t max;
};
constexpr std::array kNumbers{
    NumberRule{"DelaySeconds", 0, kMaxDelaySeconds},
    NumberRule{"MaximumMessageSize", kMinMaximumMessageSize, kMaxMessageSize},
    NumberRule{"MessageRetentionPeriod", kMinRetention, kMaxRetention},
    NumberRule{"ReceiveMessageWaitTimeSeconds", 0, kMaxWaitTimeSeconds},
    NumberRule{"VisibilityTimeout", 0, kMaxVisibilityTimeout},
    NumberRule{"KmsDataKeyReusePeriodSeconds", 60, 86'400}};

struct ChoiceRule {
  std::string_view name;
  bool fifo;  // of FIFO queues alone
  std::array<std::string_view, 2> values;
};
constexpr std::array kChoices{
    ChoiceRule{"SqsManagedSseEnabled", false, {"true", "false"}},
    ChoiceRule{"FifoQueue", true, {"true", "false"}},
    ChoiceRule{"ContentBasedDeduplication", true, {"true", "false"}},
    ChoiceRule{"DeduplicationScope", true, {"queue", "messageGroup"}},
    ChoiceRule{"FifoThroughputLimit", true, {"perQueue", "perMessageGroupId"}}};

void check_number(const NumberRule& rule, const std::string& text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || value < rule.min || value > rule.max)
    throw invalid_attribute_value(std::string(rule.name));
}

// "True" is "true".
std::string normalised(const std::string& name, const std::string& value) {
  if (name == "DeduplicationScope" || name == "FifoThroughputLimit") return value;
  std::string word = lowered(value);
  return word == "true" || word == "false" ? word : value;
}

// LocalStack's recordings test_create_standard_queue_with_fifo_attribute_raises_error and
// test_set_unsupported_attribute_fifo.
void check_choice(const ChoiceRule& rule, const std::string& value, const Queue& queue) {
  const std::string name(rule.name);
  if (rule.fifo && !queue.fifo) {
    if (name == "FifoQueue" || name == "ContentBasedDeduplication") throw unknown_attribute(name);
    throw AwsError("InvalidAttributeName",
                   "You can specify the " + name + " only when FifoQueue is set to true.");
  }
  const std::string given = normalised(name, value);
  if (std::find(rule.values.begin(), rule.values.end(), given) == rule.values.end())
    throw invalid_attribute_value(name);
  if (name == "FifoQueue" && given == "false")
    throw invalid_attribute_value(name, "Modifying queue type is not supported.");
}

void check(const std::string& name, const std::string& value, const Queue& queue,
           const Queues& queues) {
  for (const NumberRule& rule : kNumbers) {
    if (name != rule.name) continue;
    if (name != "KmsDataKeyReusePeriodSeconds" || !value.empty()) check_number(rule, value);
    return;
  }
  for (const ChoiceRule& rule : kChoices) {
    if (name == rule.name) return check_choice(rule, value, queue);
  }
  if (name == "RedrivePolicy") {
    if (!value.empty()) (void)redrive_policy_in(value, queue, queues);
  } else if (name == "RedriveAllowPolicy") {
    if (!value.empty()) (void)redrive_allow_policy_in(value);
  } else if (name == "Policy") {
    if (!value.empty()) (void)parsed_policy(value);
  } else if (name != "KmsMasterKeyId") {
    throw unknown_attribute(name);
  }
}

std::string text_of(const Json& attributes, const char* name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->get<std::string>();
}

void check_together(const Queue& queue, const Json& attributes) {
  // LocalStack's recording test_sse_kms_and_sqs_are_mutually_exclusive.
  if (!text_of(attributes, "KmsMasterKeyId").empty() &&
      normalised("", text_of(attributes, "SqsManagedSseEnabled")) == "true") {
    throw AwsError("InvalidAttributeName",
                   "You can use one type of server-side encryption (SSE) at one time. You can "
                   "either enable KMS SSE or SQS SSE.");
  }
  const auto shown = settings(queue);
  const auto becomes = [&](const char* name) {
    return attributes.contains(name) ? text_of(attributes, name) : shown.at(name);
  };
  if (queue.fifo && becomes("FifoThroughputLimit") == "perMessageGroupId" &&
      becomes("DeduplicationScope") != "messageGroup") {
    throw invalid_attribute_value(
        "FifoThroughputLimit",
        "The perMessageGroupId value is allowed only when the value for DeduplicationScope is "
        "messageGroup.");
  }
}

void apply_encryption(Queue& queue, const std::string& name, const std::string& value) {
  // One kind of encryption puts an end to the other: recorded by LocalStack,
  // test_set_queue_attributes_default_values.
  if (name == "KmsMasterKeyId") {
    if (value.empty()) queue.attributes.erase("KmsDataKeyReusePeriodSeconds");
    queue.attributes["SqsManagedSseEnabled"] = "false";
  }
  if (name == "SqsManagedSseEnabled" && value == "true") {
    queue.attributes.erase("KmsMasterKeyId");
    queue.attributes.erase("KmsDataKeyReusePeriodSeconds");
  }
}

// An empty value takes the attribute back to its default.
void apply(Queue& queue, const std::string& name, const std::string& given, const Queues& queues,
           TimePoint now) {
  const std::string value = normalised(name, given);
  if (value.empty()) {
    queue.attributes.erase(name);
  } else {
    queue.attributes[name] = value;
  }
  const auto seconds = [&] { return Seconds(std::stoll(value)); };
  if (name == "DelaySeconds") queue.set_delay(seconds(), now);
  if (name == "MessageRetentionPeriod") queue.retention = seconds();
  if (name == "ReceiveMessageWaitTimeSeconds") queue.wait_time = seconds();
  if (name == "VisibilityTimeout") queue.visibility_timeout = seconds();
  if (name == "MaximumMessageSize") queue.maximum_message_size = std::stoll(value);
  if (name == "ContentBasedDeduplication") queue.content_based_deduplication = value == "true";
  if (name == "DeduplicationScope") queue.set_deduplication_scope(value == "messageGroup", now);
  if (name == "Policy") {
    queue.policy = value.empty() ? nullptr : std::make_shared<const Json>(parsed_policy(value));
  }
  if (name == "RedriveAllowPolicy") {
    queue.redrive_allow = value.empty() ? RedriveAllowPolicy() : redrive_allow_policy_in(value);
  }
  if (name == "RedrivePolicy") {
    queue.redrive.reset();
    if (!value.empty()) {
      queue.redrive = redrive_policy_in(value, queue, queues);
      queue.attributes[name] = to_text(*queue.redrive);
    }
  }
  apply_encryption(queue, name, value);
}

}  // namespace

void set_attributes(Queue& queue, const Json& attributes, const Queues& queues, TimePoint now) {
  for (const auto& [name, value] : attributes.items())
    check(name, value.get_ref<const std::string&>(), queue, queues);
  check_together(queue, attributes);
  for (const auto& [name, value] : attributes.items())
    apply(queue, name, value.get_ref<const std::string&>(), queues, now);
}

std::map<std::string, std::string> settings(const Queue& queue) {
  std::map<std::string, std::string> all{
      {"DelaySeconds", std::to_string(queue.delay.count())},
      {"MaximumMessageSize", std::to_string(queue.maximum_message_size)},
      {"MessageRetentionPeriod", std::to_string(queue.retention.count())},
      {"ReceiveMessageWaitTimeSeconds", std::to_string(queue.wait_time.count())},
      {"VisibilityTimeout", std::to_string(queue.visibility_timeout.count())},
      {"SqsManagedSseEnabled", "true"},
  };
  if (queue.fifo) {
    all["FifoQueue"] = "true";
    all["ContentBasedDeduplication"] = "false";
    all["DeduplicationScope"] = "queue";
    all["FifoThroughputLimit"] = "perQueue";
  }
  for (const auto& [name, value] : queue.attributes) all[name] = value;
  if (all.contains("KmsMasterKeyId") && !all.contains("KmsDataKeyReusePeriodSeconds")) {
    all["KmsDataKeyReusePeriodSeconds"] = "300";
  }
  return all;
}

std::map<std::string, std::string> all_attributes(const Queue& queue, TimePoint now) {
  std::map<std::string, std::string> all = settings(queue);
  const Messages::Counts counts = queue.counts(now);
  const auto epoch = [](TimePoint time) {
    return std::to_string(std::chrono::floor<Seconds>(time).time_since_epoch().count());
  };
  all["ApproximateNumberOfMessages"] = std::to_string(counts.visible);
  all["ApproximateNumberOfMessagesNotVisible"] = std::to_string(counts.in_flight);
  all["ApproximateNumberOfMessagesDelayed"] = std::to_string(counts.delayed);
  all["CreatedTimestamp"] = epoch(queue.created);
  all["LastModifiedTimestamp"] = epoch(queue.modified);
  all["QueueArn"] = queue.arn;
  return all;
}

}  // namespace cloudchamber::mock::sqs
