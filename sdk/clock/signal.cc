#include "cloudchamber/clock.h"

namespace cloudchamber {

void Signal::raise() {
  const std::lock_guard lock(mutex_);
  raised_ = true;
  changed_.notify_all();
}

bool Signal::raised() const {
  const std::lock_guard lock(mutex_);
  return raised_;
}

void Signal::wait(const std::function<bool()>& done) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return raised_ || done(); });
}

void Signal::wait_until(std::chrono::system_clock::time_point limit,
                        const std::function<bool()>& done) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, limit, [&] { return raised_ || done(); });
}

void Signal::nudge() {
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

}  // namespace cloudchamber
