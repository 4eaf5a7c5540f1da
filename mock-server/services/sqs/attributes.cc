#include "mock-server/services/sqs/attributes.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"

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

std::int64_t number_in(const std::string& name, const std::string& text, std::int64_t min,
                       std::int64_t max) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || value < min || value > max)
    throw invalid_attribute_value(name);
  return value;
}

RedrivePolicy redrive_in(const std::string& text) {
  const Json policy = Json::parse(text, nullptr, false);
  if (!policy.is_object() || !policy.contains("deadLetterTargetArn") ||
      !policy.contains("maxReceiveCount") || !policy["deadLetterTargetArn"].is_string()) {
    throw invalid_attribute_value("RedrivePolicy");
  }
  const Json& count = policy["maxReceiveCount"];  // users write it as a number or as a string
  if (!count.is_number_integer() && !count.is_string())
    throw invalid_attribute_value("RedrivePolicy");
  const std::string digits = count.is_string() ? count.get<std::string>() : count.dump();
  return {policy["deadLetterTargetArn"].get<std::string>(),
          number_in("RedrivePolicy", digits, 1, 1000)};
}

void check(const std::string& name, const std::string& value) {
  for (const NumberRule& rule : kNumbers) {
    if (name == rule.name) {
      if (name != "KmsDataKeyReusePeriodSeconds" || !value.empty())
        (void)number_in(name, value, rule.min, rule.max);
      return;
    }
  }
  if (name == "DeduplicationScope" || name == "FifoThroughputLimit") {
    throw AwsError("InvalidAttributeName",
                   "You can specify the " + name + " only when FifoQueue is set to true.");
  }
  if (name == "SqsManagedSseEnabled") {
    if (value != "true" && value != "false") throw invalid_attribute_value(name);
  } else if (name == "RedrivePolicy") {
    if (!value.empty()) (void)redrive_in(value);
  } else if (name == "Policy" || name == "RedriveAllowPolicy") {
    if (!value.empty() && !Json::parse(value, nullptr, false).is_object())
      throw invalid_attribute_value(name);
  } else if (name != "KmsMasterKeyId") {
    throw unknown_attribute(name);
  }
}

// An empty value takes the attribute back to its default.
void apply(Queue& queue, const std::string& name, const std::string& value) {
  if (value.empty()) {
    queue.attributes.erase(name);
  } else {
    queue.attributes[name] = value;
  }
  const auto seconds = [&] { return Seconds(std::stoll(value)); };
  if (name == "DelaySeconds") queue.delay = seconds();
  if (name == "MessageRetentionPeriod") queue.retention = seconds();
  if (name == "ReceiveMessageWaitTimeSeconds") queue.wait_time = seconds();
  if (name == "VisibilityTimeout") queue.visibility_timeout = seconds();
  if (name == "MaximumMessageSize") queue.maximum_message_size = std::stoll(value);
  if (name == "RedrivePolicy")
    queue.redrive = value.empty() ? std::nullopt : std::optional(redrive_in(value));
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

}  // namespace

void set_attributes(Queue& queue, const Json& attributes) {
  for (const auto& [name, value] : attributes.items())
    check(name, value.get_ref<const std::string&>());
  for (const auto& [name, value] : attributes.items())
    apply(queue, name, value.get_ref<const std::string&>());
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
  for (const auto& [name, value] : queue.attributes) all[name] = value;
  if (all.contains("KmsMasterKeyId") && !all.contains("KmsDataKeyReusePeriodSeconds")) {
    all["KmsDataKeyReusePeriodSeconds"] = "300";
  }
  return all;
}

std::map<std::string, std::string> all_attributes(const Queue& queue, TimePoint now) {
  std::map<std::string, std::string> all = settings(queue);
  const Queue::Counts counts = queue.counts(now);
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
