#include "cloudchamber/virtual_clock.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace cloudchamber {
namespace {

using namespace std::chrono_literals;

TEST(VirtualClock, StandsStillUntilSomebodySleeps) {
  VirtualClock clock(TimePoint(100s));
  EXPECT_EQ(clock.now(), TimePoint(100s));
  EXPECT_EQ(clock.now(), TimePoint(100s));
}

TEST(VirtualClock, JumpsToTheDeadlineOfALoneSleeper) {
  VirtualClock clock(TimePoint(100s));
  clock.sleep_for(20min);
  EXPECT_EQ(clock.now(), TimePoint(1300s));
}

TEST(VirtualClock, DoesNotWaitForADeadlineThatHasPassed) {
  VirtualClock clock(TimePoint(100s));
  EXPECT_FALSE(clock.wait_until(TimePoint(99s), nullptr));
  EXPECT_EQ(clock.now(), TimePoint(100s));
}

TEST(VirtualClock, EndsAWaitAtOnceWhenItsSignalIsRaisedAlready) {
  VirtualClock clock(TimePoint(100s));
  Signal signal;
  signal.raise();
  EXPECT_TRUE(clock.wait_until(TimePoint(200s), &signal));
  EXPECT_EQ(clock.now(), TimePoint(100s));
}

TEST(VirtualClock, WaitsForAPartyThatIsAwake) {
  VirtualClock clock(TimePoint(0s));
  Signal message;
  const VirtualClock::Party awake(clock);
  bool signalled = false;
  std::thread sleeper([&] { signalled = clock.wait_until(TimePoint(20s), &message); });
  message.raise();  // time did not pass: this thread never slept
  sleeper.join();
  EXPECT_TRUE(signalled);
  EXPECT_EQ(clock.now(), TimePoint(0s));
}

TEST(VirtualClock, LetsTwoPartiesTakeTurnsInTheOrderOfTheirDeadlines) {
  VirtualClock clock(TimePoint(0s));
  std::mutex mutex;
  std::vector<std::pair<char, TimePoint>> woken;
  const auto sleep_in_steps = [&](char name, Milliseconds step, VirtualClock::Party& /*joined*/) {
    for (int i = 0; i < 3; ++i) {
      clock.sleep_for(step);
      const std::lock_guard lock(mutex);
      woken.emplace_back(name, clock.now());
    }
  };
  Signal both_joined;
  std::thread other;
  {
    VirtualClock::Party party(clock);  // first: alone, the other would sleep its steps at once
    other = std::thread([&] {
      VirtualClock::Party others(clock);
      both_joined.raise();
      sleep_in_steps('b', 15s, others);
    });
    both_joined.wait([] { return false; });
    sleep_in_steps('a', 10s, party);
  }
  other.join();
  const std::vector<std::pair<char, TimePoint>> expected_times{
      {'a', TimePoint(10s)}, {'b', TimePoint(15s)}, {'a', TimePoint(20s)}, {'b', TimePoint(45s)}};
  ASSERT_EQ(woken.size(), 6U);
  EXPECT_EQ(woken[0], expected_times[0]);
  EXPECT_EQ(woken[1], expected_times[1]);
  EXPECT_EQ(woken[2], expected_times[2]);
  EXPECT_EQ(woken[5], expected_times[3]);
}

TEST(VirtualClock, AdvancesByHandAndWakesWhoseTimeHasCome) {
  VirtualClock clock(TimePoint(0s));
  const VirtualClock::Party awake(clock);
  std::atomic<bool> slept = false;
  std::thread sleeper([&] {
    clock.sleep_for(30s);
    slept = true;
  });
  while (!slept) clock.advance(1s);
  sleeper.join();
  EXPECT_GE(clock.now(), TimePoint(30s));
}

TEST(VirtualClock, RefusesToGoBack) {
  VirtualClock clock;
  EXPECT_THROW(clock.advance(-1ms), std::invalid_argument);
}

TEST(RealClock, EndsAWaitWhenTheSignalIsRaised) {
  const auto clock = real_clock();
  Signal signal;
  std::thread raiser([&] { signal.raise(); });
  EXPECT_TRUE(clock->wait_until(clock->now() + 1h, &signal));
  raiser.join();
}

}  // namespace
}  // namespace cloudchamber
