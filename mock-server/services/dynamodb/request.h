// What handlers share: looking into a request's input, finding its table, its expressions and
// conditions, and saying what it consumed.
//
// Inputs are plain Json, not Calls, since the parts of a batch or transaction are requests too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock-server/call/call.h"
#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/expressions/evaluate.h"
#include "mock-server/services/dynamodb/expressions/placeholders.h"
#include "mock-server/services/dynamodb/legacy.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

// A member of an object, null when absent.
[[nodiscard]] const Json* member(const Json& object, std::string_view name);
[[nodiscard]] const std::string* text_member(const Json& object, std::string_view name);
[[nodiscard]] bool flag_member(const Json& object, std::string_view name);

// TableName may be an ARN; this is the name. Else ValidationException for one that can't be.
[[nodiscard]] std::string table_name(const std::string& name_or_arn);
// The table that `input`'s TableName names; else ResourceNotFoundException.
[[nodiscard]] const TableData& table_of(const State& state, const Json& input);
[[nodiscard]] TableData& table_of(State& state, const Json& input);

// Expressions and the parameters that they replaced exclude each other: ValidationException.
void check_parameters(const Json& input, std::initializer_list<std::string_view> expressions,
                      std::initializer_list<std::string_view> others);
// Attribute names of AttributesToGet as paths; ValidationException for a bad or doubled one.
[[nodiscard]] std::vector<Path> attributes_to_get(const Json& names);

// The condition of a write: ConditionExpression or Expected; always met where there is none.
class WriteCondition {
 public:
  WriteCondition() = default;
  // Reads it; the input must outlive this.
  WriteCondition(const Json& input, Placeholders& placeholders);
  // This condition. `met_by_absence`: also where there is no item.
  WriteCondition(Node expression, bool met_by_absence)
      : expression_(std::move(expression)), met_by_absence_(met_by_absence) {}
  // Throws ConditionalCheckFailedException where it isn't met, with the item if `input` asks for
  // it.
  void check(const Item* item, const Json& input) const;
  [[nodiscard]] bool met(const Item* item) const;

 private:
  std::optional<Node> expression_;
  std::vector<LegacyCondition> expected_;
  bool any_ = false;
  bool met_by_absence_ = false;
};

[[nodiscard]] Placeholders placeholders_of(const Json& input);

// Nested access to a key attribute ("Key attributes must be scalars..."): ValidationException.
void check_scalar_keys(const Definition& table, const std::vector<const Path*>& paths);
void collect_paths(const Node& node, std::vector<const Path*>& paths);

// Capacity units of one operation on one table.
class Consumed {
 public:
  explicit Consumed(const Definition& table) : table_(&table) {}

  static double read_units(std::size_t bytes, bool consistent);
  static double write_units(std::size_t bytes);

  void add_table(double units) { table_units_ += units; }
  void add_index(const Index& index, double units);
  // A write of `after` over `before` (either may be null): the table's and the indexes' units.
  void add_write(const Item* before, const Item* after);
  void multiply(double factor);

  // What ConsumedCapacity says; `kind` is "", "ReadCapacityUnits" or "WriteCapacityUnits", for
  // transactions.
  [[nodiscard]] Json to_json(bool by_index, std::string_view kind = "") const;

 private:
  const Definition* table_;
  double table_units_ = 0;
  std::map<std::string, double> local_;
  std::map<std::string, double> global_;
};

// Adds ConsumedCapacity to `reply` if `input` asks for it.
void report_consumed(const Json& input, const Consumed& consumed, Json& reply);
[[nodiscard]] bool wants_consumed(const Json& input);
[[nodiscard]] bool wants_consumed_by_index(const Json& input);
// Adds ItemCollectionMetrics where asked for and the table has a local index.
void report_collection(const Json& input, const TableData& table, const Json& attributes,
                       Json& reply);
[[nodiscard]] Json collection_metrics(const TableData& table, const Json& attributes);

}  // namespace cloudchamber::mock::dynamodb
