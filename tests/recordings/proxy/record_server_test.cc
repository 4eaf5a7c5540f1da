// The recording proxy between clients with dummy credentials and a mock that knows only the real
// ones, in strict mode: it stands for AWS.
#include "recordings/proxy/record_server.h"

#include <cloudchamber/cloudchamber.h>
#include <cloudchamber/in_process_transport.h>
#include <gmock/gmock.h>

#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "mock-server/mock_aws.h"
#include "recordings/proxy/upstream.h"
#include "sdk/recording/har.h"
#include "sdk/sign/aws_chunked.h"
#include "sdk/sign/sigv4.h"
#include "tests/recordings/proxy/real_credentials.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber::recordings {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Record : public ScratchFolder {
 protected:
  Record() : aws_({.strict = true}) {
    aws_.add_credentials(kRealKey, kRealSecret);
    start("http://upstream.test:1234");
  }

  void start(std::optional<std::string> url) {
    recorder_.reset();
    upstream_ = std::make_unique<Upstream>(
        Upstream::Options{.url = std::move(url),
                          .credentials = std::make_shared<RealCredentials>(),
                          .transport = make_in_process_transport([this](const HttpRequest& sent) {
                            {
                              const std::lock_guard lock(mutex_);
                              sent_.push_back(sent.scheme + "://" + sent.host + sent.target);
                            }
                            return aws_.handle(sent);
                          }),
                          .clock = aws_.shared_clock()});
    recorder_ = std::make_unique<RecordServer>(
        file_, [this](const HttpRequest& request, const SendOptions& passing) {
          return upstream_->exchange(request, passing);
        });
  }
  Session session(const std::string& key = "test", const std::string& secret = "test",
                  const std::optional<std::string>& token = {}) {
    return Session({.region_name = "us-east-1",
                    .endpoint_url = "http://127.0.0.1:4566",
                    .aws_access_key_id = key,
                    .aws_secret_access_key = secret,
                    .aws_session_token = token,
                    .config = {.retries = {.total_max_attempts = 1}},
                    .transport = make_in_process_transport(
                        [this](const HttpRequest& request) { return recorder_->handle(request); }),
                    .clock = aws_.shared_clock(),
                    .environment = environment_of({})});
  }
  Recording recorded() {
    recorder_->close();
    return read_har_file(file_);
  }
  HttpRequest upload(std::string body, Headers headers) {
    return {.method = "PUT",
            .scheme = "http",
            .host = "127.0.0.1:4566",
            .target = "/films/k",
            .headers = std::move(headers),
            .body = std::move(body)};
  }

  mock::MockAws aws_;
  std::mutex mutex_;
  std::vector<std::string> sent_;
  const std::filesystem::path file_ = folder_ / "story.har";
  std::unique_ptr<Upstream> upstream_;
  std::unique_ptr<RecordServer> recorder_;
};

TEST_F(Record, SignsAnewSoThatClientsCanUseDummyCredentials) {
  const Session aws = session();
  const std::string url = aws.client("sqs").call("CreateQueue", {{"QueueName", "q"}})["QueueUrl"];
  aws.client("sqs").call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "m"}});
  aws.client("iam").call("CreateUser", {{"UserName", "fred"}});
  aws.client("ec2").call("DescribeVpcs");
  aws.client("s3").call("CreateBucket", {{"Bucket", "films"}});
  aws.client("s3").call("PutObject", {{"Bucket", "films"}, {"Key", "a b/ü+"}}, {.body = "c"});
  EXPECT_EQ(aws.client("s3").call("HeadObject",
                                  {{"Bucket", "films"}, {"Key", "a b/ü+"}})["ContentLength"],
            1);
  const Recording recording = recorded();
  EXPECT_THAT(recording.interactions, SizeIs(7));
  for (const Interaction& interaction : recording.interactions) {
    EXPECT_EQ(interaction.exchange.request.host, "upstream.test:1234");
    EXPECT_LT(interaction.exchange.response.status, 300) << interaction.meaning->operation;
  }
  EXPECT_EQ(recording.interactions[0].meaning->operation, "CreateQueue");
  EXPECT_EQ(recorder_->recorded(), 7U);
}

TEST_F(Record, RecordsErrorsAsTheyAre) {
  try {
    session().client("iam").call("GetUser", {{"UserName", "nobody"}});
    FAIL();
  } catch (const ClientError& error) {
    EXPECT_EQ(error.code(), "NoSuchEntity");
  }
  EXPECT_EQ(recorded().interactions[0].meaning->error_code, "NoSuchEntity");
}

