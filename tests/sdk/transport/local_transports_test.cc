#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "cloudchamber/errors.h"
#include "cloudchamber/in_process_transport.h"
#include "cloudchamber/scripted_transport.h"

namespace cloudchamber {
namespace {

HttpResponse response_of(int status, Blob body) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

TEST(InProcessTransport, HandsTheRequestOnAndAddsTheLength) {
  const auto transport = make_in_process_transport([](const HttpRequest& request) {
    EXPECT_EQ(request.target, "/x?y");
    return response_of(200, Blob("12345"));
  });
  HttpRequest request;
  request.target = "/x?y";
  const HttpResponse response = transport->send(request, {});
  EXPECT_EQ(response.body, Blob("12345"));
  EXPECT_EQ(response.headers.get("content-length"), "5");
}

TEST(LocalTransports, CollectABodyThatComesInPieces) {
  const auto source = [] {
    return BodySource{.read = [left = 3'000'000](char* to, std::size_t size) mutable {
      const auto step = std::min<std::size_t>({size, 70'001, static_cast<std::size_t>(left)});
      std::fill_n(to, step, 'x');
      left -= static_cast<int>(step);
      return step;
    }};
  };
  SendOptions options;
  options.body = source();
  const auto transport = make_in_process_transport(
      [](const HttpRequest& request) { return response_of(200, request.body); });
  EXPECT_TRUE(transport->send({}, options).body == Blob(std::string(3'000'000, 'x')));
  ScriptedTransport scripted;
  scripted.answer(200);
  options.body = source();
  EXPECT_EQ(scripted.send({}, options).status, 200);
  EXPECT_EQ(scripted.requests()[0].body.size(), 3'000'000U);
}

TEST(InProcessTransport, AnswersHeadWithoutBody) {
  const auto transport = make_in_process_transport([](const HttpRequest&) {
    HttpResponse response;
    response.content_length = 99;
    return response;
  });
  HttpRequest request;
  request.method = "HEAD";
  const HttpResponse response = transport->send(request, {});
  EXPECT_EQ(response.headers.get("Content-Length"), "99");
  EXPECT_TRUE(response.body.empty());
}

TEST(InProcessTransport, DeliversASuccessToTheSinkAndAnErrorInTheBody) {
  Blob two("ab");
  two.append(Blob("cd"));
  int status = 200;
  const auto transport =
      make_in_process_transport([&](const HttpRequest&) { return response_of(status, two); });
  std::vector<std::string> pieces;
  SendOptions options;
  options.sink = [&](std::string_view piece) { pieces.emplace_back(piece); };
  options.head = [&](const HttpResponse& head) { pieces.push_back(std::to_string(head.status)); };
  EXPECT_TRUE(transport->send({}, options).body.empty());
  EXPECT_EQ(pieces, (std::vector<std::string>{"200", "ab", "cd"}));
  status = 404;
  EXPECT_EQ(transport->send({}, options).body, Blob("abcd"));
  EXPECT_EQ(pieces.size(), 3U);
}

TEST(ScriptedTransport, PlaysItsAnswersInOrderAndKeepsTheRequests) {
  ScriptedTransport script;
  script.answer(200, {{"A", "1"}}, "x").fail("reset").answer(503);
  HttpRequest request;
  request.target = "/one";
  EXPECT_EQ(script.send(request, {}).headers.get("a"), "1");
  EXPECT_THROW(static_cast<void>(script.send(request, {})), ConnectionError);
  EXPECT_EQ(script.unused(), 1U);
  EXPECT_EQ(script.send(request, {}).status, 503);
  EXPECT_THROW(static_cast<void>(script.send(request, {})), std::logic_error);
  EXPECT_EQ(script.requests().size(), 4U);
}

}  // namespace
}  // namespace cloudchamber
