#include "mock-server/services/dynamodb/legacy.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "mock-server/services/dynamodb/attribute_value.h"
#include "mock-server/services/dynamodb/errors.h"

namespace cloudchamber::mock::dynamodb {
namespace {

// How many operands an operator takes.
bool takes(const std::string& comparison, std::size_t count) {
  if (comparison == "NULL" || comparison == "NOT_NULL") return count == 0;
  if (comparison == "BETWEEN") return count == 2;
  if (comparison == "IN") return count > 0;
  return count == 1;
}

bool takes_type(const std::string& comparison, Type type) {
  if (comparison == "EQ" || comparison == "NE") return true;
  if (comparison == "BEGINS_WITH") return type == Type::kS || type == Type::kB;
  return type == Type::kS || type == Type::kN || type == Type::kB;
}

void check_operands(const LegacyCondition& condition) {
  for (const Json* value : condition.values) check_value(*value);
  if (!takes(condition.comparison, condition.values.size())) {
    throw invalid_parameter("Invalid number of argument(s) for the " + condition.comparison +
                            " ComparisonOperator");
  }
  if (condition.values.empty()) return;
  const Type type = type_of(*condition.values[0]);
  for (const Json* value : condition.values) {
    if (type_of(*value) != type) {
      throw invalid_parameter("AttributeValues inside AttributeValueList must be of same type");
    }
  }
  if (!takes_type(condition.comparison, type)) {
    throw invalid_parameter("ComparisonOperator " + condition.comparison + " is not valid for " +
                            std::string(type_name(type)) + " AttributeValue type");
  }
  if (condition.comparison == "BETWEEN") {
    const auto order = compare(*condition.values[0], *condition.values[1]);
    if (order && *order > 0) {
      throw validation_error(
          "The BETWEEN condition was provided a range where the lower bound is greater than the "
          "upper bound");
    }
  }
}

void read_values(const Json& condition, LegacyCondition& out) {
  const auto list = condition.find("AttributeValueList");
  if (list == condition.end()) return;
  for (const Json& value : *list) out.values.push_back(&value);
}

bool holds(const LegacyCondition& condition, const Json* value) {
  const std::string& comparison = condition.comparison;
  if (comparison == "NULL") return value == nullptr;
  if (comparison == "NOT_NULL") return value != nullptr;
  const Json& operand = *condition.values[0];
  if (comparison == "NE") return value == nullptr || !equal(*value, operand);
  if (value == nullptr) return false;
  if (comparison == "EQ") return equal(*value, operand);
  if (comparison == "CONTAINS") return contains(*value, operand);
  if (comparison == "NOT_CONTAINS") return !contains(*value, operand);
  if (comparison == "BEGINS_WITH") return begins_with(*value, operand);
  if (comparison == "IN") {
    return std::any_of(condition.values.begin(), condition.values.end(),
                       [&](const Json* candidate) { return equal(*value, *candidate); });
  }
  const auto order = compare(*value, operand);
  if (!order) return false;
  if (comparison == "LT") return *order < 0;
  if (comparison == "LE") return *order <= 0;
  if (comparison == "GT") return *order > 0;
  if (comparison == "GE") return *order >= 0;
  const auto upper = compare(*value, *condition.values[1]);  // BETWEEN
  return *order >= 0 && upper && *upper <= 0;
}

LegacyCondition read_expected_value(const std::string& attribute, const Json& expected) {
  LegacyCondition condition{attribute, "EQ", {}};
  const auto has = [&](const char* name) { return expected.contains(name); };
  const std::string of = " for Attribute: " + attribute;
  if (has("AttributeValueList") && has("Value")) {
    throw invalid_parameter("Value and AttributeValueList cannot be used together" + of);
  }
  if (has("ComparisonOperator")) {
    condition.comparison = expected["ComparisonOperator"].get<std::string>();
    if (has("Exists")) {
      throw invalid_parameter("Exists and ComparisonOperator cannot be used together" + of);
    }
    if (condition.comparison != "NULL" && condition.comparison != "NOT_NULL" &&
        !has("AttributeValueList") && !has("Value")) {
      throw invalid_parameter("Value or AttributeValueList must be used with ComparisonOperator: " +
                              condition.comparison + of);
    }
    read_values(expected, condition);
    if (has("Value")) condition.values.push_back(&*expected.find("Value"));
    check_operands(condition);
    return condition;
  }
  if (has("AttributeValueList")) {
    throw invalid_parameter("AttributeValueList can only be used with a ComparisonOperator" + of);
  }
  const bool exists = !has("Exists") || expected["Exists"].get<bool>();
  if (exists && !has("Value")) {
    throw invalid_parameter(std::string("Value must be provided when Exists is ") +
                            (has("Exists") ? "true" : "null") + of);
  }
  if (!exists && has("Value")) {
    throw invalid_parameter("Value cannot be used when Exists is false" + of);
  }
  if (!exists) {
    condition.comparison = "NULL";
  } else {
    condition.values.push_back(&*expected.find("Value"));
    check_value(*condition.values[0]);
  }
  return condition;
}

}  // namespace

std::vector<LegacyCondition> read_conditions(const Json& conditions) {
  std::vector<LegacyCondition> result;
  for (const auto& [attribute, condition] : *conditions.get_ptr<const Json::object_t*>()) {
    LegacyCondition read{attribute, condition["ComparisonOperator"].get<std::string>(), {}};
    read_values(condition, read);
    check_operands(read);
    result.push_back(std::move(read));
  }
  return result;
}

std::vector<LegacyCondition> read_expected(const Json& expected) {
  std::vector<LegacyCondition> result;
  for (const auto& [attribute, condition] : *expected.get_ptr<const Json::object_t*>()) {
    result.push_back(read_expected_value(attribute, condition));
  }
  return result;
}

bool holds(const std::vector<LegacyCondition>& conditions, bool any, const Json& attributes) {
  const auto one_holds = [&](const LegacyCondition& condition) {
    const auto found = attributes.find(condition.attribute);
    return holds(condition, found == attributes.end() ? nullptr : &*found);
  };
  return any ? std::any_of(conditions.begin(), conditions.end(), one_holds)
             : std::all_of(conditions.begin(), conditions.end(), one_holds);
}

}  // namespace cloudchamber::mock::dynamodb
