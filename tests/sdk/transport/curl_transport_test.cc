#include "cloudchamber/curl_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "cloudchamber/errors.h"
#include "tests/sdk/transport/raw_server.h"

namespace cloudchamber {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string ok(const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

// Tests must not depend on the proxy that the machine uses.
std::shared_ptr<Transport> transport() {
  CurlOptions options;
  options.proxies = {{"http", ""}};
  return make_curl_transport(options);
}

HttpRequest request_to(const RawServer& server, std::string method, std::string target = "/") {
  HttpRequest request;
  request.method = std::move(method);
  request.scheme = "http";
  request.host = server.host();
  request.target = std::move(target);
  return request;
}

template <class Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const ConnectionError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(CurlTransport, SendsExactlyWhatTheRequestSays) {
  const RawServer server([](const std::string&) { return ok("fine"); });
  HttpRequest request = request_to(server, "POST", "/a%2Fb/../c//d?x=%20y&z");
  request.headers = {{"X-Amz-Date", "20260101T000000Z"}, {"X-Empty", ""}, {"x-twice", "1"}};
  request.body = Blob("hello");
  const HttpResponse response = transport()->send(request, {});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, Blob("fine"));
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests()[0],
            "POST /a%2Fb/../c//d?x=%20y&z HTTP/1.1\r\nHost: " + server.host() +
                "\r\nX-Amz-Date: 20260101T000000Z\r\nX-Empty:\r\nx-twice: "
                "1\r\nContent-Length: 5\r\n\r\nhello");
}

struct MethodRow {
  const char* method;
  const char* body;
  const char* request_line;
  bool length;  // does Content-Length go along?
};

TEST(CurlTransport, SendsEveryMethodWithAndWithoutBody) {
  const RawServer server([](const std::string&) { return ok(""); });
  const auto client = transport();
  const std::vector<MethodRow> rows = {
      {"GET", "", "GET / HTTP/1.1\r\n", false},
      {"GET", "x", "GET / HTTP/1.1\r\n", true},
      {"PUT", "", "PUT / HTTP/1.1\r\n", true},
      {"PUT", "x", "PUT / HTTP/1.1\r\n", true},
      {"POST", "", "POST / HTTP/1.1\r\n", true},
      {"DELETE", "", "DELETE / HTTP/1.1\r\n", false},
      {"DELETE", "x", "DELETE / HTTP/1.1\r\n", true},
      {"PATCH", "x", "PATCH / HTTP/1.1\r\n", true},
  };
  for (const MethodRow& row : rows) {
    HttpRequest request = request_to(server, row.method);
    request.body = Blob(row.body);
    EXPECT_EQ(client->send(request, {}).status, 200) << row.method;
    const std::string sent = server.requests().back();
    EXPECT_THAT(sent, StartsWith(row.request_line));
    EXPECT_EQ(sent.find("Content-Length: ") != std::string::npos, row.length) << sent;
    EXPECT_THAT(sent, Not(HasSubstr("Content-Type")));
    EXPECT_EQ(sent.substr(sent.find("\r\n\r\n") + 4), row.body);
  }
  EXPECT_EQ(server.connections(), 1) << "the connection is kept";
}

TEST(CurlTransport, KeepsTheOrderAndRepetitionOfResponseHeaders) {
  const RawServer server(
      [](const std::string&) { return ok("", "B:  two words \r\nA: 1\r\nB: 3\r\nEmpty:\r\n"); });
  const HttpResponse response = transport()->send(request_to(server, "GET"), {});
  const std::vector<Headers::Field> fields(response.headers.begin(), response.headers.end());
  EXPECT_EQ(
      fields,
      (std::vector<Headers::Field>{
          {"B", "two words"}, {"A", "1"}, {"B", "3"}, {"Empty", ""}, {"Content-Length", "0"}}));
}

TEST(CurlTransport, GivesTheLengthThatHeadAnswers) {
  const RawServer server(
      [](const std::string&) { return "HTTP/1.1 200 OK\r\nContent-Length: 1234567\r\n\r\n"; });
  const HttpResponse response = transport()->send(request_to(server, "HEAD"), {});
  EXPECT_EQ(response.content_length, 1234567U);
  EXPECT_TRUE(response.body.empty());
}

TEST(CurlTransport, GivesErrorsAndRedirectsAsTheyAre) {
  const RawServer server([](const std::string&) {
    return "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 3\r\n\r\nbye";
  });
  std::string delivered;
  SendOptions options;
  options.sink = [&](std::string_view piece) { delivered += piece; };
  const HttpResponse response = transport()->send(request_to(server, "GET"), options);
  EXPECT_EQ(response.status, 301);
  EXPECT_EQ(response.body, Blob("bye")) << "only a success goes to the sink";
  EXPECT_EQ(delivered, "");
}

TEST(CurlTransport, PassesOverAnInterimResponse) {
  const RawServer server(
      [](const std::string&) { return "HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n" + ok("x"); });
  HttpRequest request = request_to(server, "PUT");
  request.body = Blob("body");
  const HttpResponse response = transport()->send(request, {});
  EXPECT_EQ(response.status, 200);
  EXPECT_FALSE(response.headers.contains("X-Interim"));
}

