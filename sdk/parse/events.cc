#include "sdk/codec/bytes.h"
#include "sdk/codec/event_stream.h"
#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {
namespace {

Json read_event(const Shape& event, const EventMessage& message,
                Json (*read)(const Shape&, std::string_view)) {
  Json result = Json::object();
  bool whole_payload = true;
  for (const Member& member : event.members) {
    if (member.event_header) {
      for (const auto& [name, value] : message.headers)
        if (name == member.wire_name()) result[member.name] = value;
    } else if (member.event_payload) {
      whole_payload = false;
      const ShapeType type = member.shape->type;
      if (type == ShapeType::kBlob)
        result[member.name] = binary(message.payload);
      else if (type == ShapeType::kString)
        result[member.name] = message.payload;
      else
        result[member.name] = read(*member.shape, message.payload);
    }
  }
  if (whole_payload && !message.payload.empty()) result.update(read(event, message.payload));
  return result;
}

}  // namespace

Json read_events(const Shape& stream, std::string_view body,
                 Json (*read)(const Shape& event, std::string_view payload)) {
  Json events = Json::array();
  for (const EventMessage& message : decode_event_stream(body)) {
    const std::string_view kind = message.text(":message-type");
    if (kind == "error") {
      events.push_back(
          {{"Error",
            {{"Code", message.text(":error-code")}, {"Message", message.text(":error-message")}}}});
      continue;
    }
    const std::string_view name =
        message.text(kind == "exception" ? ":exception-type" : ":event-type");
    const Member* member = stream.find(name);
    if (member == nullptr) continue;  // a kind that the model doesn't know yet
    Json event = Json::object();
    event[member->name] = read_event(*member->shape, message, read);
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace cloudchamber::parsing
