// Times: how a time of the recording and the one that the mock gives in the same place have to
// agree.
//
// The mock's clock goes along with the recording's, so most of it is known: what a request gave
// comes back as it was given; what was just now when AWS answered is just now in the mock; what
// lies in the future lies as far in it; what was one time in two answers is one time in the mock,
// and what was earlier is not later; and where AWS gives whole seconds, so does the mock (which may
// do so elsewhere: services gave up their milliseconds over the years). Of what was there before
// the recording began nothing is known. Background work takes time at AWS and none here, so of what
// is told later nothing else is asked.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "cloudchamber/clock.h"
#include "recordings/bind/bindings.h"
#include "recordings/bind/recorded_call.h"

namespace cloudchamber::recordings {

// A whole text that is a time by its look: ISO 8601, HTTP's, seconds or milliseconds since 1970.
[[nodiscard]] std::optional<TimePoint> time_in(std::string_view text);

// Of one recording. Not thread-safe.
class Times {
 public:
  // The recording's first; 1970 where it states no times.
  // `simulated`: it is a recording of a simulated AWS, whose clock may stand at whole seconds.
  Times(TimePoint begin, bool simulated) : begin_(begin), simulated_(simulated) {}

  // The next call, and the time of the mock's clock. The times in the call's parameters are the
  // client's own, but for those that earlier answers gave.
  void begin_call(const RecordedCall& call, TimePoint now, const Bindings& bindings);

  // Binds them where they agree.
  [[nodiscard]] bool agree(TimePoint recorded, TimePoint mock, Bindings& bindings) const;

  // "2014-10-03T13:05:26Z (2 s before the call)"
  [[nodiscard]] std::string shown_recorded(TimePoint recorded) const;
  [[nodiscard]] std::string shown_mock(TimePoint mock) const;

 private:
  void add_given(const Shape& shape, const Json& value, const Bindings& bindings);
  [[nodiscard]] bool knows_times() const { return begin_ != TimePoint{}; }
  [[nodiscard]] bool is_given(TimePoint recorded) const;

  const TimePoint begin_;
  const bool simulated_;
  std::set<TimePoint> given_;
  TimePoint answered_;  // when AWS answered, by AWS's clock if the answer has it
  TimePoint now_;       // by the mock's clock
  Milliseconds tolerance_{0};
  bool reads_ = false;
};

}  // namespace cloudchamber::recordings
