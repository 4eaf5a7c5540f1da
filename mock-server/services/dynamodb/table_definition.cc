#include "mock-server/services/dynamodb/table_definition.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/limits.h"
#include "mock-server/services/dynamodb/request.h"

namespace cloudchamber::mock::dynamodb {
namespace {

using Attributes = std::vector<std::pair<std::string, Type>>;

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return "[" + out + "]";
}

std::vector<std::string> names_of(const Attributes& attributes) {
  std::vector<std::string> names;
  for (const auto& [name, type] : attributes) names.push_back(name);
  return names;
}

std::vector<std::string> names_of(const Json& key_schema) {
  std::vector<std::string> names;
  for (const Json& element : key_schema) names.push_back(element["AttributeName"]);
  return names;
}

void check_defined(const std::vector<std::string>& keys, const Attributes& attributes) {
  for (const std::string& key : keys) {
    if (std::any_of(attributes.begin(), attributes.end(),
                    [&](const auto& attribute) { return attribute.first == key; })) {
      continue;
    }
    throw invalid_parameter(
        "Some index key attributes are not defined in AttributeDefinitions. Keys: " + listed(keys) +
        ", AttributeDefinitions: " + listed(names_of(attributes)));
  }
}

// `many`: a global index, that may have more than one attribute of a kind.
KeySchema read_key_schema(const Json& schema, const Attributes& attributes, bool many,
                          const std::string& where) {
  const std::vector<std::string> names = names_of(schema);
  if (!many && names.size() > 2) {
    throw validation_error("1 validation error detected: Value '" + listed(names) + "' at '" +
                           where +
                           "' failed to satisfy constraint: Member must have length less than or "
                           "equal to 2");
  }
  check_defined(names, attributes);
  if (std::set<std::string>(names.begin(), names.end()).size() != names.size()) {
    throw validation_error(
        "Both the Hash Key and the Range Key element in the KeySchema have the same name");
  }
  KeySchema keys;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool is_hash = schema[i]["KeyType"] == "HASH";
    if (i == 0 && !is_hash) {
      throw validation_error(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    if (!many && i == 1 && is_hash) {
      throw validation_error(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
    if (is_hash && !keys.range.empty()) {
      throw validation_error(
          "Invalid KeySchema: All HASH key elements must precede all RANGE key elements");
    }
    const Type type =
        std::find_if(attributes.begin(), attributes.end(), [&](const auto& attribute) {
          return attribute.first == names[i];
        })->second;
    (is_hash ? keys.hash : keys.range).push_back({names[i], type});
  }
  if (keys.hash.size() > kMaxIndexKeyAttributes) {
    throw invalid_parameter("Number of HASH key attributes in an index exceeds the limit of 4");
  }
  if (keys.range.size() > kMaxIndexKeyAttributes) {
    throw invalid_parameter("Number of RANGE key attributes in an index exceeds the limit of 4");
  }
  return keys;
}

void read_projection(const Json& projection, Index& index) {
  const std::string* type = text_member(projection, "ProjectionType");
  if (type == nullptr) throw invalid_parameter("Unknown ProjectionType: null");
  const Json* others = member(projection, "NonKeyAttributes");
  index.projection = *type == "ALL"         ? Projection::kAll
                     : *type == "KEYS_ONLY" ? Projection::kKeysOnly
                                            : Projection::kInclude;
  if (index.projection != Projection::kInclude) {
    if (others != nullptr) {
      throw invalid_parameter("ProjectionType is " + *type + ", but NonKeyAttributes is specified");
    }
    return;
  }
  if (others == nullptr) {
    throw invalid_parameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
  }
  std::set<std::string> seen;
  for (const Json& name : *others) {
    if (!seen.insert(name.get<std::string>()).second) {
      throw invalid_parameter("Duplicate attribute name in NonKeyAttributes: " +
                              name.get<std::string>());
    }
    index.non_key_attributes.push_back(name);
  }
}

void check_local_index(const Definition& table, const std::string& name, const KeySchema& keys) {
  if (keys.range.empty()) {
    throw invalid_parameter("Index KeySchema does not have a range key for index: " + name);
  }
  if (keys.hash != table.keys.hash) {
    throw invalid_parameter(
        "Index KeySchema does not have the same leading hash key as table KeySchema for index: " +
        name + ". index hash key: " + keys.hash[0].name +
        ", table hash key: " + table.keys.hash[0].name);
  }
}

void check_index_counts(const Definition& table) {
  std::size_t local = 0;
  std::size_t projected_attributes = 0;
  std::set<std::string> names;
  for (const Index& index : table.indexes) {
    if (!names.insert(index.name).second) {
      throw invalid_parameter("Duplicate index name: " + index.name);
    }
    if (!index.global) ++local;
    projected_attributes += index.non_key_attributes.size();
  }
  if (local > kMaxLocalIndexes) {
    throw invalid_parameter("Number of LocalSecondaryIndexes exceeds per-table limit of 5");
  }
  if (table.indexes.size() - local > kMaxGlobalIndexes) {
    throw invalid_parameter("GlobalSecondaryIndex count exceeds the per-table limit of 20");
  }
  if (projected_attributes > kMaxProjectedAttributes) {
    throw invalid_parameter("Number of projected attributes exceeds the per-table limit of 100");
  }
}

void check_all_attributes_used(const Definition& table) {
  if (table.indexes.empty()) {
    if (table.attributes.size() != table.keys.size()) {
      throw invalid_parameter(
          "Number of attributes in KeySchema does not exactly match number of attributes defined "
          "in AttributeDefinitions");
    }
    return;
  }
  std::set<std::string> used;
  const auto note = [&](const KeySchema& keys) {
    keys.each([&](const KeyAttribute& attribute, bool) { used.insert(attribute.name); });
  };
  note(table.keys);
  for (const Index& index : table.indexes) note(index.keys);
  if (used.size() != table.attributes.size()) {
    throw invalid_parameter("Some AttributeDefinitions are not used. AttributeDefinitions: " +
                            listed(names_of(table.attributes)) +
                            ", keys used: " + listed({used.begin(), used.end()}));
  }
}

void read_billing(const Call& call, Definition& table) {
  const std::string* mode = text_member(call.input(), "BillingMode");
  const Json* throughput = call.find("ProvisionedThroughput");
  table.billing_mode_told = mode != nullptr && *mode == "PAY_PER_REQUEST";
  table.pay_per_request = table.billing_mode_told;
  if (table.pay_per_request) {
    if (throughput != nullptr) {
      throw invalid_parameter(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
          "PAY_PER_REQUEST");
    }
    table.pay_per_request_since = call.now();
    return;
  }
  if (throughput == nullptr) {
    throw invalid_parameter(
        "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
        "PROVISIONED");
  }
  check_throughput(*throughput);
  table.throughput = read_throughput(*throughput);
}

void read_indexes(const Call& call, Definition& table) {
  if (const Json* indexes = call.find("LocalSecondaryIndexes")) {
    if (indexes->empty()) throw invalid_parameter("List of LocalSecondaryIndexes is empty");
    if (table.keys.range.empty()) {
      throw invalid_parameter(
          "Table KeySchema does not have a range key, which is required when specifying a "
          "LocalSecondaryIndex");
    }
    for (const Json& index : *indexes) {
      const std::string where = "localSecondaryIndexes.keySchema";
      check_local_index(table, index["IndexName"],
                        read_key_schema(index["KeySchema"], table.attributes, false, where));
      table.indexes.push_back(read_index(index, false, table.attributes));
    }
  }
  if (const Json* indexes = call.find("GlobalSecondaryIndexes")) {
    if (indexes->empty()) throw invalid_parameter("List of GlobalSecondaryIndexes is empty");
    for (const Json& index : *indexes) {
      check_global_index(table, index);
      table.indexes.push_back(read_index(index, true, table.attributes));
    }
  }
  check_index_counts(table);
}

void read_encryption(const Call& call, Definition& table) {
  const Json* encryption = call.find("SSESpecification");
  if (encryption == nullptr || !flag_member(*encryption, "Enabled")) return;
  const std::string* key = text_member(*encryption, "KMSMasterKeyId");
  // Where no key is named it is AWS's own of the account.
  const std::string prefix = "arn:aws:kms:" + call.region() + ":" + call.account() + ":key/";
  table.kms_key = key == nullptr                    ? prefix + call.ids().uuid()
                  : key->compare(0, 4, "arn:") == 0 ? *key
                                                    : prefix + *key;
}

}  // namespace

Attributes read_attributes(const Json& definitions) {
  Attributes attributes;
  for (const Json& definition : definitions) {
    const std::string name = definition["AttributeName"];
    if (std::any_of(attributes.begin(), attributes.end(),
                    [&](const auto& attribute) { return attribute.first == name; })) {
      throw invalid_parameter("Duplicate AttributeName in AttributeDefinitions: " + name);
    }
    attributes.emplace_back(name, *type_of_name(definition["AttributeType"].get<std::string>()));
  }
  return attributes;
}

Index read_index(const Json& description, bool global, const Attributes& attributes) {
  Index index;
  index.name = description["IndexName"];
  index.global = global;
  index.keys = read_key_schema(description["KeySchema"], attributes, global, "keySchema");
  read_projection(description["Projection"], index);
  if (const Json* throughput = member(description, "ProvisionedThroughput")) {
    check_throughput(*throughput);
    index.throughput = read_throughput(*throughput);
  }
  if (const Json* limits = member(description, "OnDemandThroughput")) {
    index.on_demand = read_limits(*limits, "MaxReadRequestUnits", "MaxWriteRequestUnits");
  }
  if (const Json* limits = member(description, "WarmThroughput")) {
    index.warm = read_limits(*limits, "ReadUnitsPerSecond", "WriteUnitsPerSecond");
  }
  return index;
}

void check_global_index(const Definition& table, const Json& description) {
  const bool has_throughput = member(description, "ProvisionedThroughput") != nullptr;
  const std::string name = description["IndexName"];
  if (table.pay_per_request && has_throughput) {
    throw invalid_parameter("ProvisionedThroughput should not be specified for index: " + name +
                            " when BillingMode is PAY_PER_REQUEST");
  }
  if (!table.pay_per_request && !has_throughput) {
    throw invalid_parameter(
        "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: " + name);
  }
}

Throughput read_throughput(const Json& throughput) {
  Throughput result;
  result.read = throughput["ReadCapacityUnits"];
  result.write = throughput["WriteCapacityUnits"];
  return result;
}

void check_throughput(const Json& throughput) {
  for (const char* name : {"ReadCapacityUnits", "WriteCapacityUnits"}) {
    const std::int64_t units = throughput[name];
    if (units > kMaxThroughput) {
      throw validation_error("Given value " + std::to_string(units) + " for " + name +
                             " is out of bounds");
    }
  }
}

Limits read_limits(const Json& limits, const char* read, const char* write) {
  Limits result;
  if (const Json* value = member(limits, read)) result.read = *value;
  if (const Json* value = member(limits, write)) result.write = *value;
  return result;
}

void add_tags(const Json& list, std::map<std::string, std::string>& tags) {
  std::set<std::string> given;
  for (const Json& tag : list) {
    const std::string key = tag["Key"];
    const std::string value = tag["Value"];
    // Letters of any script, digits, space and + - = . _ : / are what AWS takes.
    const auto allowed = [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
             (c >= '0' && c <= '9') || std::string_view(" +-=._:/@").find(c) != std::string::npos;
    };
    if (!std::all_of(key.begin(), key.end(), allowed)) {
      throw invalid_parameter("The Tag Key provided is invalid. Tag Key: " + key);
    }
    if (!std::all_of(value.begin(), value.end(), allowed)) {
      throw invalid_parameter("The Tag Value provided is invalid. Tag Value: " + value);
    }
    if (key.compare(0, 4, "aws:") == 0) {
      throw invalid_parameter("Tag keys starting with aws: are reserved for system use: " + key);
    }
    if (!given.insert(key).second) {
      throw invalid_parameter("Duplicate tag key found: " + key);
    }
    tags[key] = value;
  }
  if (tags.size() > kMaxTags) {
    throw invalid_parameter("Too many tags: a resource can have at most " +
                            std::to_string(kMaxTags) + " tags");
  }
}

Definition define_table(const Call& call) {
  Definition table;
  table.name = table_name(call.text("TableName"));
  if (table.name != call.text("TableName")) {
    throw validation_error("TableName must not be an ARN: " + call.text("TableName"));
  }
  read_billing(call, table);
  table.attributes = read_attributes(call.at("AttributeDefinitions"));
  if (call.at("KeySchema").size() > table.attributes.size()) {
    throw validation_error("Invalid KeySchema: Some index key attribute have no definition");
  }
  table.keys = read_key_schema(call.at("KeySchema"), table.attributes, false, "keySchema");
  read_indexes(call, table);
  check_all_attributes_used(table);
  if (const Json* tags = call.find("Tags")) add_tags(*tags, table.tags);
  if (const Json* limits = call.find("OnDemandThroughput")) {
    table.on_demand = read_limits(*limits, "MaxReadRequestUnits", "MaxWriteRequestUnits");
  }
  if (const Json* limits = call.find("WarmThroughput")) {
    table.warm = read_limits(*limits, "ReadUnitsPerSecond", "WriteUnitsPerSecond");
  }
  table.table_class = call.text_or("TableClass", "");
  table.deletion_protection = call.flag_or("DeletionProtectionEnabled", false);
  read_encryption(call, table);
  table.arn = "arn:aws:dynamodb:" + call.region() + ":" + call.account() + ":table/" + table.name;
  table.id = call.ids().uuid();
  table.created = call.now();
  return table;
}

}  // namespace cloudchamber::mock::dynamodb
