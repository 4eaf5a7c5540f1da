#include "cloudchamber/dynamodb/conditions.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "cloudchamber/dynamodb/types.h"
#include "sdk/dynamodb/condition_node.h"
#include "sdk/dynamodb/extension.h"

namespace cloudchamber::dynamodb {
namespace {

using NodePointer = std::shared_ptr<const ConditionNode>;

Condition make_condition(Operator its_operator, std::vector<Operand> operands) {
  return Condition(
      std::make_shared<ConditionNode>(ConditionNode{its_operator, std::move(operands)}));
}

Condition join(Operator its_operator, const NodePointer& a, const NodePointer& b) {
  return make_condition(its_operator, {{a}, {b}});
}

}  // namespace

Condition Condition::from(const Json& parameter) {
  if (is_condition(parameter)) {
    const Operand operand = to_operand(parameter);
    const auto& node = std::get<NodePointer>(operand.content);
    if (node->its_operator != Operator::kSize) return Condition(node);
  }
  throw DynamoDBNeedsConditionError(
      "A condition is needed, not " + kind_of(parameter) +
      "; the methods of Key and Attr make one, such as Key(\"year\").eq(1985)");
}

bool Condition::is_condition(const Json& parameter) {
  return extension_of(parameter) == Extension::kCondition;
}

Json Condition::get_expression() const {
  const Notation& written = notation(node_->its_operator);
  Json values = Json::array();
  for (const Operand& operand : node_->operands) values.push_back(to_parameter(operand));
  return {{"format", written.format}, {"operator", written.text}, {"values", std::move(values)}};
}

Condition operator&(const Condition& a, const Condition& b) {
  return join(Operator::kAnd, a.node_, b.node_);
}

Condition operator|(const Condition& a, const Condition& b) {
  return join(Operator::kOr, a.node_, b.node_);
}

Condition operator~(const Condition& condition) {
  return make_condition(Operator::kNot, {{condition.node_}});
}

bool operator==(const Condition& a, const Condition& b) { return equal(*a.node_, *b.node_); }

void to_json(Json& json, const Condition& condition) {
  // The operand shares the node with the condition.
  json = to_parameter({std::make_shared<ConditionNode>(condition.node())});
}

AttributeBase::AttributeBase(Operand operand)
    : operand_(std::make_shared<Operand>(std::move(operand))) {}

const std::string& AttributeBase::name() const {
  const Operand* operand = operand_.get();
  while (const auto* node = std::get_if<NodePointer>(&operand->content))
    operand = &(*node)->operands.front();
  return std::get<AttributeName>(operand->content).name;
}

Condition AttributeBase::with(Operator its_operator, std::initializer_list<Json> values) const {
  std::vector<Operand> operands = {*operand_};
  for (const Json& value : values) operands.push_back(to_operand(value));
  return make_condition(its_operator, std::move(operands));
}

Condition AttributeBase::eq(const Json& value) const { return with(Operator::kEquals, {value}); }
Condition AttributeBase::lt(const Json& value) const { return with(Operator::kLessThan, {value}); }
Condition AttributeBase::lte(const Json& value) const {
  return with(Operator::kLessThanEquals, {value});
}
Condition AttributeBase::gt(const Json& value) const {
  return with(Operator::kGreaterThan, {value});
}
Condition AttributeBase::gte(const Json& value) const {
  return with(Operator::kGreaterThanEquals, {value});
}
Condition AttributeBase::begins_with(const Json& value) const {
  return with(Operator::kBeginsWith, {value});
}
Condition AttributeBase::between(const Json& low_value, const Json& high_value) const {
  return with(Operator::kBetween, {low_value, high_value});
}

bool operator==(const AttributeBase& a, const AttributeBase& b) {
  return equal(*a.operand_, *b.operand_);
}

void to_json(Json& json, const AttributeBase& attribute) {
  json = to_parameter(*attribute.operand_);
}

Key::Key(std::string name) : AttributeBase(Operand{AttributeName{std::move(name), true}}) {}

Size::Size(Operand attribute)
    : AttributeBase(Operand{std::make_shared<ConditionNode>(
          ConditionNode{Operator::kSize, {std::move(attribute)}})}) {}

Attr::Attr(std::string name) : AttributeBase(Operand{AttributeName{std::move(name), false}}) {}

Condition Attr::ne(const Json& value) const { return with(Operator::kNotEquals, {value}); }

Condition Attr::is_in(std::initializer_list<Json> values) const {
  Json list = Json::array();
  for (const Json& value : values) list.push_back(value);
  return with(Operator::kIn, {list});
}

Condition Attr::is_in(const Json& values) const {
  if (values.is_array()) return with(Operator::kIn, {values});
  Json list = Json::array();
  switch (extension_of(values).value_or(Extension::kDecimal)) {
    case Extension::kStringSet:
    case Extension::kBinarySet:
      return with(Operator::kIn, {form_of(values)});
    case Extension::kNumberSet:
      for (const Decimal& number : values.get<NumberSet>()) list.push_back(number);
      return with(Operator::kIn, {list});
    default:
      throw TypeError("is_in needs an array or a set, not " + kind_of(values));
  }
}

Condition Attr::exists() const { return with(Operator::kAttributeExists, {}); }
Condition Attr::not_exists() const { return with(Operator::kAttributeNotExists, {}); }
Condition Attr::contains(const Json& value) const { return with(Operator::kContains, {value}); }
Condition Attr::attribute_type(const Json& type) const {
  return with(Operator::kAttributeType, {type});
}
Size Attr::size() const { return Size(operand()); }

}  // namespace cloudchamber::dynamodb
