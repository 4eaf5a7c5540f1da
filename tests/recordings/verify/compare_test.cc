#include "recordings/verify/compare.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace cloudchamber::recordings {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Compare : public testing::Test {
 protected:
  // "aspect where" of each difference.
  std::vector<std::string> of(const Json& recorded, const Json& mock, bool reads = false) {
    Comparison comparison(bindings_, made_, reads);
    comparison.values(nullptr, "", recorded, mock);
    found_ = comparison.take();
    std::vector<std::string> lines;
    for (const Difference& one : found_)
      lines.push_back(std::string(name_of(one.aspect)) + ' ' + one.where +
                      (one.before ? " (before)" : ""));
    return lines;
  }

  Bindings bindings_;
  Made made_;
  Differences found_;
};

TEST_F(Compare, FindsNothingWhereAllIsTheSame) {
  EXPECT_THAT(of({{"a", 1}, {"b", {"x", "y"}}}, {{"a", 1}, {"b", {"x", "y"}}}), IsEmpty());
}

TEST_F(Compare, NamesWhatDiffersAndWhere) {
  EXPECT_THAT(of({{"a", {{"b", {1, 2}}}}}, {{"a", {{"b", {1, 3}}}}}), ElementsAre("member a.b[1]"));
  EXPECT_EQ(found_[0].recorded, "2");
  EXPECT_EQ(found_[0].mock, "3");
  EXPECT_THAT(of({{"a", 1}}, {{"a", "1"}}), ElementsAre("member a"));
  EXPECT_THAT(of({{"a", 1}, {"b", 2}}, {{"a", 1}}), ElementsAre("missing b"));
  EXPECT_THAT(of({{"a", 1}}, {{"a", 1}, {"c", 2}}), ElementsAre("additional c"));
  EXPECT_THAT(of({{"a", {1}}}, {{"a", {1, 2}}}), ElementsAre("additional a[1]"));
  EXPECT_THAT(of({{"a", {1, 2}}}, {{"a", {1}}}), ElementsAre("missing a[1]"));
}

TEST_F(Compare, BindsIdsAcrossAnswers) {
  EXPECT_THAT(of({{"VpcId", "vpc-0a1b2c3d"}}, {{"VpcId", "vpc-01234567"}}), IsEmpty());
  EXPECT_THAT(
      of({{"Vpcs", {{{"VpcId", "vpc-0a1b2c3d"}}}}}, {{"Vpcs", {{{"VpcId", "vpc-11111111"}}}}}),
      ElementsAre("member Vpcs[0].VpcId"));
}

TEST_F(Compare, TellsAnotherOrderFromOtherElements) {
  EXPECT_THAT(of({{"a", {"x", "y", "z"}}}, {{"a", {"z", "y", "x"}}}), ElementsAre("order a"));
  EXPECT_THAT(of({{"a", {"x", "y"}}}, {{"a", {"y", "q"}}}),
              ElementsAre("member a[0]", "member a[1]"));
}

TEST_F(Compare, BindsByWhatAnElementIsNotByItsPlace) {
  const Json recorded{{"a",
                       {{{"Id", "AIDAAAAAAAAAAAAAAAAA1"}, {"Name", "x"}},
                        {{"Id", "AIDAAAAAAAAAAAAAAAAA2"}, {"Name", "y"}}}}};
  const Json mock{{"a",
                   {{{"Id", "AIDABBBBBBBBBBBBBBBB2"}, {"Name", "y"}},
                    {{"Id", "AIDABBBBBBBBBBBBBBBB1"}, {"Name", "x"}}}}};
  EXPECT_THAT(of(recorded, mock), ElementsAre("order a"));
  EXPECT_EQ(bindings_.translate("AIDAAAAAAAAAAAAAAAAA1"), "AIDABBBBBBBBBBBBBBBB1");
}

// EC2 lists by id, so the order is made up with them.
TEST_F(Compare, ExpectsNoOrderOfWhatIsListedByIds) {
  const Json recorded{
      {"a", {{{"Id", "i-aaaaaaa1"}, {"Name", "x"}}, {{"Id", "i-aaaaaaa2"}, {"Name", "y"}}}}};
  const Json mock{
      {"a", {{{"Id", "i-bbbbbbb2"}, {"Name", "y"}}, {{"Id", "i-bbbbbbb1"}, {"Name", "x"}}}}};
  EXPECT_THAT(of(recorded, mock), IsEmpty());
  EXPECT_EQ(bindings_.translate("i-aaaaaaa1"), "i-bbbbbbb1");
}

TEST_F(Compare, KnowsWhatWasThereBeforeTheRecordingBegan) {
  made_.insert("mine");
  const Json recorded{{"Buckets", {{{"Name", "old"}}, {{"Name", "mine"}}}}};
  const Json mock{{"Buckets", {{{"Name", "mine"}}}}};
  EXPECT_THAT(of(recorded, mock, true), ElementsAre("missing Buckets[0] (before)"));
  made_.insert("old");
  EXPECT_THAT(of(recorded, mock, true),
              ElementsAre("member Buckets[0].Name", "missing Buckets[1]"));
}

TEST_F(Compare, TakesAPlaceholderForAnything) {
  EXPECT_THAT(of({{"SecretAccessKey", "<SecretAccessKey>"}}, {{"SecretAccessKey", "xyz"}}),
              IsEmpty());
  EXPECT_THAT(of({{"Options", {{{"Key", "<Options>"}}}}}, {{"Options", {{{"Key", "xyz"}}}}}),
              IsEmpty());
  EXPECT_THAT(of({{"Seed", Json::binary({'<', 'S', 'e', 'e', 'd', '>'})}},
                 {{"Seed", Json::binary({1, 2})}}),
              IsEmpty());
  EXPECT_THAT(of({{"Name", "<SecretAccessKey>"}}, {{"Name", "xyz"}}), ElementsAre("member Name"));
  EXPECT_THAT(of({{"MyKey", "<Key>"}}, {{"MyKey", "xyz"}}), ElementsAre("member MyKey"));
}

// It is a value all the same: of the member's type, and not none.
TEST_F(Compare, WantsAValueForAPlaceholder) {
  EXPECT_THAT(of({{"Key", "<Key>"}}, {{"Key", ""}}), ElementsAre("member Key"));
  EXPECT_THAT(of({{"Key", "<Key>"}}, {{"Key", 7}}), ElementsAre("member Key"));
  EXPECT_THAT(of({{"Key", "<Key>"}}, Json::object()), ElementsAre("missing Key"));
}

TEST_F(Compare, EndsSoonWithLongListsThatAreAllDifferent) {
  Json recorded = Json::array();
  Json mock = Json::array();
  for (int i = 0; i < 250; ++i) {
    recorded.push_back({{"a", {"r" + std::to_string(i), "s"}}});
    mock.push_back({{"a", {"m" + std::to_string(i), "t"}}});
  }
  EXPECT_EQ(of(recorded, mock).size(), 500U);
}

TEST_F(Compare, CutsLongValues) {
  (void)of({{"a", std::string(5000, 'x')}}, {{"a", "y"}});
  EXPECT_LT(found_[0].recorded.size(), 500U);
}

}  // namespace
}  // namespace cloudchamber::recordings
