#include "sdk/codec/bytes.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace cloudchamber {
namespace {

TEST(Bytes, AreHeldAsBinaryValuesAndReadBack) {
  const std::string_view bytes("a\0\xff", 3);
  const Json value = binary(bytes);
  EXPECT_TRUE(value.is_binary());
  EXPECT_EQ(bytes_of(value), bytes);
  EXPECT_EQ(bytes_of(binary("")), "");
}

TEST(Bytes, OfAStringAreItsOwnAndOfAnythingElseNone) {
  EXPECT_EQ(bytes_of(Json("text")), "text");
  for (const Json& value : {Json(), Json(1), Json::array({"a"}), Json::object()})
    EXPECT_EQ(bytes_of(value), "");
}

}  // namespace
}  // namespace cloudchamber
