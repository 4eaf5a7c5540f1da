#include "sdk/codec/cbor.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"

namespace cloudchamber {
namespace {

constexpr std::uint64_t kIndefinite = 31;
// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z: what an ISO 8601 string can say.
constexpr double kFirstSecond = -62135596800.0;
constexpr double kLastSecond = 253402300799.999;

class Reader {
 public:
  Reader(std::string_view bytes, std::size_t max_depth) : bytes_(bytes), max_depth_(max_depth) {}

  Json whole() {
    Json value = item(0);
    if (position_ != bytes_.size()) fail("more than one item");
    return value;
  }

 private:
  [[noreturn]] void fail(const char* what) const {
    throw CborError("CBOR at byte " + std::to_string(position_) + ": " + what);
  }

  unsigned next() {
    if (position_ == bytes_.size()) fail("cut off");
    return static_cast<unsigned char>(bytes_[position_++]);
  }

  std::uint64_t big_endian(int count) {
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i) value = value << 8 | next();
    return value;
  }

  std::uint64_t argument(unsigned info) {
    if (info < 24) return info;
    if (info > 27) fail("reserved length");
    return big_endian(1 << (info - 24));
  }

  std::string_view take(std::uint64_t count) {
    if (count > bytes_.size() - position_) fail("cut off");
    const std::string_view taken = bytes_.substr(position_, static_cast<std::size_t>(count));
    position_ += taken.size();
    return taken;
  }

  bool at_break() {
    if (position_ == bytes_.size()) fail("cut off");
    if (static_cast<unsigned char>(bytes_[position_]) != 0xff) return false;
    ++position_;
    return true;
  }

  std::string string(unsigned major, unsigned info) {
    std::string whole;
    if (info != kIndefinite) {
      whole = take(argument(info));
    } else {
      while (!at_break()) {
        const unsigned head = next();
        if (head >> 5 != major || (head & 31) == kIndefinite) fail("a chunk of another kind");
        whole += take(argument(head & 31));
      }
    }
    if (major == 3 && !is_utf8(whole)) fail("text that is not UTF-8");
    return whole;
  }

  std::string key() {
    const unsigned head = next();
    if (head >> 5 != 3) fail("a key that is not text");
    return string(3, head & 31);
  }

  Json item(std::size_t depth) {
    const unsigned head = next();
    const unsigned major = head >> 5;
    const unsigned info = head & 31;
    switch (major) {
      case 0:
        return argument(info);
      case 1: {
        const std::uint64_t below = argument(info);
        if (below > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
          return -1.0 - static_cast<double>(below);
        return -1 - static_cast<std::int64_t>(below);
      }
      case 2:
        return binary(string(major, info));
      case 3:
        return string(major, info);
      case 4:
        return array(info, depth);
      case 5:
        return map(info, depth);
      case 6:
        return tagged(argument(info), depth);
      default:
        return simple(info);
    }
  }

  void check_depth(std::size_t depth) const {
    if (depth >= max_depth_) fail("nested too deeply");
  }

  Json array(unsigned info, std::size_t depth) {
    check_depth(depth);
    Json::array_t items;
    if (info == kIndefinite) {
      while (!at_break()) items.push_back(item(depth + 1));
      return items;
    }
    const std::uint64_t count = argument(info);
    if (count > bytes_.size() - position_) fail("cut off");
    for (std::uint64_t i = 0; i < count; ++i) items.push_back(item(depth + 1));
    return items;
  }

  Json map(unsigned info, std::size_t depth) {
    check_depth(depth);
    Json::object_t members;
    const bool definite = info != kIndefinite;
    const std::uint64_t count = definite ? argument(info) : 0;
    for (std::uint64_t i = 0; definite ? i < count : !at_break(); ++i) {
      std::string name = key();
      members.insert_or_assign(std::move(name), item(depth + 1));
    }
    return members;
  }

  Json tagged(std::uint64_t tag, std::size_t depth) {
    check_depth(depth);
    Json value = item(depth + 1);
    if (tag != 1) return value;
    double seconds = std::numeric_limits<double>::quiet_NaN();
    if (value.is_number()) seconds = value.get<double>();
    if (!(seconds >= kFirstSecond && seconds <= kLastSecond)) fail("a time that is none");
    return iso8601(TimePoint(Milliseconds(std::llround(seconds * 1000))));
  }

  static Json special(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    return value;
  }

  static double half(std::uint64_t bits) {
    const int exponent = static_cast<int>(bits >> 10 & 31);
    const auto mantissa = static_cast<double>(bits & 1023);
    double value = 0;
    if (exponent == 0) {
      value = std::ldexp(mantissa, -24);
    } else if (exponent == 31) {
      value = mantissa == 0 ? std::numeric_limits<double>::infinity()
                            : std::numeric_limits<double>::quiet_NaN();
    } else {
      value = std::ldexp(mantissa + 1024, exponent - 25);
    }
    return (bits & 0x8000) != 0 ? -value : value;
  }

  Json simple(unsigned info) {
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return nullptr;
      case 25:
        return special(half(big_endian(2)));
      case 26: {
        const auto bits = static_cast<std::uint32_t>(big_endian(4));
        float value = 0;
        std::memcpy(&value, &bits, sizeof value);
        return special(static_cast<double>(value));
      }
      case 27: {
        const std::uint64_t bits = big_endian(8);
        double value = 0;
        std::memcpy(&value, &bits, sizeof value);
        return special(value);
      }
      default:
        fail("an unknown simple value");
    }
  }

