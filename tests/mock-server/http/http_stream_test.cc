// Bodies that are handed on while they come. Each test takes turns with the server, so that neither
// side could have waited for the whole.
#include "mock-server/http/http_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/mock-server/http/raw_client.h"
#include "tests/mock-server/http/served.h"

namespace cloudchamber::mock {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::RawResponse;
using testing::Served;

using StreamHandler = std::function<std::optional<HttpResponse>(HttpStream& client)>;

HttpServer::Callbacks streaming(StreamHandler handler) {
  return {.stream = std::move(handler), .fault = [](const HttpRequest&, HttpFault fault) {
            return HttpResponse{.status = 400, .body = std::to_string(static_cast<int>(fault))};
          }};
}

std::string read_some(HttpStream& client, std::size_t size = 1000) {
  std::string bytes(size, '\0');
  bytes.resize(client.read(bytes.data(), size));
  return bytes;
}

std::string read_all(HttpStream& client) {
  std::string all;
  for (std::string piece; !(piece = read_some(client, 3)).empty();) all += piece;
  return all;
}

// Says what it read, as soon as it did.
std::optional<HttpResponse> echo_as_it_comes(HttpStream& client) {
  client.begin({.headers = {{"X-Target", client.request().target}}});
  for (std::string piece; !(piece = read_some(client)).empty();) client.write("<" + piece + ">");
  return std::nullopt;
}

const std::string kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
const std::string kPut = "PUT / HTTP/1.1\r\nHost: h\r\n";
const std::string kChunked = kPut + "Transfer-Encoding: chunked\r\n\r\n";

TEST(HttpStream, AnswersWhileTheBodyStillComes) {
  Served served(streaming(echo_as_it_comes));
  RawClient client(served.port());
  client.send(kPut + "Content-Length: 6\r\n\r\nabc");
  EXPECT_THAT(client.receive_until("\r\n\r\n"), HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_EQ(client.receive_until(">"), "5\r\n<abc>");
  client.send("def");
  EXPECT_EQ(client.receive_until("0\r\n\r\n"), "\r\n5\r\n<def>\r\n0\r\n\r\n");
  // The connection goes on.
  client.send(kChunked + "2\r\ngh\r\n");
  client.receive_until("\r\n\r\n");
  EXPECT_EQ(client.receive_until(">"), "4\r\n<gh>");
  client.send("3;x=y\r\nijk\r\n");
  EXPECT_EQ(client.receive_until(">"), "\r\n5\r\n<ijk>");
  client.send("0\r\nX-Trailer: t\r\n\r\n" + kGet);
  EXPECT_EQ(client.receive_until("0\r\n\r\n"), "\r\n0\r\n\r\n");
  EXPECT_THAT(client.receive_until("0\r\n\r\n"), EndsWith("\r\n\r\n0\r\n\r\n"));
}

TEST(HttpStream, TellsTheSizeOfABodyWhereTheClientDid) {
  std::vector<std::optional<std::uint64_t>> sizes;
  Served served(streaming([&](HttpStream& client) {
    sizes.push_back(client.body_size());
    const std::string all = read_all(client);
    EXPECT_EQ(read_some(client), "");
    return HttpResponse{.body = all};
  }));
  RawClient client(served.port());
  EXPECT_EQ(client.exchange(kGet).body, "");
  EXPECT_EQ(client.exchange(kPut + "Content-Length: 7\r\n\r\n1234567").body, "1234567");
  EXPECT_EQ(client.exchange(kChunked + "7\r\n1234567\r\n1\r\n8\r\n0\r\n\r\n").body, "12345678");
  EXPECT_THAT(sizes, ::testing::ElementsAre(0U, 7U, std::nullopt));
}

TEST(HttpStream, SendsALengthWhereOneIsKnown) {
  Served served(streaming([](HttpStream& client) -> std::optional<HttpResponse> {
    client.begin({.status = 206, .headers = {{"Content-Length", "99"}}, .content_length = 6});
    client.write("abc");
    client.write("");
    client.write("def");
    return std::nullopt;
  }));
  RawClient client(served.port());
  for (int i = 0; i < 2; ++i) {
    const RawResponse got = client.exchange(kGet);
    EXPECT_EQ(got.status, 206);
    EXPECT_EQ(got.body, "abcdef");
  }
}

TEST(HttpStream, EndsWithTheConnectionForWhoKnowsOfNoChunks) {
  Served served(streaming(echo_as_it_comes));
  RawClient client(served.port());
  client.send("PUT / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_THAT(client.receive_until("\r\n\r\n"), Not(HasSubstr("chunked")));
  EXPECT_EQ(client.receive_until("<abc>"), "<abc>");
  EXPECT_TRUE(client.closed());
}

TEST(HttpStream, InvitesABodyWhenItIsFirstAskedFor) {
  Served served(streaming([](HttpStream& client) -> std::optional<HttpResponse> {
    if (client.request().target == "/refused") return HttpResponse{.status = 403, .body = "no"};
    return HttpResponse{.body = read_all(client)};
  }));
  const std::string waiting = "Host: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
  RawClient client(served.port());
  client.send("PUT / HTTP/1.1\r\n" + waiting);
  EXPECT_EQ(client.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  EXPECT_EQ(client.receive().body, "abc");
  client.send("PUT /refused HTTP/1.1\r\n" + waiting);
  const RawResponse refused = client.receive();
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.header("Connection"), "close");
  client.finish_sending();
  EXPECT_TRUE(client.closed());
}

TEST(HttpStream, TakesWhatIsLeftOfABodyThatNobodyWanted) {
  Served served(streaming([](HttpStream&) { return HttpResponse{.status = 404, .body = "none"}; }));
  RawClient client(served.port());
  const std::string body(3'000'000, 'x');
  const RawResponse got =
      client.exchange(kPut + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_EQ(got.status, 404);
  EXPECT_EQ(got.header("Connection"), "close");
}

TEST(HttpStream, AnswersABrokenBodyWithItsFault) {
  HttpServer::Callbacks callbacks =
      streaming([](HttpStream& client) { return HttpResponse{.body = read_all(client)}; });
  callbacks.body_limit = [](const HttpRequest&) { return std::uint64_t{10}; };
  Served served(std::move(callbacks), {.read_timeout = Milliseconds(200)});
  const std::vector<std::pair<std::string, HttpFault>> rows = {
      {kPut + "Content-Length: 11\r\n\r\n", HttpFault::kBodyTooLarge},
      {kChunked + "6\r\nabcdef\r\n5\r\n", HttpFault::kBodyTooLarge},
      {kChunked + "x\r\n", HttpFault::kMalformed},
      {kChunked + "1\r\nabc\r\n", HttpFault::kMalformed},
      {kPut + "Content-Length: 5\r\n\r\nabc", HttpFault::kTimeout}};
  for (const auto& [request, fault] : rows) {
    RawClient client(served.port());
    const RawResponse got = client.exchange(request);
    EXPECT_EQ(got.status, 400) << request;
    EXPECT_EQ(got.body, std::to_string(static_cast<int>(fault))) << request;
    EXPECT_EQ(got.header("Connection"), "close");
  }
  RawClient client(served.port());
  client.send(kPut + "Content-Length: 5\r\n\r\nabc");
  client.finish_sending();
  EXPECT_EQ(client.receive().body, std::to_string(static_cast<int>(HttpFault::kIncompleteBody)));
}

// Nobody may take an answer for whole that is not.
TEST(HttpStream, BreaksOffAnAnswerThatFailsHalfWay) {
  Served served(streaming([](HttpStream& client) -> std::optional<HttpResponse> {
    const std::string& target = client.request().target;
    const bool sized = target.starts_with("/sized");
    client.begin({.content_length = sized ? std::optional<std::size_t>(6) : std::nullopt});
    client.write("abc");
    if (target == "/sized/more") client.write("defg");
    if (target == "/throws") throw std::runtime_error("half-way");
    return std::nullopt;
  }));
  for (const char* target : {"/throws", "/sized/less", "/sized/more"}) {
    RawClient client(served.port());
    client.send(std::string("GET ") + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(client.receive_until("never"),
                EndsWith("abc" + std::string(target[1] == 't' ? "\r\n" : "")))
        << target;
    EXPECT_TRUE(client.closed());
  }
  EXPECT_EQ(RawClient(served.port()).exchange(kGet).status, 200);
}

TEST(HttpStream, TellsWhoWritesThatTheClientIsGone) {
  std::atomic<bool> told{false};
  {
    Served served(streaming([&](HttpStream& client) -> std::optional<HttpResponse> {
      client.begin({});
      try {
        while (true) client.write(std::string(100'000, 'x'));
      } catch (const HttpPeerGone&) {
        told = true;
        throw;
      }
    }));
    RawClient client(served.port());
    client.send(kGet);
    client.receive_until("xxx");
  }
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace cloudchamber::mock
