#include "sdk/codec/event_stream.h"

#include <zlib.h>

#include "sdk/codec/bytes.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber {
namespace {

constexpr std::size_t kPrelude = 12;   // total length, headers' length, their checksum
constexpr std::size_t kChecksum = 4;   // of the whole message
constexpr unsigned kStringHeader = 7;  // the type of a header

std::uint32_t crc(std::string_view bytes) {
  const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
  return static_cast<std::uint32_t>(::crc32_z(::crc32_z(0, nullptr, 0), data, bytes.size()));
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}

  [[nodiscard]] bool done() const { return left_.empty(); }

  std::string_view take(std::size_t count) {
    if (count > left_.size()) throw EventStreamError("an event stream message is cut off");
    const std::string_view taken = left_.substr(0, count);
    left_.remove_prefix(count);
    return taken;
  }

  std::uint64_t number(std::size_t bytes) {
    std::uint64_t value = 0;
    for (const char byte : take(bytes)) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
  }

  std::string_view prefixed(std::size_t length_bytes) {
    return take(static_cast<std::size_t>(number(length_bytes)));
  }

 private:
  std::string_view left_;
};

Json header_value(Reader& reader) {
  switch (reader.number(1)) {
    case 0:
      return true;
    case 1:
      return false;
    case 2:
      return static_cast<std::int8_t>(reader.number(1));
    case 3:
      return static_cast<std::int16_t>(reader.number(2));
    case 4:
      return static_cast<std::int32_t>(reader.number(4));
    case 5:
      return static_cast<std::int64_t>(reader.number(8));
    case 6:
      return binary(reader.prefixed(2));
    case kStringHeader:
      return std::string(reader.prefixed(2));
    case 8:
      return iso8601(TimePoint(Milliseconds(static_cast<std::int64_t>(reader.number(8)))));
    case 9:
      return hex(reader.take(16));
    default:
      throw EventStreamError("an event stream header of an unknown type");
  }
}

EventMessage message(Reader& reader) {
  const std::string_view prelude = reader.take(kPrelude);
  Reader lengths(prelude);
  const auto total = static_cast<std::size_t>(lengths.number(4));
  const auto headers_length = static_cast<std::size_t>(lengths.number(4));
  if (lengths.number(4) != crc(prelude.substr(0, 8)))
    throw EventStreamError("the lengths of an event stream message don't match their checksum");
  if (total < kPrelude + kChecksum || headers_length > total - kPrelude - kChecksum)
    throw EventStreamError("the lengths of an event stream message contradict each other");
  const std::string_view content = reader.take(total - kPrelude - kChecksum);
  const std::string_view whole(prelude.data(), total - kChecksum);
  if (reader.number(kChecksum) != crc(whole))
    throw EventStreamError("an event stream message doesn't match its checksum");
  EventMessage result;
  result.payload = content.substr(headers_length);
  for (Reader headers(content.substr(0, headers_length)); !headers.done();) {
    std::string name(headers.prefixed(1));
    result.headers.emplace_back(std::move(name), header_value(headers));
  }
  return result;
}

void append_number(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out.push_back(static_cast<char>(value >> shift & 0xff));
}

void append_prefixed(std::string& out, std::string_view text, int length_bytes) {
  if (text.size() >> (8 * length_bytes) != 0)
    throw EventStreamError("an event stream header is too long");
  append_number(out, text.size(), length_bytes);
  out += text;
}

void append_header_value(std::string& out, const Json& value) {
  if (value.is_boolean()) {
    append_number(out, value.get<bool>() ? 0 : 1, 1);
  } else if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    const bool is_short = number >= INT32_MIN && number <= INT32_MAX;
    append_number(out, is_short ? 4 : 5, 1);
    append_number(out, static_cast<std::uint64_t>(number), is_short ? 4 : 8);
  } else if (value.is_binary()) {
    append_number(out, 6, 1);
    append_prefixed(out, bytes_of(value), 2);
  } else if (value.is_string()) {
    append_number(out, kStringHeader, 1);
    append_prefixed(out, value.get_ref<const std::string&>(), 2);
  } else {
    throw EventStreamError("a value that no event stream header can have");
  }
}

}  // namespace

std::string_view EventMessage::text(std::string_view name) const {
  for (const auto& [header, value] : headers)
    if (header == name && value.is_string()) return value.get_ref<const std::string&>();
  return {};
}

std::vector<EventMessage> decode_event_stream(std::string_view bytes) {
  std::vector<EventMessage> messages;
  for (Reader reader(bytes); !reader.done();) messages.push_back(message(reader));
  return messages;
}

void append_event_message(std::string& out,
                          const std::vector<std::pair<std::string, Json>>& headers,
                          std::string_view payload) {
  std::string encoded;
  for (const auto& [name, value] : headers) {
    append_prefixed(encoded, name, 1);
    append_header_value(encoded, value);
  }
  const std::size_t start = out.size();
  append_number(out, kPrelude + encoded.size() + payload.size() + kChecksum, 4);
  append_number(out, encoded.size(), 4);
  append_number(out, crc(std::string_view(out).substr(start)), 4);
  out += encoded;
  out += payload;
  append_number(out, crc(std::string_view(out).substr(start)), 4);
}

}  // namespace cloudchamber
