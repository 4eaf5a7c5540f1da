#include "cloudchamber/virtual_clock.h"

#include <algorithm>
#include <stdexcept>

namespace cloudchamber {

VirtualClock::VirtualClock(TimePoint start) : now_(start.time_since_epoch().count()) {}

bool VirtualClock::wait_until(TimePoint deadline, Signal* signal) {
  Signal nobody;
  Signal& ended_by = signal == nullptr ? nobody : *signal;
  const auto self = std::this_thread::get_id();
  {
    const std::lock_guard lock(mutex_);
    if (deadline <= now() || ended_by.raised()) return ended_by.raised();
    sleepers_.push_back({deadline, &ended_by});
    if (const auto party = awake_.find(self); party != awake_.end()) party->second = false;
    jump_if_all_sleep();
  }
  ended_by.wait([&] { return deadline <= now(); });
  const std::lock_guard lock(mutex_);
  std::erase_if(sleepers_, [&](const Sleeper& sleeper) { return sleeper.signal == &ended_by; });
  if (const auto party = awake_.find(self); party != awake_.end()) party->second = true;
  return ended_by.raised();
}

void VirtualClock::advance(Milliseconds step) {
  if (step < Milliseconds(0))
    throw std::invalid_argument("a clock is advanced by a time that is not negative");
  const std::lock_guard lock(mutex_);
  move_to(now() + step);
}

void VirtualClock::jump_if_all_sleep() {
  if (sleepers_.empty()) return;
  if (std::any_of(awake_.begin(), awake_.end(), [](const auto& party) { return party.second; }))
    return;
  // Who has been woken but has not run yet is awake too.
  const auto woken = [&](const Sleeper& sleeper) {
    return sleeper.deadline <= now() || sleeper.signal->raised();
  };
  if (std::any_of(sleepers_.begin(), sleepers_.end(), woken)) return;
  const auto next =
      std::min_element(sleepers_.begin(), sleepers_.end(),
                       [](const Sleeper& a, const Sleeper& b) { return a.deadline < b.deadline; });
  move_to(next->deadline);
}

void VirtualClock::move_to(TimePoint time) {
  now_.store(time.time_since_epoch().count());
  for (const Sleeper& sleeper : sleepers_) {
    if (sleeper.deadline <= time) sleeper.signal->nudge();
  }
}

VirtualClock::Party::Party(VirtualClock& clock)
    : clock_(clock), thread_(std::this_thread::get_id()) {
  const std::lock_guard lock(clock_.mutex_);
  clock_.awake_[thread_] = true;
}

VirtualClock::Party::~Party() {
  const std::lock_guard lock(clock_.mutex_);
  clock_.awake_.erase(thread_);
  clock_.jump_if_all_sleep();
}

}  // namespace cloudchamber
