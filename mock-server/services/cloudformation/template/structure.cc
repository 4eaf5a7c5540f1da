#include "mock-server/services/cloudformation/template/structure.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/template/parameters.h"

namespace cloudchamber::mock::cloudformation {
namespace {

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
constexpr std::size_t kMaxResources = 500;
constexpr std::size_t kMaxParameters = 200;
constexpr std::size_t kMaxMappings = 200;
constexpr std::size_t kMaxOutputs = 200;
constexpr std::size_t kMaxDescription = 1024;
constexpr std::size_t kMaxLogicalId = 255;

constexpr std::array<std::string_view, 10> kSections = {"AWSTemplateFormatVersion",
                                                        "Description",
                                                        "Metadata",
                                                        "Parameters",
                                                        "Rules",
                                                        "Mappings",
                                                        "Conditions",
                                                        "Transform",
                                                        "Resources",
                                                        "Outputs"};
constexpr std::array<std::string_view, 9> kOfResource = {
    "Type",           "Properties",          "Metadata",     "DependsOn",     "Condition",
    "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy"};
constexpr std::array<std::string_view, 5> kDeletionPolicies = {"Delete", "Retain", "Snapshot",
                                                               "RetainExceptOnCreate", ""};

bool is_alphanumeric(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](unsigned char c) { return std::isalnum(c) != 0; });
}

template <class Names>
bool has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "[/Outputs/MyOutput/Value] 'null' values are not allowed in templates"
void refuse_nulls(const Json& value, std::string& path) {
  if (value.is_null())
    throw validation_error("[" + path + "] 'null' values are not allowed in templates");
  if (!value.is_structured()) return;
  const std::size_t length = path.size();
  for (const auto& [name, inner] : value.items()) {
    path += '/' + name;
    refuse_nulls(inner, path);
    path.resize(length);
  }
}

void check_count(const Json& members, std::string_view what, std::size_t most) {
  if (members.size() <= most) return;
  throw template_format_error("Number of " + std::string(what) + ", " +
                              std::to_string(members.size()) +
                              ", is greater than maximum allowed, " + std::to_string(most));
}

void check_sections(const Json& body) {
  std::vector<std::string> unknown;
  for (const auto& [name, value] : body.items()) {
    if (!has(kSections, name)) unknown.push_back(name);
  }
  if (!unknown.empty())
    throw validation_error("Invalid template property or properties " + listed(unknown));
  for (const std::string_view name :
       {"Parameters", "Rules", "Mappings", "Conditions", "Resources", "Outputs"}) {
    if (const auto found = body.find(name); found != body.end() && !found->is_object())
      throw template_format_error("'" + std::string(name) + "' section must be an object.");
  }
  if (const auto version = body.find("AWSTemplateFormatVersion");
      version != body.end() && *version != "2010-09-09")
    throw template_format_error("unsupported value for AWSTemplateFormatVersion.");
  if (const auto description = body.find("Description"); description != body.end()) {
    if (!description->is_string()) throw template_format_error("Description must be a string.");
    if (description->get_ref<const std::string&>().size() > kMaxDescription)
      throw template_format_error("'Description' length is greater than 1024.");
  }
}

void check_resource(const std::string& id, const Json& definition) {
  if (!definition.is_object())
    throw template_format_error("Any Resources member must be an object.");
  if (!is_alphanumeric(id) || id.size() > kMaxLogicalId)
    throw template_format_error("Resource name " + id + " is non alphanumeric.");
  const std::string place = "[/Resources/" + id;
  for (const auto& [name, value] : definition.items()) {
    if (!has(kOfResource, name))
      throw validation_error("Invalid template resource property '" + name + "'");
  }
  const Json& type = member(definition, "Type");
  if (!type.is_string())
    throw template_format_error(place + "] Every Resources object must contain a Type member.");
  if (const auto found = definition.find("Properties");
      found != definition.end() && !found->is_object())
    throw template_format_error(place + "/Properties] must be an object");
  if (const auto found = definition.find("Condition");
      found != definition.end() && !found->is_string())
    throw template_format_error(place + "/Condition] must be a string");
  for (const char* policy : {"DeletionPolicy", "UpdateReplacePolicy"}) {
    const auto found = definition.find(policy);
    if (found == definition.end()) continue;
    if (found->is_object()) continue;  // with AWS::LanguageExtensions it may be computed
    if (!found->is_string() || !has(kDeletionPolicies, found->get_ref<const std::string&>()))
      throw template_format_error("Unrecognized " + std::string(policy) + " " +
                                  (found->is_string() ? found->get<std::string>() : "") +
                                  " for resource " + id);
  }
  if (const auto found = definition.find("DependsOn"); found != definition.end()) {
    const bool names =
        found->is_string() ||
        (found->is_array() && std::all_of(found->begin(), found->end(),
                                          [](const Json& name) { return name.is_string(); }));
    if (!names) {
      throw template_format_error(
          "DependsOn attributes of a resource must be a string or a list of strings");
    }
  }
}

