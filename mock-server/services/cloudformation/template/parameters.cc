#include "mock-server/services/cloudformation/template/parameters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "mock-server/call/pattern.h"
#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/template/functions.h"
#include "mock-server/services/cloudformation/template/structure.h"

namespace cloudchamber::mock::cloudformation {
namespace {

constexpr std::size_t kMaxParameterValue = 4096;

constexpr std::array<std::string_view, 10> kOfEc2 = {"AWS::EC2::AvailabilityZone::Name",
                                                     "AWS::EC2::Image::Id",
                                                     "AWS::EC2::Instance::Id",
                                                     "AWS::EC2::KeyPair::KeyName",
                                                     "AWS::EC2::SecurityGroup::GroupName",
                                                     "AWS::EC2::SecurityGroup::Id",
                                                     "AWS::EC2::Subnet::Id",
                                                     "AWS::EC2::Volume::Id",
                                                     "AWS::EC2::VPC::Id",
                                                     "AWS::Route53::HostedZone::Id"};

constexpr std::array<std::string_view, 11> kMembers = {
    "Type",       "Default",   "AllowedValues", "AllowedPattern", "ConstraintDescription",
    "NoEcho",     "MinLength", "MaxLength",     "MinValue",       "MaxValue",
    "Description"};

// "X" of "List<X>", else the type itself.
std::string_view element_type(std::string_view type) {
  if (type.starts_with("List<") && type.ends_with('>')) return type.substr(5, type.size() - 6);
  return type;
}
bool is_list(std::string_view type) {
  return type == "CommaDelimitedList" || type.starts_with("List<");
}

bool is_known_type(std::string_view type) {
  if (type == "String" || type == "Number" || type == "CommaDelimitedList" ||
      type == "List<Number>" || type == "List<String>")
    return true;
  if (type.starts_with("AWS::SSM::Parameter::")) return true;
  return std::find(kOfEc2.begin(), kOfEc2.end(), element_type(type)) != kOfEc2.end();
}

std::string type_of(const Json& definition) { return definition.at("Type").get<std::string>(); }

std::vector<std::string> elements_of(const std::string& value) {
  std::vector<std::string> elements;
  if (value.empty()) return elements;
  for (std::size_t at = 0;;) {
    const std::size_t comma = value.find(',', at);
    std::string element = value.substr(at, comma - at);
    element.erase(0, element.find_first_not_of(" \t\n"));
    element.erase(element.find_last_not_of(" \t\n") + 1);
    elements.push_back(std::move(element));
    if (comma == std::string::npos) return elements;
    at = comma + 1;
  }
}

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}
std::optional<double> number_at(const Json& definition, const char* name) {
  const Json& value = member(definition, name);
  return value.is_null() ? std::nullopt : number_of(text_of(value));
}

// Of the characters, not the bytes.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

// What is wrong with one value, "" when nothing is.
std::string complaint(const std::string& name, const Json& definition, const std::string& value) {
  const std::string what = "Parameter '" + name + "' must ";
  if (const Json& allowed = member(definition, "AllowedValues"); allowed.is_array()) {
    const bool found = std::any_of(allowed.begin(), allowed.end(),
                                   [&](const Json& one) { return text_of(one) == value; });
    if (!found) return what + "be one of AllowedValues";
  }
  if (const Json& pattern = member(definition, "AllowedPattern");
      pattern.is_string() &&
      !matches_strangers_pattern(pattern.get_ref<const std::string&>(), value))
    return what + "match pattern " + pattern.get<std::string>();
  const double length = static_cast<double>(length_of(value));
  if (const auto least = number_at(definition, "MinLength"); least && length < *least)
    return what + "contain at least " + text_of(definition["MinLength"]) + " characters";
  if (const auto most = number_at(definition, "MaxLength"); most && length > *most)
    return what + "contain at most " + text_of(definition["MaxLength"]) + " characters";
  if (const auto number = number_of(value)) {
    if (const auto least = number_at(definition, "MinValue"); least && *number < *least)
      return what + "be a number not less than " + text_of(definition["MinValue"]);
    if (const auto most = number_at(definition, "MaxValue"); most && *number > *most)
      return what + "be a number not greater than " + text_of(definition["MaxValue"]);
  }
  return "";
}

void check_value(const std::string& name, const Json& definition, const std::string& value) {
  const std::string type = type_of(definition);
  if (type.starts_with("AWS::SSM::Parameter::"))
    throw not_implemented("A parameter of the type " + type);
  if (value.size() > kMaxParameterValue) {
    throw validation_error("Parameter '" + name + "' must contain at most " +
                           std::to_string(kMaxParameterValue) + " characters");
  }
  const bool list = is_list(type);
  const std::vector<std::string> values = list ? elements_of(value) : std::vector{value};
  for (const std::string& one : values) {
    if (element_type(type) == "Number" && !number_of(one)) {
      throw validation_error("Parameter '" + name + "' must be " +
                             (list ? "a list of numbers." : "a number."));
    }
    const std::string wrong = complaint(name, definition, one);
    if (wrong.empty()) continue;
    const Json& said = member(definition, "ConstraintDescription");
    throw validation_error(said.is_string()
                               ? "Parameter " + name +
                                     " failed to satisfy constraint: " + said.get<std::string>()
                               : wrong);
  }
}

}  // namespace

