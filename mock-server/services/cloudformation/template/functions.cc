#include "mock-server/services/cloudformation/template/functions.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/template/cidr.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::cloudformation {
namespace {

// AWS bounds a template by its bytes; functions nested in functions could make far more of them.
constexpr std::size_t kMaxGrown = std::size_t{16} << 20;

bool is_scalar(const Json& value) { return value.is_primitive() && !value.is_null(); }

std::optional<std::int64_t> integer_of(const Json& value) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (!value.is_string()) return std::nullopt;
  const std::string& text = value.get_ref<const std::string&>();
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

AwsError join_arguments() {
  return template_error(
      "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of "
      "strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to "
      "be joined.");
}
AwsError split_arguments() {
  return template_error(
      "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to "
      "be split or a function that returns a string to be split.");
}
AwsError select_arguments() {
  return template_error(
      "Fn::Select requires a list argument with two elements: an integer index and a list");
}
AwsError sub_arguments() {
  return template_error(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string "
      "as first argument, and an optional second argument to specify a mapping of values to "
      "replace in the string");
}
AwsError map_arguments() {
  return template_error(
      "every Fn::FindInMap object requires three parameters, the map name, map key and the "
      "attribute for return value");
}

}  // namespace

std::string text_of(const Json& scalar) {
  if (scalar.is_string()) return scalar.get<std::string>();
  return scalar.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string_view function_of(const Json& value) {
  if (!value.is_object() || value.size() != 1) return {};
  const std::string& name = value.begin().key();
  if (name == "Ref" || name.starts_with("Fn::")) return name;
  return {};
}

Json Resolver::grown(std::string text) {
  grown_ += text.size();
  if (grown_ > kMaxGrown)
    throw template_error("the functions of the template produce more than they may");
  return text;
}

std::optional<Json> Resolver::resolve(const Json& value) {
  if (const std::string_view function = function_of(value); !function.empty())
    return call(function, value.begin().value());
  if (value.is_object()) {
    Json result = Json::object();
    for (const auto& [name, member] : value.items()) {
      if (std::optional<Json> resolved = resolve(member)) result[name] = *std::move(resolved);
    }
    return result;
  }
  if (value.is_array()) {
    Json result = Json::array();
    for (const Json& element : value) {
      if (std::optional<Json> resolved = resolve(element)) result.push_back(*std::move(resolved));
    }
    return result;
  }
  if (value.is_string()) return grown(value.get<std::string>());
  return value;
}

Json Resolver::value_of(const Json& value) { return resolve(value).value_or(Json()); }

std::optional<Json> Resolver::call(std::string_view function, const Json& argument) {
  if (function == "Ref") return ref(argument);
  if (function == "Fn::GetAtt") return get_att(argument);
  if (function == "Fn::Sub") return sub(argument);
  if (function == "Fn::Join") return join(argument);
  if (function == "Fn::Select") return select(argument);
  if (function == "Fn::Split") return split(argument);
  if (function == "Fn::FindInMap") return find_in_map(argument);
  if (function == "Fn::If") return if_else(argument);
  if (function == "Fn::Base64") return base64(argument);
  if (function == "Fn::Cidr") return cidr(argument);
  if (function == "Fn::GetAZs") return get_azs(argument);
  if (function == "Fn::ImportValue") return import_value(argument);
  if (function == "Fn::Equals" || function == "Fn::And" || function == "Fn::Or" ||
      function == "Fn::Not") {
    Json condition = Json::object();
    condition[std::string(function)] = argument;
    return Json(condition_of(condition));
  }
  if (function == "Fn::Transform") throw not_implemented("The function Fn::Transform");
  const bool extension = function == "Fn::Length" || function == "Fn::ToJsonString";
  if (extension && scope_.has_language_extensions())
    return function == "Fn::Length" ? length(argument) : to_json_string(argument);
  if (extension) {
    throw template_error("the function " + std::string(function) +
                         " requires the transform AWS::LanguageExtensions");
  }
  throw template_error("unknown function " + std::string(function));
}

std::optional<Json> Resolver::ref(const Json& argument) {
  const Json name = argument.is_string() ? argument : value_of(argument);
  if (!name.is_string()) throw template_error("every Ref object must have a single String value.");
  if (name == "AWS::NoValue") return std::nullopt;
  if (const Json* parameter = scope_.parameter(name.get<std::string>())) {
    grown_ += parameter->is_string() ? parameter->get_ref<const std::string&>().size() : 0;
    return *parameter;
  }
  return scope_.resource(name.get<std::string>());
}

Json Resolver::get_att(const Json& argument) {
  const auto refuse = [] {
    return template_error(
        "every Fn::GetAtt object requires two non-empty parameters, the resource name and the "
        "resource attribute");
  };
  if (argument.is_string()) {
    const std::string& text = argument.get_ref<const std::string&>();
    const std::size_t dot = text.find('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == text.size()) throw refuse();
    return scope_.attribute(text.substr(0, dot), text.substr(dot + 1));
  }
  if (!argument.is_array() || argument.size() != 2 || !argument[0].is_string()) throw refuse();
  const Json name = value_of(argument[1]);
  if (!name.is_string() || name.get_ref<const std::string&>().empty() ||
      argument[0].get_ref<const std::string&>().empty())
    throw refuse();
  return scope_.attribute(argument[0].get<std::string>(), name.get<std::string>());
}

std::string Resolver::variable(const std::string& name, const Json& given) {
  Json value;
  if (const auto own = given.find(name); own != given.end()) {
    value = value_of(*own);
  } else if (const Json* parameter = scope_.parameter(name)) {
    value = *parameter;
  } else if (const std::size_t dot = name.find('.'); dot != std::string::npos) {
    value = scope_.attribute(name.substr(0, dot), name.substr(dot + 1));
  } else {
    value = scope_.resource(name);
  }
  if (value.is_array()) {  // a list parameter, as it was given
    std::string text;
    for (const Json& element : value) text += (text.empty() ? "" : ",") + text_of(element);
    return text;
  }
  if (!is_scalar(value)) throw sub_arguments();
  return text_of(value);
}

Json Resolver::sub(const Json& argument) {
  static const Json kNone = Json::object();
  const bool listed = argument.is_array();
  if (listed && (argument.size() != 2 || !argument[0].is_string() || !argument[1].is_object()))
    throw sub_arguments();
  if (!listed && !argument.is_string()) throw sub_arguments();
  const std::string& text =
      listed ? argument[0].get_ref<const std::string&>() : argument.get_ref<const std::string&>();
  const Json& given = listed ? argument[1] : kNone;
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find("${", at);
    const std::size_t end = begin == std::string::npos ? begin : text.find('}', begin);
    if (end == std::string::npos) {
      result += text.substr(at);
      break;
    }
    result += text.substr(at, begin - at);
    std::string name = text.substr(begin + 2, end - begin - 2);
    if (name.starts_with('!')) {
      result += "${" + name.substr(1) + '}';
    } else {
      name.erase(0, name.find_first_not_of(' '));
      name.erase(name.find_last_not_of(' ') + 1);
      const auto allowed = [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '.' || c == ':';
      };
      if (name.empty() || !std::all_of(name.begin(), name.end(), allowed)) {
        throw template_error(
            "variable names in Fn::Sub syntax must contain only alphanumeric characters, "
            "underscores, periods, and colons");
      }
      result += variable(name, given);
      if (grown_ + result.size() > kMaxGrown) (void)grown(std::move(result));
    }
    at = end + 1;
  }
  return grown(std::move(result));
}

Json Resolver::join(const Json& argument) {
  if (!argument.is_array() || argument.size() != 2 || !argument[0].is_string())
    throw join_arguments();
  const Json parts = value_of(argument[1]);
  if (!parts.is_array()) throw join_arguments();
  const std::string& delimiter = argument[0].get_ref<const std::string&>();
  std::string text;
  bool first = true;
  for (const Json& part : parts) {
    if (!is_scalar(part)) throw join_arguments();
    if (!first) text += delimiter;
    first = false;
    text += text_of(part);
  }
  return grown(std::move(text));
}

std::optional<Json> Resolver::select(const Json& argument) {
  if (!argument.is_array() || argument.size() != 2) throw select_arguments();
  const std::optional<std::int64_t> index = integer_of(value_of(argument[0]));
  const Json list = value_of(argument[1]);
  if (!index || !list.is_array()) throw select_arguments();
  if (*index < 0 || *index >= static_cast<std::int64_t>(list.size()))
    throw template_error("Fn::Select cannot select nonexistent value at index " +
                         std::to_string(*index));
  return list[static_cast<std::size_t>(*index)];
}

Json Resolver::split(const Json& argument) {
  if (!argument.is_array() || argument.size() != 2 || !argument[0].is_string() ||
      argument[0].get_ref<const std::string&>().empty())
    throw split_arguments();
  const Json source = value_of(argument[1]);
  if (!is_scalar(source)) throw split_arguments();
  const std::string& delimiter = argument[0].get_ref<const std::string&>();
  const std::string text = text_of(source);
  Json parts = Json::array();
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(delimiter, at);
    parts.push_back(grown(text.substr(at, end - at)));
    if (end == std::string::npos) return parts;
    at = end + delimiter.size();
  }
}

