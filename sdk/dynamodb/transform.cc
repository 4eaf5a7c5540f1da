#include "sdk/dynamodb/transform.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "cloudchamber/dynamodb/condition_expression_builder.h"
#include "cloudchamber/dynamodb/types.h"
#include "sdk/dynamodb/extension.h"
#include "sdk/dynamodb/serialize_at.h"

namespace cloudchamber::dynamodb {
namespace {

constexpr const char* kNames = "ExpressionAttributeNames";
constexpr const char* kValues = "ExpressionAttributeValues";

// Called at each value that has a shape, outside in; returns whether to go into it.
using Visit = std::function<bool(const Shape& shape, Json& value, const Place& place)>;

void walk(const Shape& shape, Json& value, const Place& place, const Visit& visit) {
  if (place.depth > Place::kDeepest || !visit(shape, value, place)) return;
  if (shape.type == ShapeType::kStructure && value.is_object()) {
    for (auto it = value.begin(); it != value.end(); ++it) {
      if (const Member* member = shape.find(it.key()))
        walk(*member->shape, *it, place.member(it.key()), visit);
    }
  } else if (shape.type == ShapeType::kMap && value.is_object()) {
    for (auto it = value.begin(); it != value.end(); ++it)
      walk(*shape.value.shape, *it, place.member(it.key()), visit);
  } else if (shape.type == ShapeType::kList && value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i)
      walk(*shape.element.shape, value[i], place.element(i), visit);
  }
}

bool is_attribute_value(const Shape& shape) { return shape.name == "AttributeValue"; }

// An attribute or a size where a condition must stand would else be refused as a binary value.
bool is_meant_as_condition(const Json& value) {
  const auto extension = extension_of(value);
  return extension == Extension::kCondition || extension == Extension::kAttribute;
}

// Adds the placeholders to those of the caller.
void merge(Json& structure, const char* member, const Json& placeholders) {
  if (placeholders.empty()) return;
  Json& place = structure[member];
  if (place.is_null()) place = Json::object();
  if (place.is_object()) place.update(placeholders);
}

void build_expressions(const Shape& structure, Json& value) {
  ConditionExpressionBuilder builder;
  builder.reserve(value.value(kNames, Json()), value.value(kValues, Json()));
  // Placeholders are numbered in boto3's order: the key's condition comes last.
  for (const char* shape : {"ConditionExpression", "KeyExpression"}) {
    for (const Member& member : structure.members) {
      if (member.shape->name != shape) continue;
      const auto found = value.find(member.name);
      if (found == value.end() || !is_meant_as_condition(*found)) continue;
      const bool is_key_condition = member.shape->name == "KeyExpression";
      auto built = builder.build_expression(*found, is_key_condition);
      *found = std::move(built.condition_expression);
      merge(value, kNames, built.attribute_name_placeholders);
      merge(value, kValues, built.attribute_value_placeholders);
    }
  }
}

}  // namespace

void inject_condition_expressions(const Shape& input, Json& parameters) {
  walk(input, parameters, Place(), [](const Shape& shape, Json& value, const Place&) {
    if (shape.type == ShapeType::kStructure && value.is_object() && !is_attribute_value(shape))
      build_expressions(shape, value);
    return !is_attribute_value(shape);
  });
}

void inject_attribute_value_input(const Shape& input, Json& parameters) {
  walk(input, parameters, Place(), [](const Shape& shape, Json& value, const Place& place) {
    if (!is_attribute_value(shape)) return true;
    value = serialize_at(value, place);
    return false;
  });
}

void inject_attribute_value_output(const Shape& output, Json& result) {
  walk(output, result, Place(), [](const Shape& shape, Json& value, const Place&) {
    if (!is_attribute_value(shape)) return true;
    value = deserialize(value);
    return false;
  });
}

}  // namespace cloudchamber::dynamodb
