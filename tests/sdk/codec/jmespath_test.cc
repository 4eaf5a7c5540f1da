#include "sdk/codec/jmespath.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace cloudchamber {
namespace {

std::filesystem::path compliance_folder() {
  const char* const folder = std::getenv("CHAMBER_JMESPATH_COMPLIANCE");
  return folder != nullptr ? folder : "../shared/jmespath-compliance";
}

Json search(std::string_view expression, const Json& document) {
  return JmesPath(expression).search(document);
}

std::string error_kind(std::string_view expression, const Json& document = Json::object()) {
  try {
    return "no error: " + search(expression, document).dump();
  } catch (const JmesPathError& error) {
    return error.kind();
  }
}

// `*` and keys() give an object's members in no promised order.
Json unordered(Json value) {
  if (value.is_array()) std::sort(value.begin(), value.end());
  return value;
}

TEST(JmesPath, PassesEveryCaseOfTheComplianceSuite) {
  const auto folder = compliance_folder();
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  std::size_t cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path());
    for (const Json& suite : Json::parse(file)) {
      for (const Json& test : suite["cases"]) {
        const auto expression = test["expression"].get<std::string>();
        SCOPED_TRACE(entry.path().filename().string() + ": " + expression);
        ++cases;
        if (test.contains("error")) {
          EXPECT_EQ(error_kind(expression, suite["given"]), test["error"].get<std::string>());
          continue;
        }
        try {
          const Json found = search(expression, suite["given"]);
          if (found == test["result"]) continue;
          EXPECT_EQ(unordered(found), unordered(test["result"]));
        } catch (const JmesPathError& error) {
          ADD_FAILURE() << error.kind() << ": " << error.what();
        }
      }
    }
  }
  std::cout << cases << " compliance cases\n";
  EXPECT_GT(cases, 0U);
}

// Made for the ways in which botocore's waiters and paginators use the language.
TEST(JmesPath, FindsWhatWaitersAndPaginatorsAskFor) {
  const Json page = Json::parse(R"({"Reservations": [
      {"Instances": [{"State": {"Name": "running"}}, {"State": {"Name": "pending"}}]},
      {"Instances": [{"State": {"Name": "running"}}]}], "IsTruncated": false, "Marker": "m",
      "Contents": [{"Key": "a"}, {"Key": "b"}]})");
  EXPECT_EQ(search("Reservations[].Instances[].State.Name", page),
            Json::array({"running", "pending", "running"}));
  EXPECT_EQ(search("length(Reservations[]) > `0`", page), true);
  EXPECT_EQ(search("IsTruncated && Marker", page), false);
  EXPECT_EQ(search("NextMarker || Contents[-1].Key", page), "b");
  EXPECT_EQ(search("Absent[].Deeper", page), nullptr);
  EXPECT_EQ(search("Reservations[*].Instances[?State.Name=='pending'].State[] | [0]", page),
            Json::parse(R"({"Name": "pending"})"));
}

TEST(JmesPath, OrdersStringsAsAwsToolsDo) {
  const Json images = Json::parse(R"([{"Date": "2024-01-02"}, {"Date": "2023-05-01"}])");
  EXPECT_EQ(search("[?Date > '2024'].Date", images), Json::array({"2024-01-02"}));
  EXPECT_EQ(search("[0].Date < `1`", images), nullptr);
}

TEST(JmesPath, TakesBinaryValuesAsStrings) {
  const Json document = {{"Body", Json::binary({'a', 'b'})}};
  EXPECT_EQ(search("type(Body)", document), "string");
  EXPECT_EQ(search("length(Body)", document), 2);
  EXPECT_EQ(search("Body && 'there'", document), "there");
}

TEST(JmesPath, RefusesNestingBeyondItsLimitInsteadOfOverflowing) {
  const auto repeated = [](std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += piece;
    return text;
  };
  EXPECT_NO_THROW(JmesPath(repeated("(", 200) + "a" + repeated(")", 200)));
  for (const std::string& text :
       {repeated("(", 20'000) + "a" + repeated(")", 20'000), repeated("!", 20'000) + "a",
        repeated("[", 20'000), "a" + repeated("[]", 20'000), "a" + repeated("[*]", 20'000),
        "a" + repeated("||a", 20'000), "a" + repeated(".*", 20'000), "a" + repeated("==a", 20'000),
        repeated("[?", 20'000), repeated("{a:", 20'000), repeated("abs(", 20'000),
        "`" + repeated("[", 20'000) + repeated("]", 20'000) + "`"})
    EXPECT_EQ(error_kind(text), "syntax") << text.substr(0, 10);
  EXPECT_EQ(search("a" + repeated(".a", 20'000), Json::object()), nullptr);
  EXPECT_EQ(search("a" + repeated("[0]", 20'000), Json::object()), nullptr);
  EXPECT_EQ(search("a" + repeated("|a", 20'000), Json::object()), nullptr);
}

TEST(JmesPath, KeepsArithmeticWithinItsTypes) {
  EXPECT_EQ(error_kind("a[99999999999999999999]"), "syntax");
  const Json list = Json::array({1, 2, 3});
  EXPECT_EQ(search("@[9223372036854775807]", list), nullptr);
  EXPECT_EQ(search("@[-9223372036854775808]", list), nullptr);
  EXPECT_EQ(search("@[-9223372036854775808:9223372036854775807:9223372036854775807]", list),
            Json::array({1}));
  EXPECT_EQ(search("@[::-9223372036854775808]", list), Json::array({3}));
  EXPECT_EQ(search("abs(@)", Json(INT64_MIN)), 9223372036854775808.0);
  EXPECT_EQ(search("sum(@)", Json::array({INT64_MAX, 1})), 9223372036854775808.0);
  EXPECT_EQ(search("sum(@)", Json::array({1, 2})).dump(), "3");
  EXPECT_EQ(search("floor(`1e300`)", Json()), 1e300);
}

TEST(JmesPath, NamesTheKindOfEveryError) {
  EXPECT_EQ(error_kind("a."), "syntax");
  EXPECT_EQ(error_kind("&a"), "syntax");
  EXPECT_EQ(error_kind("\"length\"(@)"), "syntax");
  EXPECT_EQ(error_kind("'open"), "syntax");
  EXPECT_EQ(error_kind("'open\\"), "syntax");
  EXPECT_EQ(error_kind("nope(@)"), "unknown-function");
  EXPECT_EQ(error_kind("abs()"), "invalid-arity");
  EXPECT_EQ(error_kind("abs(@, @)"), "invalid-arity");
  EXPECT_EQ(error_kind("abs('1')"), "invalid-type");
  EXPECT_EQ(error_kind("a[::0]"), "invalid-value");
  EXPECT_EQ(error_kind("sort_by(`[1]`, &a)"), "invalid-type");
}

}  // namespace
}  // namespace cloudchamber
