#include "mock-server/services/iam/tags.h"

#include <map>
#include <nlohmann/json.hpp>

#include "mock-server/services/iam/errors.h"
#include "mock-server/services/iam/limits.h"
#include "mock-server/services/iam/paging.h"
#include "mock-server/services/iam/text.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::iam {
namespace {

Json shown(const Tag& tag) { return {{"Key", tag.key}, {"Value", tag.value}}; }

std::map<std::string, std::string> sorted(const Tags& tags) {
  std::map<std::string, std::string> by_key;
  for (const auto& [lower_key, tag] : tags) by_key.emplace(tag.key, tag.value);
  return by_key;
}

}  // namespace

Tags tags_of(const Call& call) {
  Tags tags;
  if (!call.has("Tags")) return tags;
  for (const Json& tag : call.at("Tags")) {
    const std::string key = tag["Key"].get<std::string>();
    if (!tags.put(lowered(key), {key, tag["Value"].get<std::string>()})) {
      throw invalid_input(
          "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }
  }
  return tags;
}

void add_tags(const Call& call, Tags& tags) {
  for (const auto& [key, tag] : tags_of(call)) tags.put(key, tag);
  if (tags.size() > kMaxTags) {
    throw limit_exceeded("The number of tags has reached the maximum limit.");
  }
}

void remove_tags(const Call& call, Tags& tags) {
  for (const Json& key : call.at("TagKeys")) tags.erase(lowered(key.get<std::string>()));
}

Json shown(const Tags& tags) {
  Json list = Json::array();
  for (const auto& [key, value] : sorted(tags)) list.push_back(shown(Tag{key, value}));
  return list;
}

void show_tags(Json& shape, const Tags& tags) {
  if (!tags.empty()) shape["Tags"] = shown(tags);
}

Json list_tags(const Call& call, const Tags& tags) {
  Page page(call, "Tags");
  for (const auto& [key, value] : sorted(tags)) {
    if (!page.add(key, [&key = key, &value = value] { return shown(Tag{key, value}); })) break;
  }
  return page.result();
}

}  // namespace cloudchamber::mock::iam