Json Resolver::find_in_map(const Json& argument) {
  const bool extended = argument.is_array() && argument.size() == 4 && argument[3].is_object() &&
                        argument[3].contains("DefaultValue") && scope_.has_language_extensions();
  if (!argument.is_array() || (argument.size() != 3 && !extended)) throw map_arguments();
  std::array<std::string, 3> names;
  for (std::size_t i = 0; i < 3; ++i) {
    const Json name = value_of(argument[i]);
    if (!is_scalar(name)) throw map_arguments();
    names[i] = text_of(name);
  }
  const Json* place = &scope_.mappings();
  for (std::size_t i = 0; i < 3; ++i) {
    const auto found = place->is_object() ? place->find(names[i]) : place->end();
    if (place->is_object() && found != place->end()) {
      place = &*found;
      continue;
    }
    if (extended) return value_of(argument[3]["DefaultValue"]);
    if (i == 0) {
      throw template_error("Mapping named '" + names[0] +
                           "' is not present in the 'Mappings' section of template.");
    }
    throw template_error("Unable to get mapping for " + names[0] + "::" + names[1] +
                         "::" + names[2]);
  }
  return *place;
}

std::optional<Json> Resolver::if_else(const Json& argument) {
  if (!argument.is_array() || argument.size() != 3 || !argument[0].is_string()) {
    throw template_error(
        "Fn::If requires a list argument with the first element being a condition");
  }
  return resolve(argument[scope_.condition(argument[0].get<std::string>()) ? 1 : 2]);
}

