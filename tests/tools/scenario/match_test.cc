#include "tools/scenario/match.h"

#include <gtest/gtest.h>

#include "tools/scenario/variables.h"

namespace cloudchamber::scenario {
namespace {

// A row without a path expects a match; else the first difference is there.
struct Row {
  const char* expected;
  const char* actual;
  const char* path = nullptr;
};

constexpr Row kRows[] = {
    {R"("a")", R"("a")"},
    {R"("a")", R"("b")", ""},
    {R"(1)", R"(1.0)"},
    {R"(1)", R"("1")", ""},
    {R"(null)", R"(null)"},
    {R"({"A": 1})", R"({"A": 1, "B": 2})"},
    {R"({"A": 1})", R"({"B": 2})", "A"},
    {R"({"A": {"B": [1, 2]}})", R"({"A": {"B": [1, 3]}})", "A.B[1]"},
    {R"([1, 2])", R"([1])", "[1]"},
    {R"([1])", R"([1, 2])", "[1]"},
    {R"([])", R"([])"},
    {R"({})", R"([])", ""},
    {R"({"$any": true})", R"(false)"},
    {R"({"A": {"$any": true}})", R"({})", "A"},
    {R"({"A": {"$absent": true}})", R"({})"},
    {R"({"A": {"$absent": true}})", R"({"A": null})", "A"},
    {R"({"$type": "string"})", R"("x")"},
    {R"({"$type": "string"})", R"(1)", ""},
    {R"({"$type": "integer"})", R"(1.5)", ""},
    {R"({"$type": "number"})", R"(1.5)"},
    {R"({"$type": "list"})", R"({})", ""},
    {R"({"$type": "timestamp"})", R"("2015-01-25T08:00:00Z")"},
    {R"({"$type": "timestamp"})", R"("1422172800")", ""},
    {R"({"$type": "timestamp"})", R"("yesterday")", ""},
    {R"({"$like": "arn:aws:*:user/fr?d"})", R"("arn:aws:iam::1:user/fred")"},
    {R"({"$like": "arn:aws:*:user/fr?d"})", R"("arn:aws:iam::1:user/frd")", ""},
    {R"({"$in": ["a", "b"]})", R"("b")"},
    {R"({"$in": ["a", {"$like": "x*"}]})", R"("xy")"},
    {R"({"$in": ["a", "b"]})", R"("c")", ""},
    {R"({"$between": [1, 3]})", R"(1)"},
    {R"({"$between": [1, 3]})", R"(3)"},
    {R"({"$between": [1, 3]})", R"(0)", ""},
    {R"({"$between": [1, 3]})", R"(4)", ""},
    {R"({"$between": [1, 3]})", R"("2")", ""},
    {R"({"$between": ["a", "c"]})", R"("b")"},
    {R"({"$length": 2})", R"([1, 2])"},
    {R"({"$length": 2})", R"("ab")"},
    {R"({"$length": 2})", R"([1])", ""},
    {R"({"$length": {"$between": [1, 9]}})", R"([1])"},
    {R"({"$length": 0})", R"(0)", ""},
    {R"({"$each": {"A": 1}})", R"([{"A": 1}, {"A": 1, "B": 2}])"},
    {R"({"$each": {"A": 1}})", R"([{"A": 1}, {"A": 2}])", "[1].A"},
    {R"({"$each": 1})", R"([])"},
    {R"({"$contains": [3, 1]})", R"([1, 2, 3])"},
    {R"({"$contains": [4]})", R"([1, 2, 3])", ""},
    {R"({"$contains": [1, 1]})", R"([1, 2])", ""},
    {R"({"$unordered": [3, 1, 2]})", R"([1, 2, 3])"},
    {R"({"$unordered": [1, 2]})", R"([1, 2, 3])", "[2]"},
    {R"({"$unordered": [{"$any": true}, 1]})", R"([1, 2])"},
    {R"({"$unordered": [{"$any": true}, {"$in": [1, 2]}, 1]})", R"([1, 2, 3])"},
    {R"({"$json": {"a": 1}})", R"("{\"a\": 1, \"b\": 2}")"},
    {R"({"$json": {"a": 1}})", R"("{\"a\": 2}")", "<json>.a"},
    {R"({"$json": {"a": 1}})", R"("{")", ""},
    {R"({"$not": "a"})", R"("b")"},
    {R"({"$not": "a"})", R"("a")", ""},
    {R"({"$all": [{"$like": "a*"}, {"$length": 3}]})", R"("abc")"},
    {R"({"$all": [{"$like": "a*"}, {"$length": 3}]})", R"("ab")", ""},
    {R"({"$exact": {"A": 1}})", R"({"A": 1})"},
    {R"({"$exact": {"A": 1}})", R"({"A": 1, "B": 2})", "B"},
    {R"({"$exact": {"A": 1}})", R"({})", "A"},
};

TEST(FirstDifference, IsWhereExpectedAndActualPart) {
  for (const Row& row : kRows) {
    const auto found = first_difference(Json::parse(row.expected), Json::parse(row.actual));
    const std::string shown_row = std::string(row.expected) + " against " + row.actual;
    EXPECT_EQ(found.has_value(), row.path != nullptr) << shown_row;
    if (found && row.path != nullptr) {
      EXPECT_EQ(found->path, row.path) << shown_row;
      EXPECT_FALSE(found->expected.empty()) << shown_row;
    }
  }
}

TEST(FirstDifference, TakesTextAndBytesAsTheSameBytes) {
  const std::vector<std::uint8_t> bytes = {'h', 'i'};
  EXPECT_FALSE(first_difference("hi", Json::binary(bytes)));
  EXPECT_TRUE(first_difference("ho", Json::binary(bytes)));
  EXPECT_FALSE(first_difference(Json{{"$length", 2}}, Json::binary(bytes)));
  EXPECT_FALSE(first_difference(expand(Json{{"$base64", "aGk="}}, {}), Json::binary(bytes)));
}

TEST(FirstDifference, SaysWhatWasExpectedAndWhatCame) {
  const auto found = first_difference(Json{{"Code", "NoSuchKey"}}, Json{{"Code", "NoSuchBucket"}});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->path, "Code");
  EXPECT_EQ(found->expected, "\"NoSuchKey\"");
  EXPECT_EQ(found->actual, "\"NoSuchBucket\"");
}

TEST(FindMisuse, NamesAMatcherThatDoesNotExistOrIsGivenTheWrongThing) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"A": [{"$lke": "a"}]})", "there is no matcher $lke; did you mean $like?"},
      {R"({"$like": 1})", "$like takes a pattern with * and ?, not 1"},
      {R"({"$type": "strng"})", "$type takes one of"},
      {R"({"$between": [1]})", "$between takes [least, most]"},
      {R"({"$each": {"$banana": 1}})", "there is no matcher $banana"},
      {R"({"$exact": {"A": {"$banana": 1}}})", "there is no matcher $banana"},
      {R"({"$absent": false})", "$absent takes true"}};
  for (const auto& [text, expected] : rows) {
    const auto found = find_misuse(Json::parse(text));
    ASSERT_TRUE(found) << text;
    EXPECT_EQ(found->substr(0, std::string_view(expected).size()), expected);
  }
  for (const Row& row : kRows) EXPECT_FALSE(find_misuse(Json::parse(row.expected))) << row.expected;
}

TEST(IsLike, TakesNoLongerThanTheProductOfTheLengths) {
  const std::string text(20'000, 'a');
  EXPECT_FALSE(is_like(text, "*a*a*a*a*a*a*a*a*b"));
  EXPECT_TRUE(is_like(text, "a*a*a"));
  EXPECT_TRUE(is_like("", "**"));
  EXPECT_FALSE(is_like("", "?"));
}

TEST(Shown, CutsLongValuesBetweenCharacters) {
  const std::string text = shown(std::string(300, 'x') + "\xC3\xA4" + std::string(300, 'y'), 302);
  EXPECT_TRUE(text.starts_with("\"xxx"));
  EXPECT_NE(text.find("... ("), std::string::npos);
  EXPECT_EQ(text.find('\xC3'), std::string::npos);
}

}  // namespace
}  // namespace cloudchamber::scenario
