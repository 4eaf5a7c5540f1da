// Conditions, as boto3 writes them: for KeyConditionExpression, FilterExpression and
// ConditionExpression, without placeholders.
//
//   Key("year").eq(1992) & Key("title").between("A", "L")
//   Attr("info.rating").gte(Decimal("7.5")) | ~Attr("info.genres[0]").is_in({"Drama", "War"})
//   Attr("actors").size().gt(Attr("minimum"))
//
// A condition converts to Json, to stand as a parameter: {"FilterExpression", Attr("a").exists()}.
// The dynamodb resource and its client turn it into an expression and its placeholders; any other
// client refuses it before sending.
//
// A name with dots and brackets is a path: "info.actors[0]" is the first element of the attribute
// `actors` of the map `info`. Values are plain values (types.h), or Attr and Key for other
// attributes of the item.
//
// Attributes and conditions are immutable values, cheap to copy, and safe to use from any thread.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>

#include "cloudchamber/dynamodb/errors.h"
#include "cloudchamber/json.h"

namespace cloudchamber::dynamodb {

struct ConditionNode;
struct Operand;
enum class Operator;

class Condition {
 public:
  // For what makes conditions. Null is not allowed.
  explicit Condition(std::shared_ptr<const ConditionNode> node) : node_(std::move(node)) {}

  // The condition that stands in a parameter. Throws DynamoDBNeedsConditionError for anything else.
  [[nodiscard]] static Condition from(const Json& parameter);
  [[nodiscard]] static bool is_condition(const Json& parameter);

  // boto3's description: {"format": "{0} {operator} {1}", "operator": "=", "values": [...]}, where
  // attributes and conditions stand as parameters do.
  [[nodiscard]] Json get_expression() const;

  [[nodiscard]] const ConditionNode& node() const { return *node_; }

  friend Condition operator&(const Condition& a, const Condition& b);
  friend Condition operator|(const Condition& a, const Condition& b);
  friend Condition operator~(const Condition& condition);
  // The same operators on equal attributes and values, in the same order.
  friend bool operator==(const Condition& a, const Condition& b);

 private:
  std::shared_ptr<const ConditionNode> node_;
};

void to_json(Json& json, const Condition& condition);

// What Key, Attr and a size have in common. A value may be any plain value, Attr, Key or size.
class AttributeBase {
 public:
  [[nodiscard]] const std::string& name() const;

  [[nodiscard]] Condition eq(const Json& value) const;
  [[nodiscard]] Condition lt(const Json& value) const;
  [[nodiscard]] Condition lte(const Json& value) const;
  [[nodiscard]] Condition gt(const Json& value) const;
  [[nodiscard]] Condition gte(const Json& value) const;
  // Strings and binaries.
  [[nodiscard]] Condition begins_with(const Json& value) const;
  // Both ends belong to it.
  [[nodiscard]] Condition between(const Json& low_value, const Json& high_value) const;

  // Of the same kind and name.
  friend bool operator==(const AttributeBase& a, const AttributeBase& b);

 protected:
  explicit AttributeBase(Operand operand);
  [[nodiscard]] Condition with(Operator its_operator, std::initializer_list<Json> values) const;
  [[nodiscard]] const Operand& operand() const { return *operand_; }

 private:
  friend void to_json(Json& json, const AttributeBase& attribute);
  std::shared_ptr<const Operand> operand_;
};

void to_json(Json& json, const AttributeBase& attribute);

// An attribute of the key, for KeyConditionExpression.
class Key : public AttributeBase {
 public:
  explicit Key(std::string name);
};

// The size of an attribute: to be compared with a number.
class Size : public AttributeBase {
 public:
  explicit Size(Operand attribute);
};

// Any attribute of an item.
class Attr : public AttributeBase {
 public:
  explicit Attr(std::string name);

  [[nodiscard]] Condition ne(const Json& value) const;
  // Equal to one of the values. Throws TypeError when `values` is neither an array nor a set.
  [[nodiscard]] Condition is_in(const Json& values) const;
  [[nodiscard]] Condition is_in(std::initializer_list<Json> values) const;
  [[nodiscard]] Condition exists() const;
  [[nodiscard]] Condition not_exists() const;
  // A string holds the substring, a set or list the element.
  [[nodiscard]] Condition contains(const Json& value) const;
  // "S", "N", "B", "SS", "NS", "BS", "L", "M", "BOOL", "NULL".
  [[nodiscard]] Condition attribute_type(const Json& type) const;
  [[nodiscard]] Size size() const;
};

}  // namespace cloudchamber::dynamodb
