#include "recordings/bind/projected.h"

#include <nlohmann/json.hpp>

namespace cloudchamber::recordings {

Json projected(const Shape& shape, const Json& value) {
  if (shape.type == ShapeType::kStructure && value.is_object()) {
    Json result = Json::object();
    for (const Member& member : shape.members)
      if (const auto at = value.find(member.name); at != value.end())
        result[member.name] = projected(*member.shape, *at);
    return result;
  }
  if (shape.type == ShapeType::kList && value.is_array()) {
    Json result = Json::array();
    for (const Json& element : value) result.push_back(projected(*shape.element.shape, element));
    return result;
  }
  return value;
}

}  // namespace cloudchamber::recordings