bool Resolver::condition_of(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value == "true" || value == "false") return value == "true";
  if (value.is_object() && value.size() == 1) {
    const std::string& name = value.begin().key();
    const Json& argument = value.begin().value();
    if (name == "Condition" && argument.is_string())
      return scope_.condition(argument.get<std::string>());
    if (name == "Fn::Not") {
      if (!argument.is_array() || argument.size() != 1)
        throw template_error("every Fn::Not object requires a list of 1 boolean parameter.");
      return !condition_of(argument[0]);
    }
    if (name == "Fn::And" || name == "Fn::Or") {
      if (!argument.is_array() || argument.size() < 2 || argument.size() > 10) {
        throw template_error("every " + name +
                             " object requires a list of at least 2 and at most 10 boolean "
                             "parameters.");
      }
      // All are looked at, so that what is wrong in one does not depend on the others.
      std::size_t held = 0;
      for (const Json& part : argument) held += condition_of(part) ? 1 : 0;
      return name == "Fn::And" ? held == argument.size() : held > 0;
    }
    if (name == "Fn::Equals") {
      if (!argument.is_array() || argument.size() != 2)
        throw template_error("every Fn::Equals object requires a list of 2 string parameters.");
      const Json left = value_of(argument[0]);
      const Json right = value_of(argument[1]);
      return is_scalar(left) && is_scalar(right) ? text_of(left) == text_of(right) : left == right;
    }
    if (!function_of(value).empty()) {
      const Json resolved = value_of(value);
      if (resolved.is_boolean() || resolved == "true" || resolved == "false")
        return condition_of(resolved);
    }
  }
  throw template_format_error(
      "Conditions can only be boolean operations on parameters and other conditions");
}

Json Resolver::base64(const Json& argument) {
  const Json value = value_of(argument);
  if (!is_scalar(value))
    throw template_error("every Fn::Base64 object must have a String-typed value.");
  return grown(base64_encode(text_of(value)));
}

Json Resolver::cidr(const Json& argument) {
  if (!argument.is_array() || argument.size() < 2 || argument.size() > 3)
    throw template_error("every Fn::Cidr object requires two or three parameters");
  const Json block = value_of(argument[0]);
  const std::optional<std::int64_t> count = integer_of(value_of(argument[1]));
  const std::optional<std::int64_t> bits =
      argument.size() == 3 ? integer_of(value_of(argument[2])) : 8;
  if (!block.is_string() || !count || !bits)
    throw template_error("every Fn::Cidr object requires two or three parameters");
  const auto blocks = cidr_blocks(block.get<std::string>(), *count, *bits);
  if (!blocks) {
    throw template_error("Fn::Cidr cannot make " + std::to_string(*count) + " blocks of " +
                         std::to_string(*bits) + " bits in " + block.get<std::string>());
  }
  return *blocks;
}

Json Resolver::get_azs(const Json& argument) {
  const Json region = value_of(argument);
  if (!region.is_string())
    throw template_error("every Fn::GetAZs object must have a String-typed value.");
  return scope_.availability_zones(region.get<std::string>());
}

Json Resolver::import_value(const Json& argument) {
  const Json name = value_of(argument);
  if (!is_scalar(name))
    throw template_error(
        "the attribute in Fn::ImportValue must be a string or a function that returns a string");
  return scope_.import_value(text_of(name));
}

Json Resolver::length(const Json& argument) {
  const Json list = value_of(argument);
  if (!list.is_array()) throw template_error("Fn::Length layout is incorrect");
  return list.size();
}

Json Resolver::to_json_string(const Json& argument) {
  if (!argument.is_structured()) throw template_error("Fn::ToJsonString layout is incorrect");
  return grown(value_of(argument).dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace cloudchamber::mock::cloudformation
