#include "mock-server/state/table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace cloudchamber::mock {
namespace {

using Numbers = Table<int, std::string>;

std::vector<int> keys_of(const Numbers& table) {
  std::vector<int> keys;
  for (const auto& [key, value] : table) keys.push_back(key);
  return keys;
}

TEST(Table, KeepsItsEntriesInOrder) {
  Numbers table;
  for (const int key : {5, 1, 4, 2, 3}) EXPECT_TRUE(table.put(key, std::to_string(key)));
  EXPECT_EQ(keys_of(table), (std::vector<int>{1, 2, 3, 4, 5}));
  EXPECT_EQ(*table.find(4), "4");
  EXPECT_EQ(table.find(6), nullptr);
}

TEST(Table, ReplacesAValueWithoutGrowing) {
  Numbers table{{1, "a"}};
  EXPECT_FALSE(table.put(1, "b"));
  EXPECT_EQ(table.size(), 1U);
  EXPECT_EQ(*table.find(1), "b");
}

TEST(Table, FindsByAKeyOfAnotherTypeThatComparesAlike) {
  Table<std::string, int> table{{"b", 2}, {"a", 1}};
  EXPECT_EQ(*table.find(std::string_view("b")), 2);
  EXPECT_TRUE(table.erase(std::string_view("a")));
  EXPECT_FALSE(table.erase(std::string_view("a")));
}

TEST(Table, SharesNothingThatCanBeSeenWithItsCopy) {
  Numbers table;
  for (int key = 0; key < 100; ++key) table.put(key, "old");
  const Numbers copy = table;
  for (int key = 0; key < 100; key += 2) table.put(key, "new");
  for (int key = 1; key < 100; key += 2) table.erase(key);
  *table.change(50) += "er";
  ASSERT_EQ(copy.size(), 100U);
  for (const auto& [key, value] : copy) EXPECT_EQ(value, "old");
  EXPECT_EQ(table.size(), 50U);
  EXPECT_EQ(*table.find(50), "newer");
}

TEST(Table, WalksBothWaysFromAnyBound) {
  Numbers table;
  for (int key = 0; key < 50; ++key) table.put(key * 2, "");
  for (int bound = -1; bound <= 100; ++bound) {
    const auto lower = table.lower_bound(bound);
    EXPECT_EQ(lower == table.end() ? 100 : lower->first, bound <= 0 ? 0 : bound + bound % 2)
        << bound;
    const auto upper = table.upper_bound(bound);
    EXPECT_EQ(upper == table.end() ? 100 : upper->first,
              bound < 0 ? 0 : std::min(100, bound + 2 - bound % 2))
        << bound;
  }
  std::vector<int> backwards;
  for (auto at = table.end(); at != table.begin();) backwards.push_back((--at)->first);
  EXPECT_EQ(backwards.front(), 98);
  EXPECT_EQ(backwards.back(), 0);
  EXPECT_EQ(backwards.size(), 50U);
}

TEST(Table, AgreesWithStdMapOverManyRandomChangesAndKeepsEverySnapshot) {
  std::mt19937 random(7);
  Numbers table;
  std::map<int, std::string> reference;
  std::vector<std::pair<Numbers, std::map<int, std::string>>> snapshots;
  for (int step = 0; step < 20'000; ++step) {
    const int key = static_cast<int>(random() % 500);
    switch (random() % 4) {
      case 0:
        EXPECT_EQ(table.erase(key), reference.erase(key) == 1);
        break;
      case 1:
        if (std::string* value = table.change(key)) {
          *value += 'x';
          reference.at(key) += 'x';
        }
        break;
      default: {
        const std::string value = std::to_string(step);
        EXPECT_EQ(table.put(key, value), !reference.contains(key));
        reference[key] = value;
      }
    }
    if (step % 1000 == 0) snapshots.emplace_back(table, reference);
  }
  snapshots.emplace_back(table, reference);
  for (const auto& [kept, expected] : snapshots) {
    ASSERT_EQ(kept.size(), expected.size());
    EXPECT_TRUE(std::equal(
        kept.begin(), kept.end(), expected.begin(),
        [](const auto& a, const auto& b) { return a.first == b.first && a.second == b.second; }));
  }
}

TEST(Table, StaysShallowWhenKeysComeInOrder) {
  Table<int, int> table;
  for (int key = 0; key < 100'000; ++key) table.put(key, key);
  int count = 0;
  for (auto at = table.begin(); at != table.end(); ++at)
    ++count;  // a list would overrun the iterator's path
  EXPECT_EQ(count, 100'000);
}

}  // namespace
}  // namespace cloudchamber::mock
