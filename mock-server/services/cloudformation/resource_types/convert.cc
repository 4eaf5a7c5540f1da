#include "mock-server/services/cloudformation/resource_types/convert.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/template/functions.h"

namespace cloudchamber::mock::cloudformation {
namespace {

AwsError wrong_type(const std::string& path, const std::string& expected, const Json& value) {
  const char* found = value.is_object()   ? "JSONObject"
                      : value.is_array()  ? "JSONArray"
                      : value.is_string() ? "String"
                      : value.is_number() ? "Number"
                                          : "Boolean";
  return validation_error(path + ": expected type: " + expected + ", found: " + found);
}

Json structure(const Json& value, const Shape& shape, const std::string& path) {
  if (!value.is_object()) throw wrong_type(path, "JSONObject", value);
  Json result = Json::object();
  for (const auto& [name, inner] : value.items()) {
    const Member* member = shape.find(name);
    if (member == nullptr)
      throw validation_error(path + ": extraneous key [" + name + "] is not permitted");
    result[name] = converted(inner, *member->shape, path + '/' + name);
  }
  for (const Member& member : shape.members) {
    if (member.required && !result.contains(member.name))
      throw validation_error(path + ": required key [" + member.name + "] not found");
  }
  return result;
}

std::optional<double> double_in(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return std::nullopt;
  const std::string& text = value.get_ref<const std::string&>();
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::int64_t> integer_in(const Json& value) {
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    return static_cast<std::int64_t>(number);
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number_float()) {
    const auto number = value.get<double>();
    if (number < -9e15 || number > 9e15) return std::nullopt;
    const auto whole = static_cast<std::int64_t>(number);
    return static_cast<double>(whole) == number ? std::optional(whole) : std::nullopt;
  }
  if (!value.is_string()) return std::nullopt;
  const std::string& text = value.get_ref<const std::string&>();
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<bool> flag_in(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  for (const char* yes : {"true", "True", "yes", "on"}) {
    if (value == yes) return true;
  }
  for (const char* no : {"false", "False", "no", "off"}) {
    if (value == no) return false;
  }
  return std::nullopt;
}

Json converted(const Json& value, const Shape& shape, const std::string& path) {
  switch (shape.type) {
    case ShapeType::kStructure:
      return structure(value, shape, path);
    case ShapeType::kList: {
      if (!value.is_array()) throw wrong_type(path, "JSONArray", value);
      Json result = Json::array();
      for (std::size_t i = 0; i < value.size(); ++i)
        result.push_back(converted(value[i], *shape.element.shape, path + '/' + std::to_string(i)));
      return result;
    }
    case ShapeType::kMap: {
      if (!value.is_object()) throw wrong_type(path, "JSONObject", value);
      Json result = Json::object();
      for (const auto& [name, inner] : value.items())
        result[name] = converted(inner, *shape.value.shape, path + '/' + name);
      return result;
    }
    case ShapeType::kString:
      if (value.is_structured() || value.is_null()) throw wrong_type(path, "String", value);
      return text_of(value);
    case ShapeType::kBoolean:
      if (const auto flag = flag_in(value)) return *flag;
      throw wrong_type(path, "Boolean", value);
    case ShapeType::kInteger:
    case ShapeType::kLong:
      if (const auto number = integer_in(value)) return *number;
      throw wrong_type(path, "Number", value);
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      if (const auto number = double_in(value)) return *number;
      throw wrong_type(path, "Number", value);
    case ShapeType::kBlob:
      if (value.is_binary()) return value;
      if (!value.is_string()) throw wrong_type(path, "String", value);
      {
        const std::string& text = value.get_ref<const std::string&>();
        return Json::binary({text.begin(), text.end()});
      }
    case ShapeType::kTimestamp:
      if (!value.is_string() && !value.is_number()) throw wrong_type(path, "String", value);
      return value;
  }
  return value;
}

}  // namespace cloudchamber::mock::cloudformation
