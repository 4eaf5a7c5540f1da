#include "mock-server/state/world.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "cloudchamber/virtual_clock.h"
#include "mock-server/state/offset_clock.h"
#include "mock-server/state/table.h"

namespace cloudchamber::mock {
namespace {

using namespace std::chrono_literals;

struct Regional {
  static constexpr Scope kScope = Scope::kRegion;
  Table<std::string, int> values;
};
struct Shared {
  static constexpr Scope kScope = Scope::kShared;
  Table<std::string, int> values;
};

class WorldTest : public testing::Test {
 protected:
  static void put(World& world, const std::string& key, int value, const std::string& account = "1",
                  const std::string& region = "us-east-1") {
    Transaction transaction = world.begin();
    transaction.write<Regional>(account, region).values.put(key, value);
    transaction.commit();
  }
  static int get(World& world, const std::string& key, const std::string& account = "1",
                 const std::string& region = "us-east-1") {
    Transaction transaction = world.begin();
    const int* value = transaction.read<Regional>(account, region).values.find(key);
    return value == nullptr ? -1 : *value;
  }

  std::shared_ptr<VirtualClock> clock_ = std::make_shared<VirtualClock>();
  World world_{clock_, 42};
};

TEST_F(WorldTest, ShowsWhatWasCommitted) {
  put(world_, "a", 1);
  EXPECT_EQ(get(world_, "a"), 1);
}

TEST_F(WorldTest, LeavesNoTraceOfATransactionThatIsNotCommitted) {
  {
    Transaction transaction = world_.begin();
    transaction.write<Regional>("1", "us-east-1").values.put("a", 1);
    EXPECT_EQ(*transaction.read<Regional>("1", "us-east-1").values.find("a"), 1)
        << "it sees its own change";
  }
  EXPECT_EQ(get(world_, "a"), -1);
}

TEST_F(WorldTest, KeepsAccountsAndRegionsApartAndSharedStateTogether) {
  put(world_, "a", 1, "1", "us-east-1");
  EXPECT_EQ(get(world_, "a", "2", "us-east-1"), -1);
  EXPECT_EQ(get(world_, "a", "1", "eu-west-1"), -1);
  Transaction transaction = world_.begin();
  transaction.write<Shared>("1", "us-east-1").values.put("bucket", 7);
  transaction.commit();
  Transaction other = world_.begin();
  EXPECT_EQ(*other.read<Shared>("2", "eu-west-1").values.find("bucket"), 7);
}

TEST_F(WorldTest, LetsAReaderKeepItsSnapshotWhileOthersCommit) {
  put(world_, "a", 1);
  Transaction reader = world_.begin();
  put(world_, "a", 2);
  EXPECT_EQ(*reader.read<Regional>("1", "us-east-1").values.find("a"), 1);
  EXPECT_EQ(get(world_, "a"), 2);
}

TEST_F(WorldTest, DoesNotLetAReaderWaitForAWriter) {
  put(world_, "a", 1);
  Transaction writer = world_.begin();
  writer.write<Regional>("1", "us-east-1")
      .values.put("a", 2);  // the account's turn is taken and kept
  int seen = 0;
  std::thread reader([&] { seen = get(world_, "a"); });
  reader.join();  // would never return if it waited
  EXPECT_EQ(seen, 1);
  writer.commit();
  EXPECT_EQ(get(world_, "a"), 2);
}

TEST_F(WorldTest, LosesNoChangeOfConcurrentWritersWhileReadersLookOn) {
  put(world_, "n", 0);
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      for (int last = 0; !done;) {
        const int now = get(world_, "n");
        EXPECT_GE(now, last);
        last = now;
      }
    });
  }
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      for (int step = 0; step < 250; ++step) {
        Transaction transaction = world_.begin();
        ++*transaction.write<Regional>("1", "us-east-1").values.change("n");
        transaction.commit();
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(get(world_, "n"), 1000);
}

TEST_F(WorldTest, ForksIntoAWorldThatGoesItsOwnWay) {
  put(world_, "a", 1);
  const std::unique_ptr<World> fork = world_.fork();
  put(*fork, "a", 2);
  put(world_, "b", 3);
  EXPECT_EQ(get(world_, "a"), 1);
  EXPECT_EQ(get(*fork, "a"), 2);
  EXPECT_EQ(get(*fork, "b"), -1);
}

