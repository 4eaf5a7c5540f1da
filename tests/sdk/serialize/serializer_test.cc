#include "sdk/serialize/serializer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/cbor.h"
#include "tests/support/one_operation.h"

namespace cloudchamber {
namespace {

using test::OneOperation;

HttpRequest request_of(const char* service, const char* operation, const Json& parameters,
                       const Blob* stream = nullptr) {
  const auto model = find_model(service);
  return serialize(*model, *model->find_operation(operation), parameters, stream);
}

HttpRequest request_of(const OneOperation& one, const Json& parameters) {
  const auto model = one.model();
  return serialize(*model, *model->find_operation("Go"), parameters);
}

std::string body_of(const OneOperation& one, const Json& parameters) {
  return request_of(one, parameters).body.to_string();
}

// --- query and ec2 ---

TEST(SerializeQuery, NamesFlattenedListsAndMapsAsSqsDid) {
  const HttpRequest request =
      request_of("sqs.query", "ReceiveMessage",
                 {{"QueueUrl", "http://q/1"}, {"AttributeNames", {"All"}}, {"WaitTimeSeconds", 5}});
  EXPECT_EQ(request.body.to_string(),
            "Action=ReceiveMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2Fq%2F1&AttributeName.1="
            "All&WaitTimeSeconds=5");
  const HttpRequest sent = request_of(
      "sqs.query", "SendMessage",
      {{"QueueUrl", "u"},
       {"MessageBody", "a b&c"},
       {"MessageAttributes", {{"one", {{"DataType", "Binary"}, {"BinaryValue", binary("foo")}}}}}});
  EXPECT_EQ(sent.body.to_string(),
            "Action=SendMessage&Version=2012-11-05&QueueUrl=u&MessageBody=a%20b%26c&"
            "MessageAttribute.1.Name=one&MessageAttribute.1.Value.BinaryValue=Zm9v&"
            "MessageAttribute.1.Value.DataType=Binary");
}

TEST(SerializeQuery, WritesNestedListsEmptyListsAndEmptyMaps) {
  const OneOperation one{.protocol = "query", .shapes = R"({"In": {"type": "structure", "members": {
          "Nested": {"shape": "Lists"}, "Flat": {"shape": "Lists", "flattened": true},
          "Empty": {"shape": "Texts"}, "Map": {"shape": "Map"}, "When": {"shape": "Time"}}},
        "Lists": {"type": "list", "member": {"shape": "Texts"}},
        "Texts": {"type": "list", "member": {"shape": "Text"}},
        "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
        "Time": {"type": "timestamp"}, "Text": {"type": "string"}})"};
  EXPECT_EQ(body_of(one, {{"Nested", {{"a", "b"}, {"c"}}},
                          {"Flat", {{"d"}, {"e"}}},
                          {"Empty", Json::array()},
                          {"Map", Json::object()},
                          {"When", -1}}),
            "Action=Go&Version=2020-01-01&Nested.member.1.member.1=a&Nested.member.1.member.2=b&"
            "Nested.member.2.member.1=c&Flat.1.member.1=d&Flat.2.member.1=e&Empty=&"
            "When=1969-12-31T23%3A59%3A59Z");
}

TEST(SerializeEc2, FlattensListsAndCapitalisesNames) {
  const HttpRequest request =
      request_of("ec2", "RunInstances",
                 {{"ImageId", "ami-1"},
                  {"MinCount", 1},
                  {"MaxCount", 2},
                  {"SecurityGroupIds", {"sg-1", "sg-2"}},
                  {"TagSpecifications",
                   {{{"ResourceType", "instance"}, {"Tags", {{{"Key", "k"}, {"Value", "v"}}}}}}}});
  EXPECT_EQ(request.body.to_string(),
            "Action=RunInstances&Version=2016-11-15&ImageId=ami-1&MaxCount=2&MinCount=1&"
            "SecurityGroupId.1=sg-1&SecurityGroupId.2=sg-2&TagSpecification.1.ResourceType="
            "instance&TagSpecification.1.Tag.1.Key=k&TagSpecification.1.Tag.1.Value=v");
  EXPECT_EQ(
      request_of("ec2", "DescribeInstances", {{"InstanceIds", Json::array()}}).body.to_string(),
      "Action=DescribeInstances&Version=2016-11-15");
}

// --- json ---

TEST(SerializeJson, WritesBlobsFromBinaryAndFromText) {
  const HttpRequest request =
      request_of("dynamodb", "PutItem",
                 {{"TableName", "t"},
                  {"Item",
                   {{"a", {{"B", binary(std::string_view("\0\xff", 2))}}},
                    {"b", {{"BS", {"foo"}}}},
                    {"c", {{"M", {{"d", {{"L", {{{"N", "1"}}, {{"NULL", true}}}}}}}}}}}}});
  EXPECT_EQ(request.headers.get("x-amz-target"), "DynamoDB_20120810.PutItem");
  EXPECT_EQ(request.headers.get("content-type"), "application/x-amz-json-1.0");
  EXPECT_EQ(request.body.to_string(),
            R"({"Item":{"a":{"B":"AP8="},"b":{"BS":["Zm9v"]},)"
            R"("c":{"M":{"d":{"L":[{"N":"1"},{"NULL":true}]}}}},"TableName":"t"})");
}

