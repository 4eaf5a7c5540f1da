#include "mock-server/services/ec2/engine/checks.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"

namespace cloudchamber::mock::ec2 {
namespace {

std::string lower_first(std::string name) {
  if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] + 32);
  return name;
}

bool is_empty_text(const Json& value) {
  return value.is_string() && value.get_ref<const std::string&>().empty();
}

// Enums whose refusal is worded by the families that have them.
bool is_left_to_families(const Shape& shape) {
  return shape.name == "InstanceType" || shape.name == "ResourceType" || shape.name == "VpcTenancy";
}

// As AWS calls a missing parameter; two of them by names that are not the model's.
std::string name_in_refusals(const Member& member) {
  if (member.shape != nullptr && member.shape->name == "ResourceIdList") return "resourceIdSet";
  if (member.shape != nullptr && member.shape->name == "TagList") return "tagSet";
  return lower_first(member.wire_name());
}

// A missing list of instances is "No instances specified".
bool is_worded_by_families(const Member& member) {
  return member.shape != nullptr && member.shape->name == "InstanceIdStringList";
}

void check_required(const Shape& shape, const Json& value) {
  if (value.is_array()) {
    if (shape.element.shape == nullptr) return;
    for (const Json& element : value) check_required(*shape.element.shape, element);
    return;
  }
  if (!value.is_object()) return;
  for (const Member& member : shape.members) {
    const auto found = value.find(member.name);
    if (member.required && !is_worded_by_families(member) &&
        (found == value.end() || is_empty_text(*found)))
      throw missing_parameter(name_in_refusals(member));
    if (found != value.end() && member.shape != nullptr) check_required(*member.shape, *found);
  }
}

std::int64_t whole(double number) { return std::llround(number); }

void check_values(const Shape& shape, const Json& value, const std::string& name) {
  if (value.is_array()) {
    if (shape.element.shape == nullptr) return;
    for (const Json& element : value) check_values(*shape.element.shape, element, name);
  } else if (value.is_object()) {
    for (const Member& member : shape.members) {
      const auto found = value.find(member.name);
      if (found != value.end() && member.shape != nullptr)
        check_values(*member.shape, *found, lower_first(member.wire_name()));
    }
  } else if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    if (shape.min.has_value() && number < whole(*shape.min))
      throw too_small(number, name, whole(*shape.min));
    if (shape.max.has_value() && number > whole(*shape.max))
      throw too_large(number, name, whole(*shape.max));
  } else if (value.is_string() && !shape.enum_values.empty() && !is_left_to_families(shape)) {
    const std::string& text = value.get_ref<const std::string&>();
    if (std::find(shape.enum_values.begin(), shape.enum_values.end(), text) ==
        shape.enum_values.end())
      throw invalid_value(text, name,
                          shape.name == "InstanceAttributeName" ? "Unknown attribute." : "");
  }
}

}  // namespace

void check_input(const Call& call) {
  const Shape* input = call.operation().input;
  if (input == nullptr) return;
  check_required(*input, call.input());
  check_values(*input, call.input(), "");
}

// The texts are AWS's, though 5 itself is taken.
AwsError too_small(std::int64_t value, const std::string& name, std::int64_t min) {
  return invalid_parameter("Value ( " + std::to_string(value) + " ) for parameter " + name +
                           " is invalid. Expecting a value greater than " + std::to_string(min) +
                           ".");
}
AwsError too_large(std::int64_t value, const std::string& name, std::int64_t max) {
  return invalid_parameter("Value ( " + std::to_string(value) + " ) for parameter " + name +
                           " is invalid. Expecting a value less than " + std::to_string(max) + ".");
}

const std::string& required_text(const Call& call, std::string_view member, std::string name) {
  const Json* value = call.find(member);
  if (value == nullptr || is_empty_text(*value))
    throw missing_parameter(name.empty() ? lower_first(std::string(member)) : name);
  return value->get_ref<const std::string&>();
}

}  // namespace cloudchamber::mock::ec2
