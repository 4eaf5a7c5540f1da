#include "mock-server/services/cloudformation/resource_types/s3_lifecycle.h"

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/rename.h"

namespace cloudchamber::mock::cloudformation {
namespace {

constexpr const char* kPath = "LifecycleConfiguration/Rules";

void move(Json& from, const char* name, Json& to, const char* new_name) {
  const auto found = from.find(name);
  if (found == from.end()) return;
  to[new_name] = *found;
  from.erase(found);
}

Json transitions(const Json& list, const char* days) {
  return renamed_each(list, {{"TransitionInDays", days}, {"TransitionDate", "Date"}}, kPath);
}

// {Prefix} where that is all, {And: {...}} where there is more.
Json filter(Json& rule) {
  Json parts = Json::object();
  move(rule, "Prefix", parts, "Prefix");
  move(rule, "TagFilters", parts, "Tags");
  move(rule, "ObjectSizeGreaterThan", parts, "ObjectSizeGreaterThan");
  move(rule, "ObjectSizeLessThan", parts, "ObjectSizeLessThan");
  if (parts.empty()) return {{"Prefix", ""}};
  const bool one_tag = parts.contains("Tags") && parts["Tags"].is_array() &&
                       parts["Tags"].size() == 1 && parts.size() == 1;
  if (one_tag) return {{"Tag", parts["Tags"][0]}};
  if (parts.size() == 1 && !parts.contains("Tags")) return parts;
  return {{"And", parts}};
}

Json rule_in(const Json& given) {
  Json rule = renamed(given, {{"Id", "ID"}}, kPath);
  Json result = Json::object();
  result["Filter"] = filter(rule);
  Json expiration = Json::object();
  move(rule, "ExpirationInDays", expiration, "Days");
  move(rule, "ExpirationDate", expiration, "Date");
  move(rule, "ExpiredObjectDeleteMarker", expiration, "ExpiredObjectDeleteMarker");
  if (!expiration.empty()) result["Expiration"] = expiration;
  Json noncurrent = Json::object();
  move(rule, "NoncurrentVersionExpirationInDays", noncurrent, "NoncurrentDays");
  if (!noncurrent.empty()) result["NoncurrentVersionExpiration"] = noncurrent;
  if (rule.contains("Transition"))
    result["Transitions"] = transitions(Json::array({rule["Transition"]}), "Days");
  if (rule.contains("Transitions"))
    result["Transitions"] = transitions(rule["Transitions"], "Days");
  if (rule.contains("NoncurrentVersionTransitions")) {
    result["NoncurrentVersionTransitions"] =
        transitions(rule["NoncurrentVersionTransitions"], "NoncurrentDays");
  }
  for (const char* done : {"Transition", "Transitions", "NoncurrentVersionTransitions"})
    rule.erase(done);
  result.update(rule);  // what is left is named alike, or refused by the model
  return result;
}

}  // namespace

Json lifecycle_configuration(const ResourceCall& call) {
  const Json given = renamed(*call.find("LifecycleConfiguration"), {}, "LifecycleConfiguration");
  const auto list = given.find("Rules");
  if (list == given.end() || !list->is_array())
    throw validation_error("#/LifecycleConfiguration: required key [Rules] not found");
  Json rules = Json::array();
  for (const Json& rule : *list) rules.push_back(rule_in(rule));
  return {{"Rules", rules}};
}

}  // namespace cloudchamber::mock::cloudformation