void check_mappings(const Json& mappings) {
  check_count(mappings, "mappings", kMaxMappings);
  for (const auto& [name, mapping] : mappings.items()) {
    if (!mapping.is_object())
      throw template_format_error("Every Mappings member " + name + " must be a map");
    for (const auto& [key, attributes] : mapping.items()) {
      if (!attributes.is_object())
        throw template_format_error("Every Mappings member " + key + " must be a map");
      for (const auto& [attribute, value] : attributes.items()) {
        const bool list = value.is_array() &&
                          std::none_of(value.begin(), value.end(),
                                       [](const Json& element) { return element.is_structured(); });
        if (value.is_structured() && !list)
          throw template_format_error("Every Mappings attribute must be a String or a List.");
      }
    }
  }
}

void check_outputs(const Json& outputs) {
  check_count(outputs, "outputs", kMaxOutputs);
  for (const auto& [name, output] : outputs.items()) {
    if (!is_alphanumeric(name))
      throw template_format_error("Outputs name '" + name + "' is non alphanumeric.");
    if (!output.is_object() || !output.contains("Value"))
      throw template_format_error("Every Outputs member must contain a Value object");
    for (const auto& [key, value] : output.items()) {
      if (key != "Value" && key != "Description" && key != "Export" && key != "Condition")
        throw validation_error("Invalid template output property '" + key + "'");
    }
    const auto given = output.find("Export");
    if (given != output.end() && (!given->is_object() || !given->contains("Name")))
      throw template_format_error("Every Export must contain a Name member.");
  }
}

}  // namespace

void check_structure(const Json& body) {
  check_sections(body);
  const Json& resources = section(body, "Resources");
  if (resources.empty())
    throw template_format_error("At least one Resources member must be defined.");
  check_count(section(body, "Parameters"), "parameters", kMaxParameters);
  check_count(resources, "resources", kMaxResources);
  for (const auto& [name, definition] : section(body, "Parameters").items()) {
    if (!is_alphanumeric(name))
      throw template_format_error("Parameter name " + name + " is non alphanumeric.");
    check_parameter_definition(name, definition);
  }
  check_mappings(section(body, "Mappings"));
  for (const auto& [id, definition] : resources.items()) check_resource(id, definition);
  check_outputs(section(body, "Outputs"));
  std::string path;
  refuse_nulls(body, path);
}

const Json& section(const Json& body, std::string_view name) {
  static const Json kNone = Json::object();
  const auto found = body.find(name);
  return found == body.end() || !found->is_object() ? kNone : *found;
}

const Json& member(const Json& object, std::string_view name) {
  static const Json kNull;
  if (!object.is_object()) return kNull;
  const auto found = object.find(name);
  return found == object.end() ? kNull : *found;
}

std::vector<std::string> transforms_of(const Json& body) {
  std::vector<std::string> names;
  const auto add = [&](const Json& transform) {
    if (transform.is_string()) names.push_back(transform.get<std::string>());
    if (transform.is_object()) {
      const Json& name = member(transform, "Name");
      if (!name.is_string())
        throw validation_error("Key Name of transform definition must be a string.");
      names.push_back(name.get<std::string>());
    }
  };
  const Json& transform = member(body, "Transform");
  if (transform.is_array()) {
    for (const Json& one : transform) add(one);
  } else {
    add(transform);
  }
  return names;
}

std::vector<std::string> depends_on(const Json& definition) {
  const Json& given = member(definition, "DependsOn");
  if (given.is_string()) return {given.get<std::string>()};
  if (given.is_array()) return given.get<std::vector<std::string>>();
  return {};
}

}  // namespace cloudchamber::mock::cloudformation
