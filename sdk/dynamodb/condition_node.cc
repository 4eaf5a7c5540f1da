#include "sdk/dynamodb/condition_node.h"

#include <algorithm>
#include <array>

#include "sdk/dynamodb/extension.h"

namespace cloudchamber::dynamodb {
namespace {

constexpr std::string_view kInfix = "{0} {operator} {1}";
constexpr std::string_view kUnary = "{operator}({0})";
constexpr std::string_view kBinary = "{operator}({0}, {1})";
constexpr std::string_view kGrouped = "({0} {operator} {1})";

// In the order of Operator.
constexpr std::array<Notation, 17> kNotations = {{
    {"=", kInfix},
    {"<>", kInfix},
    {"<", kInfix},
    {"<=", kInfix},
    {">", kInfix},
    {">=", kInfix},
    {"IN", kInfix},
    {"BETWEEN", "{0} {operator} {1} AND {2}"},
    {"begins_with", kBinary},
    {"contains", kBinary},
    {"size", kUnary},
    {"attribute_type", kBinary},
    {"attribute_exists", kUnary},
    {"attribute_not_exists", kUnary},
    {"AND", kGrouped},
    {"OR", kGrouped},
    {"NOT", "({operator} {0})"},
}};

// The forms: an attribute is [is_key, name]; a condition [operator, operand...], each operand [0,
// value], [1, attribute's form] or [2, condition's form].
Json attribute_form(const AttributeName& attribute) {
  return Json::array({attribute.is_key, attribute.name});
}

Json node_form(const ConditionNode& node) {
  Json form = Json::array({static_cast<int>(node.its_operator)});
  for (const Operand& operand : node.operands) {
    Json content;
    if (const auto* value = std::get_if<Json>(&operand.content)) {
      content = *value;
    } else if (const auto* attribute = std::get_if<AttributeName>(&operand.content)) {
      content = attribute_form(*attribute);
    } else {
      content = node_form(*std::get<2>(operand.content));
    }
    Json entry = Json::array();
    entry.push_back(operand.content.index());
    entry.push_back(std::move(content));
    form.push_back(std::move(entry));
  }
  return form;
}

AttributeName attribute_of(const Json& form) {
  return {form.at(1).get<std::string>(), form.at(0).get<bool>()};
}

std::shared_ptr<const ConditionNode> node_of(const Json& form) {
  auto node = std::make_shared<ConditionNode>();
  node->its_operator = Operator{form.at(0).get<int>()};
  for (std::size_t i = 1; i < form.size(); ++i) {
    const Json& content = form[i].at(1);
    switch (form[i].at(0).get<int>()) {
      case 0:
        node->operands.push_back({content});
        break;
      case 1:
        node->operands.push_back({attribute_of(content)});
        break;
      default:
        node->operands.push_back({node_of(content)});
    }
  }
  return node;
}

}  // namespace

const Notation& notation(Operator its_operator) {
  return kNotations.at(static_cast<std::size_t>(its_operator));
}

bool equal(const ConditionNode& a, const ConditionNode& b) {
  return a.its_operator == b.its_operator &&
         std::equal(a.operands.begin(), a.operands.end(), b.operands.begin(), b.operands.end(),
                    [](const Operand& x, const Operand& y) { return equal(x, y); });
}

bool equal(const Operand& a, const Operand& b) {
  constexpr std::size_t kNode = 2;
  if (a.content.index() == kNode && b.content.index() == kNode)
    return equal(*std::get<kNode>(a.content), *std::get<kNode>(b.content));
  return a.content == b.content;
}

Json to_parameter(const Operand& operand) {
  if (const auto* value = std::get_if<Json>(&operand.content)) return *value;
  if (const auto* attribute = std::get_if<AttributeName>(&operand.content))
    return extension_from_form(Extension::kAttribute, attribute_form(*attribute));
  return extension_from_form(Extension::kCondition, node_form(*std::get<2>(operand.content)));
}

Operand to_operand(const Json& parameter) {
  const auto extension = extension_of(parameter);
  if (extension == Extension::kAttribute) return {attribute_of(form_of(parameter))};
  if (extension == Extension::kCondition) return {node_of(form_of(parameter))};
  return {parameter};
}

}  // namespace cloudchamber::dynamodb
