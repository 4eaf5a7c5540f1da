// What a condition is made of: a tree of operators over attributes and values.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cloudchamber/dynamodb/conditions.h"
#include "cloudchamber/json.h"

namespace cloudchamber::dynamodb {

enum class Operator {
  kEquals,
  kNotEquals,
  kLessThan,
  kLessThanEquals,
  kGreaterThan,
  kGreaterThanEquals,
  kIn,
  kBetween,
  kBeginsWith,
  kContains,
  kSize,
  kAttributeType,
  kAttributeExists,
  kAttributeNotExists,
  kAnd,
  kOr,
  kNot,
};

// How an operator is written: "{0}" is the first operand, "{operator}" its text.
struct Notation {
  std::string_view text;
  std::string_view format;
};
[[nodiscard]] const Notation& notation(Operator its_operator);

struct AttributeName {
  std::string name;
  bool is_key = false;  // Key, else Attr

  friend bool operator==(const AttributeName& a, const AttributeName& b) = default;
};

// A value, an attribute, or a condition (a size among them).
struct Operand {
  std::variant<Json, AttributeName, std::shared_ptr<const ConditionNode>> content;
};

struct ConditionNode {
  Operator its_operator;
  std::vector<Operand> operands;
};

[[nodiscard]] bool equal(const ConditionNode& a, const ConditionNode& b);
[[nodiscard]] bool equal(const Operand& a, const Operand& b);

// As it stands in Json.
[[nodiscard]] Json to_parameter(const Operand& operand);
// What a Json is as an operand: one of the above, or else a value.
[[nodiscard]] Operand to_operand(const Json& parameter);

}  // namespace cloudchamber::dynamodb
