#include "mock-server/http/http_server.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/mock-server/http/raw_client.h"
#include "tests/mock-server/http/served.h"

namespace cloudchamber::mock {
namespace {

using testing::echo;
using testing::RawClient;
using testing::RawResponse;
using testing::Served;

std::string put(const std::string& body, const std::string& headers = "") {
  return "PUT /b/k HTTP/1.1\r\nHost: h\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
const std::string kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

// The traps of cpp-httplib, one test each.

TEST(HttpServer, LeavesACompressedBodyCompressed) {
  Served served;
  const std::string gzip(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x03\x00\x00\x00\x00\x00\x00"
      "\x00\x00\x00",
      20);
  const RawResponse got =
      RawClient(served.port()).exchange(put(gzip, "Content-Encoding: gzip\r\n"));
  EXPECT_EQ(got.body, gzip);
  EXPECT_EQ(got.header("Got-Content-Encoding"), "gzip");
}

TEST(HttpServer, SendsTheBytesOfTheHandlerWhateverTheClientAccepts) {
  Served served;
  const std::string text(5000, 'a');
  const RawResponse got =
      RawClient(served.port()).exchange(put(text, "Accept-Encoding: gzip, br\r\n"));
  EXPECT_EQ(got.body, text);
  EXPECT_EQ(got.header("Content-Encoding"), "");
  EXPECT_EQ(got.header("Got-Accept-Encoding"), "gzip, br");
}

TEST(HttpServer, LeavesRangesToTheHandler) {
  Served served;
  const RawResponse got =
      RawClient(served.port()).exchange(put("0123456789", "Range: bytes=2-4\r\n"));
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "0123456789");
  EXPECT_EQ(got.header("Got-Range"), "bytes=2-4");
}

TEST(HttpServer, TakesFormBodiesOfAnySize) {
  Served served;
  const std::string form = "TemplateBody=" + std::string(1'000'000, 'x');
  const RawResponse got =
      RawClient(served.port())
          .exchange(put(form, "Content-Type: application/x-www-form-urlencoded\r\n"));
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body.size(), form.size());
}

TEST(HttpServer, LetsABurstOfClientsConnectBeforeItAcceptsThem) {
  HttpServer server({.handle = echo}, {});  // listens, but does not accept yet
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 100; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    ASSERT_TRUE(clients.back()->connected());
    clients.back()->send(kGet);
  }
  server.start();
  for (const auto& client : clients) EXPECT_EQ(client->receive().status, 200);
}

TEST(HttpServer, AnswersMoreClientsThanStartedWithThreads) {
  Served served;
  std::vector<std::unique_ptr<RawClient>> kept_alive;
  for (int i = 0; i < 40; ++i) {
    kept_alive.push_back(std::make_unique<RawClient>(served.port()));
    EXPECT_EQ(kept_alive.back()->exchange(kGet).status, 200);
  }
  for (const auto& client : kept_alive) EXPECT_EQ(client->exchange(kGet).status, 200);
}

