// AttributeValues in their wire form: {"S": "text"}, {"M": {"a": {"N": "1"}}}: what may stand in
// one, how big it is, how two of them compare.
//
// The one idea: an item is stored as the Json that GetItem answers, so that reading is a copy. What
// strangers send goes through stored_value() or check_value() first; every other function takes
// values that have passed one of them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"
#include "mock-server/services/dynamodb/number.h"

namespace cloudchamber::mock::dynamodb {

enum class Type { kS, kN, kB, kBool, kNull, kSs, kNs, kBs, kL, kM };

// "S", "BOOL"...
[[nodiscard]] std::string_view type_name(Type type);
[[nodiscard]] std::optional<Type> type_of_name(std::string_view name);

[[nodiscard]] Type type_of(const Json& value);
// What stands behind the type: a string for {"S": "text"}.
[[nodiscard]] const Json& content_of(const Json& value);
// The bytes of an S, N or B, and of an element of a set.
[[nodiscard]] std::string_view bytes_of_scalar(const Json& value);
[[nodiscard]] std::string_view bytes_of_element(const Json& element);
[[nodiscard]] Number number_of(const Json& value);  // of an N

// A copy fit to be stored: checked, numbers in AWS's plain notation. Else ValidationException.
[[nodiscard]] Json stored_value(const Json& value);
// The check alone.
void check_value(const Json& value);
// The same for a map of attributes, as an item or a key is.
[[nodiscard]] Json stored_attributes(const Json& attributes);
void check_attributes(const Json& attributes);
// 1 to 65535 bytes, else ValidationException.
void check_attribute_name(std::string_view name);

// Equal as AWS's `=` has it: numbers by value, sets in any order.
[[nodiscard]] bool equal(const Json& a, const Json& b);
// Order of two S, N or B of one type; nothing for all else.
[[nodiscard]] std::optional<std::strong_ordering> compare(const Json& a, const Json& b);
// `contains`: a substring of an S or B, an element of a set or list.
[[nodiscard]] bool contains(const Json& container, const Json& element);
[[nodiscard]] bool begins_with(const Json& value, const Json& prefix);

// Operations on sets of one type; the second gives null when nothing is left.
[[nodiscard]] Json set_union(const Json& a, const Json& b);
[[nodiscard]] Json set_difference(const Json& a, const Json& b);

// Bytes towards the item size limit, as
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
// counts them.
[[nodiscard]] std::size_t size_of(const Json& value);
[[nodiscard]] std::size_t size_of_attributes(const Json& attributes);

// As AWS prints a value into a message: "{S:text}".
[[nodiscard]] std::string printed(const Json& value);

}  // namespace cloudchamber::mock::dynamodb
