#include "mock-server/state/ids.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cloudchamber::mock {
namespace {

TEST(Ids, DrawsTextOfAnAlphabet) {
  Ids ids(7);
  const std::string text = ids.text("xyz", 200);
  EXPECT_EQ(text.size(), 200U);
  EXPECT_EQ(text.find_first_not_of("xyz"), std::string::npos);
  EXPECT_EQ(Ids(7).text("xyz", 200), text);
}

TEST(Ids, GivesEachTextAsItsEditorReturnsIt) {
  Ids ids(7);
  Ids plain(7);
  std::vector<std::string> drawn;
  ids.edit_with([&](std::string text) {
    drawn.push_back(text);
    return drawn.size() == 2 ? "0abc" : text;
  });
  EXPECT_EQ(ids.hex(17), plain.hex(17));
  const std::string uuid = plain.uuid();
  EXPECT_EQ(ids.uuid(), "0abc");
  EXPECT_EQ(ids.letters_and_digits(16), plain.letters_and_digits(16));
  EXPECT_EQ(ids.base64(24), plain.base64(24));
  EXPECT_EQ(drawn.size(), 4U);
  EXPECT_EQ(drawn[1], uuid);

  ids.edit_with(nullptr);
  EXPECT_EQ(ids.uuid(), plain.uuid());
  EXPECT_EQ(drawn.size(), 4U);
}

}  // namespace
}  // namespace cloudchamber::mock
