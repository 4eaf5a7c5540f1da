#include "sdk/codec/jmespath.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "sdk/codec/bytes.h"
#include "sdk/codec/jmespath_functions.h"
#include "sdk/codec/jmespath_node.h"
#include "sdk/codec/jmespath_parser.h"

namespace cloudchamber {
namespace {

using Node = JmesPath::Node;
using Kind = Node::Kind;

bool is_true(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return false;
    case Json::value_t::boolean:
      return value.get<bool>();
    case Json::value_t::string:
    case Json::value_t::binary:
      return !bytes_of(value).empty();
    case Json::value_t::array:
    case Json::value_t::object:
      return !value.empty();
    default:
      return true;
  }
}

// One search. Results are references into the document or into values made on the way, which live
// until the search ends: nothing is copied but what enters a new list or object.
class Evaluator {
 public:
  const Json& run(const Node& node, const Json& value) {
    switch (node.kind) {
      case Kind::kCurrent:
        return value;
      case Kind::kField:
        return member(value, node.text);
      case Kind::kLiteral:
        return node.literal;
      case Kind::kChain:
        return chain(node, value);
      case Kind::kIndex:
        return element(value, node.index);
      case Kind::kSlice:
        return slice(node, value);
      case Kind::kFlatten:
        return flatten(run(node.children[0], value));
      case Kind::kProjection:
      case Kind::kValueProjection:
      case Kind::kFilterProjection:
        return project(node, value);
      case Kind::kOr: {
        const Json& left = run(node.children[0], value);
        return is_true(left) ? left : run(node.children[1], value);
      }
      case Kind::kAnd: {
        const Json& left = run(node.children[0], value);
        return is_true(left) ? run(node.children[1], value) : left;
      }
      case Kind::kNot:
        return keep(!is_true(run(node.children[0], value)));
      case Kind::kEqual:
      case Kind::kNotEqual:
      case Kind::kLess:
      case Kind::kLessOrEqual:
      case Kind::kGreater:
      case Kind::kGreaterOrEqual:
        return compare(node.kind, run(node.children[0], value), run(node.children[1], value));
      case Kind::kList:
        return list(node, value);
      case Kind::kObject:
        return object(node, value);
      case Kind::kFunction:
        return function(node, value);
      case Kind::kExpression:
        break;  // function() takes these as they are
    }
    return null_;
  }

 private:
  const Json& keep(Json value) { return made_.emplace_back(std::move(value)); }

  const Json& member(const Json& value, const std::string& name) {
    if (!value.is_object()) return null_;
    const auto found = value.find(name);
    return found == value.end() ? null_ : *found;
  }

  const Json& element(const Json& value, std::int64_t index) {
    if (!value.is_array()) return null_;
    const auto size = static_cast<std::int64_t>(value.size());
    if (index < 0) index += size;
    return index < 0 || index >= size ? null_ : value[static_cast<std::size_t>(index)];
  }

  const Json& chain(const Node& node, const Json& value) {
    const Json* current = &value;
    for (const Node& child : node.children) current = &run(child, *current);
    return *current;
  }

  const Json& slice(const Node& node, const Json& value) {
    if (!value.is_array()) return null_;
    const auto size = static_cast<std::int64_t>(value.size());
    const bool forward = node.step > 0;
    // Where a slice may begin and end: before the first element, behind the last.
    const std::int64_t low = forward ? 0 : -1;
    const std::int64_t high = forward ? size : size - 1;
    const auto place = [&](const std::optional<std::int64_t>& given, std::int64_t fallback) {
      if (!given) return fallback;
      return std::clamp(*given < 0 ? *given + size : *given, low, high);
    };
    const std::int64_t start = place(node.start, forward ? low : high);
    const std::int64_t stop = place(node.stop, forward ? high : low);
    // No step needs to reach further than across the list.
    const std::int64_t step = std::clamp(node.step, -size - 1, size + 1);
    Json result = Json::array();
    for (std::int64_t i = start; forward ? i < stop : i > stop; i += step)
      result.push_back(value[static_cast<std::size_t>(i)]);
    return keep(std::move(result));
  }

  const Json& flatten(const Json& value) {
    if (!value.is_array()) return null_;
    Json result = Json::array();
    for (const Json& inner : value) {
      if (inner.is_array())
        result.insert(result.end(), inner.begin(), inner.end());
      else
        result.push_back(inner);
    }
    return keep(std::move(result));
  }

  const Json& project(const Node& node, const Json& value) {
    const Json& base = run(node.children[0], value);
    if (node.kind == Kind::kValueProjection ? !base.is_object() : !base.is_array()) return null_;
    Json result = Json::array();
    for (const Json& entry : base) {
      if (node.kind == Kind::kFilterProjection && !is_true(run(node.children[2], entry))) continue;
      const Json& projected = run(node.children[1], entry);
      if (!projected.is_null()) result.push_back(projected);
    }
    return keep(std::move(result));
  }

  const Json& compare(Kind kind, const Json& left, const Json& right) {
    if (kind == Kind::kEqual) return keep(left == right);
    if (kind == Kind::kNotEqual) return keep(left != right);
    // The specification orders numbers only; strings too is what AWS's tools have always done, and
    // what queries on dates rely on.
    if (!(left.is_number() && right.is_number()) && !(left.is_string() && right.is_string()))
      return null_;
    switch (kind) {
      case Kind::kLess:
        return keep(left < right);
      case Kind::kLessOrEqual:
        return keep(left <= right);
      case Kind::kGreater:
        return keep(left > right);
      default:
        return keep(left >= right);
    }
  }

  const Json& list(const Node& node, const Json& value) {
    if (value.is_null()) return null_;
    Json result = Json::array();
    for (const Node& child : node.children) result.push_back(run(child, value));
    return keep(std::move(result));
  }

  const Json& object(const Node& node, const Json& value) {
    if (value.is_null()) return null_;
    Json result = Json::object();
    for (std::size_t i = 0; i < node.keys.size(); ++i)
      result[node.keys[i]] = run(node.children[i], value);
    return keep(std::move(result));
  }

  const Json& function(const Node& node, const Json& value) {
    std::vector<JmesPathArgument> arguments;
    arguments.reserve(node.children.size());
    for (const Node& child : node.children) {
      if (child.kind == Kind::kExpression)
        arguments.push_back({nullptr, &child.children[0]});
      else
        arguments.push_back({&run(child, value), nullptr});
    }
    return keep(call_jmespath_function(
        *node.function, arguments, [this](const Node& expression, const Json& each) -> const Json& {
          return run(expression, each);
        }));
  }

  const Json null_;
  std::deque<Json> made_;
};

}  // namespace

JmesPathError::JmesPathError(std::string kind, const std::string& message)
    : std::runtime_error(message), kind_(std::move(kind)) {}

JmesPath::JmesPath(std::string_view expression)
    : text_(expression), root_(std::make_shared<const Node>(parse_jmespath(expression))) {}

Json JmesPath::search(const Json& document) const { return Evaluator().run(*root_, document); }

}  // namespace cloudchamber
