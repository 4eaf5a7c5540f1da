#include "sdk/codec/digests.h"

#include <gtest/gtest.h>

#include "sdk/codec/crc.h"

namespace cloudchamber {
namespace {

TEST(Digests, MatchTheirPublishedVectors) {
  EXPECT_EQ(hex(md5("")), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(hex(md5("abc")), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(hex(sha1("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 4231 cases 1, 2 and 6, RFC 2202 cases 2 and 6: keys below and above a block.
TEST(Hmac, MatchesTheVectorsOfTheRfcs) {
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xaa'),
                            "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(hex(hmac_sha1("Jefe", "what do ya want for nothing?")),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(hex(hmac_sha1(std::string(80, '\xaa'),
                          "Test Using Larger Than Block-Size Key - Hash Key First")),
            "aa4ae5e15272d00e95705637ce8a3b55ed402112");
}

TEST(Checksums, MatchTheirCheckValues) {
  const Blob check("123456789");
  EXPECT_EQ(hex(digest_of(Digest::kCrc32, check)), "cbf43926");
  EXPECT_EQ(hex(digest_of(Digest::kCrc32c, check)), "e3069283");
  EXPECT_EQ(hex(digest_of(Digest::kCrc64Nvme, check)), "ae8b14860a799888");
  EXPECT_EQ(hex(digest_of(Digest::kCrc32, Blob())), "00000000");
  EXPECT_EQ(hex(digest_of(Digest::kCrc32c, Blob(std::string(32, '\0')))), "8a9136aa");
  EXPECT_EQ(hex(digest_of(Digest::kCrc32c, Blob(std::string(32, '\xff')))), "62a8ab43");
}

TEST(Hasher, GivesTheSameDigestHoweverTheBytesAreCut) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += static_cast<char>(i * 7 % 251);
  for (const Digest digest : {Digest::kMd5, Digest::kSha1, Digest::kSha256, Digest::kCrc32,
                              Digest::kCrc32c, Digest::kCrc64Nvme}) {
    const std::string whole = digest_of(digest, Blob(bytes));
    for (const std::size_t step : {1U, 3U, 7U, 8U, 9U, 64U, 999U}) {
      Hasher hasher(digest);
      Blob pieces;
      for (std::size_t i = 0; i < bytes.size(); i += step) {
        hasher.update(bytes.substr(i, step));
        pieces.append(bytes.substr(i, step));
      }
      EXPECT_EQ(hasher.finish(), whole);
      EXPECT_EQ(digest_of(digest, pieces), whole);
    }
  }
}

TEST(Hasher, OfNothingEqualsTheDigestOfAnEmptyBody) {
  EXPECT_EQ(Hasher(Digest::kSha256).finish(), sha256(""));
  Hasher moved(Digest::kMd5);
  moved.update("ab");
  Hasher other = std::move(moved);
  other.update("c");
  EXPECT_EQ(other.finish(), md5("abc"));
}

}  // namespace
}  // namespace cloudchamber
