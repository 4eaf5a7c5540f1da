// What an expression means once it is read: document paths, and trees of operators over operands.
//
// Nodes refer to the ExpressionAttributeValues of the request: a tree lives no longer than the
// request's input.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::dynamodb {

// "a.b[2]" is {a}, {b}, {2}.
struct PathElement {
  std::string name;  // of a map's member
  std::size_t index = 0;
  bool is_index = false;
  friend bool operator==(const PathElement&, const PathElement&) = default;
};
using Path = std::vector<PathElement>;

// As AWS prints it into messages: "[a, b, [2]]".
[[nodiscard]] std::string printed(const Path& path);
// The value at `path` of an item, else null.
[[nodiscard]] const Json* find(const Json& attributes, const Path& path);

struct Node {
  enum class Kind {
    // operands
    kPath,
    kValue,
    kFunction,
    kPlus,
    kMinus,
    // conditions; a function may be either
    kEqual,
    kNotEqual,
    kLess,
    kLessOrEqual,
    kGreater,
    kGreaterOrEqual,
    kBetween,
    kIn,
    kNot,
    kAnd,
    kOr,
  };

  Kind kind = Kind::kValue;
  bool parenthesised = false;
  Path path;                    // kPath
  const Json* value = nullptr;  // kValue
  std::string name;             // kFunction
  std::vector<Node> children;

  [[nodiscard]] bool is_operand() const { return kind <= Kind::kMinus; }
};

struct UpdateAction {
  enum class Kind { kSet, kRemove, kAdd, kDelete };
  Kind kind;
  Path path;
  Node value;  // none for kRemove
};

// The operator as written: "=", "BETWEEN"; a function's name.
[[nodiscard]] std::string_view name_of(const Node& node);

}  // namespace cloudchamber::mock::dynamodb