TEST(HttpServer, TakesHeadersUpToItsLimitAndRefusesLargerOnesWithABody) {
  Served served;
  const std::string long_header = "X-Long: " + std::string(12'000, 'x') + "\r\n";
  EXPECT_EQ(RawClient(served.port()).exchange(put("a", long_header)).header("Got-X-Long").size(),
            12'000U);
  const RawResponse refused =
      RawClient(served.port()).exchange(put("a", long_header + long_header));
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body, "");
  const RawResponse long_line =
      RawClient(served.port())
          .exchange("GET /" + std::string(17'000, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(long_line.status, 400);
  EXPECT_NE(long_line.body, "");
}

TEST(HttpServer, HandsOnTheTargetUndecoded) {
  Served served;
  const RawResponse got =
      RawClient(served.port()).exchange("GET /b/%2F+%20//..?a=%26 HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(got.header("X-Target"), "/b/%2F+%20//..?a=%26");
}

TEST(HttpServer, IsAddressedAsAProxy) {
  Served served;
  const RawResponse got =
      RawClient(served.port())
          .exchange("GET http://sqs.us-east-1.amazonaws.com/x HTTP/1.1\r\nHost: proxy\r\n\r\n");
  EXPECT_EQ(got.header("X-Host"), "sqs.us-east-1.amazonaws.com");
  EXPECT_EQ(got.header("X-Target"), "/x");
}

TEST(HttpServer, KeepsAConnectionForAsManyRequestsAsTheClientLikes) {
  Served served;
  RawClient client(served.port());
  for (int i = 0; i < 200; ++i) ASSERT_EQ(client.exchange(kGet).status, 200) << i;
}

// With Nagle's algorithm on, an answer of several packets would wait 40 ms for the client's delayed
// ACK.
TEST(HttpServer, SendsWithoutDelay) {
  std::promise<void> answering, go_on;
  Served served([&](const HttpRequest& request) {
    answering.set_value();
    go_on.get_future().wait();
    return echo(request);
  });
  RawClient client(served.port());
  client.send(kGet);
  answering.get_future().wait();
  EXPECT_EQ(client.option_of_peer(IPPROTO_TCP, TCP_NODELAY), 1);
  go_on.set_value();
  EXPECT_EQ(client.receive().status, 200);
}

// httplib sets SO_REUSEPORT, with which both would be served at random.
TEST(HttpServer, DoesNotShareAPortWithAnotherServer) {
  Served served;
  try {
    const HttpServer second({.handle = echo}, {.port = served.port()});
    FAIL() << "a second server on the same port";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("127.0.0.1:" + std::to_string(served.port())),
              std::string::npos);
    EXPECT_NE(std::string(error.what()).find("in use"), std::string::npos) << error.what();
  }
}

// Bodies.

TEST(HttpServer, ReadsChunkedBodies) {
  Served served;
  RawClient client(served.port());
  const RawResponse got = client.exchange(
      "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3;x=y\r\nabc\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nTrailer: t\r\n\r\n");
  EXPECT_EQ(got.body, "abcabcdefghijklmnopqrstuvwxyz");
  EXPECT_EQ(client.exchange(kGet).status, 200);
}

TEST(HttpServer, CarriesLargeBodiesInPieces) {
  std::atomic<std::size_t> largest_piece{0};
  Served served([&](const HttpRequest& request) {
    for (std::size_t i = 0; i < request.body.piece_count(); ++i)
      largest_piece = std::max<std::size_t>(largest_piece, request.body.piece(i).size());
    return echo(request);
  });
  std::string body(20'000'001, '\0');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 7919 >> 8);
  RawClient client(served.port());
  EXPECT_EQ(client.exchange(put(body)).body, body);
  EXPECT_EQ(largest_piece, 1024U * 1024U);
}

TEST(HttpServer, SendsBodiesHoweverTheyAreCut) {
  Blob body;
  std::string expected;
  for (const std::size_t size : {1, 100'000, 16'384, 16'385, 1, 5, 2'000'000, 300'000, 7}) {
    expected.append(size, static_cast<char>('a' + expected.size() % 26));
    body.append(expected.substr(expected.size() - size));
  }
  for (int i = 0; i < 5000; ++i) {
    expected += std::to_string(i);
    body.append(std::to_string(i));
  }
  Served served([&](const HttpRequest&) {
    HttpResponse response;
    response.body = body;
    return response;
  });
  RawClient client(served.port());
  EXPECT_EQ(client.exchange(kGet).body, expected);
  EXPECT_EQ(client.exchange(kGet).body, expected);
}

TEST(HttpServer, AnswersHeadWithALengthAndNoBody) {
  Served served([](const HttpRequest& request) {
    HttpResponse response;
    if (request.target == "/stated") response.content_length = 12345;
    if (request.target == "/body") response.body = "abc";
    return response;
  });
  RawClient client(served.port());
  for (const auto& [target, length] :
       std::vector<std::pair<std::string, std::string>>{{"/stated", "12345"}, {"/body", "3"}}) {
    client.send("HEAD " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(client.receive(true).header("Content-Length"), length);
  }
}

TEST(HttpServer, SendsNeitherBodyNorLengthWhereTheStatusHasNone) {
  Served served([](const HttpRequest& request) {
    HttpResponse response;
    response.status = request.target == "/204" ? 204 : 304;
    response.body = "must not be sent";
    return response;
  });
  RawClient client(served.port());
  for (const std::string target : {"/204", "/304"}) {
    const RawResponse got = client.exchange("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ("/" + std::to_string(got.status), target);
    EXPECT_EQ(got.header("Content-Length"), "");
  }
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
  Served served;
  RawClient client(served.port());
  std::string requests;
  for (int i = 0; i < 100; ++i)
    requests +=
        "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab";
  client.send(requests);
  for (int i = 0; i < 100; ++i) {
    const RawResponse got = client.receive();
    ASSERT_EQ(got.header("X-Target"), "/" + std::to_string(i));
    ASSERT_EQ(got.body, "ab");
  }
}

TEST(HttpServer, ClosesWhenTheClientSaysSoAndForHttp10) {
  Served served;
  RawClient client(served.port());
  const RawResponse got = client.exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(got.header("Connection"), "close");
  EXPECT_TRUE(client.closed());
  RawClient old(served.port());
  EXPECT_EQ(old.exchange("GET / HTTP/1.0\r\n\r\n").status, 200);
  EXPECT_TRUE(old.closed());
  RawClient kept(served.port());
  EXPECT_EQ(kept.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("Connection"),
            "keep-alive");
  EXPECT_EQ(kept.exchange(kGet).status, 200);
}

// Expect: 100-continue.

TEST(HttpServer, InvitesTheBodyThatAClientHoldsBack) {
  Served served;
  RawClient client(served.port());
  client.send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  const RawResponse got = client.exchange("abc");
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "abc");
}

TEST(HttpServer, InvitesNobodyWhoHasSentTheBodyOrSpeaksHttp10) {
  Served served;
  for (const std::string line : {"PUT / HTTP/1.1\r\nHost: h\r\n", "PUT / HTTP/1.0\r\n"}) {
    RawClient client(served.port());
    const RawResponse got =
        client.exchange(line + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc");
    EXPECT_EQ(got.status, 200) << line;
    EXPECT_EQ(got.body, "abc");
  }
}

// Read as chunked, as RFC 9112 says, and never again: what comes behind it may be smuggled.
TEST(HttpServer, EndsAConnectionOnWhichTwoLengthsWereStated) {
  Served served;
  RawClient client(served.port());
  const RawResponse got = client.exchange(
      "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(got.body, "hello");
  EXPECT_EQ(got.header("Connection"), "close");
  EXPECT_TRUE(client.closed());
}

TEST(HttpServer, RefusesInPlaceOfInvitingTheBody) {
  std::atomic<int> handled{0};
  Served served(
      HttpServer::Callbacks{.handle =
                                [&](const HttpRequest& request) {
                                  ++handled;
                                  return echo(request);
                                },
                            .refusal = [](const HttpRequest& head) -> std::optional<HttpResponse> {
                              if (head.target != "/private") return std::nullopt;
                              HttpResponse response;
                              response.status = 403;
                              response.body = "no";
                              return response;
                            }});
  RawClient client(served.port());
  client.send(
      "PUT /private HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.receive().status, 403);
  EXPECT_EQ(handled, 0);
}

// What strangers send.

TEST(HttpServer, AnswersEveryBrokenRequestWithItsFault) {
  const auto fault = [](const HttpRequest& head, HttpFault what) {
    HttpResponse response;
    response.status = 400;
    response.headers.add("X-Method", head.method);
    response.body = std::to_string(static_cast<int>(what));
    return response;
  };
  HttpServer::Callbacks callbacks{
      .handle = [](const HttpRequest& request) -> HttpResponse {
        if (request.target == "/throw") throw std::logic_error("a handler's fault");
        return echo(request);
      },
      .body_limit = [](const HttpRequest&) { return std::uint64_t{100}; },
      .fault = fault};
  Served served(std::move(callbacks), {.read_timeout = Milliseconds(200)});
  struct Row {
    std::string request;
    HttpFault expected;
  };
  const std::string chunked = "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::vector<Row> rows = {
      {"nonsense\r\n\r\n", HttpFault::kMalformed},
      {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n", 13), HttpFault::kMalformed},
      {"PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: abc\r\n\r\n", HttpFault::kMalformed},
      {"PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n", HttpFault::kBodyTooLarge},
      {chunked + "65\r\n", HttpFault::kBodyTooLarge},
      {chunked + "ffffffffffffffff\r\n", HttpFault::kBodyTooLarge},
      {chunked + "5\r\nabcdefgh\r\n0\r\n\r\n", HttpFault::kMalformed},
      {chunked + "xyz\r\n", HttpFault::kMalformed},
      {chunked + std::string(5000, '1'), HttpFault::kMalformed},
      {"PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n",
       HttpFault::kUnsupportedEncoding},
      {"GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x'), HttpFault::kHeadTooLarge},
      {"GET /throw HTTP/1.1\r\nHost: h\r\n\r\n", HttpFault::kInternal},
      // The peer stays silent.
      {"PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nabc", HttpFault::kTimeout},
      {chunked + "5\r\nab", HttpFault::kTimeout},
      {"GET / HTTP/1.1\r\nHos", HttpFault::kTimeout},
  };
  for (const Row& row : rows) {
    RawClient client(served.port());
    const RawResponse got = client.exchange(row.request);
    EXPECT_EQ(got.status, 400) << row.request;
    EXPECT_EQ(got.body, std::to_string(static_cast<int>(row.expected))) << row.request;
    EXPECT_EQ(got.header("Connection"), "close");
  }
  // The peer has no more to say.
  for (const std::string& request :
       {put("abc").substr(0, put("abc").size() - 1), chunked + "5\r\nab"}) {
    RawClient client(served.port());
    client.send(request);
    client.finish_sending();
    EXPECT_EQ(client.receive().body, std::to_string(static_cast<int>(HttpFault::kIncompleteBody)));
  }
  EXPECT_EQ(RawClient(served.port()).exchange(kGet).status, 200);
}

// A client that sends it all before it reads must still get the answer, not a reset.
TEST(HttpServer, LetsTheClientFinishSendingABodyThatIsTooLarge) {
  Served served(HttpServer::Callbacks{
      .handle = echo, .body_limit = [](const HttpRequest&) { return std::uint64_t{1000}; }});
  RawClient client(served.port());
  const RawResponse got = client.exchange(put(std::string(30'000'000, 'x')));
  EXPECT_EQ(got.status, 413);
}

// Stopping.

TEST(HttpServer, StopsWithIdleConnectionsOpen) {
  auto served = std::make_unique<Served>();
  RawClient client(served->port());
  EXPECT_EQ(client.exchange(kGet).status, 200);
  const int port = served->port();
  served.reset();
  EXPECT_TRUE(client.closed());
  EXPECT_FALSE(RawClient(port).connected());
}

TEST(HttpServer, LetsTheRequestAtHandFinishWhenItIsStopped) {
  std::promise<void> begun, go_on;
  Served served([&](const HttpRequest& request) {
    begun.set_value();
    go_on.get_future().wait();
    return echo(request);
  });
  RawClient client(served.port());
  client.send(kGet);
  begun.get_future().wait();
  std::thread stopper([&] { served->stop(); });
  go_on.set_value();
  EXPECT_EQ(client.receive().status, 200);
  stopper.join();
  EXPECT_EQ(served->connection_count(), 0U);
}

TEST(HttpServer, StopsThoughAClientDoesNotReadItsAnswer) {
  Served served([](const HttpRequest&) {
    HttpResponse response;
    Blob piece(std::string(1'000'000, 'x'));
    for (int i = 0; i < 200; ++i) response.body.append(piece);
    return response;
  });
  RawClient client(served.port());
  client.send(kGet);
  while (served->connection_count() == 0) std::this_thread::yield();
  served->stop();
  EXPECT_EQ(served->connection_count(), 0U);
}

TEST(HttpServer, MayBeStoppedWithoutHavingStarted) {
  HttpServer server({.handle = echo}, {});
  EXPECT_GT(server.port(), 0);
}

}  // namespace
}  // namespace cloudchamber::mock
