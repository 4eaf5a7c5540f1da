// From the JSON of a rule set to the tree of rule.h: names become slots, texts with braces
// templates, names of functions functions.
#include <unordered_map>

#include "cloudchamber/errors.h"
#include "sdk/endpoint/endpoint_rules.h"
#include "sdk/endpoint/rule.h"

namespace cloudchamber {

class RuleCompiler {
 public:
  [[nodiscard]] std::shared_ptr<const EndpointRules> compile(const Json& source) {
    const std::shared_ptr<EndpointRules> result(new EndpointRules());
    for (const auto& [name, parameter] : source.at("parameters").items()) {
      EndpointRules::Parameter known{
          .name = name, .required = parameter.value("required", false), .by_default = {}};
      if (const auto found = parameter.find("default"); found != parameter.end())
        known.by_default = constant(*found);
      slot_of(name);
      result->parameters_.push_back(std::move(known));
    }
    result->rules_ = rules(source.at("rules"));
    result->slots_ = slots_.size();
    return result;
  }

 private:
  std::size_t slot_of(const std::string& name) {
    return slots_.try_emplace(name, slots_.size()).first->second;
  }

  static RuleValue constant(const Json& value) {
    if (value.is_boolean()) return value.get<bool>();
    if (value.is_number_integer()) return std::to_string(value.get<int>());
    if (value.is_string()) return value.get<std::string>();
    if (value.is_array()) return value.get<std::vector<std::string>>();
    throw ModelError("an endpoint rule with the value " + value.dump());
  }

  RuleExpression reference(const std::string& name) {
    RuleExpression made;
    made.kind = RuleExpression::Kind::kReference;
    made.slot = slot_of(name);
    return made;
  }

  static RuleExpression attribute(RuleExpression of, std::string_view path) {
    RuleExpression made;
    made.kind = RuleExpression::Kind::kAttribute;
    made.path = parse_rule_path(path);
    made.parts.push_back(std::move(of));
    return made;
  }

  static RuleExpression literal(std::string text) {
    RuleExpression made;
    made.constant = std::move(text);
    return made;
  }

  // "https://{Bucket}.{url#authority}", with "{{" and "}}" for braces.
  RuleExpression text(std::string_view source) {
    RuleExpression made;
    made.kind = RuleExpression::Kind::kTemplate;
    std::string plain;
    for (std::size_t at = 0; at < source.size(); ++at) {
      const char c = source[at];
      if ((c == '{' || c == '}') && at + 1 < source.size() && source[at + 1] == c) {
        plain.push_back(c);
        ++at;
      } else if (c == '{') {
        const std::size_t end = source.find('}', at);
        if (end == std::string_view::npos)
          throw ModelError("an endpoint rule with the text " + std::string(source));
        const std::string_view inside = source.substr(at + 1, end - at - 1);
        const std::size_t hash = inside.find('#');
        if (!plain.empty()) made.parts.push_back(literal(std::exchange(plain, {})));
        RuleExpression value = reference(std::string(inside.substr(0, hash)));
        made.parts.push_back(hash == std::string_view::npos
                                 ? std::move(value)
                                 : attribute(std::move(value), inside.substr(hash + 1)));
        at = end;
      } else {
        plain.push_back(c);
      }
    }
    if (made.parts.empty()) return literal(std::move(plain));
    if (!plain.empty()) made.parts.push_back(literal(std::move(plain)));
    return made;
  }

  RuleExpression expression(const Json& source) {
    if (source.is_string()) return text(source.get_ref<const std::string&>());
    if (!source.is_object()) {
      RuleExpression made;
      made.constant = constant(source);
      return made;
    }
    if (source.contains("ref")) return reference(source.at("ref"));
    const std::string& name = source.at("fn").get_ref<const std::string&>();
    const Json& arguments = source.at("argv");
    if (name == "getAttr")
      return attribute(expression(arguments.at(0)), arguments.at(1).get_ref<const std::string&>());
    RuleExpression made;
    for (const Json& argument : arguments) made.parts.push_back(expression(argument));
    if (name == "isSet" && made.parts.size() == 1) {
      made.kind = RuleExpression::Kind::kIsSet;
      return made;
    }
    const NamedRuleFunction function = rule_function(name);
    if (function.run == nullptr || function.arity != made.parts.size())
      throw ModelError("an endpoint rule that calls " + name + " with " +
                       std::to_string(made.parts.size()) + " arguments");
    made.kind = RuleExpression::Kind::kCall;
    made.function = function.run;
    return made;
  }

  RuleProperty property(const Json& source) {
    RuleProperty made;
    if (source.is_string()) {
      made.kind = RuleProperty::Kind::kText;
      made.text = text(source.get_ref<const std::string&>());
    } else if (source.is_object()) {
      made.kind = RuleProperty::Kind::kObject;
      for (const auto& [name, value] : source.items()) {
        made.names.push_back(name);
        made.elements.push_back(property(value));
      }
    } else if (source.is_array()) {
      made.kind = RuleProperty::Kind::kArray;
      for (const Json& value : source) made.elements.push_back(property(value));
    } else {
      made.constant = source;
    }
    return made;
  }

  std::vector<Rule> rules(const Json& source) {
    std::vector<Rule> made;
    for (const Json& rule : source) made.push_back(one_rule(rule));
    return made;
  }

  Rule one_rule(const Json& source) {
    Rule rule;
    for (const Json& condition : source.at("conditions")) {
      RuleCondition& made = rule.conditions.emplace_back();
      made.expression = expression(condition);
      if (const auto name = condition.find("assign"); name != condition.end())
        made.assigns = slot_of(name->get_ref<const std::string&>());
    }
    const std::string& type = source.at("type").get_ref<const std::string&>();
    if (type == "tree") {
      rule.rules = rules(source.at("rules"));
    } else if (type == "error") {
      rule.kind = Rule::Kind::kError;
      rule.text = expression(source.at("error"));
    } else {
      rule.kind = Rule::Kind::kEndpoint;
      const Json& endpoint = source.at("endpoint");
      rule.text = expression(endpoint.at("url"));
      rule.properties = property(endpoint.value("properties", Json::object()));
      const Json headers = endpoint.value("headers", Json::object());
      for (const auto& [name, values] : headers.items()) {
        auto& header = rule.headers.emplace_back(name, std::vector<RuleExpression>());
        for (const Json& value : values) header.second.push_back(expression(value));
      }
    }
    return rule;
  }

  std::unordered_map<std::string, std::size_t> slots_;
};

std::shared_ptr<const EndpointRules> EndpointRules::from_text(std::string_view text) {
  try {
    return RuleCompiler().compile(Json::parse(text));
  } catch (const Json::exception& error) {
    throw ModelError(std::string("The endpoint rules are none: ") + error.what());
  }
}

}  // namespace cloudchamber
