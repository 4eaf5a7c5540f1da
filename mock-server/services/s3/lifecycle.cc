#include "mock-server/services/s3/lifecycle.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/limits.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::s3 {
namespace {

constexpr std::size_t kMaxRuleIdLength = 255;

using Days = std::chrono::duration<std::int64_t, std::ratio<86400>>;

bool is_midnight(TimePoint time) { return std::chrono::floor<Days>(time) == time; }

void check_days(const Json& action, const char* member, const std::string& of) {
  const auto days = action.find(member);
  if (days == action.end()) return;
  if (days->get<std::int64_t>() <= 0) {
    throw AwsError("InvalidArgument",
                   "'" + std::string(member) + "' for " + of + " action must be a positive integer",
                   400);
  }
}

void check_date(const Json& action) {
  const auto date = action.find("Date");
  if (date == action.end()) return;
  const auto time = timestamp_of(*date);
  if (!time) throw malformed_xml();
  if (!is_midnight(*time)) {
    throw invalid_argument("'Date' must be at midnight GMT", "Date",
                           date->is_string() ? date->get<std::string>() : date->dump());
  }
}

void check_tag_keys(const Json& tags) {
  std::set<std::string> keys;
  for (const Json& tag : tags) {
    if (!keys.insert(tag.value("Key", "")).second) {
      throw invalid_request("Duplicate Tag Keys are not allowed.");
    }
  }
}

void check_filter(const Json& rule) {
  const bool prefix = rule.contains("Prefix");
  const auto filter = rule.find("Filter");
  if (prefix == (filter != rule.end())) throw malformed_xml();
  if (filter == rule.end()) return;
  // One condition, or an And of several.
  if (filter->size() > 1) throw malformed_xml();
  if (const auto both = filter->find("And"); both != filter->end()) {
    std::size_t conditions = 0;
    for (const auto& [name, value] : both->items()) {
      conditions += name == "Tags" ? value.size() : 1;
    }
    if (conditions < 2) throw malformed_xml();
    if (const auto tags = both->find("Tags"); tags != both->end()) check_tag_keys(*tags);
  }
}

void check_expiration(const Json& rule) {
  const auto expiration = rule.find("Expiration");
  if (expiration == rule.end()) return;
  const bool days = expiration->contains("Days");
  const bool date = expiration->contains("Date");
  const bool marker = expiration->contains("ExpiredObjectDeleteMarker");
  if (static_cast<int>(days) + static_cast<int>(date) + static_cast<int>(marker) != 1) {
    throw malformed_xml();
  }
  check_days(*expiration, "Days", "Expiration");
  check_date(*expiration);
}

void check_transitions(const Json& rule) {
  constexpr std::array<std::string_view, 6> kClasses = {
      "GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"};
  const auto check_class = [&](const Json& transition) {
    const std::string target = transition.value("StorageClass", "");
    if (std::find(kClasses.begin(), kClasses.end(), target) == kClasses.end()) {
      throw malformed_xml();
    }
  };
  if (const auto transitions = rule.find("Transitions"); transitions != rule.end()) {
    for (const Json& transition : *transitions) {
      check_class(transition);
      if (transition.contains("Days") == transition.contains("Date")) throw malformed_xml();
      check_date(transition);
    }
  }
  if (const auto transitions = rule.find("NoncurrentVersionTransitions");
      transitions != rule.end()) {
    for (const Json& transition : *transitions) check_class(transition);
  }
}

void check_noncurrent_expiration(const Json& rule) {
  const auto expiration = rule.find("NoncurrentVersionExpiration");
  if (expiration == rule.end()) return;
  if (!expiration->contains("NoncurrentDays")) throw malformed_xml();
  check_days(*expiration, "NoncurrentDays", "NoncurrentVersionExpiration");
}

void check_rule(const Json& rule) {
  constexpr std::array<const char*, 6> kActions = {"Expiration",
                                                   "Transitions",
                                                   "NoncurrentVersionExpiration",
                                                   "NoncurrentVersionTransitions",
                                                   "AbortIncompleteMultipartUpload",
                                                   "Transition"};
  const std::string status = rule.value("Status", "");
  if (status != "Enabled" && status != "Disabled") throw malformed_xml();
  if (rule.value("ID", "").size() > kMaxRuleIdLength) {
    throw AwsError("InvalidArgument", "ID length should not exceed allowed limit of 255", 400);
  }
  check_filter(rule);
  if (std::none_of(kActions.begin(), kActions.end(),
                   [&](const char* action) { return rule.contains(action); })) {
    throw invalid_request("At least one action needs to be specified in a rule");
  }
  check_expiration(rule);
  check_transitions(rule);
  check_noncurrent_expiration(rule);
}

bool has_tag(const Object& object, const Json& tag) {
  return std::any_of(object.tags.begin(), object.tags.end(), [&](const auto& own) {
    return own.first == tag.value("Key", "") && own.second == tag.value("Value", "");
  });
}

bool meets(const Json& conditions, const std::string& key, const Object& object) {
  const auto size = static_cast<std::int64_t>(object.body.size());
  for (const auto& [name, value] : conditions.items()) {
    if (name == "Prefix" && !key.starts_with(value.get_ref<const std::string&>())) return false;
    if (name == "Tag" && !has_tag(object, value)) return false;
    if (name == "Tags" && !std::all_of(value.begin(), value.end(),
                                       [&](const Json& tag) { return has_tag(object, tag); })) {
      return false;
    }
    if (name == "ObjectSizeGreaterThan" && size <= value.get<std::int64_t>()) return false;
    if (name == "ObjectSizeLessThan" && size >= value.get<std::int64_t>()) return false;
    if (name == "And" && !meets(value, key, object)) return false;
  }
  return true;
}

bool applies(const Json& rule, const std::string& key, const Object& object) {
  if (rule.value("Status", "") != "Enabled") return false;
  if (const auto filter = rule.find("Filter"); filter != rule.end()) {
    return meets(*filter, key, object);
  }
  return key.starts_with(rule.value("Prefix", ""));
}

// When the rule expires the object: the midnight after so many days.
std::optional<TimePoint> expiry_of(const Json& rule, const Object& object) {
  const auto expiration = rule.find("Expiration");
  if (expiration == rule.end()) return std::nullopt;
  if (const auto date = expiration->find("Date"); date != expiration->end()) {
    return timestamp_of(*date);
  }
  const auto days = expiration->find("Days");
  if (days == expiration->end()) return std::nullopt;
  return std::chrono::ceil<Days>(object.last_modified + Days(days->get<std::int64_t>()));
}

}  // namespace

