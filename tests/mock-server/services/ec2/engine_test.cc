// What the engine does for families that are not there yet.
#include <gmock/gmock.h>

#include "mock-server/services/ec2/engine/cidr.h"
#include "mock-server/services/ec2/engine/filters.h"
#include "mock-server/services/ec2/engine/run.h"
#include "tests/mock-server/services/ec2/ec2_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using namespace std::chrono_literals;

// Each run gives another number.
Json count(Call& /*call*/, Ec2& state) {
  const Json* before = state.settings.find("count");
  const std::int64_t next = before == nullptr ? 1 : before->get<std::int64_t>() + 1;
  state.settings.put("count", next);
  return {{"VolumeId", "vol-" + std::to_string(next)}};
}

class ClientToken : public ServiceFixture {
 protected:
  ClientToken() : ServiceFixture({Service("ec2").on("CreateVolume", writes<count>)}) {}
  std::string make(const Json& input) {
    return call("ec2", "CreateVolume", input).value("VolumeId", "");
  }
};

TEST_F(ClientToken, GivesTheFirstAnswerAgainForADay) {
  const Json input{{"ClientToken", "t"}, {"Size", 1}};
  EXPECT_EQ(make(input), "vol-1");
  EXPECT_EQ(make(input), "vol-1");
  EXPECT_EQ(make({{"ClientToken", "u"}, {"Size", 1}}), "vol-2");
  EXPECT_EQ(make({{"Size", 1}}), "vol-3") << "without a token";
  clock_->advance(24h - 1s);
  EXPECT_EQ(make(input), "vol-1");
  clock_->advance(1s);
  EXPECT_EQ(make(input), "vol-4");
}

TEST_F(ClientToken, RefusesOtherArguments) {
  make({{"ClientToken", "t"}, {"Size", 1}});
  EXPECT_EQ(error_of("ec2", "CreateVolume", {{"ClientToken", "t"}, {"Size", 2}}),
            "IdempotentParameterMismatch: Arguments on this idempotent request are inconsistent "
            "with arguments used in previous request(s).");
}

TEST_F(ClientToken, IsNotUsedUpByADryRun) {
  EXPECT_EQ(error_of("ec2", "CreateVolume", {{"ClientToken", "t"}, {"DryRun", true}}),
            "DryRunOperation: Request would have succeeded, but DryRun flag is set.");
  EXPECT_EQ(make({{"ClientToken", "t"}}), "vol-1");
}

TEST(MatchesWildcards, TakesStarsQuestionMarksAndBackslashes) {
  const struct {
    const char* pattern;
    const char* text;
    bool expected;
  } rows[] = {
      {"", "", true},        {"", "a", false},      {"*", "", true},
      {"*", "abc", true},    {"a*c", "abbc", true}, {"a*c", "abcd", false},
      {"*b*", "abc", true},  {"a?c", "abc", true},  {"a?c", "ac", false},
      {"\\*", "*", true},    {"\\*", "a", false},   {"a\\?", "a?", true},
      {"a\\?", "ab", false}, {"\\\\", "\\", true},  {"*a*a*a*b", "aaaaaaaaaaaa", false},
      {"a\\", "a\\", true},  {"**", "a", true},     {"*.txt", "a.txt.txt", true},
  };
  for (const auto& row : rows)
    EXPECT_EQ(matches_wildcards(row.pattern, row.text), row.expected)
        << row.pattern << ' ' << row.text;
}

TEST(CidrBlocks, ParseContainAndOverlap) {
  const Cidr whole = *Cidr::parse("10.0.0.0/16");
  EXPECT_TRUE(whole.contains(*Cidr::parse("10.0.255.0/24")));
  EXPECT_FALSE(whole.contains(*Cidr::parse("10.1.0.0/24")));
  EXPECT_FALSE(whole.contains(*Cidr::parse("10.0.0.0/15")));
  EXPECT_TRUE(whole.overlaps(*Cidr::parse("0.0.0.0/0")));
  EXPECT_EQ(Cidr::parse("255.255.255.255/32")->text(), "255.255.255.255/32");
  for (const char* bad : {"", "/", "10.0.0.0", "10.0.0/8", "10.0.0.0.0/8", "10.0.0.0/", "a/8",
                          "10.0.0.0/8 ", "10.0.0.+1/8", "10..0.0/8"})
    EXPECT_FALSE(Cidr::parse(bad).has_value()) << bad;
  EXPECT_EQ(Cidr6::parse("2600:1f18:0:ff12::1/56")->text(), "2600:1f18:0:ff00::/56");
  EXPECT_FALSE(Cidr6::parse("2600::/129").has_value());
  EXPECT_FALSE(Cidr6::parse("zz::/64").has_value());
}

}  // namespace
}  // namespace cloudchamber::mock::ec2
