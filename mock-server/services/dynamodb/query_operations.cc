#include "mock-server/services/dynamodb/query_operations.h"

#include <array>
#include <optional>

#include "mock-server/services/dynamodb/keys.h"
#include "mock-server/services/dynamodb/reads/read_page.h"
#include "mock-server/services/dynamodb/reads/starting_key.h"
#include "mock-server/services/dynamodb/request.h"

namespace cloudchamber::mock::dynamodb {
namespace {

ReadSource source_of(const State& state, const ReadRequest& request) {
  ReadSource source{.table = &table_of(state, *request.input)};
  const std::string* name = text_member(*request.input, "IndexName");
  if (name != nullptr && !use_index(source, *name, request.consistent))
    throw validation_error("The table does not have the specified index: " + *name);
  return source;
}

// Segment and TotalSegments go together.
KeyRange segment_range(const Json& input) {
  const Json* segment = member(input, "Segment");
  const Json* total = member(input, "TotalSegments");
  if (segment != nullptr && total == nullptr) {
    throw validation_error(
        "The TotalSegments parameter is required but was not present in the request when Segment "
        "parameter is present");
  }
  if (total == nullptr) return {};
  if (segment == nullptr) {
    throw validation_error(
        "The Segment parameter is required but was not present in the request when parameter "
        "TotalSegments is present");
  }
  const auto index = segment->get<std::uint64_t>();
  const auto count = total->get<std::uint64_t>();
  if (index >= count) {
    throw validation_error(
        "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
        "Segment: " +
        std::to_string(index) + " is not less than TotalSegments: " + std::to_string(count));
  }
  return {segment_start(index, count),
          index + 1 == count ? std::string() : segment_start(index + 1, count)};
}

// The key conditions among what a SELECT asks, when they name one partition.
std::optional<std::vector<KeyCondition>> key_conditions_of(const StatementRead& read,
                                                           const KeySchema& keys) {
  std::vector<KeyCondition> conditions;
  for (const KeyAttribute& attribute : keys.hash) {
    const std::size_t before = conditions.size();
    for (const Node* node : read.conjuncts) {
      auto condition = key_condition_of(*node, attribute);
      if (!condition || condition->comparison != "EQ") continue;
      conditions.push_back(std::move(*condition));
      break;
    }
    if (conditions.size() == before) return std::nullopt;
  }
  // Of a sort key's several conditions one makes the range, the filter does the rest.
  if (!keys.range.empty()) {
    for (const Node* node : read.conjuncts) {
      auto condition = key_condition_of(*node, keys.range.front());
      if (!condition) continue;
      conditions.push_back(std::move(*condition));
      break;
    }
  }
  return conditions;
}

}  // namespace

std::optional<KeyCondition> key_condition_of(const Node& node, const KeyAttribute& attribute) {
  using Kind = Node::Kind;
  static constexpr std::array<std::pair<Kind, const char*>, 6> kComparisons = {
      {{Kind::kEqual, "EQ"},
       {Kind::kLess, "LT"},
       {Kind::kLessOrEqual, "LE"},
       {Kind::kGreater, "GT"},
       {Kind::kGreaterOrEqual, "GE"},
       {Kind::kBetween, "BETWEEN"}}};
  std::string comparison;
  for (const auto& [kind, name] : kComparisons) {
    if (node.kind == kind) comparison = name;
  }
  if (node.kind == Kind::kFunction && node.name == "begins_with") comparison = "BEGINS_WITH";
  if (comparison.empty()) return std::nullopt;
  const Node& path = node.children[0];
  if (path.kind != Kind::kPath || path.path.size() != 1 || path.path[0].name != attribute.name) {
    return std::nullopt;
  }
  KeyCondition condition{attribute.name, comparison, {}};
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    if (node.children[i].kind != Kind::kValue) return std::nullopt;
    condition.values.push_back(node.children[i].value);
  }
  return condition;
}

Json read_for_statement(const StatementRead& read, const State& state, TimePoint now) {
  ReadRequest request;
  request.input = read.input;
  if (read.where != nullptr) request.filter.expression = *read.where;
  if (read.paths != nullptr) request.paths = *read.paths;
  request.by_last_names = true;
  request.forward = read.forward;
  request.start_key = read.start_key;
  if (request.start_key != nullptr) check_start_key(*request.start_key);
  if (const Json* limit = member(*read.input, "Limit")) request.limit = *limit;
  request.consistent = flag_member(*read.input, "ConsistentRead");

  ReadSource source{.table = &table_of(state, {{"TableName", read.table}})};
  if (!read.index.empty() && !use_index(source, read.index, request.consistent))
    throw validation_error("The table does not have the specified index");
  request.key_conditions = key_conditions_of(read, source.keys());
  KeyRange range;
  if (request.key_conditions) range = range_of(source.keys(), *request.key_conditions);
  if (request.start_key != nullptr) {
    check_start(request, source);
    if (request.key_conditions) check_start_in_query(request, source);
  }
  check_projected_paths(request, source);
  check_projection(request, source);
  check_filter_paths(request, source);
  Json reply = read_page(request, source, range, now);
  reply.erase("Count");
  reply.erase("ScannedCount");
  return reply;
}

Json query(Call& call, const State& state) {
  const Json& input = call.input();
  check_parameters(input, {"ProjectionExpression", "FilterExpression", "KeyConditionExpression"},
                   {"AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"});
  ReadRequest request = read_request(input, "QueryFilter");
  request.forward = call.flag_or("ScanIndexForward", true);
  const Json* conditions = member(input, "KeyConditions");
  if (conditions == nullptr && member(input, "KeyConditionExpression") == nullptr) {
    throw validation_error(
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the "
        "request.");
  }
  read_expressions(input, request);
  if (conditions != nullptr) {
    request.key_conditions = read_key_conditions(read_conditions(*conditions));
    if (request.key_conditions->empty() || request.key_conditions->size() > 2) {
      throw validation_error("Conditions can be of length 1 or 2 only");
    }
  }
  check_select(request);
  ReadSource source = source_of(state, request);
  if (request.start_key != nullptr) check_start(request, source);
  const KeyRange range = range_of(source.keys(), *request.key_conditions);
  if (request.start_key != nullptr) check_start_in_query(request, source);
  check_projected_paths(request, source);
  check_filter_keys(request, source);
  check_projection(request, source);
  check_filter_paths(request, source);
  return read_page(request, source, range, call.now());
}

Json scan(Call& call, const State& state) {
  const Json& input = call.input();
  check_parameters(input, {"ProjectionExpression", "FilterExpression"},
                   {"AttributesToGet", "ScanFilter", "ConditionalOperator"});
  ReadRequest request = read_request(input, "ScanFilter");
  const KeyRange range = segment_range(input);
  read_expressions(input, request);
  check_select(request);
  ReadSource source = source_of(state, request);
  if (request.start_key != nullptr) check_start(request, source);
  check_projection(request, source);
  check_projected_paths(request, source);
  check_filter_paths(request, source);
  if (request.start_key != nullptr && member(input, "TotalSegments") != nullptr) {
    const std::string start = start_bytes(request, source);
    if (start < range.begin || (!range.end.empty() && start >= range.end)) {
      throw validation_error(
          "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use "
          "ExclusiveStartKey with correct Segment. TotalSegments: " +
          std::to_string(call.integer("TotalSegments")) +
          " Segment: " + std::to_string(call.integer("Segment")));
    }
  }
  return read_page(request, source, range, call.now());
}

}  // namespace cloudchamber::mock::dynamodb
