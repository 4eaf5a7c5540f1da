// Streams of events (sdk/codec/event_stream.h): the mirror of the SDK's parse/events.cc.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cloudchamber/blob.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// `events` is an array of objects of one member each, which names the event or exception of
// `stream`, or "Error" for one that the model doesn't know: {"Code": "...", "Message": "..."}. What
// is not of this form is left out. `document` writes a structure as a document of `content_type`.
[[nodiscard]] Blob encode_events(
    const Shape& stream, const Json& events, std::string_view content_type,
    const std::function<std::string(const Shape& shape, const Json& value)>& document);

}  // namespace cloudchamber::mock
