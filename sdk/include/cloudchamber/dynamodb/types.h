// Plain values: DynamoDB's items as Json without type names, and the way to and from the attribute
// values ({"S": "..."}, {"N": "..."}) that stand on the wire.
//
//   plain                                        attribute value
//   null                                         {"NULL": true}
//   true, false                                  {"BOOL": ...}
//   an integer, Decimal                          {"N": "..."}
//   a string                                     {"S": ...}
//   Binary (a Json::binary)                      {"B": ...}
//   NumberSet, StringSet, BinarySet              {"NS": [...]}, {"SS": [...]}, {"BS": [...]}
//   an array                                     {"L": [...]}
//   an object                                    {"M": {...}}
//
// Decimals and sets, which JSON lacks, stand in Json as binary values with a subtype of ours: they
// convert to Json by themselves, compare with ==, and are read with get<Decimal>(),
// get<StringSet>(). A number has one form only: an integer where 64 bits hold it, else a Decimal;
// so
// {"age": 32} reads as 32 and {"N": "32.0"} does as well, and Json(32) == Json(Decimal("32")).
//
// Floats are refused, since a double is seldom the number that was written. `parse_json` reads JSON
// text with its numbers exact.
//
// All functions are pure: thread-safe.
#pragma once

#include <compare>
#include <cstddef>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "cloudchamber/dynamodb/decimal.h"
#include "cloudchamber/dynamodb/errors.h"
#include "cloudchamber/json.h"

namespace cloudchamber::dynamodb {

// Bytes. In Json a Json::binary; `get<Binary>()` throws TypeError for anything else.
struct Binary {
  Binary() = default;
  explicit Binary(std::string its_bytes) : bytes(std::move(its_bytes)) {}

  std::string bytes;

  friend bool operator==(const Binary& a, const Binary& b) = default;
  friend std::strong_ordering operator<=>(const Binary& a, const Binary& b) = default;
};

void to_json(Json& json, const Binary& binary);
void from_json(const Json& json, Binary& binary);

// A set of DynamoDB, whose elements are all of one type. The order in which they were added does
// not count. An empty one can be written down, but DynamoDB refuses it.
template <class Element>
class Set {
 public:
  using const_iterator = typename std::set<Element>::const_iterator;

  Set() = default;
  Set(std::initializer_list<Element> elements) : elements_(elements) {}
  template <class Iterator>
  Set(Iterator first, Iterator last) : elements_(first, last) {}

  void insert(Element element) { elements_.insert(std::move(element)); }
  void erase(const Element& element) { elements_.erase(element); }
  [[nodiscard]] bool contains(const Element& element) const { return elements_.contains(element); }
  [[nodiscard]] std::size_t size() const { return elements_.size(); }
  [[nodiscard]] bool empty() const { return elements_.empty(); }
  // In ascending order: numbers by value, strings and binaries by bytes.
  [[nodiscard]] const_iterator begin() const { return elements_.begin(); }
  [[nodiscard]] const_iterator end() const { return elements_.end(); }

  friend bool operator==(const Set& a, const Set& b) = default;

 private:
  std::set<Element> elements_;
};

using StringSet = Set<std::string>;
using NumberSet = Set<Decimal>;
using BinarySet = Set<Binary>;

// `get<StringSet>()` and its likes throw TypeError for what is no set of that type.
void to_json(Json& json, const StringSet& set);
void to_json(Json& json, const NumberSet& set);
void to_json(Json& json, const BinarySet& set);
void from_json(const Json& json, StringSet& set);
void from_json(const Json& json, NumberSet& set);
void from_json(const Json& json, BinarySet& set);

// The DynamoDB type of a plain value: "NULL", "BOOL", "N", "S", "B", "NS", "SS", "BS", "L", "M".
// Throws TypeError when it has none (a float, a condition).
[[nodiscard]] std::string_view type_of(const Json& plain);

// boto3's TypeSerializer: the attribute value of a plain value, {"S": "Brazil"}. Throws TypeError,
// naming the place inside the value, for floats and what else has no type, and for a value nested
// more than 500 deep.
[[nodiscard]] Json serialize(const Json& plain);
// boto3's TypeDeserializer. Throws TypeError when `attribute_value` is no object of one member that
// is a type, DecimalError for a number that Decimal can't hold.
[[nodiscard]] Json deserialize(const Json& attribute_value);

// The same for every attribute of an item. Throws TypeError when `item` is no object.
[[nodiscard]] Json serialize_item(const Json& item);
[[nodiscard]] Json deserialize_item(const Json& item);

// Plain values from JSON text: numbers with a fraction, an exponent or more than 64 bits become
// Decimals. Throws TypeError for text that is no JSON, DecimalError for a number out of range.
[[nodiscard]] Json parse_json(std::string_view text);

// A plain value as JSON text for people and for tools that know no DynamoDB: decimals as numbers,
// sets as arrays, binaries as base64. `indent` as in Json::dump.
[[nodiscard]] std::string to_json_text(const Json& plain, int indent = -1);

}  // namespace cloudchamber::dynamodb