Json checked_lifecycle_rules(const Json& rules, Ids& ids) {
  if (!rules.is_array() || rules.empty() || rules.size() > kMaxLifecycleRules) {
    throw malformed_xml();
  }
  Json kept = Json::array();
  std::set<std::string> names;
  for (const Json& rule : rules) {
    check_rule(rule);
    Json named = rule;
    if (rule.value("ID", "").empty()) {
      constexpr std::size_t kIdBytes = 36;
      named["ID"] = ids.base64(kIdBytes);
    }
    if (!names.insert(named["ID"].get<std::string>()).second) {
      throw AwsError("InvalidArgument",
                     "Rule ID must be unique. Found same ID for more than one rule", 400);
    }
    kept.push_back(std::move(named));
  }
  return kept;
}

std::optional<std::string> expiration_of(const Bucket& bucket, const std::string& key,
                                         const Object& object) {
  const Json* configured = bucket.configuration("Lifecycle");
  if (configured == nullptr || object.delete_marker) return std::nullopt;
  std::optional<TimePoint> first;
  std::string rule_id;
  for (const Json& rule : (*configured)["Rules"]) {
    if (!applies(rule, key, object)) continue;
    const auto expiry = expiry_of(rule, object);
    if (expiry && (!first || *expiry < *first)) {
      first = expiry;
      rule_id = rule.value("ID", "");
    }
  }
  if (!first) return std::nullopt;
  return "expiry-date=\"" + rfc822(*first) + "\", rule-id=\"" + uri_encode(rule_id) + "\"";
}

}  // namespace cloudchamber::mock::s3
