#include "mock-server/services/dynamodb/key_conditions.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/keys.h"

namespace cloudchamber::mock::dynamodb {
namespace {

using Kind = Node::Kind;

AwsError bad_condition(const std::string& problem) {
  return validation_error("Invalid condition in KeyConditionExpression: " + problem);
}

// `:low < key` is `key > :low`.
std::string comparison_of(Kind kind, bool swapped) {
  switch (kind) {
    case Kind::kLess:
      return swapped ? "GT" : "LT";
    case Kind::kLessOrEqual:
      return swapped ? "GE" : "LE";
    case Kind::kGreater:
      return swapped ? "LT" : "GT";
    case Kind::kGreaterOrEqual:
      return swapped ? "LE" : "GE";
    case Kind::kBetween:
      return "BETWEEN";
    case Kind::kFunction:
      return "BEGINS_WITH";
    default:
      return "EQ";
  }
}

void check_operator(const Node& node) {
  if (node.kind == Kind::kOr || node.kind == Kind::kNot || node.kind == Kind::kIn ||
      node.kind == Kind::kNotEqual ||
      (node.kind == Kind::kFunction && node.name != "begins_with")) {
    throw validation_error("Invalid operator used in KeyConditionExpression: " +
                           std::string(name_of(node)));
  }
}

KeyCondition read_condition(const Node& node) {
  check_operator(node);
  std::size_t position = node.children.size();
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const Node& child = node.children[i];
    if (child.kind == Kind::kFunction) {
      throw validation_error("KeyConditionExpressions cannot contain nested operations");
    }
    if (child.kind != Kind::kPath) continue;
    if (position != node.children.size()) {
      throw bad_condition("Multiple attribute names used in one condition");
    }
    if (child.path.size() > 1) {
      throw validation_error("KeyConditionExpressions cannot have conditions on nested attributes");
    }
    position = i;
  }
  if (position == node.children.size()) throw bad_condition("No key attribute specified");
  const bool swapped = position != 0;
  if (swapped && (node.kind == Kind::kBetween || node.kind == Kind::kFunction)) {
    throw bad_condition(std::string(name_of(node)) +
                        " operator must have the key attribute as its first operand");
  }
  KeyCondition condition{
      node.children[position].path[0].name, comparison_of(node.kind, swapped), {}};
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i != position) condition.values.push_back(node.children[i].value);
  }
  return condition;
}

void read_all(const Node& node, std::vector<KeyCondition>& conditions) {
  if (node.kind == Kind::kAnd) {
    for (const Node& child : node.children) read_all(child, conditions);
    return;
  }
  KeyCondition condition = read_condition(node);
  if (std::any_of(conditions.begin(), conditions.end(), [&](const KeyCondition& other) {
        return other.attribute == condition.attribute;
      })) {
    throw validation_error("KeyConditionExpressions must only contain one condition per key");
  }
  conditions.push_back(std::move(condition));
}

const KeyCondition* find(const std::vector<KeyCondition>& conditions, const std::string& name) {
  const auto found = std::find_if(conditions.begin(), conditions.end(),
                                  [&](const KeyCondition& c) { return c.attribute == name; });
  return found == conditions.end() ? nullptr : &*found;
}

void check_values(const KeyCondition& condition, const KeyAttribute& attribute, bool is_hash) {
  static const std::vector<std::string> kIndexable = {"EQ", "LT",      "LE",         "GT",
                                                      "GE", "BETWEEN", "BEGINS_WITH"};
  if (std::find(kIndexable.begin(), kIndexable.end(), condition.comparison) == kIndexable.end()) {
    throw validation_error("Attempted conditional constraint is not an indexable operation");
  }
  for (const Json* value : condition.values) {
    if (type_of(*value) != attribute.type) {
      throw invalid_parameter("Condition parameter type does not match schema type");
    }
    if (attribute.type == Type::kN) continue;
    const std::string_view bytes = bytes_of_scalar(*value);
    if (bytes.empty() && condition.comparison != "BEGINS_WITH") {
      throw validation_error(
          std::string("One or more parameter values are not valid. The AttributeValue for a key "
                      "attribute cannot contain an empty ") +
          (attribute.type == Type::kS ? "string" : "binary") + " value. Key: " + attribute.name);
    }
    check_key_size(attribute.type, bytes, is_hash);
  }
}

