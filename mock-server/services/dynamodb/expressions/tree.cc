#include "mock-server/services/dynamodb/expressions/tree.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/dynamodb/attribute_value.h"

namespace cloudchamber::mock::dynamodb {

std::string printed(const Path& path) {
  std::string out = "[";
  for (const PathElement& element : path) {
    if (out.size() > 1) out += ", ";
    out += element.is_index ? "[" + std::to_string(element.index) + "]" : element.name;
  }
  return out + "]";
}

const Json* find(const Json& attributes, const Path& path) {
  const Json* value = nullptr;
  const Json* map = &attributes;
  for (const PathElement& element : path) {
    if (value != nullptr) {
      const Type wanted = element.is_index ? Type::kL : Type::kM;
      if (type_of(*value) != wanted) return nullptr;
      map = &content_of(*value);
    }
    if (element.is_index) {
      if (element.index >= map->size()) return nullptr;
      value = &(*map)[element.index];
    } else {
      const auto& object = *map->get_ptr<const Json::object_t*>();
      const auto found = object.find(element.name);
      if (found == object.end()) return nullptr;
      value = &found->second;
    }
  }
  return value;
}

std::string_view name_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kPath:
    case Node::Kind::kValue:
      return "";
    case Node::Kind::kFunction:
      return node.name;
    case Node::Kind::kPlus:
      return "+";
    case Node::Kind::kMinus:
      return "-";
    case Node::Kind::kEqual:
      return "=";
    case Node::Kind::kNotEqual:
      return "<>";
    case Node::Kind::kLess:
      return "<";
    case Node::Kind::kLessOrEqual:
      return "<=";
    case Node::Kind::kGreater:
      return ">";
    case Node::Kind::kGreaterOrEqual:
      return ">=";
    case Node::Kind::kBetween:
      return "BETWEEN";
    case Node::Kind::kIn:
      return "IN";
    case Node::Kind::kNot:
      return "NOT";
    case Node::Kind::kAnd:
      return "AND";
    case Node::Kind::kOr:
      return "OR";
  }
  return "";
}

}  // namespace cloudchamber::mock::dynamodb
