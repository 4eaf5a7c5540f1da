#include "mock-server/services/dynamodb/keys.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/limits.h"

namespace cloudchamber::mock::dynamodb {
namespace {

// FNV-1a with a finisher, so that neighbouring partitions land far apart.
std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  hash ^= hash >> 33U;
  hash *= 0xff51afd7ed558ccdU;
  hash ^= hash >> 33U;
  hash *= 0xc4ceb9fe1a85ec53U;
  return hash ^ (hash >> 33U);
}

void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<unsigned char>(value >> shift));
  }
}

// AWS words it one way for an item that is put, another for a key that is asked for.
AwsError empty_key_value(const std::string& attribute, Type type, bool in_item) {
  return validation_error(std::string(in_item ? "One or more parameter values are not valid. The"
                                              : "One or more parameter values were invalid: The") +
                          " AttributeValue for a key attribute cannot contain an empty " +
                          (type == Type::kS ? "string" : "binary") + " value. Key: " + attribute);
}

}  // namespace

void append_key_value(std::string& out, const Json& value) {
  if (type_of(value) == Type::kN) {
    number_of(value).append_sortable(out);
    return;
  }
  // Zero bytes are escaped so that two of them can end the value, below all that could follow.
  for (const char c : bytes_of_scalar(value)) {
    out += c;
    if (c == '\0') out += '\xff';
  }
  out.append(2, '\0');
}

std::string partition_bytes(const KeySchema& keys, const Json& attributes) {
  std::string partition;
  for (const KeyAttribute& attribute : keys.hash) {
    append_key_value(partition, *attributes.find(attribute.name));
  }
  std::string out;
  out.reserve(8 + partition.size() + 32);
  append_big_endian(out, hash_of(partition), 8);
  out += partition;
  return out;
}

std::string key_bytes(const KeySchema& keys, const Json& attributes) {
  std::string out = partition_bytes(keys, attributes);
  for (const KeyAttribute& attribute : keys.range) {
    append_key_value(out, *attributes.find(attribute.name));
  }
  return out;
}

std::optional<std::string> entry_bytes(const Index& index, const Json& attributes,
                                       std::string_view item_key) {
  bool complete = true;
  index.keys.each([&](const KeyAttribute& attribute, bool is_hash) {
    const auto found = attributes.find(attribute.name);
    complete = complete && found != attributes.end() && type_of(*found) == attribute.type;
    if (!complete || attribute.type == Type::kN) return;
    // What an index created later finds too long or empty stays out of it.
    const std::size_t bytes = bytes_of_scalar(*found).size();
    if (bytes == 0 || bytes > (is_hash ? kMaxHashKeyBytes : kMaxRangeKeyBytes)) complete = false;
  });
  if (!complete) return std::nullopt;
  std::string entry = key_bytes(index.keys, attributes);
  entry += item_key;
  return entry;
}

std::string after_prefix(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  if (!prefix.empty()) {
    prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  }
  return prefix;
}

std::string segment_start(std::uint64_t segment, std::uint64_t total) {
  std::string out;
  append_big_endian(out, (segment << 32U) / total, 4);
  return out;
}

void check_key_size(Type type, std::string_view bytes, bool is_hash) {
  if (type == Type::kN) return;
  if (is_hash && bytes.size() > kMaxHashKeyBytes) {
    throw invalid_parameter("Size of hashkey has exceeded the maximum size limit of2048 bytes");
  }
  if (!is_hash && bytes.size() > kMaxRangeKeyBytes) {
    throw invalid_parameter(
        "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
  }
}

void check_key(const KeySchema& keys, const Json& key) {
  const auto mismatch = [] {
    return validation_error("The provided key element does not match the schema");
  };
  if (key.size() != keys.size()) throw mismatch();
  keys.each([&](const KeyAttribute& attribute, bool is_hash) {
    const auto found = key.find(attribute.name);
    if (found == key.end() || type_of(*found) != attribute.type) throw mismatch();
    if (attribute.type == Type::kN) return;
    const std::string_view bytes = bytes_of_scalar(*found);
    if (bytes.empty()) throw empty_key_value(attribute.name, attribute.type, false);
    check_key_size(attribute.type, bytes, is_hash);
  });
}

void check_item_keys(const Definition& table, const Json& item) {
  table.keys.each([&](const KeyAttribute& attribute, bool is_hash) {
    const auto found = item.find(attribute.name);
    if (found == item.end()) {
      throw invalid_parameter("Missing the key " + attribute.name + " in the item");
    }
    const Type actual = type_of(*found);
    if (actual != attribute.type) {
      throw invalid_parameter("Type mismatch for key " + attribute.name +
                              " expected: " + std::string(type_name(attribute.type)) +
                              " actual: " + std::string(type_name(actual)));
    }
    if (actual == Type::kN) return;
    const std::string_view bytes = bytes_of_scalar(*found);
    if (bytes.empty()) throw empty_key_value(attribute.name, actual, true);
    check_key_size(actual, bytes, is_hash);
  });
  check_index_keys(table, item);
}

void check_index_keys(const Definition& table, const Json& item, bool by_expression) {
  for (const Index& index : table.indexes) {
    index.keys.each([&](const KeyAttribute& attribute, bool is_hash) {
      const auto found = item.find(attribute.name);
      if (found == item.end()) return;
      const Type actual = type_of(*found);
      if (actual != attribute.type) {
        throw invalid_parameter("Type mismatch for Index Key " + attribute.name +
                                " Expected: " + std::string(type_name(attribute.type)) +
                                " Actual: " + std::string(type_name(actual)) +
                                " IndexName: " + index.name);
      }
      if (actual == Type::kN) return;
      const std::string_view bytes = bytes_of_scalar(*found);
      const std::string kind = actual == Type::kS ? "string" : "binary";
      if (bytes.empty() && by_expression) {
        throw validation_error(
            "One or more parameter values are not valid. The update expression attempted to update "
            "a secondary index key to a value that is not supported. The AttributeValue for a key "
            "attribute cannot contain an empty " +
            kind + " value.");
      }
      if (bytes.empty()) {
        throw validation_error(
            std::string("One or more parameter values are not valid. A value specified for a "
                        "secondary index key is not supported. The AttributeValue for a key "
                        "attribute cannot contain an empty ") +
            kind + " value. IndexName: " + index.name + ", IndexKey: " + attribute.name);
      }
      check_key_size(actual, bytes, is_hash);
    });
  }
}

Json key_of(const KeySchema& keys, const Json& attributes) {
  Json key = Json::object();
  keys.each([&](const KeyAttribute& attribute, bool) {
    key[attribute.name] = *attributes.find(attribute.name);
  });
  return key;
}

}  // namespace cloudchamber::mock::dynamodb
