#include "mock-server/services/dynamodb/reads/starting_key.h"

#include <algorithm>
#include <array>
#include <vector>

#include "mock-server/services/dynamodb/keys.h"
#include "mock-server/services/dynamodb/request.h"

namespace cloudchamber::mock::dynamodb {
namespace {

// The names that a starting key has: of the table's key and the index's.
std::vector<KeyAttribute> start_attributes(const ReadSource& source) {
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

}  // namespace

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

Json start_key_of(const ReadSource& source, const Json& attributes) {
  Json key = Json::object();
  for (const KeyAttribute& attribute : start_attributes(source)) {
    key[attribute.name] = *attributes.find(attribute.name);
  }
  return key;
}

void check_start(const ReadRequest& request, const ReadSource& source) {
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

std::string start_bytes(const ReadRequest& request, const ReadSource& source) {
  const Json& key = *request.start_key;
  std::string bytes = key_bytes(source.definition().keys, key);
  if (source.index != nullptr) bytes = *entry_bytes(*source.index, key, bytes);
  return bytes;
}

void check_start_in_query(const ReadRequest& request, const ReadSource& source) {
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

}  // namespace cloudchamber::mock::dynamodb
