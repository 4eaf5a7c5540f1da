#include "mock-server/route/host.h"

#include <gtest/gtest.h>

#include "mock-server/route/credential_scope.h"

namespace cloudchamber::mock {
namespace {

TEST(Host, TellsServiceRegionAndBucket) {
  struct Row {
    const char* host;
    const char* service;
    const char* region;
    const char* bucket;
  };
  for (const Row& row : {
           Row{"127.0.0.1:4566", "", "", ""},
           Row{"localhost:4566", "", "", ""},
           Row{"[::1]:4566", "", "", ""},
           Row{"example.com", "", "", ""},
           Row{"", "", "", ""},
           // AWS's own.
           Row{"s3.amazonaws.com", "s3", "", ""},
           Row{"b.s3.amazonaws.com", "s3", "", "b"},
           Row{"b.s3.us-west-2.amazonaws.com:443", "s3", "us-west-2", "b"},
           Row{"b.s3-us-west-2.amazonaws.com", "s3", "us-west-2", "b"},
           Row{"my.bucket.s3.eu-central-1.amazonaws.com", "s3", "eu-central-1", "my.bucket"},
           Row{"b.s3.dualstack.us-west-2.amazonaws.com", "s3", "us-west-2", "b"},
           Row{"s3.dualstack.us-west-2.amazonaws.com", "s3", "us-west-2", ""},
           Row{"b.s3-accelerate.amazonaws.com", "s3", "", "b"},
           Row{"b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", "s3", "us-east-1",
               "b--use1-az4--x-s3"},
           Row{"s3express-control.us-east-1.amazonaws.com", "s3", "us-east-1", ""},
           Row{"b.s3.cn-north-1.amazonaws.com.cn", "s3", "cn-north-1", "b"},
           Row{"s3.s3.amazonaws.com", "s3", "", "s3"},
           Row{"sqs.s3.amazonaws.com", "s3", "", "sqs"},
           Row{"SQS.Us-East-1.amazonaws.com", "sqs", "us-east-1", ""},
           Row{"us-west-2.queue.amazonaws.com", "sqs", "us-west-2", ""},
           Row{"dynamodb.eu-west-1.amazonaws.com", "dynamodb", "eu-west-1", ""},
           Row{"streams.dynamodb.eu-west-1.amazonaws.com", "dynamodb", "eu-west-1", ""},
           Row{"123456789012.ddb.us-east-1.amazonaws.com", "dynamodb", "us-east-1", ""},
           Row{"sts.amazonaws.com", "sts", "", ""},
           Row{"ec2.us-gov-east-1.amazonaws.com", "ec2", "us-gov-east-1", ""},
           Row{"ec2.eu-west-1.api.aws", "ec2", "eu-west-1", ""},
           Row{"notamazonaws.com", "", "", ""},
           // This machine.
           Row{"b.localhost:4566", "s3", "", "b"},
           Row{"b.s3.localhost:4566", "s3", "", "b"},
           Row{"my.b.localhost", "s3", "", "my.b"},
           Row{"s3.localhost", "s3", "", ""},
           Row{"sqs.localhost", "sqs", "", ""},
           Row{"b.s3.localhost.localstack.cloud:4566", "s3", "", "b"},
           Row{"b.s3.eu-west-1.localhost.localstack.cloud:4566", "s3", "eu-west-1", "b"},
           Row{"s3.localhost.localstack.cloud:4566", "s3", "", ""},
           Row{"localhost.localstack.cloud:4566", "", "", ""},
           Row{"sqs.us-east-1.localhost.localstack.cloud:4566", "sqs", "us-east-1", ""},
           Row{"b.127.0.0.1.nip.io:4566", "s3", "", "b"},
       }) {
    const HostMeaning meaning = understand_host(row.host);
    EXPECT_EQ(meaning.service, row.service) << row.host;
    EXPECT_EQ(meaning.region, row.region) << row.host;
    EXPECT_EQ(meaning.bucket, row.bucket) << row.host;
  }
}

TEST(CredentialScope, IsReadFromHeaderAndQuery) {
  HttpRequest header;
  header.headers.add("authorization",
                     "AWS4-HMAC-SHA256 Credential=AK/ID/20150830/eu-west-1/sqs/aws4_request,"
                     "SignedHeaders=host, Signature=00");
  EXPECT_EQ(read_scope(header).service, "sqs");
  EXPECT_EQ(read_scope(header).region, "eu-west-1");

  HttpRequest query;
  query.target =
      "/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20150830%2Fus-east-1%2Fs3%2F"
      "aws4_request&X-Amz-Date=x";
  EXPECT_EQ(read_scope(query).service, "s3");
  EXPECT_EQ(read_scope(query).region, "us-east-1");
}

TEST(CredentialScope, IsEmptyWhereThereIsNone) {
  for (const char* value :
       {"", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=", "Bearer x",
        "AWS4-HMAC-SHA256 Credential=/aws4_request", "AWS4-HMAC-SHA256 Credential=a/aws4_request",
        "AWS4-HMAC-SHA256 Credential=a/b/aws4_request", "\x07"}) {
    HttpRequest request;
    request.headers.add("Authorization", value);
    EXPECT_EQ(read_scope(request).service, "") << value;
  }
}

TEST(CredentialScope, TakesSignatureVersion2ForS3) {
  HttpRequest request;
  request.headers.add("Authorization", "AWS AKID:signature");
  EXPECT_EQ(read_scope(request).service, "s3");
}

}  // namespace
}  // namespace cloudchamber::mock
