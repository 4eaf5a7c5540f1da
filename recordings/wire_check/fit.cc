#include "recordings/wire_check/fit.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"
#include "sdk/model/names.h"

namespace cloudchamber::recordings {
namespace {

Json time_of(const Json& value) {
  const std::optional<TimePoint> time = timestamp_of(value);
  if (time) return iso8601(*time);
  if (value.is_string()) {
    // "<timestamp:2022-07-13T13:48:01.000Z>"
    const std::string& text = value.get_ref<const std::string&>();
    const std::size_t colon = text.find(':');
    if (text.starts_with('<') && colon != std::string::npos) {
      if (const auto told = parse_timestamp(text.substr(colon + 1, text.size() - colon - 2)))
        return iso8601(*told);
    }
  }
  return "2026-01-02T03:04:05Z";
}

Json number_of(const Json& value, bool whole) {
  if (value.is_number_integer()) return value;
  if (value.is_number_float()) return whole ? Json(value.get<std::int64_t>()) : value;
  return 7;
}

Json text_of(const Json& value) {
  if (value.is_string()) return value;
  if (value.is_null()) return nullptr;
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json structure_of(const Shape& shape, const Json& value) {
  Json members = Json::object();
  if (!value.is_object()) return members;
  for (const Member& member : shape.members) {
    const auto found = value.find(member.name);
    if (found == value.end() || found->is_null()) continue;
    members[member.name] = fitted(*member.shape, *found);
  }
  return members;
}

// Letters alone, small: "create-queue_response" -> "createqueueresponse".
std::string letters(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') result += static_cast<char>(c - 'A' + 'a');
    if (c >= 'a' && c <= 'z') result += c;
  }
  return result;
}

bool has_all(const Operation& operation, const Json& result) {
  if (operation.output == nullptr) return result.empty();
  return std::all_of(result.items().begin(), result.items().end(), [&](const auto& item) {
    return operation.output->find(item.key()) != nullptr;
  });
}

}  // namespace

Json fitted(const Shape& shape, const Json& value) {
  if (shape.document) return value;
  switch (shape.type) {
    case ShapeType::kStructure:
      return structure_of(shape, value);
    case ShapeType::kList: {
      Json list = Json::array();
      if (!value.is_array()) return list;
      for (const Json& item : value) list.push_back(fitted(*shape.element.shape, item));
      return list;
    }
    case ShapeType::kMap: {
      Json map = Json::object();
      if (!value.is_object()) return map;
      for (const auto& [key, item] : value.items()) map[key] = fitted(*shape.value.shape, item);
      return map;
    }
    case ShapeType::kString:
      return text_of(value);
    case ShapeType::kBlob:
      return value.is_binary() ? value : binary(text_of(value).get<std::string>());
    case ShapeType::kBoolean:
      return value.is_boolean() ? value : Json(true);
    case ShapeType::kInteger:
    case ShapeType::kLong:
      return number_of(value, true);
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return number_of(value, false);
    case ShapeType::kTimestamp:
      return time_of(value);
  }
  return value;
}

const Operation* operation_that_gives(const ServiceModel& service, const ParsedResponse& response) {
  if (!response.error_code.empty()) {
    // HEAD's errors have no body.
    for (const Operation* operation : service.operations())
      if (operation->http_method != "HEAD") return operation;
  }
  if (response.result.empty()) return nullptr;
  const std::string place = letters(response.where.substr(response.where.rfind(':') + 1));
  const Operation* found = nullptr;
  std::size_t longest = 0;
  for (const Operation* operation : service.operations()) {
    if (!has_all(*operation, response.result)) continue;
    const std::string name = letters(operation->name);
    const std::size_t length = place.find(name) == std::string::npos ? 0 : name.size();
    if (found != nullptr && length <= longest) continue;
    found = operation;
    longest = length;
  }
  return found;
}

}  // namespace cloudchamber::recordings
