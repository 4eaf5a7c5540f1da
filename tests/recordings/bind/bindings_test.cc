#include "recordings/bind/bindings.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace cloudchamber::recordings {
namespace {

TEST(Bindings, BindsAnIdAtFirstSightAndDemandsItAfterwards) {
  Bindings bindings;
  EXPECT_TRUE(bindings.unify("vpc-0a1b2c3d", "vpc-0123456789abcdef0"));
  EXPECT_TRUE(bindings.unify("vpc-0a1b2c3d", "vpc-0123456789abcdef0"));
  EXPECT_FALSE(bindings.unify("vpc-0a1b2c3d", "vpc-11111111111111111"));
  EXPECT_FALSE(bindings.unify("vpc-0a1b2c3d", "vpc-0a1b2c3d"));
}

TEST(Bindings, BindsNoTwoValuesToOne) {
  Bindings bindings;
  EXPECT_TRUE(bindings.unify("vpc-0a1b2c3d", "vpc-0123456789abcdef0"));
  EXPECT_FALSE(bindings.unify("vpc-9a9b9c9d", "vpc-0123456789abcdef0"));
}

TEST(Bindings, BindsOnlyWhatIsOfOneKind) {
  Bindings bindings;
  EXPECT_FALSE(bindings.unify("vpc-0a1b2c3d", "subnet-0a1b2c3d"));
  EXPECT_FALSE(bindings.unify("available", "pending"));
  EXPECT_FALSE(bindings.unify("123456789012", "i-0a1b2c3d"));
  EXPECT_FALSE(bindings.unify("stack-Queue-1ABCDEF2GHIJK", "stack-Topic-1ABCDEF2GHIJK"));
  EXPECT_TRUE(bindings.empty());
}

TEST(Bindings, NeverBindsWhatTheClientGave) {
  Bindings bindings;
  bindings.remember_given({{"InstanceIds", {"i-0a1b2c3d"}}});
  EXPECT_FALSE(bindings.unify("i-0a1b2c3d", "i-11111111"));
  EXPECT_TRUE(bindings.unify("i-0a1b2c3d", "i-0a1b2c3d"));
}

TEST(Bindings, BindsWhatWasBoundBeforeTheClientGaveItBack) {
  Bindings bindings;
  EXPECT_TRUE(bindings.unify("i-0a1b2c3d", "i-11111111"));
  bindings.remember_given({{"InstanceIds", {"i-0a1b2c3d"}}});
  EXPECT_TRUE(bindings.unify("i-0a1b2c3d", "i-11111111"));
}

TEST(Bindings, UnifiesArnsUrlsAndMessagesPieceByPiece) {
  Bindings bindings;
  EXPECT_TRUE(
      bindings.unify("arn:aws:iam::462380225722:user/ann", "arn:aws:iam::123456789012:user/ann"));
  EXPECT_TRUE(bindings.unify("https://sqs.us-east-1.amazonaws.com/462380225722/q",
                             "https://sqs.us-east-1.amazonaws.com/123456789012/q"));
  EXPECT_TRUE(bindings.unify("The vpc ID 'vpc-0a1b2c3d' does not exist.",
                             "The vpc ID 'vpc-01234567' does not exist."));
  EXPECT_FALSE(bindings.unify("The vpc ID 'vpc-0a1b2c3d' does not exist",
                              "The vpc ID 'vpc-01234567' does not exist."));
  EXPECT_FALSE(
      bindings.unify("arn:aws:iam::462380225722:user/ann", "arn:aws:iam::123456789012:user/bob"));
}

TEST(Bindings, ThatFailChangeNothing) {
  Bindings bindings;
  EXPECT_FALSE(bindings.unify("vpc-0a1b2c3d and a", "vpc-01234567 and b"));
  EXPECT_TRUE(bindings.empty());
  EXPECT_TRUE(bindings.unify("vpc-0a1b2c3d", "vpc-99999999"));
}

TEST(Bindings, TakesAnyTimeForAnyOther) {
  Bindings bindings;
  EXPECT_TRUE(bindings.unify("2014-10-03T13:05:26Z", "2026-01-01T00:00:00Z"));
  EXPECT_TRUE(bindings.unify("stream/2014-10-03T13:05:26.123", "stream/2026-01-01T00:00:00.000"));
  EXPECT_FALSE(bindings.unify("2014-10-03T13:05:26Z", "1412341526x"));
  EXPECT_TRUE(bindings.empty());
}

TEST(Bindings, KnowsAnAddressInAHostName) {
  Bindings bindings;
  EXPECT_TRUE(bindings.unify("ip-10-0-0-17.ec2.internal", "ip-10-0-0-4.ec2.internal"));
  EXPECT_TRUE(bindings.unify("10.0.0.17", "10.0.0.4"));
  EXPECT_FALSE(bindings.unify("10.0.0.17", "10.0.0.5"));
  EXPECT_EQ(bindings.translate("ec2-10-0-0-17.compute-1.amazonaws.com"),
            "ec2-10-0-0-4.compute-1.amazonaws.com");
}

TEST(Bindings, TranslateWherverTheValueStandsAlone) {
  Bindings bindings;
  bindings.bind("i-0a1b2c3d", "i-11111111");
  bindings.bind("AQEB/x+y=", "AQEB/z=");
  EXPECT_EQ(bindings.translate("i-0a1b2c3d"), "i-11111111");
  EXPECT_EQ(bindings.translate("a i-0a1b2c3d, (i-0a1b2c3d)."), "a i-11111111, (i-11111111).");
  EXPECT_EQ(bindings.translate("i-0a1b2c3d4"), "i-0a1b2c3d4");
  EXPECT_EQ(bindings.translate("handle \"AQEB/x+y=\" is bad"), "handle \"AQEB/z=\" is bad");
  Json value{{"a", {"i-0a1b2c3d", 5}}, {"b", "c"}};
  EXPECT_TRUE(bindings.translate(value));
  EXPECT_EQ(value, (Json{{"a", {"i-11111111", 5}}, {"b", "c"}}));
  EXPECT_FALSE(bindings.translate(value));
}

TEST(Bindings, ComeBackToAMark) {
  Bindings bindings;
  bindings.bind("i-0a1b2c3d", "i-11111111");
  const std::size_t mark = bindings.mark();
  bindings.bind("AQEB/x+y=", "AQEB/z=");
  bindings.undo_to(mark);
  EXPECT_EQ(bindings.translate("AQEB/x+y="), "AQEB/x+y=");
  EXPECT_TRUE(bindings.knows("i-0a1b2c3d"));
  EXPECT_TRUE(bindings.unify("i-22222222", "i-33333333"));
}

}  // namespace
}  // namespace cloudchamber::recordings
