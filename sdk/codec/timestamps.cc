#include "sdk/codec/timestamps.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace cloudchamber {
namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr TimePoint kFirst = std::chrono::sys_days(std::chrono::year(0) / 1 / 1);
constexpr TimePoint kLast =
    std::chrono::sys_days(std::chrono::year(10000) / 1 / 1) - Milliseconds(1);

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};

struct Civil {
  unsigned year, month, day, weekday, hour, minute, second, millisecond;
};

// What the formats can't write (years beyond 0 to 9999) becomes the nearest time that they can.
Civil civil(TimePoint time) {
  time = std::clamp(time, kFirst, kLast);
  const auto date = floor<days>(time);
  const std::chrono::year_month_day ymd(date);
  const auto of_day = static_cast<unsigned>((time - date).count());
  return {static_cast<unsigned>(static_cast<int>(ymd.year())),
          static_cast<unsigned>(ymd.month()),
          static_cast<unsigned>(ymd.day()),
          std::chrono::weekday(date).c_encoding(),
          of_day / 3'600'000,
          of_day / 60'000 % 60,
          of_day / 1000 % 60,
          of_day % 1000};
}

void put(std::string& out, unsigned value, unsigned digits) {
  const std::size_t start = out.size();
  out.resize(start + digits);
  for (std::size_t i = start + digits; i-- > start; value /= 10)
    out[i] = static_cast<char>('0' + value % 10);
}

std::string iso(const Civil& c, bool milliseconds) {
  std::string out;
  out.reserve(24);
  put(out, c.year, 4);
  out += '-';
  put(out, c.month, 2);
  out += '-';
  put(out, c.day, 2);
  out += 'T';
  put(out, c.hour, 2);
  out += ':';
  put(out, c.minute, 2);
  out += ':';
  put(out, c.second, 2);
  if (milliseconds) {
    out += '.';
    put(out, c.millisecond, 3);
  }
  out += 'Z';
  return out;
}

// Reads a date from left to right. A failed step sets `ok` to false, and it stays false.
class Reader {
 public:
  explicit Reader(std::string_view text) : left_(text) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool done() const { return ok_ && left_.empty(); }
  [[nodiscard]] char peek() const { return left_.empty() ? '\0' : left_.front(); }

  bool skip(char c) {
    if (peek() != c || left_.empty()) return false;
    left_.remove_prefix(1);
    return true;
  }
  void expect(char c) { ok_ = skip(c) && ok_; }
  bool skip_word(std::string_view word) {
    if (left_.substr(0, word.size()) != word) return false;
    left_.remove_prefix(word.size());
    return true;
  }

  int digits(std::size_t count) {
    int value = 0;
    if (left_.size() < count) return fail();
    for (std::size_t i = 0; i < count; ++i) {
      if (left_[i] < '0' || left_[i] > '9') return fail();
      value = value * 10 + (left_[i] - '0');
    }
    left_.remove_prefix(count);
    return value;
  }

  // "." and one to nine digits, as milliseconds; 0 where there is no ".".
  int fraction() {
    if (!skip('.')) return 0;
    int value = 0;
    std::size_t count = 0;
    for (; peek() >= '0' && peek() <= '9'; ++count, left_.remove_prefix(1))
      if (count < 3) value = value * 10 + (peek() - '0');
    if (count == 0 || count > 9) return fail();
    for (; count < 3; ++count) value *= 10;
    return value;
  }

  // The index of the word (or its first three letters) that comes next.
  template <std::size_t N>
  int one_of(const std::array<std::string_view, N>& words) {
    for (std::size_t i = 0; i < N; ++i)
      if (skip_word(words[i])) return static_cast<int>(i);
    return fail();
  }
  void skip_letters() {
    while ((peek() >= 'a' && peek() <= 'z') || (peek() >= 'A' && peek() <= 'Z'))
      left_.remove_prefix(1);
  }

