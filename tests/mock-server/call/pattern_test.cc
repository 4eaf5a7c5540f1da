#include "mock-server/call/pattern.h"

#include <gtest/gtest.h>

#include <vector>

namespace cloudchamber::mock {
namespace {

TEST(Pattern, MatchesTheWholeText) {
  const struct {
    std::string pattern;
    std::string text;
    bool expected;
  } rows[] = {
      {"[a-zA-Z0-9_.-]+", "table-1.x", true},
      {"[a-zA-Z0-9_.-]+", "table 1", false},
      {"[a-zA-Z0-9_.-]+", "", false},
      {"^[^\\$]+$", "abc", true},
      {"^[^\\$]+$", "a$c", false},
      {"[0-9]{12}", "123456789012", true},
      {"[0-9]{12}", "1234567890123", false},
      {"([0-9a-f]{16})+", "0123456789abcdef0123456789abcdef", true},
      {"([0-9a-f]{16})+", "0123456789abcdef0", false},
      {"[\\w+=,.@-]+", "some.user@example", true},
      {"(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", "/", true},
      {"(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", "/division/", true},
      {"(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", "division", false},
      {"[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", "caf\xc3\xa9", true},
      {"[\\uD800\\uDC00-\\uDBFF\\uDFFF]", "\xf0\x9f\x98\x80", true},
      {"a|bc?", "b", true},
      {"(?:a|b){1,2}x?", "abx", true},
      {"\\d+\\.\\d*", "12.", true},
  };
  for (const auto& row : rows) {
    EXPECT_TRUE(understands_pattern(row.pattern)) << row.pattern;
    EXPECT_EQ(matches_pattern(row.pattern, row.text), row.expected)
        << row.pattern << " and " << row.text;
  }
}

TEST(Pattern, DoesNotEnforceWhatItDoesNotUnderstand) {
  for (const char* pattern : {"(?=a)b", "(a)\\1", "[a-", "(a", "a{2", "\\p{Greek}", "a{9999}"}) {
    EXPECT_FALSE(understands_pattern(pattern)) << pattern;
    EXPECT_TRUE(matches_pattern(pattern, "anything"));
  }
}

TEST(Pattern, IsLinearWhereBacktrackingWouldNotEnd) {
  EXPECT_FALSE(matches_pattern("(a*)*b", std::string(20'000, 'a')));
  EXPECT_FALSE(matches_pattern("(a|aa)+b", std::string(20'000, 'a')));
}

}  // namespace
}  // namespace cloudchamber::mock
