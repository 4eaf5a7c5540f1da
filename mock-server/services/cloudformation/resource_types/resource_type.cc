#include "mock-server/services/cloudformation/resource_types/resource_type.h"

#include <algorithm>
#include <stdexcept>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/convert.h"
#include "mock-server/services/cloudformation/template/functions.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock::cloudformation {
namespace {

constexpr std::size_t kRandom = 12;

AwsError wrong_type(std::string_view property, const char* expected) {
  return validation_error("#/" + std::string(property) + ": expected type: " + expected);
}

}  // namespace

Json ResourceCall::invoke(std::string_view service, std::string_view operation,
                          const Json& input) const {
  const std::shared_ptr<const ServiceModel> model = find_model(service);
  const Operation* description = model == nullptr ? nullptr : model->find_operation(operation);
  if (description == nullptr)
    throw std::logic_error("no operation " + std::string(service) + " " + std::string(operation));
  if (description->input == nullptr) return call().invoke(service, operation, Json::object());
  return call().invoke(service, operation, converted(input, *description->input));
}

const Json* ResourceCall::find(std::string_view property) const {
  const auto found = context_.properties.find(property);
  return found == context_.properties.end() ? nullptr : &*found;
}

std::string ResourceCall::text_or(std::string_view property, const std::string& fallback) const {
  const Json* value = find(property);
  if (value == nullptr) return fallback;
  if (value->is_structured() || value->is_null()) throw wrong_type(property, "String");
  return text_of(*value);
}

std::int64_t ResourceCall::integer_or(std::string_view property, std::int64_t fallback) const {
  const Json* value = find(property);
  if (value == nullptr) return fallback;
  const auto number = integer_in(*value);
  if (!number) throw wrong_type(property, "Number");
  return *number;
}

bool ResourceCall::flag_or(std::string_view property, bool fallback) const {
  const Json* value = find(property);
  if (value == nullptr) return fallback;
  const auto flag = flag_in(*value);
  if (!flag) throw wrong_type(property, "Boolean");
  return *flag;
}

Json ResourceCall::list(std::string_view property) const {
  const Json* value = find(property);
  if (value == nullptr) return Json::array();
  return value->is_array() ? *value : Json::array({*value});
}

std::string ResourceCall::document(std::string_view property) const {
  const Json* value = find(property);
  if (value == nullptr) return "";
  if (value->is_string()) return value->get<std::string>();
  return value->dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool ResourceCall::changed(std::string_view property) const {
  const auto before = context_.before.find(property);
  const Json* now = find(property);
  if (now == nullptr) return before != context_.before.end();
  return before == context_.before.end() || *before != *now;
}

Json ResourceCall::pick(std::initializer_list<std::string_view> names) const {
  Json picked = Json::object();
  for (const std::string_view name : names) {
    if (const Json* value = find(name)) picked[std::string(name)] = *value;
  }
  return picked;
}

Json ResourceCall::tags(std::string_view property) const {
  std::vector<std::pair<std::string, std::string>> tags;
  const auto add = [&](const std::string& key, const std::string& value) {
    const bool known =
        std::any_of(tags.begin(), tags.end(), [&](const auto& tag) { return tag.first == key; });
    if (!known) tags.emplace_back(key, value);
  };
  for (const Json& tag : list(property)) {
    const auto key = tag.is_object() ? tag.find("Key") : tag.end();
    const auto value = tag.is_object() ? tag.find("Value") : tag.end();
    if (!tag.is_object() || key == tag.end() || value == tag.end() || key->is_structured() ||
        value->is_structured())
      throw wrong_type(property, "list of Key and Value");
    add(text_of(*key), text_of(*value));
  }
  for (const Json& tag : context_.stack_tags)
    add(tag.value("Key", std::string()), tag.value("Value", std::string()));
  Json result = Json::array();
  for (const auto& [key, value] : tags) result.push_back({{"Key", key}, {"Value", value}});
  return result;
}

std::string ResourceCall::generated_name(std::size_t max_length) const {
  std::string stack = context_.stack_name;
  std::string logical = context_.logical_id;
  const std::size_t room = max_length - kRandom - 2;
  if (stack.size() + logical.size() > room) {
    logical.resize(
        std::min(logical.size(), std::max(room / 2, room - std::min(room, stack.size()))));
    stack.resize(std::min(stack.size(), room - logical.size()));
  }
  return stack + '-' + logical + '-' + call().ids().letters_and_digits(kRandom);
}

std::string ResourceCall::name_or_generated(std::string_view property,
                                            std::size_t max_length) const {
  return has(property) ? text(property) : generated_name(max_length);
}

std::string ResourceCall::arn(std::string_view service, std::string_view resource) const {
  return "arn:aws:" + std::string(service) + ':' + call().region() + ':' + call().account() + ':' +
         std::string(resource);
}

const Property* ResourceType::find(std::string_view property) const {
  const auto found = std::find_if(properties.begin(), properties.end(),
                                  [&](const Property& one) { return one.name == property; });
  return found == properties.end() ? nullptr : &*found;
}

bool ResourceType::has_attribute(std::string_view attribute) const {
  return std::any_of(attributes.begin(), attributes.end(), [&](std::string_view known) {
    if (known.ends_with(".*")) return attribute.starts_with(known.substr(0, known.size() - 1));
    return known == attribute;
  });
}

void check_properties(const ResourceType& type, const std::string& logical_id,
                      const Json& properties) {
  for (const Property& property : type.properties) {
    if (property.required && !properties.contains(property.name)) {
      throw validation_error("Property validation failure: [The property {/" +
                             std::string(property.name) + "} is required]");
    }
  }
  for (const auto& [name, value] : properties.items()) {
    if (type.find(name) != nullptr) continue;
    throw validation_error("Properties validation failed for resource " + logical_id +
                           " with message:\n#: extraneous key [" + name +
                           "] is not permitted, or is not emulated by Cloud Chamber");
  }
}

}  // namespace cloudchamber::mock::cloudformation