void check_parameter_definition(const std::string& name, const Json& definition) {
  if (!definition.is_object())
    throw template_format_error("Every Parameters object must contain a Type member.");
  const Json& type = member(definition, "Type");
  if (!type.is_string())
    throw template_format_error("Every Parameters object must contain a Type member.");
  if (!is_known_type(type.get_ref<const std::string&>()))
    throw template_format_error("Unrecognized parameter type: " + type.get<std::string>());
  for (const auto& [key, value] : definition.items()) {
    if (std::find(kMembers.begin(), kMembers.end(), key) == kMembers.end())
      throw validation_error("Invalid template parameter property '" + key + "'");
    if (key == "AllowedValues") {
      if (!value.is_array() || std::any_of(value.begin(), value.end(),
                                           [](const Json& one) { return one.is_structured(); }))
        throw template_format_error("AllowedValues of parameter " + name + " must be a list");
    } else if (value.is_structured()) {
      throw template_format_error("Every " + key + " member must be a string.");
    }
    if ((key.starts_with("Min") || key.starts_with("Max")) && !number_at(definition, key.c_str()))
      throw template_format_error(key + " of parameter " + name + " must be a number");
  }
}

ParameterValues parameter_values(const Json& body, const Json& input,
                                 const ParameterValues& before) {
  const Json& definitions = section(body, "Parameters");
  ParameterValues values;
  std::vector<std::string> unknown;
  std::set<std::string> told;
  for (const Json& given : input) {
    const std::string name = given.value("ParameterKey", std::string());
    if (!definitions.contains(name)) {
      unknown.push_back(name);
      continue;
    }
    if (!told.insert(name).second)
      throw validation_error("Parameters: [" + name + "] must not have more than one value");
    if (given.value("UsePreviousValue", false)) {
      if (given.contains("ParameterValue")) {
        throw validation_error("Invalid input for parameter key " + name +
                               ". Cannot specify usePreviousValue as true and non empty value for "
                               "a parameter");
      }
      const auto previous = before.find(name);
      if (previous != before.end()) values[name] = previous->second;
      continue;
    }
    if (given.contains("ParameterValue")) values[name] = given["ParameterValue"].get<std::string>();
  }
  if (!unknown.empty()) {
    throw validation_error("Parameters: " + listed(unknown) + " do not exist in the template");
  }
  std::vector<std::string> missing;
  for (const auto& [name, definition] : definitions.items()) {
    if (values.contains(name)) continue;
    const Json& fallback = member(definition, "Default");
    if (fallback.is_null()) {
      missing.push_back(name);
    } else {
      values[name] = text_of(fallback);
    }
  }
  if (!missing.empty())
    throw validation_error("Parameters: " + listed(missing) + " must have values");
  for (const auto& [name, value] : values) check_value(name, definitions[name], value);
  return values;
}

Json parameter_reference(const Json& definition, const std::string& value) {
  if (!is_list(type_of(definition))) return value;
  return elements_of(value);
}

std::vector<ExistingValue> existing_values(const Json& body, const ParameterValues& values) {
  std::vector<ExistingValue> result;
  const Json& definitions = section(body, "Parameters");
  for (const auto& [name, value] : values) {
    const std::string type = type_of(definitions[name]);
    const std::string_view element = element_type(type);
    if (std::find(kOfEc2.begin(), kOfEc2.end(), element) == kOfEc2.end()) continue;
    for (const std::string& one : is_list(type) ? elements_of(value) : std::vector{value})
      result.push_back({name, std::string(element), one});
  }
  return result;
}

bool is_hidden(const Json& definition) {
  const Json& said = member(definition, "NoEcho");
  return !said.is_null() && text_of(said) == "true";
}

}  // namespace cloudchamber::mock::cloudformation
