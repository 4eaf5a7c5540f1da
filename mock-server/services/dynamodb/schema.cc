#include "mock-server/services/dynamodb/schema.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cloudchamber::mock::dynamodb {
namespace {

const KeyAttribute* find_in(const std::vector<KeyAttribute>& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const KeyAttribute& a) { return a.name == name; });
  return found == attributes.end() ? nullptr : &*found;
}

}  // namespace

const KeyAttribute* KeySchema::find(std::string_view name) const {
  if (const KeyAttribute* found = find_in(hash, name)) return found;
  return find_in(range, name);
}

const Index* Definition::find_index(std::string_view index_name) const {
  const auto found = std::find_if(indexes.begin(), indexes.end(),
                                  [&](const Index& index) { return index.name == index_name; });
  return found == indexes.end() ? nullptr : &*found;
}

std::optional<Type> Definition::type_of_attribute(std::string_view attribute) const {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(),
                   [&](const auto& definition) { return definition.first == attribute; });
  if (found == attributes.end()) return std::nullopt;
  return found->second;
}

bool Definition::has_local_indexes() const {
  return std::any_of(indexes.begin(), indexes.end(), [](const Index& i) { return !i.global; });
}

bool Definition::has_global_indexes() const {
  return std::any_of(indexes.begin(), indexes.end(), [](const Index& i) { return i.global; });
}

bool projects(const Definition& table, const Index& index, std::string_view attribute) {
  return index.projection == Projection::kAll || table.keys.find(attribute) != nullptr ||
         index.keys.find(attribute) != nullptr ||
         (index.projection == Projection::kInclude &&
          std::find(index.non_key_attributes.begin(), index.non_key_attributes.end(), attribute) !=
              index.non_key_attributes.end());
}

Json projected(const Definition& table, const Index& index, const Json& attributes) {
  if (index.projection == Projection::kAll) return attributes;
  Json result = Json::object();
  for (const auto& [name, value] : *attributes.get_ptr<const Json::object_t*>()) {
    if (projects(table, index, name)) result[name] = value;
  }
  return result;
}

}  // namespace cloudchamber::mock::dynamodb