  std::string_view bytes_;
  std::size_t position_ = 0;
  std::size_t max_depth_;
};

}  // namespace

Json decode_cbor(std::string_view bytes, std::size_t max_depth) {
  return Reader(bytes, max_depth).whole();
}

void CborWriter::big_endian(std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    byte(static_cast<unsigned>(value >> shift & 0xff));
}

void CborWriter::head(unsigned major, std::uint64_t argument) {
  if (argument < 24) {
    byte(major << 5 | static_cast<unsigned>(argument));
  } else if (argument <= 0xff) {
    byte(major << 5 | 24);
    big_endian(argument, 1);
  } else if (argument <= 0xffff) {
    byte(major << 5 | 25);
    big_endian(argument, 2);
  } else if (argument <= 0xffffffff) {
    byte(major << 5 | 26);
    big_endian(argument, 4);
  } else {
    byte(major << 5 | 27);
    big_endian(argument, 8);
  }
}

void CborWriter::text(std::string_view utf8) {
  head(3, utf8.size());
  out_.append(utf8);
}

void CborWriter::bytes(std::string_view bytes) {
  head(2, bytes.size());
  out_.append(bytes);
}

void CborWriter::integer(std::int64_t value) {
  if (value >= 0)
    head(0, static_cast<std::uint64_t>(value));
  else
    head(1, static_cast<std::uint64_t>(-1 - value));
}

void CborWriter::number(double value) {
  if (std::isnan(value)) {  // one NaN for all
    byte(0xfa);
    return big_endian(0x7fc00000, 4);
  }
  // A conversion out of float's range is undefined, so the range is asked first.
  const bool in_range = std::isinf(value) ||
                        std::abs(value) <= static_cast<double>(std::numeric_limits<float>::max());
  if (in_range && static_cast<double>(static_cast<float>(value)) == value) {
    const auto narrow = static_cast<float>(value);
    std::uint32_t bits = 0;
    std::memcpy(&bits, &narrow, sizeof bits);
    byte(0xfa);
    return big_endian(bits, 4);
  }
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  byte(0xfb);
  big_endian(bits, 8);
}

void CborWriter::timestamp(TimePoint time) {
  const std::int64_t milliseconds = time.time_since_epoch().count();
  byte(0xc1);
  if (milliseconds % 1000 == 0)
    integer(milliseconds / 1000);
  else
    number(static_cast<double>(milliseconds) / 1000);
}

void CborWriter::number(const Json& value) {
  if (value.is_number()) return number(value.get<double>());
  const std::string_view text = bytes_of(value);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (text == "Infinity") return number(kInfinity);
  if (text == "-Infinity") return number(-kInfinity);
  number(std::numeric_limits<double>::quiet_NaN());
}

void CborWriter::value(const Json& value) {
  switch (value.type()) {
    case Json::value_t::object:
      begin_map(value.size());
      for (const auto& [name, member] : value.items()) {
        text(name);
        this->value(member);
      }
      return;
    case Json::value_t::array:
      begin_array(value.size());
      for (const Json& element : value) this->value(element);
      return;
    case Json::value_t::string:
      return text(bytes_of(value));
    case Json::value_t::binary:
      return bytes(bytes_of(value));
    case Json::value_t::boolean:
      return boolean(value.get<bool>());
    case Json::value_t::number_unsigned:
      return unsigned_integer(value.get<std::uint64_t>());
    case Json::value_t::number_integer:
      return integer(value.get<std::int64_t>());
    case Json::value_t::number_float:
      return number(value.get<double>());
    case Json::value_t::null:
    case Json::value_t::discarded:
      return null();
  }
}

}  // namespace cloudchamber