TEST(SerializeJson, EscapesTextAndKeepsEmptyContainers) {
  const OneOperation one{.shapes = R"({"In": {"type": "structure", "members": {
          "Text": {"shape": "Text"}, "List": {"shape": "List"}, "Map": {"shape": "Map"},
          "In": {"shape": "In"}, "Json": {"shape": "Text", "jsonvalue": true}}},
        "List": {"type": "list", "member": {"shape": "Text"}},
        "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
        "Text": {"type": "string"}})"};
  EXPECT_EQ(Json::parse(body_of(one, {{"Text", "\"\\\n\t\x01/\xc3\xbc"}})),
            Json({{"Text", "\"\\\n\t\x01/\xc3\xbc"}}));
  EXPECT_EQ(
      body_of(one, {{"List", Json::array()}, {"Map", Json::object()}, {"In", Json::object()}}),
      R"({"In":{},"List":[],"Map":{}})");
  EXPECT_EQ(body_of(one, {{"Map", {{"a\"b", "c"}}}, {"Text", nullptr}}), R"({"Map":{"a\"b":"c"}})");
  EXPECT_EQ(body_of(one, {{"Json", {{"a", 1}}}}), R"({"Json":"{\"a\":1}"})");
  EXPECT_EQ(body_of(one, {{"Stranger", 1}}), "{}");
}

TEST(SerializeJson, WritesTimesAsSecondsWithFractionsAndBeforeTheEpoch) {
  const auto written = [](const Json& time) {
    return request_of("dynamodb", "RestoreTableToPointInTime", {{"RestoreDateTime", time}})
        .body.to_string();
  };
  EXPECT_EQ(written("2015-01-25T08:00:00Z"), R"({"RestoreDateTime":1422172800})");
  EXPECT_EQ(written("2015-01-25T08:00:00.250Z"), R"({"RestoreDateTime":1422172800.25})");
  EXPECT_EQ(written(1422172800), R"({"RestoreDateTime":1422172800})");
  EXPECT_EQ(written("1969-12-31T23:59:58.500Z"), R"({"RestoreDateTime":-1.5})");
  EXPECT_THROW(written("yesterday"), ParamValidationError);
}

TEST(SerializeJson, SendsTheQueryModeWhereTheServiceOnceSpokeQuery) {
  EXPECT_EQ(request_of("sqs", "ListQueues", Json::object()).headers.get("x-amzn-query-mode"),
            "true");
  EXPECT_FALSE(
      request_of("dynamodb", "ListTables", Json::object()).headers.contains("x-amzn-query-mode"));
}

// --- rest-xml ---

TEST(SerializeRestXml, FillsGreedyLabelsAndKeepsTheTemplatesQuery) {
  const struct {
    const char* key;
    const char* target;
  } rows[] = {{"a/b c", "/b/a/b%20c?acl"},
              {"/a//b/", "/b//a//b/?acl"},
              {"a+b?c=d%20", "/b/a%2Bb%3Fc%3Dd%2520?acl"},
              {"\xc3\xbc~-._", "/b/%C3%BC~-._?acl"},
              {"{Key}", "/b/%7BKey%7D?acl"}};
  for (const auto& row : rows)
    EXPECT_EQ(request_of("s3", "GetObjectAcl", {{"Bucket", "b"}, {"Key", row.key}}).target,
              row.target);
  EXPECT_EQ(request_of("s3", "GetObjectAcl", {{"Bucket", "b"}, {"Key", "k"}, {"VersionId", "v&1"}})
                .target,
            "/b/k?acl&versionId=v%261");
}

TEST(SerializeRestXml, WritesTimesAsTheirPlaceDemands) {
  const HttpRequest request = request_of("s3", "GetObject",
                                         {{"Bucket", "b"},
                                          {"Key", "k"},
                                          {"IfModifiedSince", "2015-01-25T08:00:00Z"},
                                          {"ResponseExpires", "2015-01-25T08:00:00Z"}});
  EXPECT_EQ(request.headers.get("if-modified-since"), "Sun, 25 Jan 2015 08:00:00 GMT");
  EXPECT_NE(request.target.find("response-expires=Sun%2C%2025%20Jan%202015%2008%3A00%3A00%20GMT"),
            std::string::npos)
      << request.target;
  const HttpRequest retention =
      request_of("s3", "PutObjectRetention",
                 {{"Bucket", "b"},
                  {"Key", "k"},
                  {"Retention", {{"Mode", "GOVERNANCE"}, {"RetainUntilDate", 1422172800.5}}}});
  EXPECT_EQ(retention.body.to_string(),
            "<Retention xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Mode>GOVERNANCE</Mode>"
            "<RetainUntilDate>2015-01-25T08:00:00.500Z</RetainUntilDate></Retention>");
}

