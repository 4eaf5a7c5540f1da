// Statement: what a PartiQL statement says, in the trees of expressions.
//
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html; the texts of
// refusals and what AWS takes beyond its documentation: the partiql tests of
// github.com/paritysuite/dynamodb-conformance, which were validated against AWS.
#pragma once

#include <deque>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock-server/services/dynamodb/expressions/tree.h"

namespace cloudchamber::mock::dynamodb::partiql {

struct OrderBy {
  std::string attribute;
  bool descending = false;
};

struct Returning {
  bool whole = true;  // ALL, else MODIFIED
  bool after = true;  // NEW, else OLD
};

struct Statement {
  enum class Kind { kSelect, kInsert, kUpdate, kDelete, kExists };

  Statement() = default;
  Statement(const Statement&) = delete;  // nodes refer to `values`
  Statement& operator=(const Statement&) = delete;
  Statement(Statement&&) = default;
  Statement& operator=(Statement&&) = default;
  ~Statement() = default;

  Kind kind = Kind::kSelect;
  std::string table;
  std::string index;                       // "" when none
  std::optional<std::vector<Path>> paths;  // SELECT: nothing for *
  std::optional<Node> where;
  std::vector<OrderBy> order;
  Json item;                          // INSERT
  std::vector<UpdateAction> actions;  // UPDATE
  std::optional<Returning> returning;
  std::deque<Json> values;  // literals and parameters, fit to be stored

  [[nodiscard]] bool reads() const { return kind == Kind::kSelect; }
};

// `parameters`: the array of the request, or null. Depth and length are bounded. Throws
// ValidationException.
[[nodiscard]] Statement parse(std::string_view text, const Json* parameters);

// The conditions that all have to hold.
[[nodiscard]] std::vector<const Node*> conjuncts(const std::optional<Node>& where);

}  // namespace cloudchamber::mock::dynamodb::partiql
