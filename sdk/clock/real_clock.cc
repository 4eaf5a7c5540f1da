#include "cloudchamber/clock.h"

namespace cloudchamber {
namespace {

class RealClock : public Clock {
 public:
  [[nodiscard]] TimePoint now() const override {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
  }

  bool wait_until(TimePoint deadline, Signal* signal) override {
    Signal nobody;
    Signal& ended_by = signal == nullptr ? nobody : *signal;
    ended_by.wait_until(deadline, [&] { return now() >= deadline; });
    return signal != nullptr && signal->raised();
  }
};

}  // namespace

std::shared_ptr<Clock> real_clock() { return std::make_shared<RealClock>(); }

}  // namespace cloudchamber
