#include "sdk/codec/base64.h"

#include <gtest/gtest.h>

namespace cloudchamber {
namespace {

struct Row {
  std::string bytes;
  std::string text;
};

TEST(Base64, WritesAndReadsTheVectorsOfRfc4648) {
  const Row rows[] = {{"", ""},
                      {"f", "Zg=="},
                      {"fo", "Zm8="},
                      {"foo", "Zm9v"},
                      {"foob", "Zm9vYg=="},
                      {"fooba", "Zm9vYmE="},
                      {"foobar", "Zm9vYmFy"},
                      {"\xff\xfe\xfb", "//77"}};
  for (const Row& row : rows) {
    EXPECT_EQ(base64_encode(row.bytes), row.text);
    EXPECT_EQ(base64_decode(row.text), row.bytes) << row.text;
  }
}

TEST(Base64, RoundTripsEveryByteAtEveryPlace) {
  for (int length = 1; length < 8; ++length)
    for (int byte = 0; byte < 256; ++byte) {
      const std::string bytes(static_cast<std::size_t>(length), static_cast<char>(byte));
      EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
    }
}

TEST(Base64, RefusesWhatIsNotBase64) {
  for (const char* text :
       {"Z", "Zg", "Zg=", "=", "==", "===", "====", "Z===", "Zg==Zg==", "Zm9v=", "Zm=v", "Zm9v\n",
        "Zm 9", "Zm-_", "Zh==", "Zm9=", "Zm9v\xff\xff\xff\xff"})
    EXPECT_EQ(base64_decode(text), std::nullopt) << text;
}

}  // namespace
}  // namespace cloudchamber
