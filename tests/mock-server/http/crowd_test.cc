// Many clients, slow clients, and those that come and say nothing: none of them keeps others out.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "tests/mock-server/http/raw_client.h"
#include "tests/mock-server/http/served.h"

namespace cloudchamber::mock {
namespace {

using testing::echo;
using testing::RawClient;
using testing::RawResponse;
using testing::Served;

using Clients = std::vector<std::unique_ptr<RawClient>>;

const std::string kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

Clients connect(int count, const Served& served, const std::string& first_bytes = "") {
  Clients clients;
  for (int i = 0; i < count; ++i) {
    clients.push_back(std::make_unique<RawClient>(served.port()));
    clients.back()->send(first_bytes);
  }
  return clients;
}

TEST(Crowd, ClosesTheIdlestConnectionToMakeRoom) {
  Served served(echo, {.max_connections = 3});
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<RawClient>(served.port()));
    EXPECT_EQ(clients.back()->exchange(kGet).status, 200);
  }
  EXPECT_EQ(RawClient(served.port()).exchange(kGet).status, 200);
  EXPECT_TRUE(clients[0]->closed());
  EXPECT_EQ(clients[2]->exchange(kGet).status, 200);
}

TEST(Crowd, ClosesIdleConnectionsInTheEnd) {
  Served served(echo, {.idle_timeout = Milliseconds(100), .read_timeout = Milliseconds(50)});
  RawClient client(served.port());
  EXPECT_EQ(client.exchange(kGet).status, 200);
  EXPECT_TRUE(client.closed());
}

TEST(Crowd, OfClientsThatSayNothingLetsOthersIn) {
  Served served(echo, {.max_connections = 4});
  const Clients silent = connect(50, served);
  EXPECT_EQ(RawClient(served.port()).exchange(kGet).status, 200);
}

TEST(Crowd, OfClientsThatNeverFinishAHeadLetsOthersIn) {
  Served served(echo, {.max_connections = 4});
  const Clients slow = connect(50, served, "GET / HTTP/1.1\r\nHos");
  EXPECT_EQ(RawClient(served.port()).exchange(kGet).status, 200);
}

// Those that wait came when everybody was busy, so that nobody idle could be sent away for them.
TEST(Crowd, TakesTurnsWhereAllAreBusy) {
  std::promise<void> go_on;
  const std::shared_future<void> told = go_on.get_future().share();
  std::atomic<int> busy{0};
  Served served(
      [&](const HttpRequest& request) {
        ++busy;
        told.wait();
        return echo(request);
      },
      {.max_connections = 2});
  const Clients first = connect(2, served, kGet);
  while (busy < 2) std::this_thread::yield();
  const Clients waiting = connect(2, served, kGet);
  while (served->waiting_count() < 2) std::this_thread::yield();
  go_on.set_value();
  for (const auto& client : waiting) EXPECT_EQ(client->receive().status, 200);
  // Whichever is answered first makes room; by the time of the other nobody may wait any more.
  int closed = 0;
  for (const auto& client : first) {
    const RawResponse answer = client->receive();
    EXPECT_EQ(answer.status, 200);
    if (answer.header("Connection") == "close") ++closed;
  }
  EXPECT_GE(closed, 1);
}

// A byte now and then, each well before the read timeout: not for ever.
TEST(Crowd, DoesNotWaitForAClientThatTricklesItsRequest) {
  Served served(HttpServer::Callbacks{.handle = echo},
                {.idle_timeout = Milliseconds(60'000), .read_timeout = Milliseconds(200)});
  for (const std::string& begun :
       {std::string("GET / HTTP/1.1\r\nX: "),
        std::string("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"),
        std::string("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;")}) {
    RawClient client(served.port());
    client.send(begun);
    int trickled = 0;
    while (trickled < 1000 && !client.answers_within(Milliseconds(20))) {
      client.send("x");
      ++trickled;
    }
    EXPECT_LT(trickled, 1000);
    EXPECT_EQ(client.receive().status, 400) << begun;
    EXPECT_TRUE(client.closed());
  }
}

}  // namespace
}  // namespace cloudchamber::mock
