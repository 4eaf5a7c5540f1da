#include "recordings/seed/adoption.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace cloudchamber::recordings {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What would be drawn in place of `drawn`.
std::map<std::size_t, std::string> instead(const std::vector<std::string>& drawn,
                                           const Json& recorded, const Json& here) {
  return texts_to_draw(drawn, differing_texts(recorded, here));
}

TEST(TextsToDraw, AreWhatStandsInPlaceOfTheDrawnOnes) {
  EXPECT_THAT(instead({"4711-request-id", "0123456789abcdef0"}, {{"VpcId", "vpc-0a1b2c3d"}},
                      {{"VpcId", "vpc-0123456789abcdef0"}}),
              ElementsAre(testing::Pair(1, "0a1b2c3d")));
}

TEST(TextsToDraw, AreFoundInArnsWhereMoreDiffers) {
  EXPECT_THAT(instead({"abcdef-1234"}, {{"Arn", "arn:aws:x:us-east-1:111111111111:s/n/zzzzzz-9"}},
                      {{"Arn", "arn:aws:x:us-east-1:222222222222:s/n/abcdef-1234"}}),
              ElementsAre(testing::Pair(0, "zzzzzz-9")));
}

TEST(TextsToDraw, KeepWhatStandsAround) {
  EXPECT_THAT(instead({"ABCDEF12"}, {{"Id", "AIDA9999"}}, {{"Id", "AROAABCDEF12"}}), IsEmpty());
  EXPECT_THAT(instead({"ABCDEF12"}, {{"Id", "AIDA"}}, {{"Id", "AIDAABCDEF12"}}), IsEmpty());
}

TEST(TextsToDraw, AreNoneForWhatIsComputedOrEqualOrATime) {
  EXPECT_THAT(instead({"abcdef12"}, {{"A", "10.0.0.1"}, {"B", "same"}, {"C", 5}},
                      {{"A", "10.0.0.2"}, {"B", "same"}, {"C", 6}}),
              IsEmpty());
  EXPECT_THAT(differing_texts({{"T", "2014-10-03T13:05:26Z"}}, {{"T", "2026-01-01T00:00:00Z"}}),
              IsEmpty());
  EXPECT_THAT(
      differing_texts({{"SentTimestamp", "1693002746616"}}, {{"SentTimestamp", "1693002746003"}}),
      IsEmpty());
  EXPECT_THAT(differing_texts({{"S", "<SecretAccessKey>"}}, {{"S", "xyz"}}), IsEmpty());
  EXPECT_THAT(differing_texts({{"S", {1, 2}}}, {{"S", {{"a", "b"}}}}), IsEmpty());
}

}  // namespace
}  // namespace cloudchamber::recordings
