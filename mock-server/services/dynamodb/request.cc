#include "mock-server/services/dynamodb/request.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "mock-server/services/dynamodb/expressions/parser.h"
#include "mock-server/services/dynamodb/keys.h"
#include "mock-server/services/dynamodb/limits.h"

namespace cloudchamber::mock::dynamodb {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-';
}

std::string join(const std::vector<std::string_view>& names, const char* separator) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += separator;
    out += name;
  }
  return out;
}

// A number as AWS writes units: 1.0, 0.5.
Json units_json(double units) { return Json(units); }

}  // namespace

const Json* member(const Json& object, std::string_view name) {
  const auto& members = *object.get_ptr<const Json::object_t*>();
  const auto found = members.find(name);
  return found == members.end() ? nullptr : &found->second;
}

const std::string* text_member(const Json& object, std::string_view name) {
  const Json* value = member(object, name);
  return value == nullptr ? nullptr : value->get_ptr<const std::string*>();
}

bool flag_member(const Json& object, std::string_view name) {
  const Json* value = member(object, name);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

std::string table_name(const std::string& name_or_arn) {
  std::string name = name_or_arn;
  if (name.compare(0, 4, "arn:") == 0) {
    const std::size_t table = name.find(":table/");
    if (table == std::string::npos) {
      throw validation_error("Invalid table ARN: " + name_or_arn);
    }
    name = name.substr(table + 7);
  }
  if (!std::all_of(name.begin(), name.end(), is_name_character)) {
    throw validation_error(
        "1 validation error detected: Value '" + name +
        "' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression "
        "pattern: [a-zA-Z0-9_.-]+");
  }
  if (name.size() < 3 || name.size() > 255) {
    throw validation_error(
        "TableName must be at least 3 characters long and at most 255 characters long");
  }
  return name;
}

const TableData& table_of(const State& state, const Json& input) {
  const std::string& given = *text_member(input, "TableName");
  // Whatever names a table here is a fine name.
  if (const TableData* table = state.tables.find(given)) return *table;
  const TableData* table = state.tables.find(table_name(given));
  if (table == nullptr) throw resource_not_found();
  return *table;
}

TableData& table_of(State& state, const Json& input) {
  const std::string& given = *text_member(input, "TableName");
  if (TableData* table = state.tables.change(given)) return *table;
  TableData* table = state.tables.change(table_name(given));
  if (table == nullptr) throw resource_not_found();
  return *table;
}

void check_parameters(const Json& input, std::initializer_list<std::string_view> expressions,
                      std::initializer_list<std::string_view> others) {
  const auto present = [&](std::initializer_list<std::string_view> names) {
    std::vector<std::string_view> found;
    std::copy_if(names.begin(), names.end(), std::back_inserter(found),
                 [&](std::string_view name) { return member(input, name) != nullptr; });
    return found;
  };
  const std::vector<std::string_view> used = present(expressions);
  if (!used.empty()) {
    std::vector<std::string_view> excluded = present(others);
    // KeyConditions may stand beside the other expressions.
    if (member(input, "KeyConditionExpression") == nullptr) {
      excluded.erase(std::remove(excluded.begin(), excluded.end(), "KeyConditions"),
                     excluded.end());
    }
    if (!excluded.empty()) {
      throw validation_error(
          "Can not use both expression and non-expression parameters in the same request: "
          "Non-expression parameters: {" +
          join(excluded, ", ") + "} Expression parameters: {" + join(used, ", ") + "}");
    }
  } else if (member(input, "ExpressionAttributeNames") != nullptr) {
    throw validation_error("ExpressionAttributeNames can only be specified when using expressions");
  }
  if (member(input, "ExpressionAttributeValues") != nullptr) {
    std::vector<std::string_view> with_values;
    std::copy_if(expressions.begin(), expressions.end(), std::back_inserter(with_values),
                 [](std::string_view name) { return name != "ProjectionExpression"; });
    if (std::none_of(with_values.begin(), with_values.end(),
                     [&](std::string_view name) { return member(input, name) != nullptr; })) {
      throw validation_error(
          "ExpressionAttributeValues can only be specified when using expressions: " +
          join(with_values, " and ") + (with_values.size() == 1 ? " is null" : " are null"));
    }
  }
}

std::vector<Path> attributes_to_get(const Json& names) {
  std::vector<Path> paths;
  std::unordered_set<std::string> seen;
  for (const Json& name : names) {
    const auto& text = name.get_ref<const std::string&>();
    check_attribute_name(text);
    if (!seen.insert(text).second) {
      throw invalid_parameter("Duplicate value in attribute name: " + text);
    }
    PathElement element;
    element.name = text;
    paths.push_back({std::move(element)});
  }
  return paths;
}

WriteCondition::WriteCondition(const Json& input, Placeholders& placeholders) {
  if (const std::string* text = text_member(input, "ConditionExpression")) {
    expression_ = parse_condition(*text, "ConditionExpression", placeholders);
  }
  const Json* expected = member(input, "Expected");
  if (expected != nullptr) expected_ = read_expected(*expected);
  if (const std::string* conditional = text_member(input, "ConditionalOperator")) {
    if (expected_.empty()) {
      throw invalid_parameter("ConditionalOperator cannot be used without Filter or Expected");
    }
    any_ = *conditional == "OR";
  }
}

bool WriteCondition::met(const Item* item) const {
  static const Json kNothing = Json::object();
  if (item == nullptr && met_by_absence_) return true;
  const Json& attributes = item == nullptr ? kNothing : *item->attributes;
  if (expression_) return holds(*expression_, attributes);
  return expected_.empty() || holds(expected_, any_, attributes);
}

void WriteCondition::check(const Item* item, const Json& input) const {
  if (met(item)) return;
  const std::string* returned = text_member(input, "ReturnValuesOnConditionCheckFailure");
  const bool tell = item != nullptr && returned != nullptr && *returned == "ALL_OLD";
  throw conditional_check_failed(tell ? item->attributes.get() : nullptr);
}

Placeholders placeholders_of(const Json& input) {
  return Placeholders(member(input, "ExpressionAttributeNames"),
                      member(input, "ExpressionAttributeValues"));
}

void collect_paths(const Node& node, std::vector<const Path*>& paths) {
  if (node.kind == Node::Kind::kPath) paths.push_back(&node.path);
  for (const Node& child : node.children) collect_paths(child, paths);
}

void check_scalar_keys(const Definition& table, const std::vector<const Path*>& paths) {
  for (const Path* path : paths) {
    if (path->size() < 2) continue;
    const std::string& name = (*path)[0].name;
    const auto refuse = [&](const char* kind) {
      throw validation_error(
          std::string("Key attributes must be scalars; list random access '[]' and map lookup '.' "
                      "are not allowed: ") +
          kind + ": " + name);
    };
    if (table.keys.find(name) != nullptr) refuse("Key");
    for (const Index& index : table.indexes) {
      if (index.keys.find(name) != nullptr) refuse("IndexKey");
    }
  }
}

double Consumed::read_units(std::size_t bytes, bool consistent) {
  const double units = std::max(1.0, std::ceil(static_cast<double>(bytes) / 4096));
  return consistent ? units : units / 2;
}

double Consumed::write_units(std::size_t bytes) {
  return std::max(1.0, std::ceil(static_cast<double>(bytes) / 1024));
}

void Consumed::add_index(const Index& index, double units) {
  if (units > 0) (index.global ? global_ : local_)[index.name] += units;
}

void Consumed::add_write(const Item* before, const Item* after) {
  const auto bytes = [](const Item* item) { return item == nullptr ? 0 : item->bytes; };
  table_units_ += write_units(std::max(bytes(before), bytes(after)));
  for (const Index& index : table_->indexes) {
    const auto entry = [&](const Item* item) {
      return item == nullptr ? std::nullopt : entry_bytes(index, *item->attributes, "");
    };
    const auto old_entry = entry(before);
    const auto new_entry = entry(after);
    if (!old_entry && !new_entry) continue;
    Json old_part;
    Json new_part;
    if (old_entry) old_part = projected(*table_, index, *before->attributes);
    if (new_entry) new_part = projected(*table_, index, *after->attributes);
    const double old_units = old_entry ? write_units(size_of_attributes(old_part)) : 0;
    const double new_units = new_entry ? write_units(size_of_attributes(new_part)) : 0;
    if (old_entry == new_entry) {
      if (old_part != new_part) add_index(index, std::max(old_units, new_units));
    } else {
      add_index(index, old_units + new_units);
    }
  }
}

void Consumed::multiply(double factor) {
  table_units_ *= factor;
  for (auto& [name, units] : local_) units *= factor;
  for (auto& [name, units] : global_) units *= factor;
}

Json Consumed::to_json(bool by_index, std::string_view kind) const {
  const auto one = [&](double units) {
    Json entry = {{"CapacityUnits", units_json(units)}};
    if (!kind.empty()) entry[std::string(kind)] = units_json(units);
    return entry;
  };
  double total = table_units_;
  for (const auto& [name, units] : local_) total += units;
  for (const auto& [name, units] : global_) total += units;
  Json result = one(total);
  result["TableName"] = table_->name;
  if (!by_index) return result;
  result["Table"] = one(table_units_);
  const auto indexes = [&](const char* name, const std::map<std::string, double>& all) {
    if (all.empty()) return;
    Json& entries = result[name] = Json::object();
    for (const auto& [index, units] : all) entries[index] = one(units);
  };
  indexes("LocalSecondaryIndexes", local_);
  indexes("GlobalSecondaryIndexes", global_);
  return result;
}

bool wants_consumed(const Json& input) {
  const std::string* wanted = text_member(input, "ReturnConsumedCapacity");
  return wanted != nullptr && *wanted != "NONE";
}

bool wants_consumed_by_index(const Json& input) {
  const std::string* wanted = text_member(input, "ReturnConsumedCapacity");
  return wanted != nullptr && *wanted == "INDEXES";
}

void report_consumed(const Json& input, const Consumed& consumed, Json& reply) {
  if (!wants_consumed(input)) return;
  reply["ConsumedCapacity"] = consumed.to_json(wants_consumed_by_index(input));
}

Json collection_metrics(const TableData& table, const Json& attributes) {
  // The bytes of the collection would be a walk over it; AWS gives a range in whole gigabytes.
  Json key = Json::object();
  for (const KeyAttribute& attribute : table.definition->keys.hash) {
    key[attribute.name] = *attributes.find(attribute.name);
  }
  const double gigabytes =
      std::floor(static_cast<double>(table.bytes) / (1024.0 * 1024.0 * 1024.0));
  return {{"ItemCollectionKey", std::move(key)},
          {"SizeEstimateRangeGB", Json::array({gigabytes, gigabytes + 1})}};
}

void report_collection(const Json& input, const TableData& table, const Json& attributes,
                       Json& reply) {
  const std::string* wanted = text_member(input, "ReturnItemCollectionMetrics");
  if (wanted == nullptr || *wanted != "SIZE" || !table.definition->has_local_indexes()) return;
  reply["ItemCollectionMetrics"] = collection_metrics(table, attributes);
}

}  // namespace cloudchamber::mock::dynamodb
