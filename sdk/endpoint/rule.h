// The tree that endpoint rules are compiled into.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cloudchamber/json.h"
#include "sdk/endpoint/rule_functions.h"
#include "sdk/endpoint/rule_value.h"

namespace cloudchamber {

struct RuleExpression {
  enum class Kind { kConstant, kTemplate, kReference, kIsSet, kAttribute, kCall };
  Kind kind = Kind::kConstant;
  RuleValue constant;
  std::size_t slot = 0;               // kReference
  std::vector<RuleStep> path;         // kAttribute: of its only part
  RuleFunction function = nullptr;    // kCall
  std::vector<RuleExpression> parts;  // arguments; the pieces of a template
};

struct RuleCondition {
  RuleExpression expression;
  std::optional<std::size_t> assigns;  // the slot that keeps its value
};

// A JSON value with expressions in the place of its texts.
struct RuleProperty {
  enum class Kind { kConstant, kText, kObject, kArray };
  Kind kind = Kind::kConstant;
  Json constant;
  RuleExpression text;
  std::vector<std::string> names;      // of an object's members, whose values are the elements
  std::vector<RuleProperty> elements;  // of an array or an object
};

struct Rule {
  enum class Kind { kEndpoint, kError, kTree };
  Kind kind = Kind::kTree;
  std::vector<RuleCondition> conditions;
  std::vector<Rule> rules;  // kTree
  RuleExpression text;      // kError: its words; kEndpoint: the URL
  RuleProperty properties;
  std::vector<std::pair<std::string, std::vector<RuleExpression>>> headers;
};

}  // namespace cloudchamber
