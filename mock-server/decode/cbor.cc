// Smithy RPC v2 CBOR: the body is the input.
#include "sdk/codec/cbor.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "mock-server/decode/json_texts.h"
#include "mock-server/decode/protocols.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock {
namespace {

using json_texts::serialization;

Json structure_of(const Shape& shape, Json& given);

Json whole_number(const Shape& shape, const Json& given) {
  const bool integer = shape.type == ShapeType::kInteger;
  const double low = integer ? std::numeric_limits<std::int32_t>::min() : -9223372036854775808.0;
  const double high = integer ? std::numeric_limits<std::int32_t>::max() : 9223372036854775807.0;
  if (!given.is_number_integer()) throw serialization("Expected an integer");
  const auto value = given.get<double>();
  const bool too_large = given.is_number_unsigned() &&
                         given.get<std::uint64_t>() >
                             static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (value < low || value > high || too_large) throw serialization("Integer out of range");
  return given.get<std::int64_t>();
}

bool is_special_float(const Json& given) {
  if (!given.is_string()) return false;
  const std::string& text = given.get_ref<const std::string&>();
  return text == "NaN" || text == "Infinity" || text == "-Infinity";
}

Json value_of(const Shape& shape, Json& given) {
  if (shape.document) return std::move(given);
  switch (shape.type) {
    case ShapeType::kStructure:
      return structure_of(shape, given);
    case ShapeType::kList: {
      if (!given.is_array()) throw serialization("Expected an array");
      Json items = Json::array();
      for (Json& item : given) {
        if (!item.is_null()) items.push_back(value_of(*shape.element.shape, item));
      }
      return items;
    }
    case ShapeType::kMap: {
      if (!given.is_object()) throw serialization("Expected a map");
      Json entries = Json::object();
      for (auto& [key, entry] : given.get_ref<Json::object_t&>()) {
        if (!entry.is_null()) entries[key] = value_of(*shape.value.shape, entry);
      }
      return entries;
    }
    case ShapeType::kString:
      if (!given.is_string()) throw serialization("Expected a text string");
      return std::move(given);
    case ShapeType::kBlob:
      if (!given.is_binary()) throw serialization("Expected a byte string");
      return std::move(given);
    case ShapeType::kBoolean:
      if (!given.is_boolean()) throw serialization("Expected a boolean");
      return std::move(given);
    case ShapeType::kInteger:
    case ShapeType::kLong:
      return whole_number(shape, given);
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      if (!given.is_number() && !is_special_float(given)) throw serialization("Expected a number");
      return std::move(given);
    case ShapeType::kTimestamp: {
      // The codec has turned tag 1 into text; a bare number is a time as well.
      const std::optional<TimePoint> time = timestamp_of(given);
      if (!time) throw serialization("Expected a timestamp");
      return iso8601(*time);
    }
  }
  return {};
}

Json structure_of(const Shape& shape, Json& given) {
  if (!given.is_object()) throw serialization("Expected a map");
  Json members = Json::object();
  for (const Member& member : shape.members) {
    const auto found = given.find(member.wire_name());
    if (found == given.end() || found->is_null()) continue;
    members[member.name] = value_of(*member.shape, *found);
  }
  return members;
}

}  // namespace

Json decode_cbor_request(const ServiceModel& /*service*/, const Operation& operation,
                         const HttpRequest& request) {
  if (operation.input == nullptr || request.body.empty()) return Json::object();
  std::string scratch;
  try {
    Json given = decode_cbor(request.body.flat(scratch));
    return structure_of(*operation.input, given);
  } catch (const CborError&) {
    throw serialization("");
  }
}

}  // namespace cloudchamber::mock
