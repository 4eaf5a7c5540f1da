// Clock: the only place where the program learns the time or waits for it. SDK (waiters, backoff,
// signing) and server (state transitions, visibility, expiry) take one as an argument; in tests it
// is virtual.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace cloudchamber {

// Milliseconds: the finest step in any AWS timestamp on the wire.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;

// A condition that ends a wait before its time. Raised stays raised. Any thread may raise it; one
// clock waits for it.
class Signal {
 public:
  void raise();
  [[nodiscard]] bool raised() const;

  // For clocks: blocks until `done()` holds, looking again whenever nudge() is called, the signal
  // is raised or `limit` of the machine's clock has come. `done` is called under the signal's lock.
  void wait(const std::function<bool()>& done);
  void wait_until(std::chrono::system_clock::time_point limit, const std::function<bool()>& done);
  void nudge();

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool raised_ = false;
};

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

// A clock whose time can be moved forward from outside: a virtual one, or the machine's with an
// offset.
class AdvanceableClock : public Clock {
 public:
  // Moves the time forward by `step` (not negative) and wakes whoever's deadline has come.
  // Thread-safe.
  virtual void advance(Milliseconds step) = 0;
};

// The machine's clock; the wait is a real one. One for the process is enough, any number may be
// made.
[[nodiscard]] std::shared_ptr<Clock> real_clock();

}  // namespace cloudchamber
