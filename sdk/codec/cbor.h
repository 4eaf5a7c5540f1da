// CBOR (RFC 8949) as AWS's rpcv2Cbor protocol uses it: a reader that gives Json, and a writer of
// single items for interpreters that walk shapes.
//
// Thread-safe: pure functions and one value type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"

namespace cloudchamber {

class CborError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The one data item that `bytes` hold. Byte strings become Json::binary, tag 1 (epoch seconds) an
// ISO 8601 string, floats that JSON lacks "NaN", "Infinity", "-Infinity"; other tags are passed
// over, undefined is null, a negative integer below -2^63 a double. Definite and indefinite
// lengths, floats of all three sizes. Refuses (CborError) what is cut off or followed by more, keys
// that are no text, text that is not UTF-8, times outside the years 0001 to 9999, and arrays, maps
// and tags nested deeper than `max_depth`. Memory stays proportional to the input, whatever lengths
// it claims.
[[nodiscard]] Json decode_cbor(std::string_view bytes, std::size_t max_depth = 128);

// Appends items to a string. The caller sees to it that a container gets as many items as it was
// announced with (a map: pairs of them, keys being text).
class CborWriter {
 public:
  explicit CborWriter(std::string& out) : out_(out) {}

  void begin_map(std::uint64_t pairs) { head(5, pairs); }
  void begin_array(std::uint64_t items) { head(4, items); }
  void begin_map() { byte(0xbf); }    // until end()
  void begin_array() { byte(0x9f); }  // until end()
  void end() { byte(0xff); }

  void text(std::string_view utf8);
  void bytes(std::string_view bytes);
  void integer(std::int64_t value);
  void unsigned_integer(std::uint64_t value) { head(0, value); }
  void boolean(bool value) { byte(value ? 0xf5 : 0xf4); }
  void null() { byte(0xf6); }
  // A double in four bytes where it loses nothing, else in eight.
  void number(double value);
  void timestamp(TimePoint time);  // tag 1; an integer when whole seconds, else a double

  // A value without a shape: Json::binary as bytes, strings as text, the rest as it looks.
  void value(const Json& value);
  // The value of a float or double member: a number, or "NaN", "Infinity", "-Infinity".
  void number(const Json& value);

 private:
  void byte(unsigned value) { out_.push_back(static_cast<char>(value)); }
  void head(unsigned major, std::uint64_t argument);
  void big_endian(std::uint64_t value, int bytes);

  std::string& out_;
};

}  // namespace cloudchamber
