#include "mock-server/services/dynamodb/query_operations.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "mock-server/services/dynamodb/expressions/parser.h"
#include "mock-server/services/dynamodb/item_operations.h"
#include "mock-server/services/dynamodb/key_conditions.h"
#include "mock-server/services/dynamodb/keys.h"
#include "mock-server/services/dynamodb/limits.h"
#include "mock-server/services/dynamodb/request.h"

namespace cloudchamber::mock::dynamodb {
namespace {

// A filter is evaluated on what was read; what it drops has been read all the same.
struct Filter {
  std::optional<Node> expression;
  std::vector<LegacyCondition> conditions;
  bool any = false;

  [[nodiscard]] bool keeps(const Json& attributes) const {
    if (expression) return holds(*expression, attributes);
    return conditions.empty() || holds(conditions, any, attributes);
  }
  [[nodiscard]] bool mentions_attribute(const std::string& name) const {
    if (expression) return mentions(*expression, name);
    return std::any_of(conditions.begin(), conditions.end(),
                       [&](const LegacyCondition& c) { return c.attribute == name; });
  }
};

// What a Query or Scan asks for, read and checked as far as that goes without the table.
struct Request {
  const Json* input = nullptr;
  const Json* start_key = nullptr;
  Filter filter;
  std::optional<std::vector<Path>> paths;
  std::optional<std::vector<KeyCondition>> key_conditions;
  std::size_t limit = std::numeric_limits<std::size_t>::max();
  bool forward = true;
  bool consistent = false;
  std::string select;          // "" when not given
  bool by_last_names = false;  // gives what stands at `paths` under their last names
};

// The table or the index that is read.
struct Source {
  const TableData* table = nullptr;
  const Index* index = nullptr;  // null for the table itself
  std::size_t position = 0;      // of the index
  bool whole_items = true;       // reads the items, not what the index holds of them

