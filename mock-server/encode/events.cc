#include "mock-server/encode/events.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "sdk/codec/bytes.h"
#include "sdk/codec/event_stream.h"

namespace cloudchamber::mock {
namespace {

using EventHeaders = std::vector<std::pair<std::string, Json>>;
using Document = std::function<std::string(const Shape& shape, const Json& value)>;

struct Payload {
  std::string bytes;
  std::string_view type;
};

bool is_in_document(const Member& member) { return !member.event_header && !member.event_payload; }

// A member that is the payload, else a document of all that are no headers.
Payload payload_of(const Shape& event, const Json& value, std::string_view content_type,
                   const Document& document) {
  bool has_members = false;
  for (const Member& member : event.members) {
    has_members = has_members || is_in_document(member);
    const auto found = value.find(member.name);
    if (!member.event_payload || found == value.end()) continue;
    switch (member.shape->type) {
      case ShapeType::kBlob:
        return {std::string(bytes_of(*found)), "application/octet-stream"};
      case ShapeType::kString:
        return {std::string(bytes_of(*found)), "text/plain"};
      default:
        return {document(*member.shape, *found), content_type};
    }
  }
  if (!has_members) return {};
  return {document(event, value), content_type};
}

void append_event(std::string& out, const Member& kind, const Json& value,
                  std::string_view content_type, const Document& document) {
  const Shape& event = *kind.shape;
  const Payload payload = payload_of(event, value, content_type, document);
  EventHeaders headers;
  if (event.exception) {
    headers = {{":message-type", "exception"}, {":exception-type", kind.wire_name()}};
  } else {
    headers = {{":message-type", "event"}, {":event-type", kind.wire_name()}};
  }
  if (!payload.type.empty()) headers.emplace_back(":content-type", payload.type);
  for (const Member& member : event.members)
    if (const auto found = value.find(member.name); member.event_header && found != value.end())
      headers.emplace_back(member.wire_name(), *found);
  append_event_message(out, headers, payload.bytes);
}

}  // namespace

Blob encode_events(const Shape& stream, const Json& events, std::string_view content_type,
                   const Document& document) {
  std::string out;
  if (!events.is_array()) return {};
  for (const Json& one : events) {
    if (!one.is_object() || one.size() != 1 || !one.begin()->is_object()) continue;
    const std::string& name = one.begin().key();
    if (const Member* kind = stream.find(name)) {
      append_event(out, *kind, *one.begin(), content_type, document);
    } else if (name == "Error") {
      append_event_message(out,
                           {{":message-type", "error"},
                            {":error-code", one.begin()->value("Code", std::string())},
                            {":error-message", one.begin()->value("Message", std::string())}},
                           "");
    }
  }
  return Blob(std::move(out));
}

}  // namespace cloudchamber::mock
