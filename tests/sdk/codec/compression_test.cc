#include "sdk/codec/compression.h"

#include <gtest/gtest.h>

#include <string>

namespace cloudchamber {
namespace {

std::string text_of(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; text.size() < size; ++i) text += std::to_string(i * 7919) + " ";
  text.resize(size);
  return text;
}

TEST(Compression, UnpacksWhatItPacked) {
  for (const Coding coding : {Coding::kGzip, Coding::kDeflate}) {
    for (const std::size_t size : {0, 1, 100, 65536, 65537, 300'000}) {
      const std::string text = text_of(size);
      const std::string packed = compress(coding, text);
      const Decompressed got = decompress(coding, packed, size);
      EXPECT_EQ(got.outcome, Decompressed::kDone);
      EXPECT_EQ(got.bytes, text);
    }
  }
}

TEST(Compression, TakesABlobOfManyPieces) {
  const std::string text = text_of(200'000);
  Blob pieces;
  for (std::size_t at = 0; at < text.size(); at += 1009) pieces.append(text.substr(at, 1009));
  const std::string packed = compress(Coding::kGzip, pieces);
  Blob bytes;
  for (const char c : packed) bytes.append(std::string(1, c));
  EXPECT_EQ(decompress(Coding::kGzip, bytes, text.size()).bytes, text);
}

TEST(Compression, StopsAtTheLimit) {
  const std::string text = text_of(100'000);
  const std::string packed = compress(Coding::kGzip, text);
  EXPECT_EQ(decompress(Coding::kGzip, packed, 100'000).outcome, Decompressed::kDone);
  const Decompressed refused = decompress(Coding::kGzip, packed, 99'999);
  EXPECT_EQ(refused.outcome, Decompressed::kTooLarge);
  EXPECT_EQ(refused.bytes, "");
  // A gigabyte of zeros in a megabyte.
  EXPECT_EQ(decompress(Coding::kGzip, compress(Coding::kGzip, std::string(50'000'000, '\0')), 1000)
                .outcome,
            Decompressed::kTooLarge);
}

TEST(Compression, RefusesWhatIsBroken) {
  const std::string packed = compress(Coding::kGzip, "some text");
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_EQ(decompress(Coding::kGzip, packed.substr(0, size), 1000).outcome,
              Decompressed::kBroken)
        << size;
  EXPECT_EQ(decompress(Coding::kGzip, "{\"not\": \"gzip\"}", 1000).outcome, Decompressed::kBroken);
  EXPECT_EQ(decompress(Coding::kDeflate, "", 1000).outcome, Decompressed::kBroken);
  EXPECT_EQ(decompress(Coding::kDeflate, packed, 1000).outcome, Decompressed::kBroken);
}

// RFC 1952 allows the first; DynamoDB accepts the second.
TEST(Compression, JoinsMembersAndPassesOverWhatFollowsThem) {
  const std::string two = compress(Coding::kGzip, "one ") + compress(Coding::kGzip, "two");
  EXPECT_EQ(decompress(Coding::kGzip, two, 100).bytes, "one two");
  EXPECT_EQ(decompress(Coding::kGzip, two + "junk", 100).bytes, "one two");
  EXPECT_EQ(decompress(Coding::kDeflate, compress(Coding::kDeflate, "one") + "junk", 100).bytes,
            "one");
}

}  // namespace
}  // namespace cloudchamber
