// `cloudchamber serve` as its users start and stop it: as a process.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <string>

#include "tests/mock-server/http/raw_client.h"
#include "tests/tools/process.h"

namespace cloudchamber {
namespace {

using mock::testing::RawClient;

// Of a server that was started with --port 0.
int port_of(Process& server) {
  const std::string printed = server.printed_until("Ctrl-C");
  const std::string before = "on http://127.0.0.1:";
  const std::size_t at = printed.find(before);
  return at == std::string::npos ? 0 : std::atoi(printed.c_str() + at + before.size());
}

TEST(Serve, TellsHowClientsReachItAndAnswers) {
  Process server({"serve", "--port", "0"});
  const int port = port_of(server);
  const std::string url = "http://127.0.0.1:" + std::to_string(port);
  EXPECT_NE(server.printed_until("").find("AWS_ENDPOINT_URL=" + url), std::string::npos);
  EXPECT_EQ(RawClient(port).exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body, "healthy: h\n");
}

TEST(Serve, EndsWithSuccessWhenItIsTold) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Process server({"serve", "--port", "0"});
    const int port = port_of(server);
    RawClient kept_open(port);
    EXPECT_EQ(kept_open.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status, 200);
    server.send_signal(signal);
    EXPECT_EQ(server.wait(), 0);
    EXPECT_FALSE(RawClient(port).connected());
  }
}

TEST(Serve, SaysThatThePortIsTaken) {
  Process first({"serve", "--port", "0"});
  const int port = port_of(first);
  Process second({"serve", "--port", std::to_string(port)});
  const std::string printed = second.printed_until("in use");
  EXPECT_NE(printed.find("cannot listen on 127.0.0.1:" + std::to_string(port)), std::string::npos)
      << printed;
  EXPECT_EQ(second.wait(), 1);
}

TEST(Serve, RefusesArgumentsThatItDoesNotUnderstand) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"serve", "--port", "70000"},
                                             {"serve", "--port", "x"},
                                             {"serve", "--access-key", "no-colon"},
                                             {"serve", "--access-key", ":secret"},
                                             {"serve", "--access-key", "id:secret:123"},
                                             {"serve", "--frobnicate"},
                                             {"frobnicate"},
                                             {}}) {
    Process process(arguments);
    const std::string printed = process.printed_until("\f");
    EXPECT_NE(process.wait(), 0);
    EXPECT_NE(printed, "");
  }
}

TEST(Serve, VerifiesTheKeysThatItIsGiven) {
  Process server({"serve", "--port", "0", "--strict", "--access-key", "AKIDMINE:secret"});
  const int port = port_of(server);
  const std::string head =
      "POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
      "X-Amz-Date: 20260101T000000Z\r\nContent-Length: 2\r\nAuthorization: AWS4-HMAC-SHA256 "
      "Credential=";
  const std::string tail =
      "/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, "
      "Signature=00\r\n\r\n{}";
  EXPECT_NE(RawClient(port).exchange(head + "AKIDMINE" + tail).status, 200);
  EXPECT_NE(RawClient(port).exchange(head + "AKIDOTHER" + tail).status, 200);
}

}  // namespace
}  // namespace cloudchamber