TEST_F(WorldTest, ComesBackToASnapshotIdsIncluded) {
  put(world_, "a", 1);
  const auto snapshot = world_.snapshot();
  const std::string id = world_.ids().uuid();
  put(world_, "a", 2);
  world_.restore(snapshot);
  EXPECT_EQ(get(world_, "a"), 1);
  EXPECT_EQ(world_.ids().uuid(), id);
}

TEST_F(WorldTest, GivesTheSameIdsForTheSameSeed) {
  World same(clock_, 42);
  World other(clock_, 43);
  const std::string id = world_.ids().hex(17);
  EXPECT_EQ(same.ids().hex(17), id);
  EXPECT_NE(other.ids().hex(17), id);
  world_.reset();
  EXPECT_EQ(world_.ids().hex(17), id);
}

TEST_F(WorldTest, WaitsUntilSomethingItLookedAtChanges) {
  const VirtualClock::Party awake(*clock_);  // so that no time passes
  Transaction transaction = world_.begin();
  EXPECT_FALSE(transaction.read<Regional>("1", "us-east-1").values.contains("a"));
  std::thread waiter([&] { transaction.wait_for_change(clock_->now() + 20s); });
  put(world_, "a", 1);
  waiter.join();
  EXPECT_EQ(get(world_, "a"), 1);
}

TEST_F(WorldTest, WaitsNoLongerThanItsDeadline) {
  const TimePoint start = clock_->now();
  Transaction transaction = world_.begin();
  (void)transaction.read<Regional>("1", "us-east-1");
  transaction.wait_for_change(start + 20s);
  EXPECT_EQ(clock_->now(), start + 20s);
}

TEST_F(WorldTest, GivesItsTurnBackWhileItWaits) {
  Transaction writer = world_.begin();
  writer.write<Regional>("1", "us-east-1").values.put("dropped", 1);
  writer.wait_for_change(clock_->now() + 1s);
  put(world_, "a", 1);  // would never get the turn
  EXPECT_EQ(get(world_, "dropped"), -1);
}

TEST_F(WorldTest, UndoesWhatCameAfterASavepoint) {
  Transaction transaction = world_.begin();
  Regional& state = transaction.write<Regional>("1", "us-east-1");
  state.values.put("kept", 1);
  const auto savepoint = transaction.save();
  state.values.put("undone", 2);
  transaction.write<Shared>("1", "us-east-1").values.put("undone", 3);
  transaction.restore(*savepoint);
  EXPECT_EQ(state.values.size(), 1U) << "the reference is still good";
  transaction.commit();
  EXPECT_EQ(get(world_, "kept"), 1);
  EXPECT_EQ(get(world_, "undone"), -1);
  Transaction reader = world_.begin();
  EXPECT_FALSE(reader.read<Shared>("1", "us-east-1").values.contains("undone"));
}

TEST_F(WorldTest, RefusesToTakeAnAccountsTurnAfterTheSharedOne) {
  Transaction transaction = world_.begin();
  transaction.write<Shared>("1", "us-east-1").values.put("bucket", 1);
  EXPECT_NO_THROW((void)transaction.write<Regional>("1", "us-east-1"))
      << "the caller's own account went first";
  EXPECT_THROW((void)transaction.write<Regional>("2", "us-east-1"), std::logic_error);
}

TEST(OffsetClock, RunsAheadOfItsBaseByWhatItWasAdvanced) {
  const auto base = std::make_shared<VirtualClock>(TimePoint(100s));
  OffsetClock clock(base);
  clock.advance(1h);
  EXPECT_EQ(clock.now(), TimePoint(3700s));
  EXPECT_THROW(clock.advance(-1s), std::invalid_argument);
}

TEST(OffsetClock, WakesASleeperWhenItIsAdvancedPastItsDeadline) {
  OffsetClock clock(real_clock());
  const TimePoint deadline = clock.now() + 1h;
  std::thread sleeper([&] { EXPECT_FALSE(clock.wait_until(deadline, nullptr)); });
  clock.advance(2h);
  sleeper.join();
}

}  // namespace
}  // namespace cloudchamber::mock
