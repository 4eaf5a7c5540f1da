#include "sdk/validate/validator.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"
#include "sdk/validate/did_you_mean.h"
#include "sdk/validate/place.h"

namespace cloudchamber {
namespace {

// A value in a message is cut to this many bytes.
constexpr std::size_t kLongestValue = 200;

const char* type_name(const Json& value) {
  switch (value.type()) {
    case Json::value_t::object:
      return "object";
    case Json::value_t::array:
      return "list";
    case Json::value_t::string:
      return "string";
    case Json::value_t::boolean:
      return "boolean";
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      return "integer";
    case Json::value_t::number_float:
      return "float";
    case Json::value_t::binary:
      return "binary";
    default:
      return "null";
  }
}

std::string shown(const Shape& shape, const Json& value) {
  if (shape.sensitive) return "***";
  if (value.is_binary()) return std::to_string(value.get_binary().size()) + " bytes";
  std::string text = value.is_string() ? value.get_ref<const std::string&>()
                                       : value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kLongestValue) text = text.substr(0, kLongestValue) + "...";
  return text;
}

std::string min_text(double min) {
  const auto whole = static_cast<long long>(min);
  return static_cast<double>(whole) == min ? std::to_string(whole) : Json(min).dump();
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

bool is_float_word(const Json& value) {
  if (!value.is_string()) return false;
  const auto& word = value.get_ref<const std::string&>();
  return word == "NaN" || word == "Infinity" || word == "-Infinity";
}

class Validator {
 public:
  std::vector<std::string> faults;

  void check(const Shape& shape, const Member* use, const Json& value, const Place& place);
  void check_structure(const Shape& shape, const Json& value, const Place& place,
                       const Member* given_apart);

 private:
  void check_list(const Shape& shape, const Json& value, const Place& place);
  void check_map(const Shape& shape, const Json& value, const Place& place);
  void check_string(const Shape& shape, const Member* use, std::string_view text,
                    const Place& place);
  void check_document(const Shape& shape, const Json& value, const Place& place);

  void wrong_type(const Shape& shape, const Json& value, const Place& place,
                  const char* valid_types) {
    faults.push_back("Invalid type for parameter " + place.text() +
                     ", value: " + shown(shape, value) + ", type: " + type_name(value) +
                     ", valid types: " + valid_types);
  }
  void unknown_member(const Shape& shape, std::string_view name, const Place& place);
  void check_range(const Shape& shape, const Json& value, const Place& place) {
    if (!shape.min || value.get<double>() >= *shape.min) return;
    faults.push_back("Invalid value for parameter " + place.text() + ", value: " +
                     shown(shape, value) + ", valid min value: " + min_text(*shape.min));
  }
  void check_length(const Shape& shape, std::size_t length, const Place& place) {
    if (!shape.min || static_cast<double>(length) >= *shape.min) return;
    faults.push_back("Invalid length for parameter " + place.text() + ", value: " +
                     std::to_string(length) + ", valid min length: " + min_text(*shape.min));
  }
};

std::vector<std::string_view> member_names(const Shape& shape) {
  std::vector<std::string_view> names;
  names.reserve(shape.members.size());
  for (const Member& member : shape.members) names.push_back(member.name);
  return names;
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

// The way to a member of exactly this name one structure further in: "Placement.Tenancy".
std::string path_below(const Shape& shape, std::string_view name) {
  for (const Member& member : shape.members) {
    const Shape* inner = member.shape;
    const bool list = inner->type == ShapeType::kList;
    if (list) inner = inner->element.shape;
    if (inner->type == ShapeType::kStructure && inner->find(name) != nullptr)
      return member.name + (list ? "[]." : ".") + std::string(name);
  }
  return {};
}

void Validator::unknown_member(const Shape& shape, std::string_view name, const Place& place) {
  const std::vector<std::string_view> names = member_names(shape);
  std::string meant = did_you_mean(name, names);
  if (meant.empty()) {
    const std::string below = path_below(shape, name);
    if (!below.empty()) meant = "; did you mean \"" + below + "\"?";
  }
  faults.push_back("Unknown parameter in " + place.text() + ": \"" + std::string(name) +
                   "\", must be one of: " + joined(names) + meant);
}

void Validator::check_structure(const Shape& shape, const Json& value, const Place& place,
                                const Member* given_apart) {
  if (!value.is_object()) return wrong_type(shape, value, place, "object");
  if (shape.is_union && value.empty()) {
    faults.push_back("Must set one of the following keys for tagged union structure " +
                     place.text() + ": " + joined(member_names(shape)) + ".");
  } else if (shape.is_union && value.size() > 1) {
    faults.push_back("Invalid number of parameters set for tagged union structure " + place.text() +
                     ". Can only set one of the following keys: " + joined(member_names(shape)) +
                     ".");
  }
  for (const Member& member : shape.members) {
    if (!member.required || &member == given_apart || value.contains(member.name)) continue;
    faults.push_back("Missing required parameter in " + place.text() + ": \"" + member.name + "\"");
  }
  for (const auto& [name, inner] : value.items()) {
    const Member* member = shape.find(name);
    if (member == nullptr) {
      unknown_member(shape, name, place);
    } else {
      check(*member->shape, member, inner, place.member(name));
    }
  }
}

void Validator::check_list(const Shape& shape, const Json& value, const Place& place) {
  if (!value.is_array()) return wrong_type(shape, value, place, "list");
  check_length(shape, value.size(), place);
  std::size_t index = 0;
  for (const Json& element : value)
    check(*shape.element.shape, &shape.element, element, place.element(index++));
}

void Validator::check_map(const Shape& shape, const Json& value, const Place& place) {
  if (!value.is_object()) return wrong_type(shape, value, place, "object");
  for (const auto& [key, inner] : value.items()) {
    check_string(*shape.key.shape, &shape.key, key, place.key(key));
    check(*shape.value.shape, &shape.value, inner, place.member(key));
  }
}

void Validator::check_string(const Shape& shape, const Member* use, std::string_view text,
                             const Place& place) {
  if (!is_utf8(text)) {
    faults.push_back("Invalid value for parameter " + place.text() +
                     ": a string must be UTF-8; bytes are given as a binary value");
    return;
  }
  // What becomes part of the host must not be empty, whatever the shape says.
  const bool label = use != nullptr && use->host_label;
  const double min = shape.min.value_or(label ? 1.0 : 0.0);
  if (min <= 0) return;
  const std::size_t length = text.size() >= 4 * static_cast<std::size_t>(min)
                                 ? static_cast<std::size_t>(min)  // long enough without counting
                                 : code_points(text);
  if (static_cast<double>(length) >= min) return;
  faults.push_back("Invalid length for parameter " + place.text() +
                   ", value: " + std::to_string(length) + ", valid min length: " + min_text(min));
}

void Validator::check_document(const Shape& shape, const Json& value, const Place& place) {
  if (place.depth > Place::kDeepest) {
    faults.push_back("Invalid value for parameter " + place.text().substr(0, kLongestValue) +
                     "...: nested too deeply");
    return;
  }
  if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) check_document(shape, inner, place.member(key));
  } else if (value.is_array()) {
    std::size_t index = 0;
    for (const Json& element : value) check_document(shape, element, place.element(index++));
  } else if (value.is_binary()) {
    faults.push_back("Invalid type for document parameter " + place.text() +
                     ", value: " + shown(shape, value) + ", type: " + type_name(value) +
                     ", valid types: string, integer, boolean, float, list, object");
  }
}

void Validator::check(const Shape& shape, const Member* use, const Json& value,
                      const Place& place) {
  if (place.depth > Place::kDeepest) {
    faults.push_back("Invalid value for parameter " + place.text().substr(0, kLongestValue) +
                     "...: nested too deeply");
    return;
  }
  if (use != nullptr && use->json_value) return check_document(shape, value, place);
  if (shape.document) return check_document(shape, value, place);
  switch (shape.type) {
    case ShapeType::kStructure:
      return check_structure(shape, value, place, nullptr);
    case ShapeType::kList:
      return check_list(shape, value, place);
    case ShapeType::kMap:
      return check_map(shape, value, place);
    case ShapeType::kString:
      if (!value.is_string()) return wrong_type(shape, value, place, "string");
      return check_string(shape, use, value.get_ref<const std::string&>(), place);
    case ShapeType::kBlob:
      if (!value.is_binary() && !value.is_string())
        wrong_type(shape, value, place, "binary, string");
      return;
    case ShapeType::kBoolean:
      if (!value.is_boolean()) wrong_type(shape, value, place, "boolean");
      return;
    case ShapeType::kInteger:
    case ShapeType::kLong:
      if (!value.is_number_integer()) return wrong_type(shape, value, place, "integer");
      return check_range(shape, value, place);
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      if (is_float_word(value)) return;
      if (!value.is_number()) return wrong_type(shape, value, place, "float, integer");
      return check_range(shape, value, place);
    case ShapeType::kTimestamp:
      if (!timestamp_of(value))
        wrong_type(shape, value, place, "timestamp-string, number of seconds since 1970");
      return;
  }
}

}  // namespace

std::vector<std::string> find_faults(const Operation& operation, const Json& parameters,
                                     const Member* given_apart) {
  Validator validator;
  const Place root;
  if (operation.input != nullptr) {
    validator.check_structure(*operation.input, parameters, root, given_apart);
  } else if (!parameters.is_object()) {
    validator.check_structure(Shape(), parameters, root, given_apart);
  } else {
    for (const auto& [name, value] : parameters.items()) {
      validator.faults.push_back("Unknown parameter in input: \"" + name + "\": " + operation.name +
                                 " takes no parameters");
    }
  }
  return std::move(validator.faults);
}

void validate(const Operation& operation, const Json& parameters, const Member* given_apart) {
  const std::vector<std::string> faults = find_faults(operation, parameters, given_apart);
  if (faults.empty()) return;
  std::string report = "Parameter validation failed:";
  for (const std::string& fault : faults) report += "\n" + fault;
  throw ParamValidationError(report);
}

}  // namespace cloudchamber
