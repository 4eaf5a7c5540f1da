#include "recordings/verify/times.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "sdk/codec/timestamps.h"

namespace cloudchamber::recordings {
namespace {

// Of clocks that tell seconds, on two machines.
constexpr Milliseconds kTolerance = Seconds(2);
constexpr Milliseconds kSecond = Seconds(1);

bool is_whole(TimePoint time) { return time.time_since_epoch() % kSecond == Milliseconds(0); }

Milliseconds distance(TimePoint a, TimePoint b) {
  const Milliseconds difference = a - b;
  return difference < Milliseconds(0) ? -difference : difference;
}

std::string shown(TimePoint time, TimePoint call) {
  const auto seconds = std::chrono::duration_cast<Seconds>(time - call).count();
  const std::string text = iso8601(time);
  if (call == TimePoint{}) return text;
  if (seconds == 0) return text + " (at the time of the call)";
  return text + " (" + std::to_string(std::abs(seconds)) + " s " +
         (seconds < 0 ? "before" : "after") + " the call)";
}

}  // namespace

std::optional<TimePoint> time_in(std::string_view text) {
  const auto kind = generated(text);
  if (!kind || kind->kind != Kind::kTime) return std::nullopt;
  const bool is_milliseconds =
      text.size() == 13 && text.find_first_not_of("0123456789") == std::string_view::npos;
  if (is_milliseconds) return TimePoint(Milliseconds(std::stoll(std::string(text))));
  return parse_timestamp(text);
}

void Times::add_given(const Shape& shape, const Json& value, const Bindings& bindings) {
  if (value.is_object() && shape.type == ShapeType::kStructure) {
    for (const Member& member : shape.members)
      if (const auto at = value.find(member.name); at != value.end())
        add_given(*member.shape, *at, bindings);
  } else if (value.is_object() && shape.type == ShapeType::kMap) {
    for (const Json& entry : value) add_given(*shape.value.shape, entry, bindings);
  } else if (value.is_array() && shape.type == ShapeType::kList) {
    for (const Json& element : value) add_given(*shape.element.shape, element, bindings);
  } else if (shape.type == ShapeType::kTimestamp) {
    if (const auto time = timestamp_of(value); time && !bindings.time_of(*time))
      given_.insert(*time);
  }
}

void Times::begin_call(const RecordedCall& call, TimePoint now, const Bindings& bindings) {
  if (call.request.operation->input != nullptr)
    add_given(*call.request.operation->input, call.request.parameters, bindings);
  const Exchange& exchange = call.interaction->exchange;
  const auto date = parse_timestamp(exchange.response.headers.get("Date"));
  const TimePoint sent = call.time();
  answered_ = date.value_or(sent + exchange.took);
  now_ = now;
  // Calls that were made at once may be told in another order: then the mock's clock is ahead.
  tolerance_ = kTolerance + exchange.took + std::max(now - sent, Milliseconds(0));
  reads_ = call.reads();
}

// AWS may cut a time to seconds.
bool Times::is_given(TimePoint recorded) const {
  const auto at = given_.lower_bound(recorded);
  return at != given_.end() && *at - recorded < kSecond;
}

bool Times::agree(TimePoint recorded, TimePoint mock, Bindings& bindings) const {
  if (recorded == mock) {
    if (knows_times()) bindings.bind_time(recorded, mock);
    return true;
  }
  const Milliseconds from_call = recorded - answered_;
  const Milliseconds ours_from_call = mock - now_;
  const bool was_now = knows_times() && distance(recorded, answered_) <= tolerance_;
  const bool is_now = distance(mock, now_) <= tolerance_;
  if (is_given(recorded) && !(was_now && is_now)) return distance(recorded, mock) < kSecond;
  if (!simulated_ && is_whole(recorded) && !is_whole(mock)) return false;
  if (knows_times()) {
    if (recorded < begin_ - tolerance_) return ours_from_call <= tolerance_;
    if (from_call > tolerance_)
      return distance(TimePoint(from_call), TimePoint(ours_from_call)) <= tolerance_;
    if (was_now && !reads_ && !is_now) return false;
    if (!was_now && distance(mock, now_) < kSecond) return false;
    if (ours_from_call > tolerance_) return false;
  }
  if (const auto bound = bindings.time_of(recorded)) return distance(*bound, mock) <= kTolerance;
  const auto [earlier, later] = bindings.times_around(recorded);
  if ((earlier && mock < *earlier - kTolerance) || (later && mock > *later + kTolerance))
    return false;
  bindings.bind_time(recorded, mock);
  return true;
}

std::string Times::shown_recorded(TimePoint recorded) const {
  return shown(recorded, knows_times() ? answered_ : TimePoint{});
}

std::string Times::shown_mock(TimePoint mock) const { return shown(mock, now_); }

}  // namespace cloudchamber::recordings
