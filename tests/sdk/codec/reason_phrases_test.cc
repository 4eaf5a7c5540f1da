#include "sdk/codec/reason_phrases.h"

#include <gtest/gtest.h>

namespace cloudchamber {
namespace {

TEST(ReasonPhrase, IsWhatHttpSaysOfAStatus) {
  EXPECT_EQ(reason_phrase(200), "OK");
  EXPECT_EQ(reason_phrase(404), "Not Found");
  EXPECT_EQ(reason_phrase(416), "Requested Range Not Satisfiable");
  EXPECT_EQ(reason_phrase(504), "Gateway Timeout");
}

TEST(ReasonPhrase, IsEmptyForAStatusOfNoName) {
  for (const int status : {-1, 0, 199, 203, 299, 505, 999}) EXPECT_EQ(reason_phrase(status), "");
}

}  // namespace
}  // namespace cloudchamber
