#include "cloudchamber/dynamodb/types.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "sdk/codec/bytes.h"
#include "sdk/dynamodb/extension.h"
#include "sdk/dynamodb/serialize_at.h"

namespace cloudchamber::dynamodb {
namespace {

// The one member of an attribute value.
struct Typed {
  std::string type;
  const Json& value;
};

Typed typed(const Json& attribute_value) {
  if (!attribute_value.is_object() || attribute_value.size() != 1)
    throw TypeError(
        "An attribute value is an object of one member, whose name is a DynamoDB type; " +
        kind_of(attribute_value) + " is none");
  const auto member = attribute_value.begin();
  return {member.key(), member.value()};
}

template <class Expected>
const Expected& expect(const Typed& value, const Json& json, const char* what) {
  const auto* found = json.get_ptr<const Expected*>();
  if (found == nullptr)
    throw TypeError("The value of " + value.type + " is " + what + ", not " + kind_of(json));
  return *found;
}

const std::string& text_in(const Typed& value, const Json& json) {
  return expect<Json::string_t>(value, json, "a string");
}
Binary binary_in(const Typed& value, const Json& json) {
  // An untransformed input may give a string for bytes.
  if (!json.is_string()) expect<Json::binary_t>(value, json, "a binary");
  return Binary(std::string(bytes_of(json)));
}

Json deserialize_at(const Json& attribute_value, int depth) {
  const Typed value = typed(attribute_value);
  const std::string& type = value.type;
  if (depth > Place::kDeepest) throw TypeError("The value is nested too deeply");
  if (type == "S") return text_in(value, value.value);
  if (type == "N") return Decimal(text_in(value, value.value));
  if (type == "B") return binary_in(value, value.value);
  if (type == "BOOL") return expect<Json::boolean_t>(value, value.value, "a boolean");
  if (type == "NULL") return nullptr;
  if (type == "M") {
    Json map = Json::object();
    for (const auto& [name, element] : expect<Json::object_t>(value, value.value, "an object"))
      map[name] = deserialize_at(element, depth + 1);
    return map;
  }
  const bool is_list = type == "L";
  if (!is_list && type != "SS" && type != "NS" && type != "BS")
    throw TypeError("DynamoDB has no type \"" + type + "\"");
  const auto& elements = expect<Json::array_t>(value, value.value, "an array");
  if (is_list) {
    Json list = Json::array();
    for (const Json& element : elements) list.push_back(deserialize_at(element, depth + 1));
    return list;
  }
  StringSet strings;
  NumberSet numbers;
  BinarySet binaries;
  for (const Json& element : elements) {
    if (type == "SS") strings.insert(text_in(value, element));
    if (type == "NS") numbers.insert(Decimal(text_in(value, element)));
    if (type == "BS") binaries.insert(binary_in(value, element));
  }
  if (type == "SS") return strings;
  return type == "NS" ? Json(numbers) : Json(binaries);
}

Json serialize_content(std::string_view type, const Json& plain, const Place& place) {
  if (type == "NULL") return true;
  if (type == "N") return plain.get<Decimal>().to_string();
  if (type == "B") return plain.get<Binary>();
  if (type == "SS" || type == "NS" || type == "BS") return form_of(plain);
  if (type == "L") {
    Json list = Json::array();
    for (std::size_t i = 0; i < plain.size(); ++i)
      list.push_back(serialize_at(plain[i], place.element(i)));
    return list;
  }
  if (type == "M") {
    Json map = Json::object();
    for (const auto& [name, element] : plain.items())
      map[name] = serialize_at(element, place.member(name));
    return map;
  }
  return plain;  // S, BOOL
}

}  // namespace

std::string_view type_of(const Json& plain) {
  if (const auto extension = extension_of(plain)) {
    switch (*extension) {
      case Extension::kDecimal:
        return "N";
      case Extension::kStringSet:
        return "SS";
      case Extension::kNumberSet:
        return "NS";
      case Extension::kBinarySet:
        return "BS";
      case Extension::kAttribute:
      case Extension::kCondition:
        break;
    }
  } else {
    if (plain.is_null()) return "NULL";
    if (plain.is_boolean()) return "BOOL";
    if (plain.is_number_integer()) return "N";
    if (plain.is_string()) return "S";
    if (plain.is_binary()) return "B";
    if (plain.is_array()) return "L";
    if (plain.is_object()) return "M";
  }
  if (plain.is_number_float())
    throw TypeError("Float types are not supported. Use Decimal types instead.");
  throw TypeError("DynamoDB has no type for " + kind_of(plain));
}

Json serialize_at(const Json& plain, const Place& place) {
  std::string_view type;
  try {
    type = type_of(plain);
    if (place.depth > Place::kDeepest) throw TypeError("The value is nested too deeply");
  } catch (const TypeError& error) {
    if (place.parent == nullptr) throw;
    throw TypeError(place.text() + ": " + error.what());
  }
  return {{std::string(type), serialize_content(type, plain, place)}};
}

Json serialize(const Json& plain) { return serialize_at(plain, Place()); }

Json deserialize(const Json& attribute_value) { return deserialize_at(attribute_value, 0); }

Json serialize_item(const Json& item) {
  if (!item.is_object()) throw TypeError("An item is an object, not " + kind_of(item));
  return serialize_content("M", item, Place());
}

Json deserialize_item(const Json& item) {
  if (!item.is_object()) throw TypeError("An item is an object, not " + kind_of(item));
  Json plain = Json::object();
  for (const auto& [name, value] : item.items()) plain[name] = deserialize(value);
  return plain;
}

}  // namespace cloudchamber::dynamodb
