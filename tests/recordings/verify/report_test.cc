#include "recordings/verify/report.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "cloudchamber/errors.h"
#include "recordings/verify/baseline.h"
#include "recordings/verify/write_report.h"

namespace cloudchamber::recordings {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

VerifiedCall call(const std::string& operation, Outcome outcome, Differences differences = {}) {
  return {.file = "a.har",
          .number = 3,
          .service = "s3",
          .operation = operation,
          .outcome = outcome,
          .differences = std::move(differences)};
}

Report some_report() {
  Report report;
  report.recordings = 1;
  report.calls = {
      call("PutObject", Outcome::kSame),
      call("PutObject", Outcome::kMore),
      call("PutObject", Outcome::kDifferent,
           {{.aspect = Aspect::kMember, .where = "A[3].B", .recorded = "<b>\x1b[1m", .mock = "&"}}),
      call("GetObject", Outcome::kDifferent,
           {{.aspect = Aspect::kMember, .where = "A[4].B", .recorded = "1", .mock = "2"}}),
      call("GetObject", Outcome::kDifferent,
           {{.aspect = Aspect::kMember, .where = "A[5].B", .recorded = "1", .mock = "2"}}),
      call("GetObject", Outcome::kBefore)};
  report.unknown["<script>"] = 2;
  report.refused.push_back({"x.json", ":1: no recording"});
  return report;
}

std::string text_of(const Report& report, std::size_t most = 20) {
  std::ostringstream out;
  write_text(report, most, out);
  return out.str();
}

TEST(CallCounts, ComparesNothingThatWasThereBefore) {
  const CallCounts total = some_report().total();
  EXPECT_EQ(total.calls(), 6U);
  EXPECT_EQ(total.compared(), 5U);
  EXPECT_EQ(total.agreeing(), 2U);
}

TEST(Percent, IsNeverRoundedUp) {
  EXPECT_EQ(percent(999, 1000), "99.9 %");
  EXPECT_EQ(percent(9999, 10000), "99.9 %");
  EXPECT_EQ(percent(0, 0), "-");
  EXPECT_EQ(percent(3, 3), "100.0 %");
}

TEST(Repeated, GathersTheSameDifferenceWithoutListIndices) {
  const std::vector<Repeated> repeated = some_report().repeated();
  ASSERT_EQ(repeated.size(), 2U);
  EXPECT_EQ(repeated[0].operation, "GetObject");
  EXPECT_EQ(repeated[0].times, 2U);
  EXPECT_EQ(repeated[0].difference.where, "A[].B");
}

TEST(TextReport, ShowsTheFirstDifferencesAndNoControlCharacters) {
  const std::string text = text_of(some_report());
  EXPECT_THAT(text, HasSubstr("2 of 5 that can be compared agree (40.0 %)"));
  EXPECT_THAT(text, HasSubstr("s3 GetObject: member A[].B (2 times)"));
  EXPECT_THAT(text, HasSubstr("<b>?[1m"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("x.json:1: no recording"));
  EXPECT_THAT(text_of(some_report(), 1), HasSubstr("... and 1 more"));
}

TEST(HtmlReport, SaysTheFigureAndEachDifferenceBesideItsCall) {
  const std::string page = html_of(some_report());
  EXPECT_THAT(page, HasSubstr("<p class=\"figure\">40.0 %</p>"));
  EXPECT_THAT(page, HasSubstr("2 of 5 calls that can be compared agree; 6 calls in 1 recording<"));
  EXPECT_THAT(page, HasSubstr("<svg"));
  EXPECT_THAT(page, HasSubstr("<h3>s3 GetObject</h3><p class=\"dim\">a.har, call 3</p>"));
  EXPECT_THAT(page, HasSubstr("<h4>member <code>A[4].B</code></h4><div class=\"aws\">1</div>"
                              "<div class=\"mock\">2</div>"));
  EXPECT_THAT(page, HasSubstr("1 file: :1: no recording"));
  const std::string empty = html_of(Report());
  EXPECT_THAT(empty, HasSubstr("<h2>Calls that differ</h2>\n<p>None.</p>"));
  EXPECT_THAT(empty, HasSubstr("<p class=\"figure\">-</p>"));
}

TEST(HtmlReport, TakesNothingFromElsewhere) {
  const std::string page = html_of(some_report());
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  for (const char* text : {"http:", "https:", "src=", "href=", "@import", "url("})
    EXPECT_THAT(page, Not(HasSubstr(text)));
}

// Whatever place a recording's text gets to: of tags, the page has those that it has anyway.
TEST(HtmlReport, IsNoPlaceForMarkupOfARecording) {
  const std::string evil = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&\x1b\x07";
  const auto page_with = [](const std::string& text) {
    Report report;
    report.recordings = 1;
    for (const Outcome outcome : {Outcome::kDifferent, Outcome::kNotEmulated, Outcome::kMore}) {
      for (const Aspect aspect : {Aspect::kMember, Aspect::kAdditional})
        report.calls.push_back(
            {.file = text,
             .number = 1,
             .service = text,
             .operation = text,
             .outcome = outcome,
             .differences = {{.aspect = aspect, .where = text, .recorded = text, .mock = text}}});
    }
    report.unknown[text] = 1;
    report.refused.push_back({text, text});
    return html_of(report);
  };
  const std::string page = page_with(evil);
  const std::string plain = page_with("plain");
  for (const char c : {'<', '>', '"', '\''})
    EXPECT_EQ(std::count(page.begin(), page.end(), c), std::count(plain.begin(), plain.end(), c))
        << c;
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("\x1b")));
  EXPECT_THAT(page, Not(HasSubstr("\x07")));
}

