#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "mock-server/services/dynamodb/attribute_value.h"
#include "mock-server/services/dynamodb/expressions/evaluate.h"

namespace cloudchamber::mock::dynamodb {
namespace {

// The paths as one tree; a node without children takes all that is there.
struct Selection {
  std::map<std::string, Selection, std::less<>> names;
  std::map<std::size_t, Selection> indexes;
};

std::optional<Json> select(const Json& value, const Selection& selection) {
  if (selection.names.empty() && selection.indexes.empty()) return value;
  const Type type = type_of(value);
  const Json& content = content_of(value);
  if (type == Type::kM) {
    Json map = Json::object();
    for (const auto& [name, inner] : selection.names) {
      const auto found = content.find(name);
      if (found == content.end()) continue;
      if (auto part = select(*found, inner)) map[name] = std::move(*part);
    }
    if (map.empty()) return std::nullopt;
    return Json{{"M", std::move(map)}};
  }
  if (type == Type::kL) {
    Json list = Json::array();
    for (const auto& [index, inner] : selection.indexes) {
      if (index >= content.size()) break;
      if (auto part = select(content[index], inner)) list.push_back(std::move(*part));
    }
    if (list.empty()) return std::nullopt;
    return Json{{"L", std::move(list)}};
  }
  return std::nullopt;
}

}  // namespace

Json project(const Json& attributes, const std::vector<Path>& paths) {
  Selection root;
  for (const Path& path : paths) {
    Selection* at = &root;
    for (const PathElement& element : path) {
      at = element.is_index ? &at->indexes[element.index] : &at->names[element.name];
    }
  }
  Json result = Json::object();
  for (const auto& [name, inner] : root.names) {
    const auto found = attributes.find(name);
    if (found == attributes.end()) continue;
    if (auto part = select(*found, inner)) result[name] = std::move(*part);
  }
  return result;
}

}  // namespace cloudchamber::mock::dynamodb
