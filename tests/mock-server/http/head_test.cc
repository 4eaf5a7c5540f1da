#include "mock-server/http/head.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cloudchamber::mock {
namespace {

TEST(Head, KeepsTheTargetAndTheHeadersAsTheyWereSent) {
  Head head;
  const std::string text =
      "GET /b%2Fc/d%20e?x=%2B&y HTTP/1.1\r\nHost: h:1\r\nB: 2\r\nA: 1\r\nb: 3 \r\n\r\n";
  ASSERT_EQ(parse_head(text, head), std::nullopt);
  EXPECT_EQ(head.request.method, "GET");
  EXPECT_EQ(head.request.target, "/b%2Fc/d%20e?x=%2B&y");
  EXPECT_EQ(head.request.host, "h:1");
  const std::vector<Headers::Field> fields(head.request.headers.begin(),
                                           head.request.headers.end());
  EXPECT_EQ(fields, (std::vector<Headers::Field>{{"B", "2"}, {"A", "1"}, {"b", "3"}}));
}

// How a recording proxy is addressed.
TEST(Head, TakesTheHostOfAProxyStyleRequestFromItsTarget) {
  struct Row {
    const char* target;
    const char* host;
    const char* path;
  };
  for (const Row& row : {Row{"http://sqs.us-east-1.amazonaws.com/1/q?a=b",
                             "sqs.us-east-1.amazonaws.com", "/1/q?a=b"},
                         Row{"HTTP://h:80", "h:80", "/"}, Row{"https://h?x", "h", "/?x"}}) {
    Head head;
    ASSERT_EQ(
        parse_head("POST " + std::string(row.target) + " HTTP/1.1\r\nHost: other\r\n\r\n", head),
        std::nullopt);
    EXPECT_EQ(head.request.host, row.host);
    EXPECT_EQ(head.request.target, row.path);
  }
}

TEST(Head, RefusesWhatIsNotHttp) {
  for (const char* text : {
           "GET\r\n\r\n",
           "GET /\r\n\r\n",
           "GET  HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
           "GET / HTTP/1.1 \r\nHost: h\r\n\r\n",
           "G@T / HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET x HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET /\x01 HTTP/1.1\r\nHost: h\r\n\r\n",
           "GET / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: h\r\nA : b\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n folded\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: h\r\n: b\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: h\r\nA: b\rc\r\n\r\n",
           "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: \r\n\r\n",
           "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
           "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\n",
           "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1x\r\n\r\n",
           "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n",
           "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
       }) {
    Head head;
    EXPECT_EQ(parse_head(text, head), HttpFault::kMalformed) << text;
  }
}

TEST(Head, KnowsHowTheBodyIsFramedAndWhetherTheConnectionStays) {
  Head head;
  ASSERT_EQ(parse_head("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 5\r\n"
                       "Connection: foo, Close\r\nExpect: 100-Continue\r\n\r\n",
                       head),
            std::nullopt);
  EXPECT_EQ(head.content_length, 5U);
  EXPECT_FALSE(head.keep_alive);
  EXPECT_TRUE(head.expects_continue);

  Head chunked;
  ASSERT_EQ(parse_head("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n", chunked),
            std::nullopt);
  EXPECT_TRUE(chunked.chunked);
  EXPECT_TRUE(chunked.keep_alive);

  Head old;
  ASSERT_EQ(parse_head("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", old), std::nullopt);
  EXPECT_TRUE(old.keep_alive);
  Head older;
  ASSERT_EQ(parse_head("GET / HTTP/1.0\r\n\r\n", older), std::nullopt);
  EXPECT_FALSE(older.keep_alive);

  Head packed;
  EXPECT_EQ(
      parse_head("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", packed),
      HttpFault::kUnsupportedEncoding);
}

// S3's own tests send such values, and expect an answer about access, not about HTTP.
TEST(Head, LetsControlCharactersInHeaderValuesPass) {
  Head head;
  ASSERT_EQ(parse_head("PUT / HTTP/1.1\r\nHost: h\r\nContent-MD5: \x07\r\n\r\n", head),
            std::nullopt);
  EXPECT_EQ(head.request.headers.get("content-md5"), "\x07");
}

TEST(Head, FindsItsEndWhereverTheBytesWereCut) {
  const std::string text = "GET / HTTP/1.1\r\nHost: h\r\n\r\nrest";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::size_t end = find_head_end(std::string_view(text).substr(0, size), 0);
    EXPECT_EQ(end, size < text.size() - 4 ? std::string::npos : text.size() - 4) << size;
  }
  EXPECT_EQ(find_head_end("a\n\nb", 0), 3U);
}

TEST(Head, ReadsChunkSizes) {
  EXPECT_EQ(parse_chunk_size("0"), 0U);
  EXPECT_EQ(parse_chunk_size("1aF"), 0x1afU);
  EXPECT_EQ(parse_chunk_size("5;name=value"), 5U);
  EXPECT_EQ(parse_chunk_size("5 "), 5U);
  for (const char* line : {"", ";", "x", "-1", "+1", "0x5", "5 5", "fffffffffffffffff"})
    EXPECT_EQ(parse_chunk_size(line), std::nullopt) << line;
}

// S3 lets a caller choose some of a response's headers.
TEST(Head, NeverLetsAValueForgeAHeader) {
  HttpResponse response;
  response.headers.add("Content-Type", "a\r\nSet-Cookie: b");
  response.headers.add("Content-Length", "99");
  std::string out;
  append_response_head(out, response, {.length = 3}, true, false);
  EXPECT_EQ(out, "HTTP/1.1 200 OK\r\nContent-Type: a  Set-Cookie: b\r\nContent-Length: 3\r\n\r\n");
}

}  // namespace
}  // namespace cloudchamber::mock