TEST(SerializeRestXml, WritesAttributesNamespacesAndFlattenedLists) {
  const HttpRequest acl = request_of(
      "s3", "PutBucketAcl",
      {{"Bucket", "b"},
       {"AccessControlPolicy",
        {{"Grants",
          {{{"Grantee", {{"Type", "CanonicalUser"}, {"ID", "a<b"}}}, {"Permission", "READ"}}}},
         {"Owner", {{"ID", "o"}}}}}});
  EXPECT_EQ(acl.body.to_string(),
            "<AccessControlPolicy xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            "<AccessControlList><Grant>"
            "<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
            "xsi:type=\"CanonicalUser\"><ID>a&lt;b</ID></Grantee><Permission>READ</Permission>"
            "</Grant></AccessControlList><Owner><ID>o</ID></Owner></AccessControlPolicy>");
  EXPECT_EQ(acl.headers.get("content-type"), "application/xml");
  const HttpRequest deletion =
      request_of("s3", "DeleteObjects",
                 {{"Bucket", "b"},
                  {"Delete", {{"Objects", {{{"Key", "x"}}, {{"Key", "y\r"}}}}, {"Quiet", true}}}});
  EXPECT_EQ(deletion.body.to_string(),
            "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>x</Key>"
            "</Object><Object><Key>y&#xD;</Key></Object><Quiet>true</Quiet></Delete>");
}

TEST(SerializeRestXml, LeavesTheBodyEmptyWithoutAPayload) {
  const HttpRequest request = request_of("s3", "CreateBucket", {{"Bucket", "b"}});
  EXPECT_TRUE(request.body.empty());
  EXPECT_FALSE(request.headers.contains("content-type"));
  EXPECT_EQ(request.target, "/b");
  EXPECT_EQ(request.method, "PUT");
}

TEST(SerializeRestXml, PassesAStreamOnWithoutCopyingIt) {
  Blob stream(std::string(1000, 'x'));
  stream.append(std::string(1000, 'y'));
  const HttpRequest request = request_of(
      "s3", "PutObject",
      {{"Bucket", "b"}, {"Key", "k"}, {"Metadata", {{"colour", "red"}, {"Empty", ""}}}}, &stream);
  EXPECT_EQ(request.body.size(), 2000u);
  EXPECT_EQ(request.body.piece(0).data(), stream.piece(0).data());
  EXPECT_EQ(request.headers.get("x-amz-meta-colour"), "red");
  ASSERT_TRUE(request.headers.contains("x-amz-meta-empty"));
  EXPECT_FALSE(request.headers.contains("content-type"));
  EXPECT_EQ(request_of("s3", "PutObject", {{"Bucket", "b"}, {"Key", "k"}, {"Body", "text"}})
                .body.to_string(),
            "text");
}

TEST(SerializeRestXml, RefusesAHeaderValueThatBreaksItsLine) {
  for (const char* value : {"a\r\nEvil: 1", "a\nb", "\r"})
    EXPECT_THROW(request_of("s3", "PutObject",
                            {{"Bucket", "b"}, {"Key", "k"}, {"Metadata", {{"m", value}}}}),
                 ParamValidationError);
}

// --- rpc v2 cbor ---

TEST(SerializeCbor, WritesEveryTypeInItsShape) {
  const OneOperation one{.protocol = "smithy-rpc-v2-cbor",
                         .shapes = R"({"In": {"type": "structure", "members": {
          "Time": {"shape": "Time"}, "Blob": {"shape": "Blob"}, "Double": {"shape": "Double"},
          "List": {"shape": "List"}, "Map": {"shape": "Map"}}},
        "List": {"type": "list", "member": {"shape": "Time"}},
        "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "In"}},
        "Time": {"type": "timestamp"}, "Blob": {"type": "blob"}, "Double": {"type": "double"},
        "Text": {"type": "string"}})"};
  const Json parameters = {{"Time", "1969-12-31T23:59:58.500Z"},
                           {"Blob", binary("foo")},
                           {"Double", "NaN"},
                           {"List", {"2015-01-25T08:00:00Z"}},
                           {"Map", {{"a", {{"Double", 1}}}, {"b", Json::object()}}}};
  const HttpRequest request = request_of(one, parameters);
  EXPECT_EQ(request.target, "/service/Small/operation/Go");
  EXPECT_EQ(decode_cbor(request.body.to_string()), parameters);
}

}  // namespace
}  // namespace cloudchamber
