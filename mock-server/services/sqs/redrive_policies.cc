#include "mock-server/services/sqs/redrive_policies.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/moves.h"
#include "mock-server/services/sqs/queue_policy.h"

namespace cloudchamber::mock::sqs {
namespace {

AwsError invalid(const std::string& policy, const std::string& reason) {
  return invalid_parameter(policy, "RedrivePolicy", reason);
}
AwsError invalid_allow(const std::string& policy, const std::string& reason) {
  return invalid_parameter(policy, "RedriveAllowPolicy", reason);
}

// Users write the count as a number or as a string.
std::int64_t max_receive_count_in(const std::string& text, const Json& given) {
  const std::string digits = given.is_string()   ? given.get<std::string>()
                             : given.is_number() ? given.dump()
                                                 : std::string();
  std::int64_t count = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, count);
  if (error != std::errc() || stop != end || count < 1 || count > kMaxReceiveCount) {
    throw invalid(text, "Invalid value for maxReceiveCount: " + digits +
                            ", valid values are from 1 to 1000 both inclusive.");
  }
  return count;
}

}  // namespace

RedrivePolicy redrive_policy_in(const std::string& text, const Queue& source,
                                const Queues& queues) {
  const Json policy = parsed_object(text);
  if (!policy.is_object()) throw invalid(text, "Redrive policy is not a valid JSON map.");
  for (const char* member : {"deadLetterTargetArn", "maxReceiveCount"}) {
    if (!policy.contains(member)) {
      throw invalid(text, std::string("Redrive policy does not contain mandatory attribute: ") +
                              member + '.');
    }
  }
  if (policy.size() > 2) {
    throw invalid(text,
                  "Only following attributes are supported: [deadLetterTargetArn, "
                  "maxReceiveCount].");
  }
  const Json& arn = policy["deadLetterTargetArn"];
  const Queue* target =
      arn.is_string() ? queue_at(queues, arn.get_ref<const std::string&>()) : nullptr;
  RedrivePolicy result;
  result.max_receive_count = max_receive_count_in(text, policy["maxReceiveCount"]);
  if (arn.is_string() && arn == source.arn) target = &source;
  if (target == nullptr) throw invalid(text, "Dead letter target does not exist.");
  if (target->fifo != source.fifo)
    throw invalid(text, "Dead-letter queue must be same type of queue as the source.");
  if (!target->redrive_allow.allows(source.arn))
    throw invalid(text, "Dead letter target does not allow this queue as a source.");
  result.dead_letter_target_arn = target->arn;
  return result;
}

RedriveAllowPolicy redrive_allow_policy_in(const std::string& text) {
  using Permission = RedriveAllowPolicy::Permission;
  const Json policy = parsed_object(text);
  if (!policy.is_object())
    throw invalid_allow(text, "Redrive allow policy is not a valid JSON map.");
  const auto permission = policy.find("redrivePermission");
  if (permission == policy.end()) {
    throw invalid_allow(
        text, "Redrive allow policy does not contain mandatory attribute: redrivePermission.");
  }
  RedriveAllowPolicy result;
  if (*permission == "allowAll") {
    result.permission = Permission::kAllowAll;
  } else if (*permission == "denyAll") {
    result.permission = Permission::kDenyAll;
  } else if (*permission == "byQueue") {
    result.permission = Permission::kByQueue;
  } else {
    throw invalid_allow(text, "redrivePermission must be one of allowAll, denyAll, byQueue.");
  }
  const auto sources = policy.find("sourceQueueArns");
  const bool by_queue = result.permission == Permission::kByQueue;
  if ((sources != policy.end()) != by_queue) {
    throw invalid_allow(text,
                        "sourceQueueArns can be, and must be, specified only when "
                        "redrivePermission is byQueue.");
  }
  if (!by_queue) return result;
  if (!sources->is_array() || sources->empty() || sources->size() > kMaxRedriveSources ||
      !std::all_of(sources->begin(), sources->end(),
                   [](const Json& arn) { return arn.is_string(); })) {
    throw invalid_allow(text, "sourceQueueArns must have between 1 and 10 queue ARNs.");
  }
  for (const Json& arn : *sources) result.source_queue_arns.push_back(arn.get<std::string>());
  return result;
}

std::string to_text(const RedrivePolicy& policy) {
  return Json{{"deadLetterTargetArn", policy.dead_letter_target_arn},
              {"maxReceiveCount", policy.max_receive_count}}
      .dump();
}

}  // namespace cloudchamber::mock::sqs
