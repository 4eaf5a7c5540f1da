// The application/vnd.amazon.eventstream framing: messages of typed headers and a payload, each
// guarded by two checksums. https://smithy.io/2.0/aws/amazon-eventstream.html
//
// Pure functions: thread-safe.
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber {

class EventStreamError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct EventMessage {
  // Names and values; a value is true or false, an integer, a binary, a string, or an ISO 8601
  // string for a time.
  std::vector<std::pair<std::string, Json>> headers;
  std::string_view payload;

  // The text of a string header, else "".
  [[nodiscard]] std::string_view text(std::string_view name) const;
};

// The messages that `bytes` are made of; their payloads are views into `bytes`. Throws
// EventStreamError for a message that is cut off, or whose lengths or checksums are wrong.
[[nodiscard]] std::vector<EventMessage> decode_event_stream(std::string_view bytes);

// Appends a message. The values of headers are strings, binaries, booleans and integers. Throws
// EventStreamError for another, and for one that is too long for a header (65,535 bytes; 255 of a
// name).
void append_event_message(std::string& out,
                          const std::vector<std::pair<std::string, Json>>& headers,
                          std::string_view payload);

}  // namespace cloudchamber
