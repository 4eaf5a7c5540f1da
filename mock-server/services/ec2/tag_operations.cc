// CreateTags, DeleteTags and DescribeTags, over the kinds of all families.
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/filters.h"
#include "mock-server/services/ec2/engine/paging.h"
#include "mock-server/services/ec2/engine/resources.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr std::size_t kMaxResources = 1000;
constexpr std::int64_t kMinResults = 5;
constexpr std::int64_t kMaxResults = 1000;

Resource& taggable(Ec2& state, const std::string& id) {
  const Kind* kind = kind_of_id(id);
  if (kind == nullptr || !kind->taggable)
    throw AwsError("InvalidID", "The ID '" + id + "' is not valid");
  return change(state, *kind, id);
}

const Json& resources_of(const Call& call) {
  const Json& ids = call.at("Resources");
  if (ids.empty()) throw missing_parameter("resourceIdSet");
  if (ids.size() > kMaxResources)
    throw AwsError("InvalidRequest", "The request may name at most 1000 resources.");
  return ids;
}

Json create_tags(Call& call, Ec2& state) {
  const Json& ids = resources_of(call);
  if (call.at("Tags").empty()) throw missing_parameter("tagSet");
  const Tags tags = checked_tags(call.at("Tags"), tagger_of(call));
  for (const Json& id : ids) add_tags(taggable(state, id.get<std::string>()).tags, tags);
  return Json::object();
}

// Without a value whatever the tag's value is; with one, also an empty one, only if it is that.
// Without Tags all go.
Json delete_tags(Call& call, Ec2& state) {
  const Json* list = call.find("Tags");
  for (const Json& id : resources_of(call)) {
    Tags& tags = taggable(state, id.get<std::string>()).tags;
    if (list == nullptr || list->empty()) {
      std::erase_if(tags, [](const auto& tag) { return !tag.first.starts_with("aws:"); });
      continue;
    }
    for (const Json& unwanted : *list) {
      const auto tag = tags.find(unwanted.value("Key", std::string()));
      if (tag == tags.end()) continue;
      const auto value = unwanted.find("Value");
      if (value == unwanted.end() || *value == tag->second) tags.erase(tag);
    }
  }
  return Json::object();
}

constexpr FilterField kFilters[] = {{"key", "Key"},
                                    {"resource-id", "ResourceId"},
                                    {"resource-type", "ResourceType"},
                                    {"value", "Value"}};

// "tag:Owner" = x is "key" = Owner and "value" = x.
Json with_tag_filters_spelled_out(const Json& input) {
  Json out = input;
  if (!out.contains("Filters")) return out;
  Json extra = Json::array();
  for (Json& filter : out["Filters"]) {
    const std::string name = filter.value("Name", std::string());
    if (!name.starts_with("tag:")) continue;
    extra.push_back({{"Name", "key"}, {"Values", {name.substr(4)}}});
    filter["Name"] = "value";
  }
  for (Json& filter : extra) out["Filters"].push_back(std::move(filter));
  return out;
}

Json describe_tags(Call& call, const Ec2& state) {
  const Json input = with_tag_filters_spelled_out(call.input());
  const Filters filters(input, kFilters);
  const Page page = page_of(call, "tags", kMinResults, kMaxResults);
  std::map<std::string, Json> rows;  // by resource and key
  const View view{call, state};
  for (const Family& family : families()) {
    for (const Kind* kind : family.kinds) {
      for (const auto& [id, resource] : state.of(*kind)) {
        if (kind->gone != nullptr && kind->gone(view, resource)) continue;
        for (const auto& [key, value] : resource.tags) {
          Json row{
              {"Key", key}, {"ResourceId", id}, {"ResourceType", kind->type}, {"Value", value}};
          if (filters.accept(row)) rows.emplace(id + '\n' + key, std::move(row));
        }
      }
    }
  }
  Json output{{"Tags", Json::array()}};
  for (auto row = rows.upper_bound(page.after); row != rows.end(); ++row) {
    if (output["Tags"].size() == page.limit) {
      output["NextToken"] = token_after("tags", std::prev(row)->first);
      break;
    }
    output["Tags"].push_back(std::move(row->second));
  }
  return output;
}

}  // namespace

Family tags() {
  return {.kinds = {},
          .operations = {{"CreateTags", writes<create_tags>},
                         {"DeleteTags", writes<delete_tags>},
                         {"DescribeTags", reads<describe_tags>}}};
}

}  // namespace cloudchamber::mock::ec2
