#include "sdk/endpoint/endpoint_rules.h"

#include <mutex>

#include "cloudchamber/errors.h"
#include "sdk/endpoint/rule.h"
#include "sdk/model/endpoint_descriptions.h"

namespace cloudchamber {
namespace {

class Evaluation {
 public:
  explicit Evaluation(std::size_t slots) : slots_(slots) {}

  void set(std::size_t slot, RuleValue value) { slots_[slot] = std::move(value); }

  // The rule that decides: the first whose conditions all hold, down the trees. Null when none
  // does.
  const Rule* decide(const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) {
      if (!all_hold(rule.conditions)) continue;
      if (rule.kind != Rule::Kind::kTree) return &rule;
      if (const Rule* decided = decide(rule.rules)) return decided;
    }
    return nullptr;
  }

  [[nodiscard]] std::string text(const RuleExpression& expression) const {
    return text_of(evaluate(expression));
  }

  [[nodiscard]] Json value(const RuleProperty& property) const {
    switch (property.kind) {
      case RuleProperty::Kind::kText:
        return text(property.text);
      case RuleProperty::Kind::kObject: {
        Json made = Json::object();
        for (std::size_t i = 0; i < property.names.size(); ++i)
          made[property.names[i]] = value(property.elements[i]);
        return made;
      }
      case RuleProperty::Kind::kArray: {
        Json made = Json::array();
        for (const RuleProperty& element : property.elements) made.push_back(value(element));
        return made;
      }
      case RuleProperty::Kind::kConstant:
        break;
    }
    return property.constant;
  }

 private:
  bool all_hold(const std::vector<RuleCondition>& conditions) {
    for (const RuleCondition& condition : conditions) {
      RuleValue found = evaluate(condition.expression);
      if (!holds(found)) return false;
      if (condition.assigns) slots_[*condition.assigns] = std::move(found);
    }
    return true;
  }

  [[nodiscard]] RuleValue evaluate(const RuleExpression& expression) const {
    switch (expression.kind) {
      case RuleExpression::Kind::kConstant:
        return expression.constant;
      case RuleExpression::Kind::kReference:
        return slots_[expression.slot];
      case RuleExpression::Kind::kIsSet: {
        const RuleExpression& of = expression.parts[0];
        return of.kind == RuleExpression::Kind::kReference ? is_set(slots_[of.slot])
                                                           : is_set(evaluate(of));
      }
      case RuleExpression::Kind::kAttribute: {
        const RuleExpression& of = expression.parts[0];
        return of.kind == RuleExpression::Kind::kReference
                   ? get_attribute(slots_[of.slot], expression.path)
                   : get_attribute(evaluate(of), expression.path);
      }
      case RuleExpression::Kind::kTemplate: {
        std::string joined;
        for (const RuleExpression& part : expression.parts) joined += text_of(evaluate(part));
        return joined;
      }
      case RuleExpression::Kind::kCall:
        break;
    }
    constexpr std::size_t kMostArguments = 4;
    RuleValue arguments[kMostArguments];
    for (std::size_t i = 0; i < expression.parts.size(); ++i)
      arguments[i] = evaluate(expression.parts[i]);
    return expression.function(std::span(arguments, expression.parts.size()));
  }

  std::vector<RuleValue> slots_;
};

}  // namespace

EndpointRules::EndpointRules() = default;
EndpointRules::~EndpointRules() = default;

bool EndpointRules::has_parameter(std::string_view name) const {
  for (const Parameter& parameter : parameters_)
    if (parameter.name == name) return true;
  return false;
}

EndpointRules::Result EndpointRules::resolve(const Parameters& parameters) const {
  Evaluation evaluation(slots_);
  for (std::size_t slot = 0; slot < parameters_.size(); ++slot) {
    const Parameter& parameter = parameters_[slot];
    const auto given = parameters.find(parameter.name);
    const RuleValue& value =
        given != parameters.end() && is_set(given->second) ? given->second : parameter.by_default;
    if (parameter.required && !is_set(value))
      throw ConfigError("The endpoint needs the parameter " + parameter.name);
    evaluation.set(slot, value);
  }
  const Rule* const rule = evaluation.decide(rules_);
  if (rule == nullptr) throw ConfigError("No rule of the service leads to an endpoint");
  if (rule->kind == Rule::Kind::kError) throw ConfigError(evaluation.text(rule->text));
  Result result{.url = evaluation.text(rule->text),
                .properties = evaluation.value(rule->properties),
                .headers = {}};
  for (const auto& [name, values] : rule->headers) {
    for (const RuleExpression& value : values)
      result.headers[name].push_back(evaluation.text(value));
  }
  return result;
}

std::shared_ptr<const EndpointRules> find_endpoint_rules(std::string_view service) {
  // As with the models: what is compiled in and never changes.
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const EndpointRules>, std::less<>> known;
  const std::lock_guard lock(mutex);
  const auto found = known.find(service);
  if (found != known.end()) return found->second;
  const std::optional<std::string> text = endpoint_description(service);
  auto rules = text ? EndpointRules::from_text(*text) : nullptr;
  known.emplace(service, rules);
  return rules;
}

}  // namespace cloudchamber
