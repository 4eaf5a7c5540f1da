// What is wrong with an expression beyond its syntax. AWS reads the whole expression, then checks
// it rule by rule, each over all of it: so a fault of an earlier rule is told even where a fault of
// a later rule stands further left. Problems keeps the one to tell.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "mock-server/services/dynamodb/expressions/lexer.h"
#include "mock-server/services/dynamodb/expressions/placeholders.h"
#include "mock-server/services/dynamodb/expressions/tree.h"

namespace cloudchamber::mock::dynamodb {

class Problems {
 public:
  // The rules in AWS's order.
  enum class Rule {
    kParentheses,
    kUnknownFunction,
    kMisusedFunction,
    kReservedWord,
    kSection,
    kCondition,  // the following ones, condition by condition
    kUndefined,
    kOverlap,
    kConflict,
    kOperandCount,
    kDistinct,
    kOperandType,
  };

  // A fault of `rule`; the first of a rule stays. With `by_condition` the rule is weighed within
  // the condition being read, and an earlier condition counts more.
  void note(Rule rule, const std::string& problem);
  void by_condition(bool on) { by_condition_ = on; }
  void next_condition() { ++condition_; }

  [[nodiscard]] const std::optional<std::string>& worst() const { return worst_; }

 private:
  std::tuple<Rule, int, Rule> rank_{};
  std::optional<std::string> worst_;
  bool by_condition_ = false;
  int condition_ = 0;
};

// A document path at the reader: "a.#b[3]". Syntax errors are thrown, other faults noted.
[[nodiscard]] Path read_path(TokenReader& reader, Placeholders& placeholders, Problems& problems);
// A :value at the reader.
[[nodiscard]] Node read_value(TokenReader& reader, Placeholders& placeholders, Problems& problems);

// Notes paths of which one contains the other, or that take one place for a list and for a map.
void check_disjoint(const std::vector<const Path*>& paths, Problems& problems);

}  // namespace cloudchamber::mock::dynamodb
