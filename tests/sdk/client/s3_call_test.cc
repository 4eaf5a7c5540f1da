// What S3 asks of a client beyond its model: bodies, checksums, addressing, and a few oddities.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cloudchamber/errors.h"
#include "cloudchamber/paginator.h"
#include "tests/sdk/client/stage.h"

namespace cloudchamber {
namespace {

using testing::HasSubstr;
using testing::Not;

const Json kObject = {{"Bucket", "my-bucket"}, {"Key", "a/b c"}};

Json with(Json object, const Json& more) {
  object.update(more);
  return object;
}

TEST(PutObject, SendsABodyOfTheOptionsOrTheParameters) {
  Stage stage;
  for (int i = 0; i < 3; ++i) stage.script->answer(200, {{"ETag", "\"1\""}});
  const Client s3 = stage.client("s3");
  Blob blob("hel");
  blob.append(Blob("lo"));
  CallOptions options;
  options.body = blob;
  EXPECT_EQ(s3.call("PutObject", kObject, options)["ETag"], "\"1\"");
  EXPECT_EQ(stage.request(0).body.piece_count(), 2U) << "not copied";
  s3.call("PutObject", with(kObject, {{"Body", "hello"}}));
  s3.call("PutObject", with(kObject, {{"Body", Json::binary({'h', 'e', 'l', 'l', 'o'})}}));
  for (std::size_t i = 0; i < 3; ++i) {
    const HttpRequest request = stage.request(i);
    EXPECT_EQ(request.method, "PUT");
    EXPECT_EQ(request.host, "my-bucket.s3.amazonaws.com");
    EXPECT_EQ(request.target, "/a/b%20c");
    EXPECT_EQ(request.body, Blob("hello"));
    EXPECT_EQ(request.headers.get("x-amz-checksum-crc32"), "NhCmhg==");
    EXPECT_EQ(request.headers.get("x-amz-sdk-checksum-algorithm"), "CRC32");
    EXPECT_EQ(request.headers.get("x-amz-content-sha256"), "UNSIGNED-PAYLOAD")
        << "over TLS with a checksum";
  }
  EXPECT_THROW(s3.call("HeadObject", kObject, options), ParamValidationError);
}

TEST(PutObject, SignsTheBodyOverPlainHttpOrWhenTold) {
  constexpr const char* kHashOfHello =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  Stage stage;
  stage.script->answer(200).answer(200);
  ClientOptions plain;
  plain.use_ssl = false;
  ClientOptions told;
  told.config.s3.payload_signing_enabled = true;
  const Json parameters = with(kObject, {{"Body", "hello"}});
  stage.client("s3", plain).call("PutObject", parameters);
  stage.client("s3", told).call("PutObject", parameters);
  EXPECT_EQ(stage.request(0).scheme, "http");
  EXPECT_EQ(stage.request(0).headers.get("x-amz-content-sha256"), kHashOfHello);
  EXPECT_EQ(stage.request(1).headers.get("x-amz-content-sha256"), kHashOfHello);
}

struct ChecksumRow {
  std::string what;
  Json parameters;
  std::string calculation;
  std::string header;  // "" for none
  std::string value;
};

TEST(PutObject, CarriesTheChecksumThatIsAskedFor) {
  const std::vector<ChecksumRow> rows = {
      {"the default", Json::object(), "when_supported", "x-amz-checksum-crc32", "NhCmhg=="},
      {"when required only", Json::object(), "when_required", "", ""},
      {"chosen",
       {{"ChecksumAlgorithm", "CRC32C"}},
       "when_required",
       "x-amz-checksum-crc32c",
       "mnG7TA=="},
      {"sha1",
       {{"ChecksumAlgorithm", "SHA1"}},
       "when_supported",
       "x-amz-checksum-sha1",
       "qvTGHdzF6KLavt4PO0gs2a6pQ00="},
      {"sha256",
       {{"ChecksumAlgorithm", "SHA256"}},
       "when_supported",
       "x-amz-checksum-sha256",
       "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="},
      {"given by the caller",
       {{"ChecksumSHA1", "mine"}},
       "when_supported",
       "x-amz-checksum-sha1",
       "mine"},
  };
  for (const ChecksumRow& row : rows) {
    Stage stage;
    stage.script->answer(200);
    ClientOptions options;
    options.config.request_checksum_calculation = row.calculation;
    stage.client("s3", options)
        .call("PutObject", with(with(kObject, {{"Body", "hello"}}), row.parameters));
    int checksums = 0;
    for (const auto& [name, value] : stage.request().headers)
      if (name.starts_with("x-amz-checksum-")) ++checksums;
    EXPECT_EQ(checksums, row.header.empty() ? 0 : 1) << row.what;
    if (row.header.empty()) continue;
    EXPECT_EQ(stage.request().headers.get(row.header), row.value) << row.what;
  }
  Stage stage;
  EXPECT_THROW(
      stage.client("s3").call("PutObject", with(kObject, {{"ChecksumAlgorithm", "CRC99"}})),
      ParamValidationError);
}

TEST(DeleteObjects, AlwaysCarriesAChecksum) {
  Stage stage;
  stage.script->answer(200, {}, "<DeleteResult/>");
  ClientOptions options;
  options.config.request_checksum_calculation = "when_required";
  stage.client("s3", options)
      .call("DeleteObjects", {{"Bucket", "bbb"}, {"Delete", {{"Objects", {{{"Key", "k"}}}}}}});
  EXPECT_TRUE(stage.request().headers.contains("x-amz-checksum-crc32"));
}

TEST(GetObject, GivesTheBodyInTheResultOrWhereItIsWanted) {
  Stage stage;
  for (int i = 0; i < 3; ++i) stage.script->answer(200, {{"Content-Length", "5"}}, "hello");
  const Client s3 = stage.client("s3");
  const Json whole = s3.call("GetObject", kObject);
  EXPECT_EQ(whole["Body"], Json::binary({'h', 'e', 'l', 'l', 'o'}));
  EXPECT_EQ(whole["ContentLength"], 5);
  Blob blob;
  CallOptions into_blob;
  into_blob.output_body = &blob;
  EXPECT_FALSE(s3.call("GetObject", kObject, into_blob).contains("Body"));
  EXPECT_EQ(blob, Blob("hello"));
  std::string text;
  CallOptions into_sink;
  into_sink.sink = [&](std::string_view piece) { text += piece; };
  EXPECT_FALSE(s3.call("GetObject", kObject, into_sink).contains("Body"));
  EXPECT_EQ(text, "hello");
  EXPECT_EQ(stage.request().headers.get("x-amz-checksum-mode"), "ENABLED");
}

TEST(GetObject, RefusesABodyThatIsNotWhatItsChecksumSays) {
  Stage stage;
  CallOptions into_sink;
  into_sink.sink = [](std::string_view) {};
  const Client s3 = stage.client("s3");
  for (const CallOptions& options : {CallOptions(), into_sink}) {
    stage.script->answer(200, {{"x-amz-checksum-crc32", "AAAAAA=="}}, "hello");
    EXPECT_THROW(s3.call("GetObject", kObject, options), ChecksumError);
    stage.script->answer(200, {{"x-amz-checksum-crc32", "NhCmhg=="}}, "hello");
    EXPECT_NO_THROW(s3.call("GetObject", kObject, options));
    // The checksum of an object's parts' checksums is not that of its bytes.
    stage.script->answer(200, {{"x-amz-checksum-crc32", "AAAAAA==-3"}}, "hello");
    EXPECT_NO_THROW(s3.call("GetObject", kObject, options));
  }
  ClientOptions trusting;
  trusting.config.response_checksum_validation = "when_required";
  stage.script->answer(200, {{"x-amz-checksum-crc32", "AAAAAA=="}}, "hello");
  EXPECT_NO_THROW(stage.client("s3", trusting).call("GetObject", kObject));
}

TEST(HeadObject, SaysNotFoundWithoutABody) {
  Stage stage;
  stage.script->answer(404);
  try {
    stage.client("s3").call("HeadObject", kObject);
    FAIL() << "nothing was thrown";
  } catch (const ClientError& error) {
    EXPECT_EQ(error.code(), "404");
    EXPECT_EQ(error.message(), "Not Found");
  }
}

TEST(CopyObject, TreatsAnErrorWithStatus200AsAFailure) {
  Stage stage;
  const char* error =
      "  \n<?xml "
      "version=\"1.0\"?>\n<Error><Code>InternalError</Code><Message>Oops</Message></Error>";
  stage.script->answer(200, {}, error);
  stage.script->answer(200, {}, "<CopyObjectResult><ETag>\"e\"</ETag></CopyObjectResult>");
  const Json result =
      stage.client("s3").call("CopyObject", with(kObject, {{"CopySource", "from/k"}}));
  EXPECT_EQ(result["ResponseMetadata"]["RetryAttempts"], 1);
  EXPECT_EQ(result["CopyObjectResult"]["ETag"], "\"e\"");
}

TEST(CopyObject, EncodesItsSource) {
  const std::vector<std::pair<Json, std::string>> rows = {
      {"from/a b", "from/a%20b"},
      {"from/k?versionId=v1", "from/k?versionId=v1"},
      {{{"Bucket", "from"}, {"Key", "a b?c"}}, "from/a%20b%3Fc"},
      {{{"Bucket", "from"}, {"Key", "k"}, {"VersionId", "v1"}}, "from/k?versionId=v1"},
  };
  for (const auto& [source, encoded] : rows) {
    Stage stage;
    stage.script->answer(200, {}, "<CopyObjectResult/>");
    stage.client("s3").call("CopyObject", with(kObject, {{"CopySource", source}}));
    EXPECT_EQ(stage.request().headers.get("x-amz-copy-source"), encoded);
  }
  Stage stage;
  EXPECT_THROW(
      stage.client("s3").call("CopyObject", with(kObject, {{"CopySource", {{"Bucket", "only"}}}})),
      ParamValidationError);
}

TEST(PutObject, EncodesTheCustomersKeyWithItsMd5) {
  Stage stage;
  stage.script->answer(200);
  stage.client("s3").call("PutObject", with(kObject, {{"SSECustomerAlgorithm", "AES256"},
                                                      {"SSECustomerKey", "0123456789abcdef"}}));
  const HttpRequest request = stage.request();
  EXPECT_EQ(request.headers.get("x-amz-server-side-encryption-customer-key"),
            "MDEyMzQ1Njc4OWFiY2RlZg==");
  EXPECT_EQ(request.headers.get("x-amz-server-side-encryption-customer-key-md5"),
            "QDKvjWEDUSOQbljgZxQMxQ==");
}

TEST(ListObjects, AsksForEncodedKeysAndDecodesThem) {
  Stage stage;
  const char* body =
      "<ListBucketResult><EncodingType>url</EncodingType><Delimiter>%2F</Delimiter>"
      "<Contents><Key>a%0Ab+c%2Bd</Key></Contents>"
      "<CommonPrefixes><Prefix>x%20y/</Prefix></CommonPrefixes></ListBucketResult>";
  stage.script->answer(200, {}, body).answer(200, {}, body);
  const Client s3 = stage.client("s3");
  const Json decoded = s3.call("ListObjectsV2", {{"Bucket", "bbb"}});
  EXPECT_THAT(stage.request(0).target, HasSubstr("encoding-type=url"));
  EXPECT_EQ(decoded["Contents"][0]["Key"], "a\nb c+d");
  EXPECT_EQ(decoded["CommonPrefixes"][0]["Prefix"], "x y/");
  EXPECT_EQ(decoded["Delimiter"], "/");
  const Json asked = s3.call("ListObjectsV2", {{"Bucket", "bbb"}, {"EncodingType", "url"}});
  EXPECT_EQ(asked["Contents"][0]["Key"], "a%0Ab+c%2Bd") << "who asks for it gets it";
}

TEST(Metadata, MustBeAscii) {
  Stage stage;
  EXPECT_THROW(
      stage.client("s3").call("PutObject", with(kObject, {{"Metadata", {{"k", "\u00e4"}}}})),
      ParamValidationError);
}

TEST(BucketName, IsCheckedBeforeSending) {
  Stage stage;
  EXPECT_THROW(stage.client("s3").call("HeadBucket", {{"Bucket", "a/b"}}), ParamValidationError);
}

// --- addressing

struct AddressRow {
  std::string what;
  ClientOptions options;
  std::string bucket;
  std::string operation;
  std::string host;
  std::string target;
};

ClientOptions endpoint(const std::string& url, const std::string& style = "") {
  ClientOptions options;
  options.endpoint_url = url;
  if (!style.empty()) options.config.s3.addressing_style = style;
  return options;
}

ClientOptions region(const std::string& name, const std::string& style = "") {
  ClientOptions options;
  options.region_name = name;
  if (!style.empty()) options.config.s3.addressing_style = style;
  return options;
}

TEST(Addressing, PutsTheBucketWhereBoto3DoesIt) {
  ClientOptions accelerated;
  accelerated.config.s3.use_accelerate_endpoint = true;
  ClientOptions accelerated_path = accelerated;
  accelerated_path.config.s3.addressing_style = "path";
  ClientOptions regional = region("us-east-1");
  regional.config.s3.us_east_1_regional_endpoint = "regional";
  ClientOptions plain = region("eu-west-1");
  plain.use_ssl = false;
  ClientOptions dual = region("eu-west-1");
  dual.config.use_dualstack_endpoint = true;
  const std::vector<AddressRow> rows = {
      {"virtual", region("eu-west-1"), "bbb", "HeadBucket", "bbb.s3.eu-west-1.amazonaws.com", "/"},
      {"the old home", region("us-east-1"), "bbb", "HeadBucket", "bbb.s3.amazonaws.com", "/"},
      {"its regional name", regional, "bbb", "HeadBucket", "bbb.s3.us-east-1.amazonaws.com", "/"},
      {"China", region("cn-north-1"), "bbb", "HeadBucket", "bbb.s3.cn-north-1.amazonaws.com.cn",
       "/"},
      {"dual stack", dual, "bbb", "HeadBucket", "bbb.s3.dualstack.eu-west-1.amazonaws.com", "/"},
      {"path style", region("eu-west-1", "path"), "bbb", "HeadBucket", "s3.eu-west-1.amazonaws.com",
       "/bbb"},
      {"a dot over TLS", region("eu-west-1"), "b.b", "HeadBucket", "s3.eu-west-1.amazonaws.com",
       "/b.b"},
      {"a dot without TLS", plain, "b.b", "HeadBucket", "s3.eu-west-1.amazonaws.com", "/b.b"},
      {"no TLS", plain, "bbb", "HeadBucket", "bbb.s3.eu-west-1.amazonaws.com", "/"},
      {"capitals", region("eu-west-1"), "BBB", "HeadBucket", "s3.eu-west-1.amazonaws.com", "/BBB"},
      {"too short", region("eu-west-1"), "bb", "HeadBucket", "s3.eu-west-1.amazonaws.com", "/bb"},
      {"its location", region("eu-west-1"), "bbb", "GetBucketLocation",
       "s3.eu-west-1.amazonaws.com", "/bbb?location"},
      {"a custom endpoint", endpoint("http://localhost:4566"), "bbb", "HeadBucket",
       "localhost:4566", "/bbb"},
      {"a custom endpoint, virtual", endpoint("http://s3.localhost:4566", "virtual"), "bbb",
       "HeadBucket", "bbb.s3.localhost:4566", "/"},
      {"an address, virtual", endpoint("http://127.0.0.1:4566", "virtual"), "bbb", "HeadBucket",
       "127.0.0.1:4566", "/bbb"},
      {"an endpoint with a path", endpoint("http://proxy/s3/"), "bbb", "HeadBucket", "proxy",
       "/s3/bbb"},
      {"accelerated", accelerated, "bbb", "HeadBucket", "bbb.s3-accelerate.amazonaws.com", "/"},
      {"accelerated, though in path style", accelerated_path, "bbb", "HeadBucket",
       "bbb.s3-accelerate.amazonaws.com", "/"},
      {"an access point", region("eu-west-1"),
       "arn:aws:s3:us-west-2:123456789012:accesspoint:myendpoint", "GetBucketTagging",
       "myendpoint-123456789012.s3-accesspoint.us-west-2.amazonaws.com", "/?tagging"},
      {"a query behind", region("eu-west-1"), "bbb", "GetBucketTagging",
       "bbb.s3.eu-west-1.amazonaws.com", "/?tagging"},
  };
  for (const AddressRow& row : rows) {
    Stage stage;
    stage.script->answer(200);
    try {
      stage.client("s3", row.options).call(row.operation, {{"Bucket", row.bucket}});
    } catch (const ResponseParserError&) {  // of the empty response
    }
    EXPECT_EQ(stage.request().host, row.host) << row.what;
    EXPECT_EQ(stage.request().target, row.target) << row.what;
  }
}

// Read off boto3 1.43: the region and the name that the endpoint's rules say.
TEST(Addressing, SignsForWhereTheEndpointIs) {
  struct Row {
    const char* bucket;
    const char* scope;
  };
  const Row rows[] = {
      {"bbb", "/eu-west-1/s3/aws4_request"},
      {"arn:aws:s3:us-west-2:123456789012:accesspoint:p", "/us-west-2/s3/aws4_request"},
      {"arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/p",
       "/eu-west-1/s3-object-lambda/aws4_request"},
      {"arn:aws:s3-outposts:eu-west-1:123456789012:outpost:op-01234567890123456:accesspoint:p",
       "/eu-west-1/s3-outposts/aws4_request"},
  };
  for (const Row& row : rows) {
    Stage stage;
    stage.script->answer(200);
    stage.client("s3", region("eu-west-1"))
        .call("GetObject", {{"Bucket", row.bucket}, {"Key", "a/b c"}});
    EXPECT_EQ(stage.request().target, "/a/b%20c");
    EXPECT_NE(stage.request().headers.get("Authorization").find(row.scope), std::string_view::npos)
        << row.bucket << ": " << stage.request().headers.get("Authorization");
  }
}

// Signature Version 4A and S3 Express's sessions are not ours.
TEST(Addressing, RefusesWhatItCannotSign) {
  for (const char* bucket :
       {"arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap", "mybucket--usw2-az1--x-s3"}) {
    Stage stage;
    EXPECT_THROW(stage.client("s3", region("us-west-2"))
                     .call("GetObject", {{"Bucket", bucket}, {"Key", "k"}}),
                 ConfigError)
        << bucket;
  }
}

}  // namespace
}  // namespace cloudchamber
