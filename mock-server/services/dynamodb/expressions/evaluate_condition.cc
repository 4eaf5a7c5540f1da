#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "mock-server/services/dynamodb/attribute_value.h"
#include "mock-server/services/dynamodb/expressions/evaluate.h"

namespace cloudchamber::mock::dynamodb {
namespace {

using Kind = Node::Kind;

std::optional<std::size_t> elements_in(const Json& value) {
  switch (type_of(value)) {
    case Type::kS: {
      // In characters, as Java counts them: UTF-16 units.
      std::size_t units = 0;
      for (const char c : bytes_of_scalar(value)) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0U) != 0x80U) units += byte >= 0xf0U ? 2 : 1;
      }
      return units;
    }
    case Type::kB:
      return bytes_of_scalar(value).size();
    case Type::kSs:
    case Type::kNs:
    case Type::kBs:
    case Type::kL:
    case Type::kM:
      return content_of(value).size();
    default:
      return std::nullopt;
  }
}

// An operand's value for an item: somewhere in it, in the request, or made here.
class Operand {
 public:
  Operand(const Node& node, const Json& attributes) {
    if (node.kind == Kind::kPath) {
      value_ = find(attributes, node.path);
    } else if (node.kind == Kind::kValue) {
      value_ = node.value;
    } else if (node.kind == Kind::kFunction) {  // size
      const Operand inner(node.children[0], attributes);
      if (!inner) return;
      if (const auto count = elements_in(*inner)) {
        made_ = Json{{"N", std::to_string(*count)}};
        value_ = &*made_;
      }
    }
  }
  Operand(const Operand&) = delete;
  Operand& operator=(const Operand&) = delete;

  explicit operator bool() const { return value_ != nullptr; }
  const Json& operator*() const { return *value_; }

 private:
  const Json* value_ = nullptr;
  std::optional<Json> made_;
};

bool compares(Kind kind, const Operand& left, const Operand& right) {
  // What isn't there is unequal to everything, even to what isn't there either.
  if (kind == Kind::kNotEqual) return !left || !right || !equal(*left, *right);
  if (!left || !right) return false;
  if (kind == Kind::kEqual) return equal(*left, *right);
  const auto order = compare(*left, *right);
  if (!order) return false;
  switch (kind) {
    case Kind::kLess:
      return *order < 0;
    case Kind::kLessOrEqual:
      return *order <= 0;
    case Kind::kGreater:
      return *order > 0;
    default:
      return *order >= 0;
  }
}

bool calls(const Node& call, const Json& attributes) {
  const Operand first(call.children[0], attributes);
  if (call.name == "attribute_exists") return static_cast<bool>(first);
  if (call.name == "attribute_not_exists") return !first;
  if (!first) return false;
  const Operand second(call.children[1], attributes);
  if (!second) return false;
  if (call.name == "attribute_type") {
    return type_name(type_of(*first)) == bytes_of_scalar(*second);
  }
  return call.name == "begins_with" ? begins_with(*first, *second) : contains(*first, *second);
}

}  // namespace

bool holds(const Node& condition, const Json& attributes) {
  const std::vector<Node>& children = condition.children;
  switch (condition.kind) {
    case Kind::kOr:
      return std::any_of(children.begin(), children.end(),
                         [&](const Node& child) { return holds(child, attributes); });
    case Kind::kAnd:
      return std::all_of(children.begin(), children.end(),
                         [&](const Node& child) { return holds(child, attributes); });
    case Kind::kNot:
      return !holds(children[0], attributes);
    case Kind::kFunction:
      return calls(condition, attributes);
    case Kind::kBetween: {
      const Operand value(children[0], attributes);
      return compares(Kind::kGreaterOrEqual, value, Operand(children[1], attributes)) &&
             compares(Kind::kLessOrEqual, value, Operand(children[2], attributes));
    }
    case Kind::kIn: {
      const Operand value(children[0], attributes);
      return value && std::any_of(children.begin() + 1, children.end(), [&](const Node& child) {
               return compares(Kind::kEqual, value, Operand(child, attributes));
             });
    }
    default:
      return compares(condition.kind, Operand(children[0], attributes),
                      Operand(children[1], attributes));
  }
}

bool mentions(const Node& node, std::string_view attribute) {
  if (node.kind == Kind::kPath) return node.path[0].name == attribute;
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const Node& child) { return mentions(child, attribute); });
}

}  // namespace cloudchamber::mock::dynamodb
