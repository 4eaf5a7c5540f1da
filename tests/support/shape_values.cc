#include "tests/support/shape_values.h"

#include <cstdint>

#include "sdk/codec/bytes.h"

namespace cloudchamber::test {
namespace {

constexpr std::size_t kMaxRecursion = 3;

// What each kind of place can carry: everything in a body, one line in a header.
constexpr const char* kBodyTexts[] = {"plain", "<a href=\"x\">&amp;'</a> \\ / \t\n\r|",
                                      "Gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\xb9",
                                      "a.b=c&d+e%20f;g", " spaces around "};
constexpr const char* kHeaderTexts[] = {"plain", "text/x; q=\"1\", b"};
constexpr const char* kUriTexts[] = {"plain", "a b+c%41&d=e?f#g", "\xe2\x82\xac/x"};

template <std::size_t N>
std::string pick(const char* const (&texts)[N], std::size_t turn) {
  return texts[turn % N];
}

}  // namespace

Json ShapeValues::structure(const Shape& shape) {
  std::size_t& depth = open_[&shape];
  Json members = Json::object();
  if (depth >= kMaxRecursion) return members;
  ++depth;
  if (shape.is_union && !shape.members.empty()) {
    for (std::size_t i = 0; i < shape.members.size(); ++i) {
      const Member& member = shape.members[turn_++ % shape.members.size()];
      const auto open = open_.find(member.shape);
      if (open != open_.end() && open->second >= kMaxRecursion) continue;
      members[member.name] = value(member);
      break;
    }
  } else {
    for (const Member& member : shape.members) {
      if (member.streaming || member.shape->event_stream) continue;
      if (fill_ == Fill::kRequired && !member.required) continue;
      const auto open = open_.find(member.shape);
      if (open != open_.end() && open->second >= kMaxRecursion) continue;
      members[member.name] = value(member);
    }
  }
  --open_[&shape];
  return members;
}

Json ShapeValues::value(const Member& member) {
  const Shape& shape = *member.shape;
  switch (shape.type) {
    case ShapeType::kStructure:
      return structure(shape);
    case ShapeType::kList:
      return list(shape, member.location);
    case ShapeType::kMap:
      return map(shape, member.location);
    case ShapeType::kString:
      return text(member);
    case ShapeType::kBlob: {
      static constexpr char kBytes[] = "\0\x01\xff\xfe bytes";
      return binary(fill_ == Fill::kEmpty ? std::string() : std::string(kBytes, sizeof kBytes - 1));
    }
    case ShapeType::kBoolean:
      return turn_++ % 2 == 0;
    case ShapeType::kInteger:
      return member.location == Location::kStatusCode ? 200
             : turn_++ % 2 == 0                       ? INT32_MAX
                                                      : INT32_MIN;
    case ShapeType::kLong:
      // A length must be one.
      return member.wire_name() == "Content-Length" ? std::int64_t{12345}
             : turn_++ % 2 == 0                     ? INT64_MAX
                                                    : INT64_MIN;
    case ShapeType::kFloat:
      return -1.5;
    case ShapeType::kDouble:
      return turn_++ % 2 == 0 ? Json(0.1) : Json("NaN");
    case ShapeType::kTimestamp:
      return "2015-01-25T08:00:07Z";
  }
  return {};
}

Json ShapeValues::text(const Member& member) {
  const Shape& shape = *member.shape;
  if (!shape.enum_values.empty()) return shape.enum_values[turn_++ % shape.enum_values.size()];
  const std::size_t turn = turn_++;
  if (member.host_label) return "label-1";
  if (member.location == Location::kUri) return pick(kUriTexts, turn);
  if (member.location == Location::kHeader || member.location == Location::kHeaders) {
    return member.json_value ? "{\"a\":1}" : pick(kHeaderTexts, turn);
  }
  if (fill_ == Fill::kEmpty) return "";
  return pick(kBodyTexts, turn);
}

Json ShapeValues::list(const Shape& shape, Location location) {
  Json items = Json::array();
  if (fill_ == Fill::kEmpty) return items;
  Member element = shape.element;
  element.location = location;
  for (int i = 0; i < 2; ++i) items.push_back(value(element));
  return items;
}

Json ShapeValues::map(const Shape& shape, Location location) {
  Json entries = Json::object();
  if (fill_ == Fill::kEmpty) return entries;
  Member element = shape.value;
  element.location = location;
  const bool header = location == Location::kHeaders;
  const Shape& key = *shape.key.shape;
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string name = !key.enum_values.empty() ? key.enum_values[i % key.enum_values.size()]
                             : header                 ? "key-" + std::to_string(i)
                                                      : "K\xc3\xa9y <" + std::to_string(i) + ">.1";
    entries[name] = value(element);
  }
  return entries;
}

}  // namespace cloudchamber::test