TEST(HtmlReport, EndsSomewhere) {
  Report report;
  for (int i = 0; i < 600; ++i)
    report.calls.push_back(call("PutObject", Outcome::kDifferent,
                                Differences(45, {.aspect = Aspect::kMember, .where = "A"})));
  const std::string page = html_of(report);
  EXPECT_THAT(page, HasSubstr("100 more are not shown."));
  EXPECT_THAT(page, HasSubstr("5 are not shown"));
  EXPECT_THAT(page, HasSubstr("and 40 differences more"));
}

TEST(JsonReport, HoldsCountsAndEveryCallThatIsNotTheSame) {
  const Json json = json_of(some_report());
  EXPECT_EQ(json.at("services").at("s3").at("PutObject").at("same"), 1);
  EXPECT_EQ(json.at("calls").size(), 5U);
  EXPECT_EQ(json.at("calls").at(1).at("differences").at(0).at("where"), "A[3].B");
}

TEST(MarkdownReport, StandsBetweenItsMarks) {
  const std::string page = "before\n<!-- verify -->\nold\n<!-- end of verify -->\nafter\n";
  const std::string with = with_table(page, some_report());
  EXPECT_THAT(with, HasSubstr("before\n<!-- verify -->\n| service |"));
  EXPECT_THAT(with, HasSubstr("| s3 | 6 | 1 | 1 | 3 | 0 | 1 | 0 | 0 | 40.0 % |"));
  EXPECT_THAT(with, HasSubstr("<!-- end of verify -->\nafter\n"));
  EXPECT_THAT(with, Not(HasSubstr("old")));
  EXPECT_EQ(with_table(with, some_report()), with);
  EXPECT_THROW(static_cast<void>(with_table("no marks", some_report())), RecordingError);
}

TEST(Baseline, MayOnlyRise) {
  const Report report = some_report();
  const Baseline baseline = Baseline::read(Baseline::of(report).write(), "baseline.json");
  EXPECT_THAT(baseline.fallen_in(report), IsEmpty());

  Report better = report;
  better.calls[2].outcome = Outcome::kSame;
  EXPECT_THAT(baseline.fallen_in(better), IsEmpty());

  Report worse = report;
  worse.calls[0].outcome = Outcome::kDifferent;
  EXPECT_THAT(baseline.fallen_in(worse),
              ElementsAre("s3.PutObject: 1 calls agree, the baseline has 2"));
  worse.calls[0].outcome = Outcome::kMore;
  EXPECT_THAT(baseline.fallen_in(worse),
              ElementsAre("s3.PutObject: 0 calls are the same, the baseline has 1"));
  EXPECT_EQ(baseline.fallen_in(Report()).size(), 1U);
}

TEST(Baseline, IsRefusedWhereItIsNone) {
  for (const char* text : {"", "[]", "{}", "{\"operations\": []}", "{\"operations\": {\"a\": 1}}",
                           "{\"operations\": {\"a\": {\"same\": -1, \"agreeing\": 1}}}"})
    EXPECT_THROW(static_cast<void>(Baseline::read(text, "b.json")), RecordingError) << text;
}

}  // namespace
}  // namespace cloudchamber::recordings
