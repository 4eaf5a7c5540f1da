#include "sdk/sign/aws_chunked.h"

#include <gtest/gtest.h>

#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber {
namespace {

using Kind = AwsChunkedError::Kind;

const Credentials kExample{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};

// The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
HttpRequest example_request() {
  HttpRequest request{"PUT", "https", "s3.amazonaws.com", "/examplebucket/chunkObject.txt", {}, {}};
  request.headers.add("x-amz-storage-class", "REDUCED_REDUNDANCY");
  request.headers.add("Content-Encoding", "aws-chunked");
  request.headers.add("x-amz-decoded-content-length", "66560");
  return request;
}

Signature example_seed(HttpRequest& request, std::string_view payload) {
  SigningKeys keys;
  return sign(request, kExample, {"us-east-1", "s3"}, *parse_timestamp("20130524T000000Z"), keys,
              payload);
}

Kind kind_of(const std::string& framed, ChunkSigner* signer = nullptr, bool trailer = false) {
  try {
    static_cast<void>(decode_aws_chunked(Blob(framed), signer, trailer));
  } catch (const AwsChunkedError& error) {
    return error.kind();
  }
  ADD_FAILURE() << "was accepted: " << framed.substr(0, 80);
  return Kind::kIncomplete;
}

// The same bytes in pieces of `size`.
Blob cut(const std::string& bytes, std::size_t size) {
  Blob blob;
  for (std::size_t i = 0; i < bytes.size(); i += size) blob.append(bytes.substr(i, size));
  return blob;
}

TEST(AwsChunked, SignsTheChunksOfTheDocumentation) {
  HttpRequest request = example_request();
  request.headers.add("Content-Length", "66824");
  const Signature seed = example_seed(request, kStreamingPayload);
  EXPECT_EQ(seed.hex, "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
  ChunkSigner signer(seed);
  const std::string framed = encode_aws_chunked(Blob(std::string(66560, 'a')), &signer).to_string();
  EXPECT_EQ(framed.size(), 66824U);
  EXPECT_EQ(aws_chunked_size(66560, true), 66824U);
  EXPECT_EQ(
      framed,
      "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"
      "\r\n" +
          std::string(65536, 'a') +
          "\r\n"
          "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"
          "\r\n" +
          std::string(1024, 'a') +
          "\r\n"
          "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"
          "\r\n\r\n");
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
TEST(AwsChunked, SignsTheTrailerOfTheDocumentation) {
  HttpRequest request = example_request();
  request.headers.add("x-amz-trailer", "x-amz-checksum-crc32c");
  const Signature seed = example_seed(request, kStreamingPayloadTrailer);
  EXPECT_EQ(seed.hex, "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
  const Blob body(std::string(66560, 'a'));
  const Headers trailers{
      {"x-amz-checksum-crc32c", base64_encode(digest_of(Digest::kCrc32c, body))}};
  EXPECT_EQ(trailers.get("x-amz-checksum-crc32c"), "sOO8/Q==");
  ChunkSigner signer(seed);
  const Blob framed = encode_aws_chunked(body, &signer, trailers);
  EXPECT_EQ(framed.size(), aws_chunked_size(66560, true, trailers));
  const std::string text = framed.to_string();
  for (const char* signature :
       {"b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
        "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
        "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
        "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435"})
    EXPECT_NE(text.find(signature), std::string::npos) << signature;

  ChunkSigner verifier(seed);
  const Unchunked plain = decode_aws_chunked(framed, &verifier, true);
  EXPECT_EQ(plain.body, body);
  EXPECT_EQ(plain.trailers.size(), 1U);
  EXPECT_EQ(plain.trailers.get("x-amz-checksum-crc32c"), "sOO8/Q==");
}

TEST(AwsChunked, RoundTripsEverySizeHoweverTheWireCutsIt) {
  HttpRequest request = example_request();
  const Signature seed = example_seed(request, kStreamingPayload);
  for (const std::size_t size : {0U, 1U, 8191U, 8192U, 8193U, 16384U, 40000U}) {
    const std::string body(size, 'x');
    ChunkSigner signer(seed);
    const std::string framed = encode_aws_chunked(Blob(body), &signer, {}, 8192).to_string();
    EXPECT_EQ(framed.size(), aws_chunked_size(size, true, {}, 8192));
    for (const std::size_t step : {1U, 2U, 3U, 100U, 8192U, 100'000U}) {
      if (step < 3 && size > 9000) continue;
      ChunkSigner verifier(seed);
      EXPECT_EQ(decode_aws_chunked(cut(framed, step), &verifier).body, Blob(body));
    }
  }
}

TEST(AwsChunked, IsTakenOffABodyOfVeryManyPieces) {
  const std::string body(100'000, 'x');
  const std::string framed = encode_aws_chunked(Blob(body), nullptr, {}, 8192).to_string();
  EXPECT_EQ(decode_aws_chunked(cut(framed, 7), nullptr).body, Blob(body));
}

TEST(AwsChunked, CopiesNoByteOfTheBody) {
  const Blob body(std::string(1 << 20, 'x'));
  const Blob framed = encode_aws_chunked(body, nullptr, {{"x-amz-checksum-crc32", "AAAAAA=="}});
  EXPECT_EQ(framed.piece(1).data(), body.piece(0).data());
  const Unchunked plain = decode_aws_chunked(framed, nullptr);
  EXPECT_EQ(plain.body.piece(0).data(), body.piece(0).data());
  EXPECT_EQ(plain.trailers.get("x-amz-checksum-crc32"), "AAAAAA==");
}

TEST(AwsChunked, UnsignedFramingIsTakenInTheFormsThatClientsSend) {
  EXPECT_EQ(decode_aws_chunked(Blob("3\r\nabc\r\n0\r\n\r\n"), nullptr).body, Blob("abc"));
  EXPECT_EQ(decode_aws_chunked(Blob("3\r\nabc\r\n0\r\n"), nullptr).body, Blob("abc"));
  EXPECT_EQ(decode_aws_chunked(Blob("3;chunk-signature=ff\r\nabc\r\n0;chunk-signature=00\r\n\r\n"),
                               nullptr)
                .body,
            Blob("abc"));
  const auto trailer = decode_aws_chunked(
      Blob("0\r\nX-Amz-Checksum-SHA256: \t abc= \r\nx-amz-meta:\r\n\r\n"), nullptr);
  EXPECT_EQ(trailer.trailers.get("x-amz-checksum-sha256"), "abc=");
  EXPECT_EQ(trailer.trailers.size(), 2U);
  EXPECT_EQ(decode_aws_chunked(Blob("0\r\n\r\na:b\r\n"), nullptr).trailers.get("a"), "b");
}

TEST(AwsChunked, RefusesWhatIsNotFramed) {
  for (const char* framed :
       {"", "hello", "\r\n", "3\r\nabc\r\n", "3\r\nab", "3\r\nabcd\r\n0\r\n\r\n", "-1\r\n", "g\r\n",
        " 3\r\nabc\r\n0\r\n", "ffffffffffffffffff\r\n", "ffffffffffffffff\r\nabc",
        "3x\r\nabc\r\n0\r\n"})
    EXPECT_EQ(kind_of(framed), Kind::kIncomplete) << framed;
  EXPECT_EQ(kind_of(std::string(1 << 20, '0')), Kind::kIncomplete);
  for (const char* framed : {"0\r\nnonsense\r\n\r\n", "0\r\n:x\r\n\r\n", "0\r\na:b\r\n\r\nmore"})
    EXPECT_EQ(kind_of(framed), Kind::kMalformedTrailer) << framed;
  std::string many = "0\r\n";
  for (int i = 0; i < 33; ++i) many += "a:b\r\n";
  EXPECT_EQ(kind_of(many), Kind::kMalformedTrailer);
}

TEST(AwsChunked, AllowsOnlyTheLastChunkToBeSmall) {
  const auto framed = [](std::size_t first) {
    const std::string chunk(first, 'a');
    char size[20];
    std::snprintf(size, sizeof size, "%zx", first);
    return std::string(size) + "\r\n" + chunk + "\r\n1\r\nb\r\n0\r\n\r\n";
  };
  EXPECT_EQ(decode_aws_chunked(Blob(framed(8192)), nullptr).body.size(), 8193U);
  try {
    static_cast<void>(decode_aws_chunked(Blob(framed(8191)), nullptr));
    FAIL();
  } catch (const AwsChunkedError& error) {
    EXPECT_EQ(error.kind(), Kind::kChunkTooSmall);
    EXPECT_EQ(error.chunk(), 2U);
    EXPECT_EQ(error.chunk_size(), 8191U);
  }
}

TEST(AwsChunked, RefusesAnyChangeOfASignedBody) {
  HttpRequest request = example_request();
  const Signature seed = example_seed(request, kStreamingPayloadTrailer);
  ChunkSigner signer(seed);
  const std::string framed = encode_aws_chunked(Blob(std::string(9000, 'a')), &signer,
                                                {{"x-amz-checksum-crc32", "AAAA"}}, 8192)
                                 .to_string();
  const auto changed = [&](std::size_t at) {
    std::string text = framed;
    text[at] = text[at] == '0' ? '1' : '0';
    ChunkSigner verifier(seed);
    return kind_of(text, &verifier, true);
  };
  EXPECT_EQ(changed(framed.find("chunk-signature=") + 16), Kind::kBadSignature);
  EXPECT_EQ(changed(200), Kind::kBadSignature);  // data of the first chunk
  EXPECT_EQ(changed(framed.find("AAAA") + 1), Kind::kBadSignature);
  EXPECT_EQ(changed(framed.size() - 10), Kind::kBadSignature);  // the trailer's signature
  // Without its signatures it is refused too.
  ChunkSigner verifier(seed);
  EXPECT_EQ(kind_of("1\r\na\r\n0\r\n\r\n", &verifier), Kind::kBadSignature);
}

}  // namespace
}  // namespace cloudchamber
