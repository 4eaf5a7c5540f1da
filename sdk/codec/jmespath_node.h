// The tree of a compiled JMESPath expression, private to jmespath_*.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sdk/codec/jmespath.h"

namespace cloudchamber {

// What one function takes; see jmespath_functions.h.
struct JmesPathFunction;

// How deep an expression may nest. Parser and evaluator recurse once a level.
inline constexpr std::size_t kMaxJmesPathDepth = 256;

struct JmesPath::Node {
  enum class Kind {
    kCurrent,           // @
    kField,             // text
    kLiteral,           // literal
    kChain,             // a.b, a[0], a | b: each child works on what the one before gave
    kIndex,             // [index]
    kSlice,             // [start:stop:step]
    kFlatten,           // child[]: lists in the list become its elements
    kProjection,        // first child gives a list; second is applied to each element
    kValueProjection,   // first child gives an object; second is applied to each value
    kFilterProjection,  // like kProjection, for elements for which the third is true
    kOr,
    kAnd,
    kNot,
    kEqual,
    kNotEqual,
    kLess,
    kLessOrEqual,
    kGreater,
    kGreaterOrEqual,
    kList,        // [a, b]
    kObject,      // {x: a, y: b}: keys beside children
    kFunction,    // function(children...)
    kExpression,  // &child, an argument of a function
  };

  Kind kind = Kind::kCurrent;
  std::string text;
  Json literal;
  std::int64_t index = 0;
  std::optional<std::int64_t> start, stop;
  std::int64_t step = 1;
  const JmesPathFunction* function = nullptr;
  std::vector<std::string> keys;
  std::vector<Node> children;
  std::size_t depth = 1;
};

}  // namespace cloudchamber