// The signatures of the chunks go on from the request's: signed anew, there are none.
TEST_F(Record, TakesTheFramingOffOfSignedAndUnsignedChunks) {
  session().client("s3").call("CreateBucket", {{"Bucket", "films"}});
  SigningKeys keys;
  const Credentials dummy{.access_key_id = "test", .secret_access_key = "test"};
  for (const std::string_view payload :
       {kStreamingPayload, kStreamingPayloadTrailer, kStreamingUnsignedTrailer}) {
    const bool trailer = payload.ends_with("TRAILER");
    HttpRequest request =
        upload("", {{"Content-Encoding", "aws-chunked"}, {"X-Amz-Decoded-Content-Length", "7"}});
    Headers trailers;
    if (trailer) {
      request.headers.add("X-Amz-Trailer", "x-amz-checksum-crc32");
      trailers.add("x-amz-checksum-crc32", "MyUVxA==");
    }
    const Signature seed =
        sign(request, dummy, {"us-east-1", "s3"}, aws_.clock().now(), keys, payload);
    ChunkSigner signer(seed);
    request.body = encode_aws_chunked(
        "content", payload == kStreamingUnsignedTrailer ? nullptr : &signer, trailers);
    if (trailer) {
      // A checksum that is wrong shows that it got there.
      EXPECT_THAT(recorder_->handle(request).body.to_string(), HasSubstr("BadDigest")) << payload;
    } else {
      EXPECT_EQ(recorder_->handle(request).status, 200) << payload;
    }
  }
  const Recording recording = recorded();
  EXPECT_TRUE(recording.interactions[1].exchange.request.body == Blob("content"));
}

TEST_F(Record, SignsAnewWhatAPresignedUrlAsksFor) {
  const Client s3 = session().client("s3");
  s3.call("CreateBucket", {{"Bucket", "films"}});
  s3.call("PutObject", {{"Bucket", "films"}, {"Key", "k"}}, {.body = "content"});
  SigningKeys keys;
  HttpRequest request{.method = "GET",
                      .scheme = "http",
                      .host = "127.0.0.1:4566",
                      .target = "/films/k?response-content-type=text%2Fplain"};
  presign(request, {.access_key_id = "test", .secret_access_key = "test"}, {"us-east-1", "s3"},
          aws_.clock().now(), Seconds(60), keys);
  EXPECT_TRUE(recorder_->handle(request).body == Blob("content"));
  EXPECT_EQ(sent_.back(), "http://upstream.test:1234/films/k?response-content-type=text%2Fplain");
  request.target = "/films/k?AWSAccessKeyId=test&Signature=abc&Expires=1";
  EXPECT_TRUE(recorder_->handle(request).body == Blob("content")) << "Signature Version 2";
  EXPECT_EQ(sent_.back(), "http://upstream.test:1234/films/k");
}

TEST_F(Record, LeavesUnsignedWhatCameUnsigned) {
  session().client("s3").call("CreateBucket", {{"Bucket", "films"}});
  const HttpResponse response =
      recorder_->handle({.method = "GET", .host = "127.0.0.1:4566", .target = "/films/k"});
  EXPECT_EQ(response.status, 403) << "whoever it is must not get the owner's rights";
}

// Who was given credentials through the proxy is who signs with them, and nobody else.
TEST_F(Record, SignsWithTheCredentialsThatAwsGaveOut) {
  const Session aws = session();
  aws.client("iam").call("CreateUser", {{"UserName", "fred"}});
  const Json key = aws.client("iam").call("CreateAccessKey", {{"UserName", "fred"}})["AccessKey"];
  const Json fred =
      session(key["AccessKeyId"], key["SecretAccessKey"]).client("sts").call("GetCallerIdentity");
  EXPECT_THAT(fred["Arn"].get<std::string>(), HasSubstr("user/fred"));
  const Json given = aws.client("sts").call("GetSessionToken")["Credentials"];
  EXPECT_NO_THROW(session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])
                      .client("sts")
                      .call("GetCallerIdentity"));
}

