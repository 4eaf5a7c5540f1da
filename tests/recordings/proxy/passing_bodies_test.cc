// Objects on their way through the recorder, over real sockets on both sides: nothing waits for the
// whole of them, and what is recorded is whole.
#include <cloudchamber/cloudchamber.h>
#include <cloudchamber/curl_transport.h>
#include <gmock/gmock.h>

#include <future>
#include <nlohmann/json.hpp>

#include "mock-server/mock_aws.h"
#include "recordings/proxy/proxy_listener.h"
#include "recordings/proxy/record_server.h"
#include "recordings/proxy/upstream.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "sdk/recording/har.h"
#include "sdk/sign/aws_chunked.h"
#include "sdk/sign/sigv4.h"
#include "tests/mock-server/http/raw_client.h"
#include "tests/recordings/proxy/real_credentials.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber::recordings {
namespace {

using mock::testing::RawClient;
using mock::testing::RawResponse;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class PassingBodies : public ScratchFolder {
 protected:
  PassingBodies() : aws_({.strict = true}) {
    aws_.add_credentials(kRealKey, kRealSecret);
    aws_.start();
    aws_.session().client("s3").call("CreateBucket", {{"Bucket", "films"}});
    record(aws_.url());
  }
  // What is sent to the listener is recorded, and answered by that server.
  void record(const std::string& url) {
    listener_.reset();
    recorder_.reset();
    upstream_ = std::make_unique<Upstream>(
        Upstream::Options{.url = url,
                          .credentials = std::make_shared<RealCredentials>(),
                          .transport = make_curl_transport({.proxies = {{"none", ""}}}),
                          .clock = aws_.shared_clock()});
    recorder_ = std::make_unique<RecordServer>(
        file_, [this](const HttpRequest& request, const SendOptions& passing) {
          return upstream_->exchange(request, passing);
        });
    listener_ = std::make_unique<ProxyListener>(
        mock::HttpServer::Callbacks{
            .stream = [this](mock::HttpStream& client) { return recorder_->handle(client); }},
        ProxyListener::Options{});
    listener_->start();
  }
  // Of a server that does what a test says.
  void record(mock::HttpServer::Callbacks callbacks) {
    server_ = std::make_unique<mock::HttpServer>(std::move(callbacks), mock::HttpServer::Options{});
    server_->start();
    record("http://127.0.0.1:" + std::to_string(server_->port()));
  }
  std::vector<Interaction> recorded() {
    listener_->stop();
    recorder_->close();
    if (const auto bodies = folder_ / "story.har.bodies"; std::filesystem::exists(bodies)) {
      for (const auto& left : std::filesystem::directory_iterator(bodies))
        EXPECT_THAT(left.path().filename().string(), SizeIs(64)) << "a digest, no spool";
    }
    return read_har_file(file_).interactions;
  }
  Client s3() {
    return Session({.region_name = "us-east-1",
                    .endpoint_url = "http://127.0.0.1:" + std::to_string(listener_->port()),
                    .aws_access_key_id = "test",
                    .aws_secret_access_key = "test",
                    .config = {.retries = {.total_max_attempts = 1}},
                    .transport = make_curl_transport({.proxies = {{"none", ""}}}),
                    .clock = aws_.shared_clock(),
                    .environment = environment_of({})})
        .client("s3");
  }
  std::string stored(const std::string& key) {
    Blob body;
    aws_.session().client("s3").call("GetObject", {{"Bucket", "films"}, {"Key", key}},
                                     {.output_body = &body});
    return body.to_string();
  }
  // As bytes, the body left out.
  static std::string head_of_upload(const HttpRequest& request, std::size_t length) {
    std::string head = request.method + " " + request.target + " HTTP/1.1\r\nHost: x\r\n";
    for (const auto& [name, value] : request.headers) head += name + ": " + value + "\r\n";
    return head + "Content-Length: " + std::to_string(length) + "\r\n\r\n";
  }
  static HttpRequest claimed(std::string method, std::string_view payload) {
    return {.method = std::move(method),
            .scheme = "http",
            .target = "/films/k",
            .headers = {{"Authorization",
                         "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, "
                         "SignedHeaders=host, Signature=0"},
                        {"X-Amz-Content-SHA256", std::string(payload)}}};
  }

  mock::MockAws aws_;
  const std::filesystem::path file_ = folder_ / "story.har";
  std::unique_ptr<mock::HttpServer> server_;
  std::unique_ptr<Upstream> upstream_;
  std::unique_ptr<RecordServer> recorder_;
  std::unique_ptr<ProxyListener> listener_;
};

std::string content(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>('a' + (i * i >> 7) % 26);
  return bytes;
}

TEST_F(PassingBodies, AreHandedOnBeforeTheyAreWhole) {
  std::promise<void> half_came;
  std::promise<void> half_was_got;
  record({.stream = [&](mock::HttpStream& client) -> std::optional<HttpResponse> {
    std::string bytes(1 << 20, '\0');
    std::size_t all = 0;
    while (all < 500'000) all += client.read(bytes.data(), bytes.size());
    half_came.set_value();
    while (const std::size_t got = client.read(bytes.data(), bytes.size())) all += got;
    EXPECT_EQ(all, 1'000'000U);
    client.begin({.headers = {{"X-Answer", "1"}}});
    client.write("<first>");
    half_was_got.get_future().wait();
    client.write("<last>");
    return std::nullopt;
  }});
  const std::string object = content(1'000'000);
  RawClient client(listener_->port());
  client.send(head_of_upload(claimed("PUT", hex(sha256(object))), object.size()));
  client.send(object.substr(0, 500'000));
  half_came.get_future().wait();
  client.send(object.substr(500'000));
  EXPECT_THAT(client.receive_until("\r\n\r\n"), HasSubstr("X-Answer: 1"));
  EXPECT_THAT(client.receive_until("<first>"), EndsWith("<first>"));
  half_was_got.set_value();
  EXPECT_THAT(client.receive_until("0\r\n\r\n"), HasSubstr("<last>"));
  const std::vector<Interaction> interactions = recorded();
  ASSERT_THAT(interactions, SizeIs(1));
  EXPECT_EQ(interactions[0].meaning->operation, "PutObject");
  EXPECT_EQ(interactions[0].exchange.request.body.to_string(), object);
  EXPECT_EQ(interactions[0].exchange.response.body.to_string(), "<first><last>");
}

TEST_F(PassingBodies, ReachTheUpstreamHoweverTheyAreSigned) {
  const std::string object = content(1'500'000);
  const std::string checksum = base64_encode(digest_of(Digest::kCrc32, Blob(object)));
  SigningKeys keys;
  const Credentials dummy{.access_key_id = "test", .secret_access_key = "test"};
  RawClient client(listener_->port());
  int key = 0;
  for (const std::string_view payload : {std::string_view(""), kUnsignedPayload, kStreamingPayload,
                                         kStreamingPayloadTrailer, kStreamingUnsignedTrailer}) {
    const bool trailer = payload.ends_with("TRAILER");
    const bool framed = payload.starts_with("STREAMING");
    HttpRequest request{.method = "PUT",
                        .scheme = "http",
                        .host = "x",
                        .target = "/films/" + std::to_string(++key)};
    Headers trailers;
    if (framed) {
      request.headers = {{"Content-Encoding", "aws-chunked"},
                         {"X-Amz-Decoded-Content-Length", std::to_string(object.size())}};
    } else {
      request.body = object;
    }
    if (trailer) {
      request.headers.add("X-Amz-Trailer", "x-amz-checksum-crc32");
      trailers.add("x-amz-checksum-crc32", checksum);
    }
    const Signature seed =
        sign(request, dummy, {"us-east-1", "s3"}, aws_.clock().now(), keys, payload);
    ChunkSigner signer(seed);
    if (framed)
      request.body = encode_aws_chunked(
          object, payload == kStreamingUnsignedTrailer ? nullptr : &signer, trailers);
    client.send(head_of_upload(request, request.body.size()));
    client.send(request.body.to_string());
    const RawResponse response = client.receive();
    EXPECT_EQ(response.status, 200) << payload << response.body;
    EXPECT_EQ(response.header("x-amz-checksum-crc32"), trailer ? checksum : "") << payload;
    EXPECT_EQ(stored(std::to_string(key)), object) << payload;
  }
  const std::vector<Interaction> interactions = recorded();
  ASSERT_THAT(interactions, SizeIs(5));
  for (const Interaction& interaction : interactions) {
    const HttpRequest& request = interaction.exchange.request;
    EXPECT_EQ(request.body.to_string(), object) << request.target;
    EXPECT_EQ(request.headers.get("X-Amz-Decoded-Content-Length"), "");
    EXPECT_EQ(request.headers.get("X-Amz-Checksum-Crc32"),
              request.target >= "/films/4" ? checksum : "")
        << request.target;
    EXPECT_FALSE(interaction.meaning->parameters.contains("Body"));
  }
}

TEST_F(PassingBodies, OfAnUnknownLengthAreChunked) {
  const std::string object = content(700'000);
  HttpRequest request = claimed("PUT", kStreamingUnsignedTrailer);
  request.headers.add("Content-Encoding", "aws-chunked");
  request.headers.add("X-Amz-Decoded-Content-Length", std::to_string(object.size()));
  request.headers.add("Transfer-Encoding", "chunked");
  request.headers.add("X-Amz-Trailer", "x-amz-checksum-crc32");
  std::string head = head_of_upload(request, 0);
  head.replace(head.find("Content-Length: 0\r\n"), 19, "");
  RawClient client(listener_->port());
  client.send(head);
  const std::string framed =
      encode_aws_chunked(object, nullptr, {{"x-amz-checksum-crc32", "AAAAAA=="}}).to_string();
  for (std::size_t at = 0; at < framed.size(); at += 0x10000) {
    const std::string piece = framed.substr(at, 0x10000);
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
    client.send(size + piece + "\r\n");
  }
  client.send("0\r\n\r\n");
  const RawResponse response = client.receive();
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("BadDigest")) << "the trailer got there, and is wrong";
  EXPECT_EQ(recorded()[0].exchange.request.body.to_string(), object);
}

TEST_F(PassingBodies, ComeBackAsTheyWere) {
  const std::string object = content(3'000'000);
  aws_.session().client("s3").call("PutObject", {{"Bucket", "films"}, {"Key", "k"}},
                                   {.body = object});
  const Client aws = s3();
  Blob whole, part;
  aws.call("GetObject", {{"Bucket", "films"}, {"Key", "k"}}, {.output_body = &whole});
  aws.call("GetObject", {{"Bucket", "films"}, {"Key", "k"}, {"Range", "bytes=1000000-2500000"}},
           {.output_body = &part});
  EXPECT_EQ(aws.call("HeadObject", {{"Bucket", "films"}, {"Key", "k"}})["ContentLength"],
            3'000'000);
  EXPECT_TRUE(whole == Blob(object));
  EXPECT_TRUE(part == Blob(object.substr(1'000'000, 1'500'001)));
  const std::vector<Interaction> interactions = recorded();
  ASSERT_THAT(interactions, SizeIs(3));
  EXPECT_TRUE(interactions[0].exchange.response.body == whole);
  EXPECT_TRUE(interactions[1].exchange.response.body == part);
  EXPECT_EQ(interactions[1].exchange.response.status, 206);
}

TEST_F(PassingBodies, AreRecordedWholeWhereTheyAreRefused) {
  const std::string object = content(2'000'000);
  try {
    s3().call("PutObject", {{"Bucket", "no-such-bucket"}, {"Key", "k"}}, {.body = object});
    FAIL();
  } catch (const ClientError& error) {
    EXPECT_EQ(error.code(), "NoSuchBucket");
  }
  const std::vector<Interaction> interactions = recorded();
  ASSERT_THAT(interactions, SizeIs(1));
  EXPECT_EQ(interactions[0].meaning->error_code, "NoSuchBucket");
  EXPECT_TRUE(interactions[0].exchange.request.body == Blob(object));
}

TEST_F(PassingBodies, AreForgottenWhereTheClientBreaksOff) {
  RawClient client(listener_->port());
  client.send(head_of_upload(claimed("PUT", kUnsignedPayload), 2'000'000) + content(1'500'000));
  client.finish_sending();
  const RawResponse response = client.receive();
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("<Code>IncompleteBody</Code>"));
  EXPECT_THAT(recorded(), IsEmpty());
  EXPECT_THROW(stored("k"), ClientError);
}

TEST_F(PassingBodies, BreakOffWhereTheUpstreamDoes) {
  record({.stream = [](mock::HttpStream& upstream) -> std::optional<HttpResponse> {
    upstream.begin({.content_length = 200'000});
    upstream.write(content(150'000));
    throw std::runtime_error("gone");
  }});
  RawClient client(listener_->port());
  const RawResponse response = client.exchange(head_of_upload(claimed("GET", hex(sha256(""))), 0));
  EXPECT_EQ(response.status, 200);
  EXPECT_LT(response.body.size(), 200'000U);
  EXPECT_TRUE(client.closed());
}

// A client must not take for done what the recording will not tell of.
TEST_F(PassingBodies, AreNotEndedWhereTheyCanNotBeRecorded) {
  const std::string object = content(2'000'000);
  aws_.session().client("s3").call("PutObject", {{"Bucket", "films"}, {"Key", "k"}},
                                   {.body = object});
  std::ofstream(folder_ / "story.har.bodies") << "no folder";
  Blob body;
  EXPECT_THROW(s3().call("GetObject", {{"Bucket", "films"}, {"Key", "k"}}, {.output_body = &body}),
               ConnectionError);
  EXPECT_EQ(recorder_->recorded(), 0U);
}

// Who was given credentials in an answer that went by is signed for with them.
TEST_F(PassingBodies, AreLookedIntoForCredentials) {
  const std::string url = "http://127.0.0.1:" + std::to_string(listener_->port());
  const auto session_with = [&](const std::string& key, const std::string& secret) {
    return Session({.region_name = "us-east-1",
                    .endpoint_url = url,
                    .aws_access_key_id = key,
                    .aws_secret_access_key = secret,
                    .config = {.retries = {.total_max_attempts = 1}},
                    .transport = make_curl_transport({.proxies = {{"none", ""}}}),
                    .clock = aws_.shared_clock(),
                    .environment = environment_of({})});
  };
  const Client iam = session_with("test", "test").client("iam");
  iam.call("CreateUser", {{"UserName", "fred"}});
  const Json key = iam.call("CreateAccessKey", {{"UserName", "fred"}})["AccessKey"];
  const std::string arn = session_with(key["AccessKeyId"], key["SecretAccessKey"])
                              .client("sts")
                              .call("GetCallerIdentity")["Arn"];
  EXPECT_THAT(arn, EndsWith("user/fred"));
}

// What only the one who holds all of it can sign.
TEST_F(PassingBodies, OfOtherServicesAreReadFirst) {
  const Session aws = aws_.session();
  aws.client("sqs").call("CreateQueue", {{"QueueName", "q"}});
  RawClient client(listener_->port());
  const std::string body = R"({"QueueUrl": ")" + aws_.url() +
                           R"(/123456789012/q", "MessageBody": ")" + std::string(600'000, 'm') +
                           "\"}";
  HttpRequest request{.target = "/",
                      .headers = {{"X-Amz-Target", "AmazonSQS.SendMessage"},
                                  {"Content-Type", "application/x-amz-json-1.0"},
                                  {"Authorization",
                                   "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/"
                                   "aws4_request, SignedHeaders=host, Signature=0"}}};
  const RawResponse response = client.exchange(head_of_upload(request, body.size()) + body);
  EXPECT_EQ(response.status, 200) << response.body;
}

TEST_F(PassingBodies, OfOtherServicesHaveALimit) {
  RawClient client(listener_->port());
  const std::string head =
      "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AmazonSQS.SendMessage\r\nContent-Length: ";
  EXPECT_EQ(client.exchange(head + "268435457\r\n\r\n").status, 413);
}

}  // namespace
}  // namespace cloudchamber::recordings
