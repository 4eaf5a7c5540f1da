// OffsetClock: another clock, moved forward: how a server on the machine's time lets its users skip
// an hour.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "cloudchamber/clock.h"

namespace cloudchamber::mock {

// Thread-safe.
class OffsetClock : public AdvanceableClock {
 public:
  explicit OffsetClock(std::shared_ptr<Clock> base) : base_(std::move(base)) {}

  [[nodiscard]] TimePoint now() const override;
  bool wait_until(TimePoint deadline, Signal* signal) override;
  void advance(Milliseconds step) override;

 private:
  std::shared_ptr<Clock> base_;
  std::atomic<Milliseconds::rep> offset_{0};
  std::mutex mutex_;
  std::vector<Signal*> advanced_;  // of those who wait
};

}  // namespace cloudchamber::mock
