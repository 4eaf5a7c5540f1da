#include "sdk/codec/yaml_blocks.h"

#include <gtest/gtest.h>

namespace cloudchamber {
namespace {

TEST(LinesBehindTags, AreMovedBehindThem) {
  const struct {
    const char* given;
    const char* moved;
  } rows[] = {
      {"- !a |\n  x\n   y\n\n  z\n- b", "- !a |\n    x\n     y\n\n    z\n- b"},
      {"k:\n- !a |-\n x\nl: 1", "k:\n- !a |-\n   x\nl: 1"},
      {"- &a >2 # folded\n  x\n", "- &a >2 # folded\n    x\n"},
      {"- !a &b |\n  x\n", "- !a &b |\n    x\n"},
      {"- - !a |\n    x\n  - |\n    y\n", "- - !a |\n      x\n  - |\n    y\n"},
      {"- !a plain\n  goes on\n- b", "- !a plain\n    goes on\n- b"},
      {"k:\n  !a |\n  x\nl: 1", "k:\n  !a |\n   x\nl: 1"},
      {"- !a |\r\n  x\r\n", "- !a |\r\n    x\r\n"},
      {"--- \n- !a |\n  x\n--- \n- !b |\n  y\n", "--- \n- !a |\n    x\n--- \n- !b |\n    y\n"},
      {"\xef\xbb\xbf---\n- !a |\n  x\n", "\xef\xbb\xbf---\n- !a |\n    x\n"},
      {"{a: '\"', b: [\"'\"]}: 1\nk:\n- !a |\n  x", "{a: '\"', b: [\"'\"]}: 1\nk:\n- !a |\n    x"},
  };
  for (const auto& row : rows) EXPECT_EQ(with_lines_behind_tags(row.given), row.moved);
}

// What is read as it is, or only looks alike.
TEST(LinesBehindTags, LeaveAllElseAlone) {
  for (const char* const text : {
           "",
           "k: !a |\n  x\n",
           "- |\n  - !a |\n    x\n- b",
           "k: |\n  - !a |\n    x\n",
           "- k: |\n    - !a |\n      x\n",
           "- \"it says\n  - !a |\n  x\"\n- b",
           "- 'it''s\n  - !a |\n  x'\n- b",
           "k: it says\n  - !a |\n  x\n",
           "k: [\"- !a |\",\n  '- !a |'] # - !a |\nl: 1",
           "# - !a |\n#  x\n",
           "- !a\n  k: |\n    x\n",
           "- !a\n  - x\n",
           "- !a \"x\n  y\"\n",
           "k: !a\nl: |\n x",
           "%YAML 1.1\n---\nk: v\n...\n",
           "- !a",
           "- !a |",
           "- \"",
           "[",
           "- !",
           "'",
       })
    EXPECT_EQ(with_lines_behind_tags(text), text);
}

}  // namespace
}  // namespace cloudchamber
