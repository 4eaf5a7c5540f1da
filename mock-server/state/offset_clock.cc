#include "mock-server/state/offset_clock.h"

#include <stdexcept>

namespace cloudchamber::mock {

TimePoint OffsetClock::now() const { return base_->now() + Milliseconds(offset_.load()); }

bool OffsetClock::wait_until(TimePoint deadline, Signal* signal) {
  Signal nobody;
  Signal& ended_by = signal == nullptr ? nobody : *signal;
  {
    const std::lock_guard lock(mutex_);
    advanced_.push_back(&ended_by);
  }
  // The machine's deadline is looked at anew after each advance, which nudges.
  while (!ended_by.raised() && now() < deadline) {
    const auto offset = offset_.load();
    ended_by.wait_until(deadline - Milliseconds(offset),
                        [&] { return offset_.load() != offset || now() >= deadline; });
  }
  const std::lock_guard lock(mutex_);
  std::erase(advanced_, &ended_by);
  return ended_by.raised();
}

void OffsetClock::advance(Milliseconds step) {
  if (step < Milliseconds(0))
    throw std::invalid_argument("a clock is advanced by a time that is not negative");
  const std::lock_guard lock(mutex_);
  offset_ += step.count();
  for (Signal* signal : advanced_) signal->nudge();
}

}  // namespace cloudchamber::mock