  [[nodiscard]] const Definition& definition() const { return *table->definition; }
  // Whether an index looks up what it doesn't hold itself.
  [[nodiscard]] bool fetches() const {
    return index != nullptr && whole_items && index->projection != Projection::kAll;
  }
  [[nodiscard]] const KeySchema& keys() const {
    return index == nullptr ? definition().keys : index->keys;
  }
};

void check_start_key(const Json& start_key) {
  for (const auto& [name, value] : *start_key.get_ptr<const Json::object_t*>()) {
    try {
      check_value(value);
    } catch (const AwsError& error) {
      // AWS puts this in front of some complaints only.
      static constexpr std::array kPlain = {"contains duplicates", "number set", "numeric value",
                                            "significant digits", "number with magnitude"};
      const std::string message = error.message();
      const bool plain = std::any_of(kPlain.begin(), kPlain.end(), [&](const char* part) {
        return message.find(part) != std::string::npos;
      });
      throw validation_error((plain ? "" : "The provided starting key is invalid: ") + message);
    }
  }
}

// `filter_name`: QueryFilter or ScanFilter, the parameter that FilterExpression replaced.
Request read_request(const Json& input, std::string_view filter_name) {
  Request request;
  request.input = &input;
  if (const Json* conditions = member(input, filter_name)) {
    request.filter.conditions = read_conditions(*conditions);
  }
  if (const std::string* conditional = text_member(input, "ConditionalOperator")) {
    if (request.filter.conditions.empty()) {
      throw invalid_parameter("ConditionalOperator cannot be used without Filter or Expected");
    }
    request.filter.any = *conditional == "OR";
  }
  if (const Json* names = member(input, "AttributesToGet")) {
    request.paths = attributes_to_get(*names);
  }
  request.start_key = member(input, "ExclusiveStartKey");
  if (request.start_key != nullptr) check_start_key(*request.start_key);
  if (const Json* limit = member(input, "Limit")) request.limit = *limit;
  request.consistent = flag_member(input, "ConsistentRead");
  if (const std::string* select = text_member(input, "Select")) request.select = *select;
  return request;
}

void read_expressions(const Json& input, Request& request) {
  Placeholders placeholders = placeholders_of(input);
  std::optional<Node> key_condition;
  if (const std::string* text = text_member(input, "KeyConditionExpression")) {
    key_condition = parse_condition(*text, "KeyConditionExpression", placeholders);
  }
  if (const std::string* text = text_member(input, "FilterExpression")) {
    request.filter.expression = parse_condition(*text, "FilterExpression", placeholders);
  }
  if (const std::string* text = text_member(input, "ProjectionExpression")) {
    request.paths = parse_projection(*text, placeholders);
  }
  placeholders.check_all_used();
  if (key_condition) request.key_conditions = read_key_conditions(*key_condition);
}

void check_select(const Request& request) {
  const bool has_paths = request.paths.has_value();
  if (request.select == "SPECIFIC_ATTRIBUTES" && !has_paths) {
    throw validation_error(
        "One or more parameter values were invalid: Must specify the AttributesToGet or "
        "ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
  }
  if (has_paths && !request.select.empty() && request.select != "SPECIFIC_ATTRIBUTES") {
    throw validation_error(
        "Cannot specify the " +
        std::string(member(*request.input, "AttributesToGet") != nullptr ? "AttributesToGet"
                                                                         : "ProjectionExpression") +
        " when choosing to get " + (request.select == "COUNT" ? "only the Count" : request.select));
  }
  if (request.select == "ALL_PROJECTED_ATTRIBUTES" &&
      member(*request.input, "IndexName") == nullptr) {
    throw validation_error(
        "One or more parameter values were invalid: ALL_PROJECTED_ATTRIBUTES can be used only when "
        "Querying using an IndexName");
  }
}

Source find_source(const State& state, const Request& request) {
  Source source;
  source.table = &table_of(state, *request.input);
  const std::string* name = text_member(*request.input, "IndexName");
  if (name == nullptr) return source;
  source.index = source.definition().find_index(*name);
  if (source.index == nullptr) {
    throw validation_error("The table does not have the specified index: " + *name);
  }
  source.position = static_cast<std::size_t>(source.index - source.definition().indexes.data());
  if (source.index->global && request.consistent) {
    throw validation_error("Consistent reads are not supported on global secondary indexes");
  }
  return source;
}

// Decides whether the index's own part of the items is enough, or refuses what a global index does
// not have.
void check_projection(const Request& request, Source& source) {
  if (source.index == nullptr) return;
  const Index& index = *source.index;
  source.whole_items = index.projection == Projection::kAll;
  if (request.select == "ALL_ATTRIBUTES" && !source.whole_items) {
    if (index.global) {
      throw invalid_parameter(
          "Select type ALL_ATTRIBUTES is not supported for global secondary "
          "index " +
          index.name + " because its projection type is not ALL");
    }
    source.whole_items = true;
  }
  if (!request.paths || source.whole_items) return;
  std::string missing;
  for (const Path& path : *request.paths) {
    if (projects(source.definition(), index, path[0].name)) continue;
    missing += (missing.empty() ? "" : ", ") + path[0].name;
  }
  if (missing.empty()) return;
  if (index.global) {
    throw invalid_parameter("Global secondary index " + index.name + " does not project [" +
                            missing + "]");
  }
  source.whole_items = true;  // a local index fetches what it lacks
}

void check_projected_paths(const Request& request, const Source& source) {
  if (!request.paths) return;
  std::vector<const Path*> paths;
  for (const Path& path : *request.paths) paths.push_back(&path);
  check_scalar_keys(source.definition(), paths);
}

void check_filter_paths(const Request& request, const Source& source) {
  if (!request.filter.expression) return;
  std::vector<const Path*> paths;
  collect_paths(*request.filter.expression, paths);
  check_scalar_keys(source.definition(), paths);
}

// The names that a starting key has: of the table's key and the index's.
std::vector<KeyAttribute> start_attributes(const Source& source) {
  std::vector<KeyAttribute> attributes;
  const auto add = [&](const KeyAttribute& attribute, bool) {
    if (std::find(attributes.begin(), attributes.end(), attribute) == attributes.end()) {
      attributes.push_back(attribute);
    }
  };
  source.definition().keys.each(add);
  if (source.index != nullptr) source.index->keys.each(add);
  return attributes;
}

Json start_key_of(const Source& source, const Json& attributes) {
  Json key = Json::object();
  for (const KeyAttribute& attribute : start_attributes(source)) {
    key[attribute.name] = *attributes.find(attribute.name);
  }
  return key;
}

// A starting key has the attributes of the table's key and the index's; it need not be of an item
// that exists.
void check_start(const Request& request, const Source& source) {
  const Json& key = *request.start_key;
  const bool by_keys = request.key_conditions || source.index != nullptr;
  const AwsError plain = validation_error("The provided starting key is invalid");
  const std::string mismatch = "The provided key element does not match the schema";
  if (key.size() != start_attributes(source).size()) {
    if (by_keys) throw AwsError(plain);
    throw validation_error("The provided starting key is invalid: " + mismatch);
  }
  if (by_keys) {
    source.keys().each([&](const KeyAttribute& attribute, bool) {
      const auto found = key.find(attribute.name);
      if (found == key.end()) throw AwsError(plain);
      if (type_of(*found) != attribute.type) throw validation_error(mismatch);
    });
    check_key(source.keys(), key_of(source.keys(), key));
  }
  Json table_key = Json::object();
  source.definition().keys.each([&](const KeyAttribute& attribute, bool) {
    const auto found = key.find(attribute.name);
    if (found != key.end()) table_key[attribute.name] = *found;
  });
  try {
    check_key(source.definition().keys, table_key);
  } catch (const AwsError& error) {
    throw validation_error("The provided starting key is invalid: " + error.message());
  }
}

std::string start_bytes(const Request& request, const Source& source) {
  const Json& key = *request.start_key;
  std::string bytes = key_bytes(source.definition().keys, key);
  if (source.index != nullptr) bytes = *entry_bytes(*source.index, key, bytes);
  return bytes;
}

void check_start_in_query(const Request& request, const Source& source) {
  const Json& key = *request.start_key;
  // A partition of one item has nothing behind it.
  if (source.index == nullptr && source.keys().range.empty()) {
    std::string shown;
    for (const auto& [name, value] : *key.get_ptr<const Json::object_t*>()) {
      shown += (shown.empty() ? "" : ", ") + name + "=AttributeValue: " + dynamodb::printed(value);
    }
    throw validation_error("The provided exclusive start key is invalid: ExclusiveStartKey: {" +
                           shown + "}");
  }
  bool range_bound = false;
  for (const KeyCondition& condition : *request.key_conditions) {
    const auto& range = source.keys().range;
    const bool is_range = std::any_of(range.begin(), range.end(), [&](const KeyAttribute& a) {
      return a.name == condition.attribute;
    });
    range_bound = range_bound || is_range;
    if (is_range && !meets(condition, *key.find(condition.attribute))) {
      throw validation_error("The provided starting key does not match the range key predicate");
    }
  }
  for (const KeyCondition& condition : *request.key_conditions) {
    if (meets(condition, *key.find(condition.attribute))) continue;
    throw validation_error(
        range_bound ? "The query can return at most one row and cannot be restarted"
                    : "The provided starting key is outside query boundaries based on provided "
                      "conditions");
  }
}

// PartiQL's projection: "a.b" gives {"b": ...}.
Json by_last_names(const Json& attributes, const std::vector<Path>& paths) {
  Json result = Json::object();
  for (const Path& path : paths) {
    if (const Json* found = find(attributes, path)) result[path.back().name] = *found;
  }
  return result;
}

// Reads a page: collects what the filter keeps until a limit is met.
class Page {
 public:
  Page(const Request& request, const Source& source, TimePoint now)
      : request_(request), source_(source), now_(now) {}

  void read(const KeyRange& range) {
    if (source_.index == nullptr) {
      walk(source_.table->items, range,
           [&](const std::string& key, const Item& item) { return take(key, item); });
    } else {
      walk(source_.table->entries[source_.position], range,
           [&](const std::string& entry, const std::string& key) {
             return take(entry, *source_.table->items.find(key));
           });
    }
  }

  Json reply() {
    Json reply = {{"Count", count_}, {"ScannedCount", scanned_}};
    if (request_.select != "COUNT") reply["Items"] = std::move(items_);
    if (!last_key_.is_null()) reply["LastEvaluatedKey"] = std::move(last_key_);
    return reply;
  }

  // Capacity units: of a query one reading; of a scan one in each partition that it went through.
  [[nodiscard]] double units(const KeyRange& range) const {
    if (request_.key_conditions) return Consumed::read_units(total_bytes(), request_.consistent);
    // A new on-demand table has four partitions.
    const std::size_t partitions = source_.definition().pay_per_request ? 4 : 1;
    const auto partition_of = [&](std::string_view key) {
      return key.empty() ? 0 : static_cast<unsigned char>(key[0]) * partitions / 256;
    };
    const std::size_t first = partition_of(range.begin);
    std::size_t last = partition_of(last_entry_);
    if (last_key_.is_null()) {
      last = range.end.empty() ? partitions - 1 : partition_of(range.end);
      // An end at a partition's very beginning doesn't touch it.
      if (last > first && !range.end.empty() &&
          static_cast<unsigned char>(range.end[0]) * partitions % 256 == 0 &&
          range.end.find_first_not_of('\0', 1) == std::string::npos) {
        --last;
      }
    }
    std::vector<std::size_t> bytes(partitions, 0);
    for (std::size_t i = 0; i < bytes_by_lead_.size(); ++i) {
      bytes[i * partitions / 256] += bytes_by_lead_[i];
    }
    double units = 0;
    for (std::size_t i = first; i <= last && i < partitions; ++i) {
      units += Consumed::read_units(bytes[i], request_.consistent);
    }
    return units;
  }

  [[nodiscard]] std::size_t fetched_bytes() const { return fetched_bytes_; }

 private:
  template <class Map, class F>
  void walk(const Map& map, const KeyRange& range, F take_entry) {
    const auto begin = map.lower_bound(range.begin);
    const auto end = range.end.empty() ? map.end() : map.lower_bound(range.end);
    if (!range.end.empty() && range.end <= range.begin) return;
    if (request_.forward) {
      for (auto position = begin; position != end; ++position) {
        if (!take_entry(position->first, position->second)) return;
      }
    } else {
      for (auto position = end; position != begin;) {
        --position;
        if (!take_entry(position->first, position->second)) return;
      }
    }
  }

  // False when the page ends with this item.
  bool take(const std::string& entry, const Item& item) {
    if (is_expired(source_.definition(), *item.attributes, now_)) return true;
    ++scanned_;
    last_entry_ = entry;
    const bool partial = !source_.whole_items;
    if (source_.fetches()) fetched_bytes_ += item.bytes;
    std::optional<Json> part;
    if (partial) part = projected(source_.definition(), *source_.index, *item.attributes);
    const Json& seen = partial ? *part : *item.attributes;
    std::size_t bytes = partial ? size_of_attributes(seen) : item.bytes;
    if (source_.fetches()) {
      bytes = size_of_attributes(projected(source_.definition(), *source_.index, seen));
    }
    bytes_by_lead_[static_cast<unsigned char>(entry[0])] += bytes;
    bytes_ += bytes;
    if (request_.filter.keeps(seen)) {
      ++count_;
      if (request_.select != "COUNT") {
        items_.push_back(request_.paths
                             ? (request_.by_last_names ? by_last_names(seen, *request_.paths)
                                                       : project(seen, *request_.paths))
                         : partial ? std::move(*part)
                                   : *item.attributes);
      }
    }
    if (scanned_ < request_.limit && bytes_ < kMaxPageBytes) return true;
    last_key_ = start_key_of(source_, *item.attributes);
    return false;
  }

  [[nodiscard]] std::size_t total_bytes() const { return bytes_; }

  const Request& request_;
  const Source& source_;
  TimePoint now_;
  Json items_ = Json::array();
  Json last_key_;
  std::string last_entry_;
  std::size_t count_ = 0;
  std::size_t scanned_ = 0;
  std::size_t bytes_ = 0;
  std::size_t fetched_bytes_ = 0;  // of items that a local index had to look up in its table
  std::array<std::size_t, 256> bytes_by_lead_{};  // by the first byte of the key: its partition
};

Json read_page(const Request& request, const Source& source, KeyRange range, TimePoint now) {
  if (request.start_key != nullptr) {
    std::string start = start_bytes(request, source);
    if (request.forward) {
      start += '\0';  // the next key there can be
      range.begin = std::max(range.begin, start);
    } else if (range.end.empty() || start < range.end) {
      range.end = std::move(start);
    }
  }
  Page page(request, source, now);
  page.read(range);
  Json reply = page.reply();
  if (wants_consumed(*request.input)) {
    Consumed consumed(source.definition());
    const double units = page.units(range);
    if (source.index == nullptr) {
      consumed.add_table(units);
    } else {
      consumed.add_index(*source.index, units);
      if (source.fetches()) {
        consumed.add_table(Consumed::read_units(page.fetched_bytes(), request.consistent));
      }
    }
    report_consumed(*request.input, consumed, reply);
  }
  return reply;
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

void check_filter_keys(const Request& request, const Source& source) {
  source.keys().each([&](const KeyAttribute& attribute, bool) {
    if (!request.filter.mentions_attribute(attribute.name)) return;
    throw validation_error(
        std::string(request.filter.expression ? "Filter Expression" : "QueryFilter") +
        " can only contain non-primary key attributes: Primary key attribute: " + attribute.name);
  });
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
  Request request;
  request.input = read.input;
  if (read.where != nullptr) request.filter.expression = *read.where;
  if (read.paths != nullptr) request.paths = *read.paths;
  request.by_last_names = true;
  request.forward = read.forward;
  request.start_key = read.start_key;
  if (request.start_key != nullptr) check_start_key(*request.start_key);
  if (const Json* limit = member(*read.input, "Limit")) request.limit = *limit;
  request.consistent = flag_member(*read.input, "ConsistentRead");

  Source source;
  source.table = &table_of(state, {{"TableName", read.table}});
  if (!read.index.empty()) {
    source.index = source.definition().find_index(read.index);
    if (source.index == nullptr) {
      throw validation_error("The table does not have the specified index");
    }
    source.position = static_cast<std::size_t>(source.index - source.definition().indexes.data());
    if (source.index->global && request.consistent) {
      throw validation_error("Consistent reads are not supported on global secondary indexes");
    }
  }
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
  Request request = read_request(input, "QueryFilter");
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
  Source source = find_source(state, request);
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
  Request request = read_request(input, "ScanFilter");
  const KeyRange range = segment_range(input);
  read_expressions(input, request);
  check_select(request);
  Source source = find_source(state, request);
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
