#include "recordings/proxy/resign_chunks.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace cloudchamber::recordings {
namespace {

ChunkSigner signer_of(const std::string& who) {
  return ChunkSigner({.signing_key = who, .timestamp = "t", .scope = "s", .hex = "seed of " + who});
}

// `framed` as it comes through, read in pieces of `cut` bytes on both sides.
std::string resigned(const std::string& framed, std::size_t cut) {
  std::size_t at = 0;
  ResignedChunks chunks({.read =
                             [&](char* to, std::size_t size) {
                               const std::size_t got = framed.copy(to, std::min(size, cut),
                                                                   std::min(at, framed.size()));
                               at += got;
                               return got;
                             }},
                        signer_of("the real one"));
  std::string all;
  std::string piece(cut, '\0');
  while (const std::size_t got = chunks.read(piece.data(), piece.size())) all.append(piece, 0, got);
  return all;
}

std::string framed_by(const std::string& who, const std::string& body, const Headers& trailers) {
  ChunkSigner signer = signer_of(who);
  return encode_aws_chunked(body, &signer, trailers, 8192).to_string();
}

TEST(ResignedChunks, CarryTheSignaturesOfTheNewSigner) {
  for (const std::size_t size : {0UL, 1UL, 8191UL, 8192UL, 8193UL, 100'000UL}) {
    const std::string body(size, 'x');
    for (const Headers& trailers :
         {Headers{}, Headers{{"x-amz-checksum-crc32", "AAAAAA=="}, {"x-amz-other", "1"}}}) {
      const std::string framed = framed_by("the client", body, trailers);
      const std::string expected = framed_by("the real one", body, trailers);
      for (const std::size_t cut : {1UL, 7UL, 1000UL, 1'000'000UL})
        EXPECT_TRUE(resigned(framed, cut) == expected) << size << " in pieces of " << cut;
    }
  }
}

// Whoever it is for says what is wrong with it.
TEST(ResignedChunks, LeaveWhatIsNoChunkAsItIs) {
  const std::string good = framed_by("the client", std::string(9000, 'x'), {});
  for (const std::string& framed :
       {std::string(""), std::string("no chunk"), std::string("no chunk\r\n at all"),
        std::string("5\r\nabcde\r\n0\r\n\r\n"), std::string("5;chunk-signature=short\r\nabcde\r\n"),
        std::string(10'000, '1'), good.substr(0, 100), std::string("0;chunk-signature=\r\nx\r\n")})
    EXPECT_EQ(resigned(framed, 50), framed);
  const std::string cut_short = resigned(good.substr(0, good.size() - 90), 1000);
  EXPECT_EQ(cut_short.size(), good.size() - 90);
}

TEST(ResignedChunks, AreNotHeldInMemoryBeyondReason) {
  const std::string framed = "1000001;chunk-signature=" + std::string(64, '0') + "\r\nabc";
  EXPECT_THROW(resigned(framed, 1000), std::runtime_error);
}

}  // namespace
}  // namespace cloudchamber::recordings