// A body of many pieces, larger than any buffer on the way.
TEST(CurlTransport, SendsAndReceivesLargeBodiesInPieces) {
  const RawServer server([](const std::string& request) {
    return ok(request.substr(request.find("\r\n\r\n") + 4), "X-Head: 1\r\n");
  });
  HttpRequest request = request_to(server, "PUT");
  std::string all;
  for (int i = 0; i < 50; ++i) {
    const std::string piece(100'003, static_cast<char>('a' + i % 26));
    all += piece;
    request.body.append(piece);
  }
  const auto client = transport();
  const HttpResponse collected = client->send(request, {});
  EXPECT_TRUE(collected.body == Blob(all));
  EXPECT_GT(collected.body.piece_count(), 1U) << "a large body is not one string that grew";

  std::string delivered;
  bool head_first = false;
  SendOptions options;
  options.head = [&](const HttpResponse& head) {
    head_first = delivered.empty() && head.status == 200 && head.headers.get("X-Head") == "1";
  };
  options.sink = [&](std::string_view piece) { delivered += piece; };
  const HttpResponse streamed = client->send(request, options);
  EXPECT_TRUE(delivered == all);
  EXPECT_TRUE(head_first);
  EXPECT_TRUE(streamed.body.empty());
}

// Gives `pieces` one by one, as whoever hands a body on does.
BodySource source_of(std::vector<std::string> pieces) {
  std::size_t size = 0;
  for (const std::string& piece : pieces) size += piece.size();
  return {.read = [pieces = std::move(pieces), next = std::size_t{0}](
                      char* to, std::size_t room) mutable -> std::size_t {
            if (next == pieces.size()) return 0;
            EXPECT_LE(pieces[next].size(), room);
            return pieces[next++].copy(to, room);
          },
          .size = size};
}

TEST(CurlTransport, SendsABodyAsItsSourceGivesIt) {
  const RawServer server(
      [](const std::string& request) { return ok(request.substr(request.find("\r\n\r\n") + 4)); });
  const auto client = transport();
  for (const char* method : {"PUT", "POST", "GET"}) {
    SendOptions options;
    options.body = source_of({"first ", std::string(10'000, 'x'), " last"});
    EXPECT_EQ(client->send(request_to(server, method), options).body.to_string(),
              "first " + std::string(10'000, 'x') + " last");
    EXPECT_THAT(server.requests().back(), HasSubstr("Content-Length: 10011\r\n"));
    EXPECT_THAT(server.requests().back(), StartsWith(method));
  }
  // Each on a connection of its own: what was kept could turn out to be closed.
  EXPECT_EQ(server.connections(), 3);
}

TEST(CurlTransport, LetsTheSourcesExceptionThrough) {
  const RawServer server([](const std::string&) { return ok("data"); });
  SendOptions options;
  options.body = {.read = [](char*, std::size_t) -> std::size_t {
                    throw std::domain_error("the client is gone");
                  },
                  .size = 10};
  const auto client = transport();
  EXPECT_THROW(static_cast<void>(client->send(request_to(server, "PUT"), options)),
               std::domain_error);
  EXPECT_EQ(client->send(request_to(server, "GET"), {}).body, Blob("data"));
}

TEST(CurlTransport, LetsTheSinksExceptionThrough) {
  const RawServer server([](const std::string&) { return ok("data"); });
  SendOptions options;
  options.sink = [](std::string_view) { throw std::domain_error("disk full"); };
  const auto client = transport();
  EXPECT_THROW(static_cast<void>(client->send(request_to(server, "GET"), options)),
               std::domain_error);
  EXPECT_EQ(client->send(request_to(server, "GET"), {}).body, Blob("data"));
}

TEST(CurlTransport, SaysInBotocoresWordsWhyThereIsNoResponse) {
  const auto client = transport();
  {
    int port = 0;
    {
      const RawServer closed([](const std::string&) { return ""; });
      port = std::stoi(closed.host().substr(10));
    }
    HttpRequest request;
    request.scheme = "http";
    request.host = "127.0.0.1:" + std::to_string(port);
    EXPECT_THAT(message_of([&] { static_cast<void>(client->send(request, {})); }),
                StartsWith("Could not connect to the endpoint URL: \"http://127.0.0.1:"));
  }
  const RawServer hangs_up([](const std::string&) { return ""; });
  EXPECT_THAT(
      message_of([&] { static_cast<void>(client->send(request_to(hangs_up, "POST"), {})); }),
      StartsWith("Connection was closed before we received a valid response from endpoint URL: "));

  const RawServer breaks_off([](const std::string& request) {
    return request.starts_with("GET") ? "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: "
                                        "close\r\n\r\nhalf"
                                      : "";
  });
  SendOptions soon;
  soon.read_timeout = Milliseconds(1000);
  EXPECT_THAT(
      message_of([&] { static_cast<void>(client->send(request_to(breaks_off, "GET"), soon)); }),
      StartsWith("Read timeout on endpoint URL: "));
}

// Else a value could add headers of its own, or a second request.
TEST(CurlTransport, SendsNoHeaderWithALineBreak) {
  const RawServer server([](const std::string&) { return ok(""); });
  for (const std::string& value :
       {std::string("a\r\nX-More: 1"), std::string("a\nb"), std::string("a\0b", 3)}) {
    HttpRequest request = request_to(server, "GET");
    request.headers.add("X-Value", value);
    EXPECT_THROW(static_cast<void>(transport()->send(request, {})), ConnectionError);
  }
  EXPECT_TRUE(server.requests().empty());
}

TEST(CurlTransport, HasAConnectionForEachThreadAndKeepsIt) {
  const RawServer server([](const std::string&) { return ok("x"); });
  const auto client = transport();
  for (int round = 0; round < 5; ++round) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 10; ++n)
          EXPECT_EQ(client->send(request_to(server, "GET"), {}).status, 200);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(server.requests().size(), 200U);
  EXPECT_LE(server.connections(), 4);
}

}  // namespace
}  // namespace cloudchamber