TEST_F(Record, KeepsLargeBodiesInFilesOfTheirOwn) {
  const Client s3 = session().client("s3");
  s3.call("CreateBucket", {{"Bucket", "films"}});
  const Blob large(std::string((1 << 20) + 1, 'x'));
  s3.call("PutObject", {{"Bucket", "films"}, {"Key", "k"}}, {.body = large});
  const Recording recording = recorded();
  EXPECT_TRUE(recording.interactions[1].exchange.request.body == large);
  EXPECT_LT(std::filesystem::file_size(file_), 100'000U);
}

// Where AWS is upstream: its own endpoints, by its rules.
TEST_F(Record, FindsTheEndpointsOfAws) {
  Upstream aws({.credentials = std::make_shared<RealCredentials>(),
                .transport = make_in_process_transport([this](const HttpRequest& sent) {
                  sent_.push_back(sent.scheme + "://" + sent.host + sent.target);
                  return HttpResponse();
                }),
                .clock = aws_.shared_clock()});
  const auto scope = [](const std::string& service, const std::string& region) {
    return Headers{{"Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/" + region + "/" +
                                         service +
                                         "/aws4_request, SignedHeaders=host, Signature=00"}};
  };
  const struct {
    std::string host, target, service, region, url;
  } rows[] = {
      {"127.0.0.1:4566", "/", "sqs", "eu-west-1", "https://sqs.eu-west-1.amazonaws.com/"},
      {"127.0.0.1:4566", "/", "iam", "us-east-1", "https://iam.amazonaws.com/"},
      {"127.0.0.1:4566", "/", "ec2", "cn-north-1", "https://ec2.cn-north-1.amazonaws.com.cn/"},
      {"127.0.0.1:4566", "/b/k", "s3", "us-west-2", "https://s3.us-west-2.amazonaws.com/b/k"},
      {"b.localhost:4566", "/k?x", "s3", "us-west-2", "https://s3.us-west-2.amazonaws.com/b/k?x"},
      {"127.0.0.1:4566", "/", "sns", "us-west-2", "https://sns.us-west-2.amazonaws.com/"},
      {"b.s3.eu-west-1.amazonaws.com", "/k", "s3", "eu-west-1",
       "https://b.s3.eu-west-1.amazonaws.com/k"},
      {"sqs.us-east-1.amazonaws.com:443", "/1/q", "sqs", "us-east-1",
       "https://sqs.us-east-1.amazonaws.com/1/q"},
  };
  for (const auto& row : rows) {
    HttpRequest request{
        .host = row.host, .target = row.target, .headers = scope(row.service, row.region)};
    if (row.service == "s3") {
      request.method = "GET";
    } else if (row.service != "sns") {
      request.headers.add("Content-Type", "application/x-www-form-urlencoded");
      request.body = row.service == "sqs"   ? "Action=ListQueues&Version=2012-11-05"
                     : row.service == "iam" ? "Action=ListUsers&Version=2010-05-08"
                                            : "Action=DescribeVpcs&Version=2016-11-15";
    }
    const Exchange exchange = aws.exchange(request);
    EXPECT_EQ(sent_.back(), row.url);
    const auto claim = claimed_signature(exchange.request);
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->access_key_id, kRealKey);
    EXPECT_EQ(claim->region, row.region);
    EXPECT_EQ(claim->service, row.service);
  }
  EXPECT_THROW((void)aws.exchange({.method = "GET", .host = "example.com"}), ConfigError);
}

TEST_F(Record, SaysThatTheUpstreamCanNotBeReached) {
  recorder_.reset();
  recorder_ =
      std::make_unique<RecordServer>(file_, [](const HttpRequest&, const SendOptions&) -> Exchange {
        throw ConnectionError("nobody there");
      });
  try {
    session().client("sqs").call("ListQueues");
    FAIL();
  } catch (const ClientError& error) {
    EXPECT_EQ(error.code(), "UpstreamUnreachable");
    EXPECT_EQ(error.message(), "nobody there");
    EXPECT_EQ(error.status(), 502);
  }
  EXPECT_THAT(recorded().interactions, IsEmpty());
}

TEST_F(Record, IsUsedByManyClientsAtOnce) {
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([this, i] {
        const Client sqs = session().client("sqs");
        for (int j = 0; j < 10; ++j)
          sqs.call("CreateQueue",
                   {{"QueueName", "q" + std::to_string(i) + "-" + std::to_string(j)}});
      });
  }
  EXPECT_THAT(recorded().interactions, SizeIs(80));
}