  // "Z", "GMT", "UTC", "+01:00", "-0100"; in milliseconds to subtract. UTC where nothing stands.
  Milliseconds zone() {
    if (left_.empty() || skip('Z') || skip('z') || skip_word("GMT") || skip_word("UTC"))
      return Milliseconds(0);
    const bool west = peek() == '-';
    if (!west && peek() != '+') return Milliseconds(fail());
    left_.remove_prefix(1);
    const int hours = digits(2);
    skip(':');
    const int minutes = digits(2);
    if (hours > 23 || minutes > 59) fail();
    return Milliseconds((west ? -1 : 1) * (hours * 60 + minutes) * 60'000);
  }

  int fail() {
    ok_ = false;
    return 0;
  }

 private:
  std::string_view left_;
  bool ok_ = true;
};

struct Clocktime {
  int hour, minute, second, millisecond;
};

Clocktime clocktime(Reader& in, bool colons) {
  Clocktime t{};
  t.hour = in.digits(2);
  if (colons) in.expect(':');
  t.minute = in.digits(2);
  if (colons) in.expect(':');
  t.second = in.digits(2);
  t.millisecond = in.fraction();
  // Second 60 is a leap second, and becomes the next minute's first.
  if (t.hour > 23 || t.minute > 59 || t.second > 60) in.fail();
  return t;
}

std::optional<TimePoint> moment(const Reader& in, int year, int month, int day, const Clocktime& t,
                                Milliseconds zone) {
  if (!in.done()) return std::nullopt;
  const std::chrono::year_month_day date = std::chrono::year(year) / month / day;
  if (!date.ok()) return std::nullopt;
  const Milliseconds of_day(((t.hour * 60 + t.minute) * 60 + t.second) * 1000 + t.millisecond);
  const TimePoint time = std::chrono::sys_days(date) + of_day - zone;
  if (time < kFirst || time > kLast) return std::nullopt;
  return time;
}

// "2015-01-25T08:00:00.123+01:00", "2015-01-25", "20150125T080000Z".
std::optional<TimePoint> parse_iso(std::string_view text) {
  Reader in(text);
  const int year = in.digits(4);
  const bool extended = in.skip('-');
  const int month = in.digits(2);
  if (extended) in.expect('-');
  const int day = in.digits(2);
  if (extended && in.done()) return moment(in, year, month, day, {}, Milliseconds(0));
  if (!in.skip('T') && !in.skip('t') && !(extended && in.skip(' '))) return std::nullopt;
  const Clocktime time = clocktime(in, extended);
  const Milliseconds zone = in.zone();
  return moment(in, year, month, day, time, zone);
}

// "Sun, 25 Jan 2015 08:00:00 GMT", "Sunday, 25-Jan-15 08:00:00 GMT", "Sun Jan 25 08:00:00 2015".
std::optional<TimePoint> parse_http_date(std::string_view text) {
  Reader in(text);
  in.one_of(kWeekdays);
  in.skip_letters();
  if (!in.skip(',')) {
    in.expect(' ');
    const int month = in.one_of(kMonths) + 1;
    in.expect(' ');
    const int day = in.skip(' ') ? in.digits(1) : in.digits(2);
    in.expect(' ');
    const Clocktime time = clocktime(in, true);
    in.expect(' ');
    const int year = in.digits(4);
    return moment(in, year, month, day, time, Milliseconds(0));
  }
  in.expect(' ');
  const int day = in.digits(2);
  const bool rfc850 = in.skip('-');
  if (!rfc850) in.expect(' ');
  const int month = in.one_of(kMonths) + 1;
  in.expect(rfc850 ? '-' : ' ');
  int year = in.digits(2);
  if (!rfc850)
    year = year * 100 + in.digits(2);
  else
    year += year < 70 ? 2000 : 1900;  // RFC 850 lacks the century
  in.expect(' ');
  const Clocktime time = clocktime(in, true);
  in.expect(' ');
  const Milliseconds zone = in.zone();
  return moment(in, year, month, day, time, zone);
}

std::optional<TimePoint> from_epoch(double seconds) {
  if (!(seconds >= -62'167'219'200.0 && seconds < 253'402'300'800.0)) return std::nullopt;
  // Through microseconds, so that 0.123 does not become 122 ms by the binary fraction's error.
  const std::chrono::sys_time<std::chrono::microseconds> exact{
      std::chrono::microseconds(std::llround(seconds * 1e6))};
  return std::min(floor<Milliseconds>(exact), kLast);
}

}  // namespace

std::string iso8601(TimePoint time) {
  const Civil c = civil(time);
  return iso(c, c.millisecond != 0);
}

std::string iso8601_milliseconds(TimePoint time) { return iso(civil(time), true); }

std::string rfc822(TimePoint time) {
  const Civil c = civil(time);
  std::string out(kWeekdays[c.weekday]);
  out += ", ";
  put(out, c.day, 2);
  out += ' ';
  out += kMonths[c.month - 1];
  out += ' ';
  put(out, c.year, 4);
  out += ' ';
  put(out, c.hour, 2);
  out += ':';
  put(out, c.minute, 2);
  out += ':';
  put(out, c.second, 2);
  out += " GMT";
  return out;
}

std::string iso8601_basic(TimePoint time) {
  const Civil c = civil(time);
  std::string out;
  out.reserve(16);
  put(out, c.year, 4);
  put(out, c.month, 2);
  put(out, c.day, 2);
  out += 'T';
  put(out, c.hour, 2);
  put(out, c.minute, 2);
  put(out, c.second, 2);
  out += 'Z';
  return out;
}

std::optional<TimePoint> parse_timestamp(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.front() >= 'A' && text.front() <= 'Z') return parse_http_date(text);
  if (const auto time = parse_iso(text)) return time;
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return from_epoch(seconds);
}

std::optional<TimePoint> timestamp_of(const Json& value) {
  if (value.is_string()) return parse_timestamp(value.get_ref<const std::string&>());
  if (value.is_number()) return from_epoch(value.get<double>());
  return std::nullopt;
}

Json epoch_seconds(TimePoint time) {
  const std::int64_t count = time.time_since_epoch().count();
  if (count % 1000 == 0) return count / 1000;
  return static_cast<double>(count) / 1000.0;
}

}  // namespace cloudchamber
