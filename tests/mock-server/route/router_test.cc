#include "mock-server/route/router.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mock-server/route/known_services.h"

namespace cloudchamber::mock {
namespace {

std::string signed_for(const std::string& service, const std::string& region = "us-east-1") {
  return "AWS4-HMAC-SHA256 Credential=AKID/20150830/" + region + "/" + service +
         "/aws4_request, SignedHeaders=host, Signature=00";
}

HttpRequest request_of(const std::string& method, const std::string& target, Headers headers = {},
                       const std::string& body = "") {
  HttpRequest request;
  request.method = method;
  request.host = "127.0.0.1:4566";
  request.target = target;
  request.headers = std::move(headers);
  request.body = body;
  return request;
}

// "s3 GetObject", or "s3 MethodNotAllowed 405" where it is refused.
std::string routed(const HttpRequest& request) {
  static const Router router;
  Route route;
  try {
    router.find(request, route);
    return route.model->name + " " + route.operation->name;
  } catch (const AwsError& error) {
    if (route.model == nullptr) return "an error without a protocol";
    return route.model->name + " " + error.code() +
           (error.status() != 0 ? " " + std::to_string(error.status()) : "");
  }
}

TEST(KnownServices, SaysWhatTheModelsSay) {
  for (const KnownService& service : kKnownServices) {
    const auto model = find_model(service.model);
    ASSERT_NE(model, nullptr) << service.model;
    EXPECT_EQ(model->signing_name, service.signing_name);
    EXPECT_EQ(model->target_prefix, service.target_prefix);
    EXPECT_EQ(model->api_version, service.api_version);
    const bool takes_actions =
        model->protocol == Protocol::kQuery || model->protocol == Protocol::kEc2;
    if (takes_actions) {
      EXPECT_EQ(service.query_model, service.model);
    }
    if (!service.query_model.empty()) {
      EXPECT_EQ(find_model(service.query_model)->api_version, service.api_version);
    }
  }
  for (const std::string& name : model_names()) {
    EXPECT_NE(std::find_if(kKnownServices.begin(), kKnownServices.end(),
                           [&](const KnownService& service) { return service.model == name; }),
              kKnownServices.end())
        << name;
  }
}

TEST(Router, TellsS3OperationsApart) {
  struct Row {
    const char* method;
    const char* target;
    const char* operation;
  };
  for (const Row& row : {
           Row{"GET", "/", "ListBuckets"},
           Row{"GET", "/?x-id=ListBuckets", "ListBuckets"},
           Row{"GET", "/?x-id=ListDirectoryBuckets", "ListDirectoryBuckets"},
           Row{"GET", "/b", "ListObjects"},
           Row{"GET", "/b/", "ListObjects"},
           Row{"GET", "/b?prefix=a&delimiter=%2F", "ListObjects"},
           Row{"GET", "/b?list-type=2&prefix=a", "ListObjectsV2"},
           Row{"GET", "/b?list-type=1", "ListObjects"},
           Row{"GET", "/b?versions", "ListObjectVersions"},
           Row{"GET", "/b?versions=", "ListObjectVersions"},
           Row{"GET", "/b?uploads", "ListMultipartUploads"},
           Row{"GET", "/b?location", "GetBucketLocation"},
           Row{"GET", "/b?lifecycle", "GetBucketLifecycleConfiguration"},
           Row{"PUT", "/b?lifecycle", "PutBucketLifecycleConfiguration"},
           Row{"GET", "/b?notification", "GetBucketNotificationConfiguration"},
           Row{"GET", "/b?analytics", "ListBucketAnalyticsConfigurations"},
           Row{"GET", "/b?analytics&id=x", "GetBucketAnalyticsConfiguration"},
           Row{"GET", "/b?policyStatus", "GetBucketPolicyStatus"},
           Row{"GET", "/b?policy", "GetBucketPolicy"},
           Row{"HEAD", "/b", "HeadBucket"},
           Row{"HEAD", "/b/k", "HeadObject"},
           Row{"PUT", "/b", "CreateBucket"},
           Row{"PUT", "/b/", "CreateBucket"},
           Row{"PUT", "/b?acl", "PutBucketAcl"},
           Row{"DELETE", "/b", "DeleteBucket"},
           Row{"DELETE", "/b?tagging", "DeleteBucketTagging"},
           Row{"POST", "/b?delete", "DeleteObjects"},
           Row{"GET", "/b/k", "GetObject"},
           Row{"GET", "/b/k?x-id=GetObject", "GetObject"},
           Row{"GET", "/b/k?versionId=1&response-content-type=a", "GetObject"},
           Row{"GET", "/b/a/b/c//d", "GetObject"},
           Row{"GET", "/b//k", "GetObject"},
           Row{"GET", "/b/k/", "GetObject"},
           Row{"GET", "/b/k?acl", "GetObjectAcl"},
           Row{"GET", "/b/k?attributes", "GetObjectAttributes"},
           Row{"GET", "/b/k?uploadId=1", "ListParts"},
           Row{"PUT", "/b/k", "PutObject"},
           Row{"PUT", "/b/k?tagging", "PutObjectTagging"},
           Row{"PUT", "/b/k?partNumber=1&uploadId=2", "UploadPart"},
           Row{"PUT", "/b/k?partNumber=1", "PutObject"},
           Row{"POST", "/b/k?uploads", "CreateMultipartUpload"},
           Row{"POST", "/b/k?uploads=", "CreateMultipartUpload"},
           Row{"POST", "/b/k?uploadId=2", "CompleteMultipartUpload"},
           Row{"DELETE", "/b/k?uploadId=2", "AbortMultipartUpload"},
           Row{"DELETE", "/b/k", "DeleteObject"},
           Row{"POST", "/b/k?restore", "RestoreObject"},
           Row{"POST", "/b/k?select&select-type=2", "SelectObjectContent"},
       }) {
    EXPECT_EQ(routed(request_of(row.method, row.target)), std::string("s3 ") + row.operation)
        << row.method << " " << row.target;
  }
}

TEST(Router, TellsACopyByItsHeader) {
  const Headers copy = {{"X-Amz-Copy-Source", "/b/k"}};
  EXPECT_EQ(routed(request_of("PUT", "/b/k", copy)), "s3 CopyObject");
  EXPECT_EQ(routed(request_of("PUT", "/b/k?partNumber=1&uploadId=2", copy)), "s3 UploadPartCopy");
  EXPECT_EQ(routed(request_of("PUT", "/b/k?acl", copy)), "s3 PutObjectAcl");
}

TEST(Router, RefusesMethodsThatAResourceOfS3DoesNotKnow) {
  struct Row {
    const char* method;
    const char* target;
    const char* type;
  };
  for (const Row& row : {Row{"POST", "/", "SERVICE"}, Row{"DELETE", "/", "SERVICE"},
                         Row{"POST", "/b", "BUCKET"}, Row{"PATCH", "/b/", "BUCKET"},
                         Row{"POST", "/b/k", "OBJECT"}, Row{"FROB", "/b/k", "OBJECT"}}) {
    Route route;
    try {
      Router().find(request_of(row.method, row.target), route);
      ADD_FAILURE() << row.method << " " << row.target;
    } catch (const AwsError& error) {
      EXPECT_EQ(error.code(), "MethodNotAllowed");
      EXPECT_EQ(error.status(), 405);
      EXPECT_EQ(error.members().at("Method"), row.method);
      EXPECT_EQ(error.members().at("ResourceType"), row.type);
      EXPECT_EQ(route.model->name, "s3");
    }
  }
}

TEST(Router, ReadsABucketFromTheHost) {
  HttpRequest request = request_of("GET", "/k/%20x?acl");
  request.host = "my.bucket.s3.us-west-2.amazonaws.com";
  Route route;
  Router().find(request, route);
  EXPECT_EQ(route.operation->name, "GetObjectAcl");
  EXPECT_EQ(route.decoded_target, "/my.bucket/k/%20x?acl");
  EXPECT_EQ(route.region, "us-west-2");

  request.target = "/";
  request.host = "bucket.localhost:4566";
  Route bucket;
  Router().find(request, bucket);
  EXPECT_EQ(bucket.operation->name, "ListObjects");
  EXPECT_EQ(bucket.decoded_target, "/bucket/");
}

TEST(Router, FollowsTheTargetHeader) {
  const auto target = [](const std::string& value) {
    return request_of("POST", "/", {{"X-Amz-Target", value}}, "{}");
  };
  EXPECT_EQ(routed(target("DynamoDB_20120810.GetItem")), "dynamodb GetItem");
  EXPECT_EQ(routed(target("DynamoDBStreams_20120810.ListStreams")), "dynamodbstreams ListStreams");
  EXPECT_EQ(routed(target("AmazonSQS.SendMessage")), "sqs SendMessage");
  EXPECT_EQ(routed(target("DynamoDB_20120810.Frobnicate")),
            "dynamodb UnknownOperationException 400");
  EXPECT_EQ(routed(target("DynamoDB_20120810.")), "dynamodb UnknownOperationException 400");
  EXPECT_EQ(routed(target("")), "dynamodb UnknownOperationException 400");
  EXPECT_EQ(routed(target("GetItem")), "dynamodb NotImplemented 501");
  EXPECT_EQ(routed(target("Logs_20140328.PutLogEvents")), "dynamodb NotImplemented 501");
  HttpRequest old = target("DynamoDB_20111205.GetItem");
  old.headers.add("Authorization", signed_for("dynamodb"));
  EXPECT_EQ(routed(old), "dynamodb UnknownOperationException 400");
}

TEST(Router, FollowsTheActionOfAFormOrAQuery) {
  const Headers form = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  const auto action = [&](const std::string& body, const std::string& service = "") {
    HttpRequest request = request_of("POST", "/", form, body);
    if (!service.empty()) request.headers.add("Authorization", signed_for(service));
    return routed(request);
  };
  EXPECT_EQ(action("Action=GetCallerIdentity&Version=2011-06-15", "sts"), "sts GetCallerIdentity");
  EXPECT_EQ(action("Action=ListUsers&Version=2010-05-08", "iam"), "iam ListUsers");
  EXPECT_EQ(action("Action=DescribeInstances&Version=2016-11-15", "ec2"), "ec2 DescribeInstances");
  EXPECT_EQ(action("QueueName=a&Action=CreateQueue", "sqs"), "sqs CreateQueue");
  // Not signed: AssumeRoleWithWebIdentity never is.
  EXPECT_EQ(action("Action=AssumeRoleWithWebIdentity&Version=2011-06-15"),
            "sts AssumeRoleWithWebIdentity");
  EXPECT_EQ(action("Action=CreateQueue"), "sqs CreateQueue");
  EXPECT_EQ(action("Action=Frobnicate&Version=2011-06-15", "sts"), "sts InvalidAction");
  EXPECT_EQ(action("Action=&Version=2011-06-15", "sts"), "sts InvalidAction");
  EXPECT_EQ(action("Version=2011-06-15", "sts"), "sts MissingAction");
  EXPECT_EQ(action("Action=Publish&Version=2010-03-31", "sns"), "sts NotImplemented 501");
  EXPECT_EQ(routed(request_of("GET", "/?Action=GetCallerIdentity&Version=2011-06-15")),
            "sts GetCallerIdentity");
}

TEST(Router, SaysWhichActionIsUnknownInEachServicesWords) {
  const Headers form = {{"Content-Type", "application/x-www-form-urlencoded"}};
  for (const auto& [service, message] : std::vector<std::pair<std::string, std::string>>{
           {"sts", "Could not find operation Frob for version 2011-06-15"},
           {"iam", "Could not find operation Frob for version 2011-06-15"},
           {"sqs", "The action Frob is not valid for this endpoint."},
           {"ec2", "The action Frob is not valid for this web service."}}) {
    HttpRequest request = request_of("POST", "/", form, "Action=Frob&Version=2011-06-15");
    request.headers.add("Authorization", signed_for(service));
    Route route;
    try {
      Router().find(request, route);
      ADD_FAILURE() << service;
    } catch (const AwsError& error) {
      EXPECT_EQ(error.message(), message);
    }
  }
}

TEST(Router, TakesAQueuesUrlAsAnEndpoint) {
  const Headers form = {{"Content-Type", "application/x-www-form-urlencoded"}};
  Route route;
  Router().find(request_of("POST", "/123456789012/q.fifo", form, "Action=SendMessage"), route);
  EXPECT_EQ(route.operation->name, "SendMessage");
  EXPECT_EQ(route.model->protocol, Protocol::kQuery);
  EXPECT_EQ(route.queue_path, "/123456789012/q.fifo");
  Route by_get;
  Router().find(request_of("GET", "/123456789012/q?Action=ReceiveMessage"), by_get);
  EXPECT_EQ(by_get.queue_path, "/123456789012/q");
}

TEST(Router, SpeaksBothProtocolsOfSqs) {
  Route json;
  Router().find(request_of("POST", "/", {{"X-Amz-Target", "AmazonSQS.ListQueues"}}, "{}"), json);
  EXPECT_EQ(json.model->protocol, Protocol::kJson);
  Route query;
  Router().find(request_of("GET", "/?Action=ListQueues"), query);
  EXPECT_EQ(query.model->protocol, Protocol::kQuery);
  EXPECT_EQ(query.model->name, json.model->name);
}

TEST(Router, LeavesParametersNamedActionToS3) {
  HttpRequest request = request_of("GET", "/b/k?Action=CreateQueue");
  request.headers.add("Authorization", signed_for("s3"));
  EXPECT_EQ(routed(request), "s3 GetObject");
}

TEST(Router, NamesServicesThatItDoesNotKnow) {
  HttpRequest rest = request_of("GET", "/2015-03-31/functions");
  rest.headers.add("Authorization", signed_for("lambda"));
  EXPECT_EQ(routed(rest), "s3 NotImplemented 501");
  HttpRequest cbor =
      request_of("POST", "/service/GraniteServiceVersion20100801/operation/PutMetricData",
                 {{"smithy-protocol", "rpc-v2-cbor"}});
  EXPECT_EQ(routed(cbor), "dynamodb NotImplemented 501");
}

TEST(Router, AnswersJsonServicesThatAreToldNothing) {
  HttpRequest request = request_of("POST", "/");
  request.headers.add("Authorization", signed_for("dynamodb"));
  EXPECT_EQ(routed(request), "dynamodb UnknownOperationException 404");
}

TEST(Router, TakesTheRegionFromTheSignatureBeforeTheHost) {
  HttpRequest request = request_of("GET", "/");
  request.host = "s3.us-west-2.amazonaws.com";
  Route by_host;
  Router().find(request, by_host);
  EXPECT_EQ(by_host.region, "us-west-2");
  request.headers.add("Authorization", signed_for("s3", "eu-west-1"));
  Route by_scope;
  Router().find(request, by_scope);
  EXPECT_EQ(by_scope.region, "eu-west-1");
}

}  // namespace
}  // namespace cloudchamber::mock