// Every operation that gives or takes a secret, by each way on which it may reach the file.
TEST_F(Record, NoSecretReachesTheFile) {
  const std::string password = "p&ss \"w<rd+1/\xc3\xbc";
  const std::string sse_key = "0123456789abcdef0123456789ABCDEF";
  const Session aws = session();
  std::vector<std::string> secrets = {kRealSecret, password, sse_key, "s3cret+user/data"};
  const Client iam = aws.client("iam");
  iam.call("CreateUser", {{"UserName", "fred"}});
  const Json key = iam.call("CreateAccessKey", {{"UserName", "fred"}})["AccessKey"];
  secrets.push_back(key["SecretAccessKey"]);
  iam.call("CreateLoginProfile", {{"UserName", "fred"}, {"Password", password}});
  iam.call("UpdateLoginProfile", {{"UserName", "fred"}, {"Password", password}});
  const Json mfa =
      iam.call("CreateVirtualMFADevice", {{"VirtualMFADeviceName", "m"}})["VirtualMFADevice"];
  const auto& seed = mfa["Base32StringSeed"].get_binary();
  secrets.emplace_back(seed.begin(), seed.end());
  const Client sts = aws.client("sts");
  const Json given = sts.call("GetSessionToken")["Credentials"];
  secrets.push_back(given["SecretAccessKey"]);
  secrets.push_back(given["SessionToken"]);
  session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])
      .client("sqs")
      .call("CreateQueue", {{"QueueName", "q"}});
  iam.call("CreateRole",
           {{"RoleName", "r"},
            {"AssumeRolePolicyDocument",
             R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},)"
             R"("Action":"sts:AssumeRole"}]})"}});
  const Json role = session(key["AccessKeyId"], key["SecretAccessKey"])
                        .client("sts")
                        .call("AssumeRole", {{"RoleArn", "arn:aws:iam::123456789012:role/r"},
                                             {"RoleSessionName", "session"}})["Credentials"];
  secrets.push_back(role["SecretAccessKey"]);
  secrets.push_back(role["SessionToken"]);
  const Client ec2 = aws.client("ec2");
  secrets.push_back(
      ec2.call("CreateKeyPair", {{"KeyName", "k"}})["KeyMaterial"].get<std::string>().substr(60,
                                                                                             60));
  const Client s3 = aws.client("s3");
  s3.call("CreateBucket", {{"Bucket", "films"}});
  s3.call("PutObject",
          {{"Bucket", "films"},
           {"Key", "k"},
           {"SSECustomerAlgorithm", "AES256"},
           {"SSECustomerKey", sse_key}},
          {.body = "content"});
  s3.call("GetObject", {{"Bucket", "films"},
                        {"Key", "k"},
                        {"SSECustomerAlgorithm", "AES256"},
                        {"SSECustomerKey", sse_key}});
  SigningKeys keys;
  HttpRequest presigned{.method = "GET", .host = "127.0.0.1:4566", .target = "/films/none"};
  const Signature signature = presign(presigned,
                                      {.access_key_id = given["AccessKeyId"],
                                       .secret_access_key = given["SecretAccessKey"],
                                       .session_token = given["SessionToken"]},
                                      {"us-east-1", "s3"}, aws_.clock().now(), Seconds(60), keys);
  secrets.push_back(signature.hex);
  (void)recorder_->handle(presigned);
  const Recording recording = recorded();
  EXPECT_GE(recording.interactions.size(), 14U);
  for (const Interaction& interaction : recording.interactions)
    EXPECT_FALSE(interaction.exchange.response.body == Blob("<body>"))
        << interaction.meaning->operation << ": a form that nobody knows";
  std::string all = content_of(file_);
  for (const Interaction& interaction : recording.interactions) {
    all += interaction.exchange.request.body.to_string();
    all += interaction.exchange.response.body.to_string();
    for (const auto& [name, value] : interaction.exchange.request.headers) all += value + "\n";
  }
  for (const std::string& secret : secrets) EXPECT_THAT(all, Not(HasSubstr(secret)));
  EXPECT_THAT(all, Not(HasSubstr(sse_key.substr(0, 16))));
  EXPECT_THAT(all, Not(HasSubstr("MDEyMzQ1Njc4OWFiY2RlZjAx"))) << "the key in base64";
}

// Nobody can tell what is secret in them.
TEST_F(Record, LeavesTheBodiesOfUnknownServicesOut) {
  HttpRequest request{
      .host = "127.0.0.1:4566",
      .headers = {{"Authorization",
                   "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/secretsmanager/"
                   "aws4_request, SignedHeaders=host, Signature=00"},
                  {"X-Amz-Target", "secretsmanager.PutSecretValue"},
                  {"Content-Type", "application/x-amz-json-1.1"}},
      .body = R"({"SecretString":"hunter2"})"};
  (void)recorder_->handle(request);
  EXPECT_THAT(recorded().interactions, SizeIs(1));
  EXPECT_THAT(content_of(file_), Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace cloudchamber::recordings
