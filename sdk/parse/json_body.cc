#include "cloudchamber/errors.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"
#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {
namespace {

constexpr std::size_t kMaxDepth = 128;

[[noreturn]] void refuse(const Shape& shape, const char* what) {
  throw ResponseParserError(shape.name + " is not " + what);
}

const Member* find_by_wire_name(const Shape& shape, const std::string& name) {
  for (const Member& member : shape.members)
    if (member.wire_name() == name && is_in_body(member)) return &member;
  return nullptr;
}

void fit_blob(const Shape& shape, Json& value) {
  if (value.is_binary()) return;  // from CBOR
  if (!value.is_string()) refuse(shape, "a string");
  const auto bytes = base64_decode(value.get_ref<const std::string&>());
  if (!bytes) refuse(shape, "base64");
  value = binary(*bytes);
}

void fit_timestamp(const Shape& shape, Json& value) {
  const auto time = value.is_string() ? parse_timestamp(value.get_ref<const std::string&>())
                                      : timestamp_of(value);
  if (!time) refuse(shape, "a timestamp");
  value = iso8601(*time);
}

void fit_map(const Shape& shape, Json& value, std::size_t depth) {
  if (!value.is_object()) refuse(shape, "an object");
  auto& entries = value.get_ref<Json::object_t&>();
  for (auto entry = entries.begin(); entry != entries.end();) {
    if (entry->second.is_null()) {
      entry = entries.erase(entry);
      continue;
    }
    fit_value(shape.value, entry->second, depth + 1);
    ++entry;
  }
}

}  // namespace

void fit_structure(const Shape& shape, Json& value, std::size_t depth) {
  if (!value.is_object()) refuse(shape, "an object");
  if (depth > kMaxDepth) throw ResponseParserError("the response is nested too deeply");
  auto& entries = value.get_ref<Json::object_t&>();
  std::vector<Json::object_t::node_type> renamed;
  for (auto entry = entries.begin(); entry != entries.end();) {
    const Member* member = find_by_wire_name(shape, entry->first);
    if (member == nullptr || entry->second.is_null()) {
      entry = entries.erase(entry);
      continue;
    }
    fit_value(*member, entry->second, depth + 1);
    const auto here = entry++;
    if (member->name == here->first) continue;
    renamed.push_back(entries.extract(here));
    renamed.back().key() = member->name;
  }
  // Afterwards, lest a new name be taken for a wire name.
  for (auto& node : renamed) entries.insert(std::move(node));
}

void fit_value(const Member& member, Json& value, std::size_t depth) {
  if (depth > kMaxDepth) throw ResponseParserError("the response is nested too deeply");
  const Shape& shape = *member.shape;
  if (value.is_null()) return;
  switch (shape.type) {
    case ShapeType::kStructure:
      if (!shape.document) fit_structure(shape, value, depth);
      return;
    case ShapeType::kList:
      if (!value.is_array()) refuse(shape, "an array");
      for (Json& element : value) fit_value(shape.element, element, depth + 1);
      return;
    case ShapeType::kMap:
      return fit_map(shape, value, depth);
    case ShapeType::kBlob:
      return fit_blob(shape, value);
    case ShapeType::kTimestamp:
      return fit_timestamp(shape, value);
    default:
      if (value.is_structured()) refuse(shape, "a scalar");
      return;
  }
}

Json parse_json_body(std::string_view body) {
  if (body.empty()) return Json::object();
  Json value = Json::parse(body.begin(), body.end(), nullptr, false);
  if (value.is_discarded()) throw ResponseParserError("the body is not JSON");
  return value;
}

}  // namespace cloudchamber::parsing
