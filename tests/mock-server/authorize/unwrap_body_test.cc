#include "mock-server/authorize/unwrap_body.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mock-server/authorize/request_signatures.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock {
namespace {

const TimePoint kNow = *parse_timestamp("20150830T123600Z");
const Credentials kFred{"AKIAFRED", "fred's secret"};

// A streaming upload as a client sends it.
HttpRequest upload(const std::string& body, std::string_view payload,
                   const Headers& trailers = {}) {
  HttpRequest request{"PUT", "http", "127.0.0.1:4566", "/bucket/key", {}, {}};
  request.headers.add("Content-Encoding", "gzip, aws-chunked");
  request.headers.add("X-Amz-Decoded-Content-Length", std::to_string(body.size()));
  if (!trailers.empty()) request.headers.add("X-Amz-Trailer", trailers.begin()->first);
  SigningKeys keys;
  const Signature seed = sign(request, kFred, {"us-east-1", "s3"}, kNow, keys, payload);
  ChunkSigner signer(seed);
  const bool is_signed = payload != kStreamingUnsignedTrailer;
  request.body = encode_aws_chunked(Blob(body), is_signed ? &signer : nullptr, trailers, 8192);
  return request;
}

std::optional<ChunkSigner> chunks_of(const HttpRequest& request) {
  KnownCredentials known;
  known.by_access_key_id.put("AKIAFRED",
                             {"fred's secret", "", "111111111111", "arn:fred", "AIDAFRED", {}});
  return RequestSignatures()
      .check({.request = request, .service = *find_model("s3"), .known = known, .now = kNow})
      .chunks;
}

std::string refusal(HttpRequest request) {
  try {
    unwrap_body(request, chunks_of(request));
    return "accepted";
  } catch (const AwsError& error) {
    return error.code() + " " + std::to_string(error.status()) + ": " + error.message();
  }
}

// As Go's clients send it.
TEST(UnwrapBody, TakesItsNameOffAHeaderThatIsSentTwice) {
  HttpRequest request = upload("hello", kStreamingUnsignedTrailer, {{"x-amz-checksum-crc32", "c"}});
  request.headers.erase("Content-Encoding");
  request.headers.add("Content-Encoding", "aws-chunked");
  request.headers.add("Content-Encoding", "gzip");
  unwrap_body(request, std::nullopt);
  EXPECT_EQ(request.headers.get("Content-Encoding"), "gzip");
  EXPECT_TRUE(request.body == Blob("hello"));
}

TEST(UnwrapBody, LeavesAPlainBodyAsItIs) {
  HttpRequest request{"PUT", "http", "h", "/", {{"Content-Encoding", "gzip"}}, "0\r\n\r\n"};
  unwrap_body(request, {});
  request.headers.add("X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD");
  unwrap_body(request, {});
  EXPECT_EQ(request.body, Blob("0\r\n\r\n"));
  EXPECT_EQ(request.headers.get("content-encoding"), "gzip");
}

TEST(UnwrapBody, GivesTheBodyAndTheTrailersAsHeaders) {
  const std::string body(20'000, 'x');
  const Headers crc{{"x-amz-checksum-crc32", "AAAAAA=="}};
  for (HttpRequest request :
       {upload(body, kStreamingPayload), upload(body, kStreamingPayloadTrailer, crc),
        upload(body, kStreamingUnsignedTrailer, crc), upload("", kStreamingUnsignedTrailer, crc)}) {
    const auto chunks = chunks_of(request);
    EXPECT_EQ(chunks.has_value(),
              request.headers.get("x-amz-content-sha256") != kStreamingUnsignedTrailer);
    const bool with_trailer = request.headers.contains("x-amz-trailer");
    unwrap_body(request, chunks);
    EXPECT_EQ(std::to_string(request.body.size()),
              request.headers.get("x-amz-decoded-content-length"));
    EXPECT_EQ(request.headers.get("content-encoding"), "gzip");
    EXPECT_EQ(request.headers.get("x-amz-checksum-crc32"), with_trailer ? "AAAAAA==" : "");
  }
}

TEST(UnwrapBody, TakesTheSignaturesOfAnUnknownKeyAsTheyAre) {
  HttpRequest request = upload("body", kStreamingPayload);
  const std::string framed = request.body.to_string();
  request.body = framed.substr(0, 20) + "0" + framed.substr(21);
  unwrap_body(request, {});
  EXPECT_EQ(request.body, Blob("body"));
}

TEST(UnwrapBody, RefusesWhatS3Refuses) {
  const std::string body(20'000, 'x');
  const Headers crc{{"x-amz-checksum-crc32", "AAAAAA=="}};
  const auto changed = [&](auto change) {
    HttpRequest request = upload(body, kStreamingPayloadTrailer, crc);
    std::string framed = request.body.to_string();
    change(framed);
    request.body = framed;
    return refusal(request);
  };
  const char kIncomplete[] = "IncompleteBody 400: The request body terminated unexpectedly";
  const char kDiffers[] =
      "SignatureDoesNotMatch 403: The request signature we calculated does not match the signature "
      "you provided. Check your key and signing method.";
  const char kTrailer[] =
      "MalformedTrailerError 400: The request contained trailing data that was not well-formed or "
      "did not conform to our published schema.";
  EXPECT_EQ(changed([](std::string&) {}), "accepted");
  EXPECT_EQ(changed([](std::string& framed) { framed.resize(1000); }), kIncomplete);
  EXPECT_EQ(changed([](std::string& framed) { framed[500] = 'y'; }), kDiffers);
  EXPECT_EQ(
      changed([](std::string& framed) { framed.replace(framed.find("AAAAAA=="), 8, "BAAAAA=="); }),
      kDiffers);
  EXPECT_EQ(changed([](std::string& framed) { framed += "more"; }), kTrailer);

  HttpRequest longer = upload(body, kStreamingUnsignedTrailer, crc);
  longer.headers.set("X-Amz-Decoded-Content-Length", "20001");
  const auto unwrapped = [](HttpRequest request) {
    try {
      unwrap_body(request, {});
      return std::string("accepted");
    } catch (const AwsError& error) {
      return error.code() + " " + std::to_string(error.status()) + ": " + error.message();
    }
  };
  EXPECT_EQ(unwrapped(longer), kIncomplete);
  for (const char* length : {"", "-1", "1x"}) {
    longer.headers.set("X-Amz-Decoded-Content-Length", length);
    EXPECT_EQ(unwrapped(longer),
              "MissingContentLength 411: You must provide the Content-Length HTTP header.");
  }
  HttpRequest other = upload(body, kStreamingUnsignedTrailer, crc);
  other.headers.set("X-Amz-Trailer", "x-amz-checksum-sha256");
  EXPECT_EQ(unwrapped(other), kTrailer);
  other.headers.erase("X-Amz-Trailer");
  EXPECT_EQ(unwrapped(other), kTrailer);
  EXPECT_EQ(unwrapped(upload(body, kStreamingUnsignedTrailer, {{"x-amz-acl", "public-read"}})),
            "InvalidRequest 400: The value specified in the x-amz-trailer header is not supported");
}

TEST(UnwrapBody, RefusesSmallChunksAndNamesThem) {
  HttpRequest request = upload("", kStreamingUnsignedTrailer);
  request.headers.set("X-Amz-Decoded-Content-Length", "6");
  request.body = "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n";
  try {
    unwrap_body(request, {});
    FAIL();
  } catch (const AwsError& error) {
    EXPECT_EQ(error.code(), "InvalidChunkSizeError");
    EXPECT_EQ(error.status(), 400);
    EXPECT_EQ(error.message(),
              "Only the last chunk is allowed to have a size less than 8192 bytes");
    EXPECT_EQ(error.members()["Chunk"], 2);
    EXPECT_EQ(error.members()["BadChunkSize"], 3);
  }
}

}  // namespace
}  // namespace cloudchamber::mock
