// VirtualClock: a time that stands still until everybody who could do something sleeps; then it
// jumps to the next deadline. A waiter over a 20 minute stack ends in milliseconds, and the same
// calls see the same times.
//
// Who "could do something" are the parties: threads that have joined. Without any party a sleep
// jumps at once, which is right for a test of one thread. A test in which one thread waits for what
// another does lets both join.
#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "cloudchamber/clock.h"

namespace cloudchamber {

// Thread-safe.
class VirtualClock : public AdvanceableClock {
 public:
  // 2026-01-01T00:00:00Z unless told.
  explicit VirtualClock(TimePoint start = TimePoint(Seconds(1'767'225'600)));

  [[nodiscard]] TimePoint now() const override { return TimePoint(Milliseconds(now_.load())); }
  bool wait_until(TimePoint deadline, Signal* signal) override;
  void advance(Milliseconds step) override;

  // While a Party lives, the thread that made it is awake unless it waits on this clock.
  class Party {
   public:
    explicit Party(VirtualClock& clock);
    ~Party();
    Party(const Party&) = delete;
    Party& operator=(const Party&) = delete;

   private:
    VirtualClock& clock_;
    std::thread::id thread_;
  };

 private:
  struct Sleeper {
    TimePoint deadline;
    Signal* signal;
  };
  void jump_if_all_sleep();      // mutex_ held
  void move_to(TimePoint time);  // mutex_ held

  mutable std::mutex mutex_;
  std::atomic<Milliseconds::rep> now_;
  std::vector<Sleeper> sleepers_;
  std::map<std::thread::id, bool> awake_;  // of each party
};

}  // namespace cloudchamber
