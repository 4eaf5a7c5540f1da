// A client that takes the listener for its proxy: libcurl over real sockets, and what is no client.
#include "recordings/proxy/proxy_listener.h"

#include <cloudchamber/cloudchamber.h>
#include <cloudchamber/curl_transport.h>
#include <gmock/gmock.h>

#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "mock-server/mock_aws.h"
#include "tests/mock-server/http/raw_client.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber::recordings {
namespace {

using mock::testing::RawClient;
using testing::HasSubstr;

class Proxy : public ScratchFolder {
 protected:
  Proxy() { restart(); }
  void restart() {
    listener_.reset();
    listener_ = std::make_unique<ProxyListener>(
        [this](const HttpRequest& request) {
          {
            const std::lock_guard lock(mutex_);
            seen_ = request.scheme + "://" + request.host;
          }
          return aws_.handle(request);
        },
        ProxyListener::Options{.ca_folder = folder_ / "ca"});
    listener_->start();
  }
  // Of a client that reaches AWS through the proxy.
  Session session(const Verify& verify) {
    const std::string proxy = "http://127.0.0.1:" + std::to_string(listener_->port());
    return Session({.region_name = "us-east-1",
                    .aws_access_key_id = "test",
                    .aws_secret_access_key = "test",
                    .config = {.retries = {.total_max_attempts = 1}},
                    .transport = make_curl_transport(
                        {.verify = verify, .proxies = {{"https", proxy}, {"http", proxy}}}),
                    .environment = environment_of({})});
  }
  std::string seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  std::string answer(const std::string& bytes) {
    RawClient client(listener_->port());
    client.send(bytes);
    client.finish_sending();
    return client.receive().head;
  }

  mock::MockAws aws_;
  std::mutex mutex_;
  std::string seen_;
  std::unique_ptr<ProxyListener> listener_;
};

TEST_F(Proxy, PosesAsAwsToWhoTrustsItsAuthority) {
  const Session aws = session(Verify(listener_->certificate_file().string()));
  const std::string url = aws.client("sqs").call("CreateQueue", {{"QueueName", "q"}})["QueueUrl"];
  EXPECT_EQ(seen(), "https://sqs.us-east-1.amazonaws.com");
  EXPECT_THAT(url, HasSubstr("https://sqs.us-east-1.amazonaws.com/"));
  const Client s3 = aws.client("s3");
  s3.call("CreateBucket", {{"Bucket", "films"}});
  EXPECT_EQ(seen(), "https://films.s3.amazonaws.com");
  const Blob large(std::string(3'000'000, 'x'));
  s3.call("PutObject", {{"Bucket", "films"}, {"Key", "k"}}, {.body = large});
  Blob body;
  s3.call("GetObject", {{"Bucket", "films"}, {"Key", "k"}}, {.output_body = &body});
  EXPECT_TRUE(body == large);
}

TEST_F(Proxy, IsNotBelievedByOthers) {
  EXPECT_THROW(session(Verify(true)).client("sqs").call("ListQueues"), ConnectionError);
  EXPECT_EQ(seen(), "");
}

TEST_F(Proxy, KeepsItsAuthority) {
  const std::string before = content_of(listener_->certificate_file());
  restart();
  EXPECT_EQ(content_of(listener_->certificate_file()), before);
  EXPECT_NO_THROW(
      session(Verify(listener_->certificate_file().string())).client("sqs").call("ListQueues"));
  EXPECT_EQ(std::filesystem::status(folder_ / "ca" / "ca-key.pem").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Proxy, CarriesPlainHttpToo) {
  const std::string response = answer(
      "POST http://sqs.us-east-1.amazonaws.com/ HTTP/1.1\r\nHost: x\r\n"
      "X-Amz-Target: AmazonSQS.ListQueues\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_THAT(response, HasSubstr("x-amzn-RequestId")) << "of the mock";
  EXPECT_EQ(seen(), "http://sqs.us-east-1.amazonaws.com");
}

TEST_F(Proxy, IsUsedByManyClientsAtOnce) {
  const Session aws = session(Verify(listener_->certificate_file().string()));
  std::vector<std::jthread> threads;
  for (int i = 0; i < 6; ++i)
    threads.emplace_back([&aws, i] {
      for (int j = 0; j < 5; ++j)
        aws.client("sqs").call("CreateQueue",
                               {{"QueueName", std::to_string(i) + "-" + std::to_string(j)}});
    });
}

TEST_F(Proxy, StopsWithClientsInTunnels) {
  const Session aws = session(Verify(listener_->certificate_file().string()));
  aws.client("sqs").call("ListQueues");  // libcurl keeps the connection
  listener_->stop();
  EXPECT_THROW(aws.client("sqs").call("ListQueues"), ConnectionError);
}

TEST_F(Proxy, RefusesOrEndsWhatIsNoTunnelToAHost) {
  for (const char* request :
       {"CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\nContent-Length: 3\r\n\r\nabc",
        "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "CONNECT  HTTP/1.1\r\nHost: h\r\n\r\n"}) {
    EXPECT_THAT(answer(request), HasSubstr("400")) << request;
  }
  for (const char* host :
       {"", ":443", "..%2f..:443", "a_b:443", "-x:443", "h,DNS:example.com:443", "\"h\":443"}) {
    RawClient client(listener_->port());
    client.send("CONNECT " + std::string(host) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    client.finish_sending();
    client.receive();
    EXPECT_TRUE(client.closed()) << host;
  }
  RawClient garbage(listener_->port());
  EXPECT_EQ(garbage.exchange("CONNECT sqs.us-east-1.amazonaws.com:443 HTTP/1.1\r\nHost: h\r\n\r\n")
                .status,
            200);
  garbage.send("this is no TLS, and never was\r\n\r\n");
  garbage.finish_sending();
  garbage.receive();
  EXPECT_TRUE(garbage.closed());
  EXPECT_EQ(seen(), "");
}

TEST_F(Proxy, ReadsNoAuthorityThatIsNone) {
  const auto made = [&] {
    try {
      ProxyListener([](const HttpRequest&) { return HttpResponse(); },
                    {.ca_folder = folder_ / "ca"});
      return std::string("made");
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
  };
  EXPECT_EQ(made(), "made");
  const std::string good = content_of(folder_ / "ca" / "ca.pem");
  std::ofstream(folder_ / "ca" / "ca.pem") << "nonsense";
  EXPECT_THAT(made(), HasSubstr("ca.pem holds no certificate"));
  std::ofstream(folder_ / "ca" / "ca.pem") << good;
  std::ofstream(folder_ / "ca" / "ca-key.pem") << "nonsense";
  EXPECT_THAT(made(), HasSubstr("ca-key.pem holds no key"));
  std::filesystem::remove(folder_ / "ca" / "ca-key.pem");
  EXPECT_THAT(made(), HasSubstr("ca-key.pem holds no key"));
}

}  // namespace
}  // namespace cloudchamber::recordings
