#include "sdk/codec/uri.h"

#include <gtest/gtest.h>

namespace cloudchamber {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(Uri, EncodesAllButUnreservedCharacters) {
  EXPECT_EQ(uri_encode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(uri_encode("a b/c+d%"), "a%20b%2Fc%2Bd%25");
  EXPECT_EQ(uri_encode("a b/c", true), "a%20b/c");
  EXPECT_EQ(uri_encode("\xe1\x88\xb4"), "%E1%88%B4");
  EXPECT_EQ(uri_encode(std::string_view("\0\x7f", 2)), "%00%7F");
}

TEST(Uri, DecodesEscapesAndLeavesWhatIsNone) {
  EXPECT_EQ(uri_decode("a%20b%2fc%2F"), "a b/c/");
  EXPECT_EQ(uri_decode("a+b"), "a+b");
  EXPECT_EQ(uri_decode("a+b%2B", true), "a b+");
  EXPECT_EQ(uri_decode("%"), "%");
  EXPECT_EQ(uri_decode("%4"), "%4");
  EXPECT_EQ(uri_decode("%41"), "A");
  EXPECT_EQ(uri_decode("%4g%zz%%41"), "%4g%zz%A");
}

TEST(Uri, ParsesAQueryInItsOrder) {
  EXPECT_EQ(parse_query("a=1&b&c="), (Pairs{{"a", "1"}, {"b", ""}, {"c", ""}}));
  EXPECT_EQ(parse_query("&&a=1=2&&a=%20+&"), (Pairs{{"a", "1=2"}, {"a", "  "}}));
  EXPECT_EQ(parse_query("a=+", false), (Pairs{{"a", "+"}}));
  EXPECT_EQ(parse_query("=x"), (Pairs{{"", "x"}}));
  EXPECT_EQ(parse_query(""), Pairs{});
}

TEST(Utf8, TakesShortestFormsOfScalarValuesOnly) {
  for (const char* text :
       {"", "plain ascii, and long enough", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
        "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "aaaaaaa\xc3\xa4"})
    EXPECT_TRUE(is_utf8(text)) << text;
  for (const char* text :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe1\x80",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xf1\x80\x80", "aaaaaaaa\xff",
        "\xc3(", "aaaaaaa\xc3"})
    EXPECT_FALSE(is_utf8(text)) << text;
}

}  // namespace
}  // namespace cloudchamber
