#include "recordings/verify/times.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sdk/codec/timestamps.h"

namespace cloudchamber::recordings {
namespace {

TimePoint at(const std::string& text) { return parse_timestamp(text).value(); }

// A call of 12:00, answered at once, that the mock answers at the same time.
class TimesOfACall : public testing::Test {
 protected:
  void call(const std::string& operation, const Json& parameters = Json::object()) {
    interaction_.exchange.started = at("2020-05-05T12:00:00Z");
    interaction_.exchange.response.headers.set("Date", "Tue, 05 May 2020 12:00:00 GMT");
    RecordedCall recorded{.interaction = &interaction_};
    recorded.request.model = find_model("s3");
    recorded.request.operation = recorded.request.model->find_operation(operation);
    recorded.request.parameters = parameters;
    times_.begin_call(recorded, at("2020-05-05T12:00:00.001Z"), bindings_);
  }
  bool agree(const std::string& recorded, const std::string& mock) {
    return times_.agree(at(recorded), at(mock), bindings_);
  }

  Interaction interaction_;
  Bindings bindings_;
  Times times_{at("2020-05-05T11:00:00Z"), false};
};

TEST_F(TimesOfACall, IsNowInBothOrInNeither) {
  const struct {
    const char *recorded, *mock;
    bool agree;
  } rows[] = {
      {"2020-05-05T12:00:00Z", "2020-05-05T12:00:00Z", true},
      {"2020-05-05T12:00:02Z", "2020-05-05T12:00:00Z", true},
      {"2020-05-05T11:59:58Z", "2020-05-05T12:00:00Z", true},
      {"2020-05-05T12:00:00Z", "2020-05-05T11:59:57Z", false},
      {"2020-05-05T12:00:00Z", "2020-05-05T12:00:03Z", false},
      {"2020-05-05T11:30:00Z", "2020-05-05T12:00:00Z", false},
      {"2020-05-05T12:00:00Z", "1970-01-01T00:00:00Z", false},
  };
  for (const auto& row : rows) {
    bindings_ = {};
    call("PutObject");
    EXPECT_EQ(agree(row.recorded, row.mock), row.agree) << row.recorded << ' ' << row.mock;
  }
}

// What took a while at AWS was done at once by the mock.
TEST_F(TimesOfACall, MayBeEarlierInAnAnswerThatOnlyReads) {
  call("ListObjectsV2");
  EXPECT_TRUE(agree("2020-05-05T12:00:00Z", "2020-05-05T11:50:00Z"));
}

TEST_F(TimesOfACall, LiesAsFarInTheFuture) {
  call("ListObjectsV2");
  EXPECT_TRUE(agree("2020-05-05T13:00:00Z", "2020-05-05T13:00:02Z"));
  EXPECT_FALSE(agree("2020-05-05T13:00:00Z", "2020-05-05T13:00:04Z"));
  EXPECT_FALSE(agree("2020-05-05T13:00:00Z", "2020-05-05T12:00:00Z"));
  EXPECT_FALSE(agree("2020-05-05T11:30:00Z", "2020-05-05T13:00:00Z"));
}

TEST_F(TimesOfACall, OfBeforeTheRecordingIsAnyThatIsNotToCome) {
  call("ListObjectsV2");
  EXPECT_TRUE(agree("2012-01-01T00:00:00Z", "2020-05-05T12:00:00Z"));
  EXPECT_TRUE(agree("2013-01-01T00:00:00Z", "2020-05-05T11:00:00Z"));
  EXPECT_FALSE(agree("2014-01-01T00:00:00Z", "2020-05-05T13:00:00Z"));
}

TEST_F(TimesOfACall, ComesBackAsARequestGaveIt) {
  const Json until{{"Retention", {{"RetainUntilDate", "2021-01-01T00:00:00.500Z"}}}};
  call("PutObjectRetention", until);
  call("GetObjectRetention");
  EXPECT_TRUE(agree("2021-01-01T00:00:00.500Z", "2021-01-01T00:00:00.500Z"));
  EXPECT_TRUE(agree("2021-01-01T00:00:00Z", "2021-01-01T00:00:00Z")) << "AWS cut it";
  EXPECT_FALSE(agree("2021-01-01T00:00:00.500Z", "2021-01-01T00:00:02Z"));
}

TEST_F(TimesOfACall, IsOneTimeWhereItWasOne) {
  call("ListObjectsV2");
  EXPECT_TRUE(agree("2020-05-05T11:10:00Z", "2020-05-05T11:10:00Z"));
  EXPECT_TRUE(agree("2020-05-05T11:10:00Z", "2020-05-05T11:10:02Z"));
  EXPECT_FALSE(agree("2020-05-05T11:10:00Z", "2020-05-05T11:11:00Z"));
}

TEST_F(TimesOfACall, KeepsItsPlaceAmongTheOthers) {
  call("ListObjectsV2");
  EXPECT_TRUE(agree("2020-05-05T11:10:00Z", "2020-05-05T11:10:00Z"));
  EXPECT_TRUE(agree("2020-05-05T11:40:00Z", "2020-05-05T11:40:00Z"));
  EXPECT_FALSE(agree("2020-05-05T11:20:00Z", "2020-05-05T11:50:00Z"));
  EXPECT_FALSE(agree("2020-05-05T11:20:00Z", "2020-05-05T11:05:00Z"));
  EXPECT_TRUE(agree("2020-05-05T11:20:00Z", "2020-05-05T11:15:00Z"));
}

TEST_F(TimesOfACall, IsForgottenWithWhatIsUndone) {
  call("ListObjectsV2");
  const std::size_t mark = bindings_.mark();
  EXPECT_TRUE(agree("2020-05-05T11:10:00Z", "2020-05-05T11:15:00Z"));
  bindings_.bind("i-0a1b2c3d", "i-01234567");
  EXPECT_EQ(bindings_.bound_since(mark).size(), 1U);
  bindings_.undo_to(mark);
  EXPECT_TRUE(bindings_.empty());
  EXPECT_TRUE(agree("2020-05-05T11:10:00Z", "2020-05-05T11:05:00Z"));
}

TEST_F(TimesOfACall, IsInWholeSecondsWhereAwsGivesThem) {
  call("PutObject");
  EXPECT_FALSE(agree("2020-05-05T12:00:00Z", "2020-05-05T12:00:00.001Z"));
  EXPECT_TRUE(agree("2020-05-05T12:00:00.123Z", "2020-05-05T12:00:00Z"));
  EXPECT_TRUE(agree("2020-05-05T12:00:00.123Z", "2020-05-05T12:00:00.001Z"));
}

TEST_F(TimesOfACall, IsShownWithItsDistance) {
  call("PutObject");
  EXPECT_EQ(times_.shown_recorded(at("2020-05-05T13:00:00Z")),
            "2020-05-05T13:00:00Z (3600 s after the call)");
  EXPECT_EQ(times_.shown_mock(at("2020-05-05T11:59:00.001Z")),
            "2020-05-05T11:59:00.001Z (60 s before the call)");
  EXPECT_EQ(times_.shown_mock(at("2020-05-05T12:00:00.001Z")),
            "2020-05-05T12:00:00.001Z (at the time of the call)");
}

TEST(TimeIn, KnowsTheLooksOfTimes) {
  EXPECT_EQ(time_in("2020-05-05T12:00:00Z"), at("2020-05-05T12:00:00Z"));
  EXPECT_EQ(time_in("1588680000"), at("2020-05-05T12:00:00Z"));
  EXPECT_EQ(time_in("1588680000500"), at("2020-05-05T12:00:00.500Z"));
  EXPECT_EQ(time_in("Tue, 05 May 2020 12:00:00 GMT"), at("2020-05-05T12:00:00Z"));
  for (const char* text : {"", "12", "yesterday", "2020-05-05", "15886800001", "i-0a1b2c3d"})
    EXPECT_FALSE(time_in(text)) << text;
}

}  // namespace
}  // namespace cloudchamber::recordings