// The rules for keys of one hash and at most one range attribute.
void check_simple(const KeySchema& keys, const std::vector<KeyCondition>& conditions) {
  if (conditions.size() > 2) {
    throw validation_error("Conditions can be of length 1 or 2 only");
  }
  if (keys.range.empty() && conditions.size() > 1) {
    throw validation_error("Query key condition not supported");
  }
  const KeyCondition* hash = find(conditions, keys.hash[0].name);
  if (hash == nullptr) {
    throw validation_error("Query condition missed key schema element: " + keys.hash[0].name);
  }
  check_values(*hash, keys.hash[0], true);
  if (hash->comparison != "EQ") throw validation_error("Query key condition not supported");
  if (conditions.size() == 1) return;
  const KeyCondition* range = find(conditions, keys.range[0].name);
  if (range == nullptr) {
    throw validation_error("Query condition missed key schema element: " + keys.range[0].name);
  }
  check_values(*range, keys.range[0], false);
}

// Keys of several attributes: all hash attributes by equality; range attributes from the left
// without gaps, all but the last by equality.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html
void check_composite(const KeySchema& keys, const std::vector<KeyCondition>& conditions) {
  for (const KeyCondition& condition : conditions) {
    if (keys.find(condition.attribute) == nullptr) {
      throw validation_error("Query key condition not supported: " + condition.attribute +
                             " is no key attribute of the index");
    }
  }
  for (const KeyAttribute& attribute : keys.hash) {
    const KeyCondition* condition = find(conditions, attribute.name);
    if (condition == nullptr || condition->comparison != "EQ") {
      throw validation_error(
          "Query key condition not supported: every HASH key attribute needs an equality "
          "condition. Key: " +
          attribute.name);
    }
    check_values(*condition, attribute, true);
  }
  bool open = true;  // a further range attribute may have a condition
  for (const KeyAttribute& attribute : keys.range) {
    const KeyCondition* condition = find(conditions, attribute.name);
    if (condition == nullptr) {
      open = false;
      continue;
    }
    if (!open) {
      throw validation_error(
          "Query key condition not supported: conditions on RANGE key attributes must follow their "
          "order without gaps, all but the last by equality. Key: " +
          attribute.name);
    }
    check_values(*condition, attribute, false);
    open = condition->comparison == "EQ";
  }
}

}  // namespace

std::vector<KeyCondition> read_key_conditions(const Node& expression) {
  std::vector<KeyCondition> conditions;
  read_all(expression, conditions);
  return conditions;
}

std::vector<KeyCondition> read_key_conditions(const std::vector<LegacyCondition>& conditions) {
  std::vector<KeyCondition> result;
  for (const LegacyCondition& condition : conditions) {
    result.push_back({condition.attribute, condition.comparison, condition.values});
  }
  return result;
}

KeyRange range_of(const KeySchema& keys, const std::vector<KeyCondition>& conditions) {
  const bool composite = keys.hash.size() > 1 || keys.range.size() > 1;
  composite ? check_composite(keys, conditions) : check_simple(keys, conditions);
  Json hash = Json::object();
  for (const KeyAttribute& attribute : keys.hash) {
    hash[attribute.name] = *find(conditions, attribute.name)->values[0];
  }
  std::string prefix = partition_bytes(keys, hash);
  const KeyCondition* last = nullptr;
  for (const KeyAttribute& attribute : keys.range) {
    const KeyCondition* condition = find(conditions, attribute.name);
    if (condition == nullptr) break;
    if (condition->comparison != "EQ") {
      last = condition;
      break;
    }
    append_key_value(prefix, *condition->values[0]);
  }
  KeyRange range{prefix, after_prefix(prefix)};
  if (last == nullptr) return range;
  std::string low = prefix;
  append_key_value(low, *last->values[0]);
  const std::string& comparison = last->comparison;
  if (comparison == "LT") {
    range.end = low;
  } else if (comparison == "LE") {
    range.end = after_prefix(low);
  } else if (comparison == "GT") {
    range.begin = after_prefix(low);
  } else if (comparison == "GE") {
    range.begin = low;
  } else if (comparison == "BETWEEN") {
    std::string high = prefix;
    append_key_value(high, *last->values[1]);
    range = {low, after_prefix(high)};
  } else {                       // BEGINS_WITH
    low.resize(low.size() - 2);  // without the end of the value
    range = {low, after_prefix(low)};
  }
  return range;
}

bool meets(const KeyCondition& condition, const Json& value) {
  Json attributes = Json::object();
  attributes[condition.attribute] = value;
  return holds(
      std::vector<LegacyCondition>{{condition.attribute, condition.comparison, condition.values}},
      false, attributes);
}

}  // namespace cloudchamber::mock::dynamodb
