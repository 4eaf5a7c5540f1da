// PutBucketNotificationConfiguration and GetBucketNotificationConfiguration: queues.
#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/limits.h"
#include "mock-server/services/s3/notifications.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::s3 {
namespace {

void check_arn(const std::string& arn) {
  if (!arn.starts_with("arn:aws:sqs:") || std::count(arn.begin(), arn.end(), ':') != 5)
    throw invalid_argument("The ARN could not be parsed", "Queue", arn);
}

void check_events(const Call& call, const Json& events) {
  if (events.empty()) throw malformed_xml();
  const Shape* known = call.service().find_shape("Event");
  for (const Json& event : events) {
    const std::string& name = event.get_ref<const std::string&>();
    const auto& names = known->enum_values;
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw invalid_argument("The event '" + name + "' is not supported for notifications", "Event",
                             name);
    }
  }
}

// At most a prefix and a suffix; their names are shown with a capital, however they were written
// (LocalStack's recording test_filter_rules_case_insensitive).
Json checked_rules(const Json& rules) {
  Json result = Json::array();
  std::set<std::string> names;
  for (const Json& rule : rules) {
    if (!rule.contains("Name") || !rule.contains("Value")) throw malformed_xml();
    const std::string name = lowered(rule["Name"].get_ref<const std::string&>());
    if (name != "prefix" && name != "suffix") {
      throw invalid_argument("filter rule name must be either prefix or suffix", "FilterRule.Name",
                             rule["Name"].get<std::string>());
    }
    if (!names.insert(name).second) {
      throw invalid_argument("Cannot specify more than one " + name + " rule in a filter.",
                             "FilterRule.Name", rule["Name"].get<std::string>());
    }
    const std::string& value = rule["Value"].get_ref<const std::string&>();
    if (value.size() > kMaxKeyLength) {
      throw invalid_argument("Size of filter rule value cannot exceed 1024 bytes in UTF-8",
                             "FilterRule.Value", value);
    }
    result.push_back({{"Name", name == "prefix" ? "Prefix" : "Suffix"}, {"Value", value}});
  }
  return result;
}

std::string rule_of(const Json& configuration, const std::string& name) {
  const Json::json_pointer rules_at("/Filter/Key/FilterRules");
  if (!configuration.contains(rules_at)) return "";
  for (const Json& rule : configuration.at(rules_at)) {
    if (rule["Name"] == name) return rule["Value"].get<std::string>();
  }
  return "";
}

// Do both mean one event? "s3:ObjectCreated:*" means "s3:ObjectCreated:Put".
bool share_event(const Json& a, const Json& b) {
  const auto covers = [](std::string pattern, const std::string& event) {
    if (!pattern.ends_with('*')) return pattern == event;
    pattern.pop_back();
    return event.starts_with(pattern);
  };
  for (const Json& one : a["Events"]) {
    for (const Json& other : b["Events"]) {
      if (covers(one, other) || covers(other, one)) return true;
    }
  }
  return false;
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
void check_overlap(const Json& configurations) {
  const auto overlap = [](const std::string& a, const std::string& b, bool prefixes) {
    return prefixes ? a.starts_with(b) || b.starts_with(a) : a.ends_with(b) || b.ends_with(a);
  };
  for (std::size_t i = 0; i < configurations.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Json& a = configurations[i];
      const Json& b = configurations[j];
      if (share_event(a, b) && overlap(rule_of(a, "Prefix"), rule_of(b, "Prefix"), true) &&
          overlap(rule_of(a, "Suffix"), rule_of(b, "Suffix"), false)) {
        throw AwsError("InvalidArgument",
                       "Configurations overlap. Configurations on the same bucket cannot share a "
                       "common event type.",
                       400);
      }
    }
  }
}

Json checked_configuration(const Call& call, const Json& given) {
  if (!given.contains("QueueArn") || !given.contains("Events")) throw malformed_xml();
  check_arn(given["QueueArn"].get_ref<const std::string&>());
  check_events(call, given["Events"]);
  Json result{{"Id", given.value("Id", std::string())},
              {"QueueArn", given["QueueArn"]},
              {"Events", given["Events"]}};
  if (result["Id"] == "") result["Id"] = call.ids().uuid();
  const Json::json_pointer rules_at("/Filter/Key/FilterRules");
  if (given.contains(rules_at) && !given.at(rules_at).empty())
    result["Filter"]["Key"]["FilterRules"] = checked_rules(given.at(rules_at));
  return result;
}

// All that are wrong are named: LocalStack's recording test_multiple_invalid_sqs_arns.
void check_destinations(const Call& call, const Bucket& bucket, const Json& configurations) {
  AwsError error("InvalidArgument", "Unable to validate the following destination configurations",
                 400);
  int number = 0;
  for (const Json& configuration : configurations) {
    const std::string& arn = configuration["QueueArn"].get_ref<const std::string&>();
    const std::string fault = fault_of_destination(call, bucket, arn);
    if (fault.empty()) continue;
    const std::string suffix = std::to_string(++number);
    error.with("ArgumentName" + suffix, arn).with("ArgumentValue" + suffix, fault);
  }
  if (number > 0) throw error;
}

}  // namespace

Json put_bucket_notification_configuration(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_for(call, buckets, "s3:PutBucketNotification");
  const Json& given = call.at("NotificationConfiguration");
  for (const char* member :
       {"TopicConfigurations", "LambdaFunctionConfigurations", "EventBridgeConfiguration"}) {
    if (given.contains(member))
      throw not_implemented("PutBucketNotificationConfiguration with " + std::string(member));
  }
  Json configurations = Json::array();
  for (const Json& one : given.value("QueueConfigurations", Json::array()))
    configurations.push_back(checked_configuration(call, one));
  if (configurations.size() > kMaxNotifications) throw malformed_xml();
  check_overlap(configurations);
  for (const Json& configuration : configurations) {
    const std::string& arn = configuration["QueueArn"].get_ref<const std::string&>();
    if (arn.find(':' + bucket.owner + ':') == std::string::npos || call.account() != bucket.owner) {
      throw not_implemented("PutBucketNotificationConfiguration with another account's queue");
    }
  }
  if (!call.flag_or("SkipDestinationValidation", false)) {
    check_destinations(call, bucket, configurations);
    for (const Json& configuration : configurations)
      send_test_event(call, bucket, configuration["QueueArn"].get_ref<const std::string&>());
  }
  if (configurations.empty()) {
    bucket.configurations.erase("Notification");
  } else {
    bucket.configurations.put("Notification", configurations);
  }
  return Json::object();
}

Json get_bucket_notification_configuration(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketNotification");
  const Json* configurations = bucket.configuration("Notification");
  return configurations == nullptr ? Json::object()
                                   : Json{{"QueueConfigurations", *configurations}};
}

}  // namespace cloudchamber::mock::s3
