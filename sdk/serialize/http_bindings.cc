#include "sdk/serialize/http_bindings.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "cloudchamber/errors.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/json_text.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::serializing {
namespace {

std::string text_of(const Member& member, const Json& value, TimestampFormat times) {
  std::string text;
  append_text(text, member, value, times);
  return text;
}

// The text with every "{Name}" replaced by what `fill` gives for it.
template <class Fill>
std::string filled(std::string_view pattern, Fill fill) {
  std::string result;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) {
      result += pattern.substr(at);
      break;
    }
    result += pattern.substr(at, open - at);
    result += fill(pattern.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  return result;
}

std::string label(const Call& call, std::string_view name) {
  const bool greedy = !name.empty() && name.back() == '+';
  if (greedy) name.remove_suffix(1);
  for (const Member& member : call.operation.input->members) {
    if (member.location != Location::kUri || member.wire_name() != name) continue;
    const Json* value = find_value(call.parameters, member.name);
    if (value == nullptr) break;
    return uri_encode(text_of(member, *value, TimestampFormat::kIso8601), greedy);
  }
  return "";
}

class QueryString {
 public:
  explicit QueryString(std::string& target)
      : target_(target), begun_(target.find('?') != std::string::npos) {}

  void member(const Member& member, const Json& value) {
    const std::string& name = member.wire_name();
    switch (member.shape->type) {
      case ShapeType::kList:
        return list(name, member.shape->element, value);
      case ShapeType::kMap:
        return;  // after all others, see below
      default:
        return add(name, text_of(member, value, TimestampFormat::kIso8601));
    }
  }

  // A map gives parameters of any name; one that another member has already named yields.
  void map(const Member& member, const Json& value) {
    const Member& held = member.shape->value;
    for (const auto& [key, each] : value.get_ref<const Json::object_t&>()) {
      if (std::find(named_.begin(), named_.end(), key) != named_.end() || each.is_null()) continue;
      if (held.shape->type == ShapeType::kList)
        list(key, held.shape->element, each);
      else
        add(key, text_of(held, each, TimestampFormat::kIso8601));
    }
  }

 private:
  void list(const std::string& name, const Member& element, const Json& value) {
    for (const Json& each : value) add(name, text_of(element, each, TimestampFormat::kIso8601));
  }

  void add(const std::string& name, std::string_view value) {
    target_ += begun_ ? '&' : '?';
    begun_ = true;
    target_ += uri_encode(name);
    target_ += '=';
    target_ += uri_encode(value);
    named_.push_back(name);
  }

  std::string& target_;
  bool begun_;
  std::vector<std::string> named_;
};

void add_header(HttpRequest& request, std::string name, std::string value) {
  if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
    throw ParamValidationError("the value of header " + name + " holds a line break");
  request.headers.add(std::move(name), std::move(value));
}

// A string in a list is quoted where it holds what separates or quotes.
std::string list_item(const Member& element, const Json& value) {
  std::string text = text_of(element, value, TimestampFormat::kRfc822);
  if (element.shape->type != ShapeType::kString || text.find_first_of(",\"") == std::string::npos)
    return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string header_value(const Member& member, const Json& value) {
  if (member.shape->type == ShapeType::kList) {
    std::string joined;
    for (const Json& each : value) {
      if (!joined.empty()) joined += ", ";
      joined += list_item(member.shape->element, each);
    }
    return joined;
  }
  std::string text;
  if (!member.json_value) return text_of(member, value, TimestampFormat::kRfc822);
  if (value.is_string())
    text = value.get<std::string>();
  else
    append_json(text, value);
  return base64_encode(text);
}

void bind_member(const Member& member, const Json& value, QueryString& query,
                 HttpRequest& request) {
  switch (member.location) {
    case Location::kQueryString:
      return query.member(member, value);
    case Location::kHeader:
      return add_header(request, member.wire_name(), header_value(member, value));
    case Location::kHeaders:
      for (const auto& [key, each] : value.get_ref<const Json::object_t&>())
        add_header(request, member.location_name + key, header_value(member.shape->value, each));
      return;
    default:
      return;
  }
}

}  // namespace

std::string host_prefix(const Operation& operation, const Json& parameters) {
  return filled(operation.endpoint_host_prefix, [&](std::string_view name) -> std::string {
    const Json* value = find_value(parameters, std::string(name));
    return value != nullptr && value->is_string() ? value->get<std::string>() : "";
  });
}

void bind_uri_and_headers(const Call& call, HttpRequest& request) {
  if (call.operation.input == nullptr) return;
  request.target =
      filled(call.operation.request_uri, [&](std::string_view name) { return label(call, name); });
  QueryString query(request.target);
  const auto& members = call.operation.input->members;
  for (const Member& member : members) {
    if (member.location == Location::kBody || member.location == Location::kUri) continue;
    if (const Json* value = find_value(call.parameters, member.name); value != nullptr)
      bind_member(member, *value, query, request);
  }
  for (const Member& member : members) {
    if (member.location != Location::kQueryString || member.shape->type != ShapeType::kMap)
      continue;
    if (const Json* value = find_value(call.parameters, member.name); value != nullptr)
      query.map(member, *value);
  }
}

const Member* payload_member(const Operation& operation) {
  const Shape* input = operation.input;
  return input == nullptr || input->payload.empty() ? nullptr : input->find(input->payload);
}

bool bind_raw_payload(const Call& call, const Member& payload, HttpRequest& request) {
  const ShapeType type = payload.shape->type;
  if (type != ShapeType::kBlob && type != ShapeType::kString) return false;
  const Json* value = find_value(call.parameters, payload.name);
  if (call.stream == nullptr && value == nullptr) return true;
  request.body = call.stream != nullptr ? *call.stream : Blob(bytes_of(*value));
  if (!payload.streaming && !payload.shape->streaming)
    add_content_type(request, type == ShapeType::kBlob ? "application/octet-stream" : "text/plain");
  return true;
}

void add_content_type(HttpRequest& request, const char* type) {
  if (!request.headers.contains("Content-Type")) request.headers.add("Content-Type", type);
}

}  // namespace cloudchamber::serializing
