// Clock: the only place where the program learns the time or waits for it. SDK (waiters, backoff,
// signing) and server (state transitions, visibility, expiry) take one as an argument; in tests it
// is virtual.
#pragma once

#include <chrono>
#include <memory>

namespace cloudchamber {

// Milliseconds: the finest step in any AWS timestamp on the wire.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;

// A condition that ends a wait before its time, raised by any thread. Raised stays raised until it
// is lowered.
class Signal;

class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  [[nodiscard]] virtual TimePoint now() const = 0;

  // Blocks until `deadline` has come, or until `signal` (may be null) is raised; true when it was
  // the signal. Thread-safe.
  virtual bool wait_until(TimePoint deadline, Signal* signal) = 0;

  void sleep_for(Milliseconds duration) { wait_until(now() + duration, nullptr); }
};

// The machine's clock; the wait is a real one. One for the process is enough, any number may be
// made.
[[nodiscard]] std::shared_ptr<Clock> real_clock();

}  // namespace cloudchamber
