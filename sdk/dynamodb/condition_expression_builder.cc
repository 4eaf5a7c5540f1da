#include "cloudchamber/dynamodb/condition_expression_builder.h"

#include <utility>
#include <variant>

#include "sdk/dynamodb/condition_node.h"

namespace cloudchamber::dynamodb {

// One expression while it is being built.
class ConditionExpressionBuilder::Building {
 public:
  Building(ConditionExpressionBuilder& builder, bool is_key_condition)
      : builder_(builder), is_key_condition_(is_key_condition) {}

  std::string expression(const ConditionNode& node) {
    std::vector<std::string> operands;
    for (const Operand& operand : node.operands)
      operands.push_back(component(operand, node.its_operator == Operator::kIn));
    const Notation& written = notation(node.its_operator);
    std::string text;
    for (std::string_view rest = written.format; !rest.empty();) {
      const std::size_t open = rest.find('{');
      text += rest.substr(0, open);
      if (open == std::string_view::npos) break;
      const std::size_t close = rest.find('}', open);
      const std::string_view field = rest.substr(open + 1, close - open - 1);
      if (field == "operator") {
        text += written.text;
      } else {
        text += operands.at(static_cast<std::size_t>(field.front() - '0'));
      }
      rest.remove_prefix(close + 1);
    }
    return text;
  }

  Json names = Json::object();
  Json values = Json::object();

 private:
  std::string component(const Operand& operand, bool has_grouped_values) {
    if (const auto* node = std::get_if<std::shared_ptr<const ConditionNode>>(&operand.content))
      return expression(**node);
    if (const auto* attribute = std::get_if<AttributeName>(&operand.content)) {
      if (is_key_condition_ && !attribute->is_key)
        throw DynamoDBNeedsKeyConditionError(
            "Attr(\"" + attribute->name +
            "\") can't stand in a KeyConditionExpression, which takes Key only");
      return path(attribute->name);
    }
    const Json& given = std::get<Json>(operand.content);
    if (!has_grouped_values) return value(given);
    std::string list;
    for (const Json& element : given) list.append(list.empty() ? "" : ", ").append(value(element));
    return "(" + list + ")";
  }

  // A placeholder for each name of "info.actors[0]"; dots and what stands in brackets are kept.
  std::string path(const std::string& name) {
    constexpr const char* kSeparators = ".[]";
    std::string text;
    for (std::size_t at = 0; at < name.size();) {
      const std::size_t end = std::min(name.find_first_of(kSeparators, at), name.size());
      if (end == at) {
        text += name[at++];
        continue;
      }
      const std::string part = name.substr(at, end - at);
      const std::size_t bracket = name.find_first_of("[]", end);
      const bool in_brackets = bracket != std::string::npos && name[bracket] == ']';
      text += in_brackets ? part : placeholder("#n", builder_.name_count_, names, part);
      at = end;
    }
    return text;
  }

  std::string value(const Json& plain) {
    return placeholder(":v", builder_.value_count_, values, plain);
  }

  std::string placeholder(const char* prefix, int& count, Json& placeholders, const Json& content) {
    std::string name;
    do {
      name = prefix + std::to_string(count++);
    } while (builder_.reserved_.contains(name));
    placeholders[name] = content;
    return name;
  }

  ConditionExpressionBuilder& builder_;
  bool is_key_condition_;
};

void ConditionExpressionBuilder::reset() { *this = {}; }

void ConditionExpressionBuilder::reserve(const Json& attribute_names,
                                         const Json& attribute_values) {
  for (const Json* taken : {&attribute_names, &attribute_values}) {
    if (!taken->is_object()) continue;
    for (const auto& [name, content] : taken->items()) reserved_[name] = true;
  }
}

BuiltConditionExpression ConditionExpressionBuilder::build_expression(const Condition& condition,
                                                                      bool is_key_condition) {
  Building building(*this, is_key_condition);
  std::string expression = building.expression(condition.node());
  return {std::move(expression), std::move(building.names), std::move(building.values)};
}

BuiltConditionExpression ConditionExpressionBuilder::build_expression(const Json& condition,
                                                                      bool is_key_condition) {
  return build_expression(Condition::from(condition), is_key_condition);
}

}  // namespace cloudchamber::dynamodb
