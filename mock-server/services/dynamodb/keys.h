// Keys as bytes: how items and index entries are found and in which order they are read.
//
// The one idea: hash(partition) + partition + sort, each part written so that its bytes order as
// its values do and no value is a prefix of another. So one ordered map gives AWS's order:
// scattered by partition, sorted within; a page, a range of sort keys, a scan segment are ranges of
// bytes.
//
// An entry of an index has the index's key in front and the item's key behind: same index keys may
// belong to many items.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "mock-server/services/dynamodb/schema.h"

namespace cloudchamber::mock::dynamodb {

// The bytes of one value of a key.
void append_key_value(std::string& out, const Json& value);
// hash + values of all hash attributes; `attributes` has them all.
[[nodiscard]] std::string partition_bytes(const KeySchema& keys, const Json& attributes);
// The whole key of an item; `attributes` has all key attributes, of the right types.
[[nodiscard]] std::string key_bytes(const KeySchema& keys, const Json& attributes);
// The key of an item's entry in an index; nothing when the item lacks one of its attributes.
[[nodiscard]] std::optional<std::string> entry_bytes(const Index& index, const Json& attributes,
                                                     std::string_view item_key);
// The smallest string above all that begin with `prefix`; "" when there is none.
[[nodiscard]] std::string after_prefix(std::string prefix);
// Where segment `segment` of `total` begins.
[[nodiscard]] std::string segment_start(std::uint64_t segment, std::uint64_t total);

// Checks of keys as callers give them; each throws ValidationException in AWS's words.

// A Key parameter: exactly the key attributes, of the right types, not empty, not too big.
void check_key(const KeySchema& keys, const Json& key);
// An item to be put: has its key attributes; index key attributes are of their types.
void check_item_keys(const Definition& table, const Json& item);
// `by_expression`: what an update expression made; AWS then has other words for empty values.
void check_index_keys(const Definition& table, const Json& item, bool by_expression = false);
void check_key_size(Type type, std::string_view bytes, bool is_hash);

// The key attributes of an item, for LastEvaluatedKey and the like.
[[nodiscard]] Json key_of(const KeySchema& keys, const Json& attributes);

}  // namespace cloudchamber::mock::dynamodb
