// Which times may stand for which.
#include "tests/recordings/verify/recorded_story.h"

namespace cloudchamber::recordings {
namespace {

using namespace std::chrono_literals;

TEST(Verify, GoesAlongWithTheRecordingsTimes) {
  RecordedStory tape;
  const Client sqs = tape.client("sqs");
  const std::string url = sqs.call("CreateQueue", {{"QueueName", "q"}}).at("QueueUrl");
  sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "m"}, {"DelaySeconds", 60}});
  sqs.call("ReceiveMessage", {{"QueueUrl", url}});
  tape.pass(61s);
  sqs.call("ReceiveMessage", {{"QueueUrl", url}});
  const Report report = verified(tape.recording);
  EXPECT_EQ(report.total().of(Outcome::kSame), 4U) << differences(report);
}

// The times of a story of which one answer was changed.
TEST(Verify, TellsTimesThatCantStandForEachOther) {
  const auto story = [](RecordedStory& tape, const std::string& wrong) {
    const Client iam = tape.client("iam");
    const Json user = iam.call("CreateUser", {{"UserName", "ann"}}).at("User");
    const std::string created = user.at("CreateDate");  // 2026-01-01T00:00:00Z
    if (wrong == "now") tape.change(created, "2026-01-01T01:00:00Z");
    const Json given = tape.client("sts").call("GetSessionToken", {{"DurationSeconds", 900}});
    const std::string expires = given.at("Credentials").at("Expiration");
    if (wrong == "future") tape.change(expires, "2026-01-01T01:00:00Z");
    tape.pass(600s);
    iam.call("GetUser", {{"UserName", "ann"}});
    if (wrong == "seconds") tape.change(created, "2026-01-01T00:00:01Z");
  };
  const struct {
    const char* wrong;
    std::vector<std::string> outcomes;
  } rows[] = {
      {"", {"same", "same", "same"}},
      {"now", {"different", "same", "same"}},
      {"future", {"same", "different", "same"}},
      {"seconds", {"same", "same", "same"}},  // clocks of two machines
  };
  for (const auto& row : rows) {
    RecordedStory tape;
    story(tape, row.wrong);
    const Report report = verified(tape.recording);
    std::vector<std::string> got;
    for (const VerifiedCall& call : report.calls) {
      got.emplace_back(name_of(call.outcome));
      for (const Difference& one : call.differences) EXPECT_EQ(one.aspect, Aspect::kTime);
    }
    EXPECT_EQ(got, row.outcomes) << row.wrong << '\n' << differences(report);
  }
}

// An older recording than the mock's clock, and one whose times nobody wrote down.
TEST(Verify, TakesAnyTimesOfARecordingThatStatesNone) {
  RecordedStory tape;
  const Client iam = tape.client("iam");
  iam.call("CreateUser", {{"UserName", "ann"}});
  tape.change("2026-01-01T00:00:00Z", "2014-05-06T07:08:09Z");
  iam.call("CreateUser", {{"UserName", "bob"}});
  tape.change("2026-01-01T00:00:00Z", "2014-05-06T07:18:09Z");
  for (Interaction& one : tape.recording.interactions) {
    one.exchange.started = TimePoint{};
    one.exchange.response.headers.erase("Date");
  }
  tape.recording.clock.reset();
  EXPECT_EQ(verified(tape.recording).total().of(Outcome::kSame), 2U)
      << differences(verified(tape.recording));
}

}  // namespace
}  // namespace cloudchamber::recordings
