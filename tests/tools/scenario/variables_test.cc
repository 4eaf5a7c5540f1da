#include "tools/scenario/variables.h"

#include <gtest/gtest.h>

#include "tools/scenario/scenario.h"

namespace cloudchamber::scenario {
namespace {

const Variables kVariables = {{"url", "http://q"}, {"count", 3}, {"item", {{"N", "1"}}}};

TEST(Expand, FillsInVariables) {
  const std::pair<const char*, const char*> rows[] = {
      {R"("${url}/x")", R"("http://q/x")"},
      {R"("${count}")", R"(3)"},
      {R"("${item}")", R"({"N": "1"})"},
      {R"("n=${count}")", R"("n=3")"},
      {R"("${count}${count}")", R"("33")"},
      {R"({"a": ["${url}", 1, true]})", R"({"a": ["http://q", 1, true]})"},
      {R"({"k${count}": 1})", R"({"k3": 1})"},
      {R"("$${url}")", R"("${url}")"},
      {R"("${open")", R"("${open")"},
      {R"("$")", R"("$")"},
      {R"({"$repeat": ["ab", 3]})", R"("ababab")"},
      {R"({"$repeat": ["ab", 0]})", R"("")"},
      {R"({"$like": "${url}*"})", R"({"$like": "http://q*"})"}};
  for (const auto& [text, expected] : rows) {
    EXPECT_EQ(expand(Json::parse(text), kVariables), Json::parse(expected)) << text;
  }
}

TEST(Expand, MakesBytesOfBase64) {
  EXPECT_EQ(expand(Json{{"$base64", "AAEC"}}, {}),
            Json::binary(std::vector<std::uint8_t>{0, 1, 2}));
}

TEST(Expand, RefusesWhatItCantFillIn) {
  for (const char* text :
       {R"("${nobody}")", R"({"$base64": "???"})", R"({"$base64": 1})", R"({"$repeat": "ab"})",
        R"({"$repeat": ["ab", -1]})", R"({"$repeat": ["ab", 100000000]})"}) {
    EXPECT_THROW((void)expand(Json::parse(text), kVariables), ScenarioError) << text;
  }
}

TEST(VariablesIn, FindsThemInKeysAndValues) {
  EXPECT_EQ(
      variables_in(Json::parse(R"({"a${one}": ["${two}", {"b": "x${three}y"}], "$${no}": 1})")),
      (std::vector<std::string>{"one", "two", "three"}));
}

}  // namespace
}  // namespace cloudchamber::scenario
