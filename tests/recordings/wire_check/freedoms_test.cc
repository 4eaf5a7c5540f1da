#include "recordings/wire_check/freedoms.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace cloudchamber::recordings {
namespace {

const ServiceModel& model(const char* name) { return *find_model(name); }

HttpResponse response(std::string body, Headers headers = {}) {
  return {.status = 200, .headers = std::move(headers), .body = Blob(std::move(body))};
}
HttpRequest request(std::string target, std::string body, Headers headers = {}) {
  return {"POST", "https", "h", std::move(target), std::move(headers), Blob(std::move(body))};
}

std::string xml_difference(const std::string& expected, const std::string& actual) {
  const Differences found =
      response_differences(model("iam"), response(expected), response(actual), false);
  return found.empty() ? "" : found.front();
}

TEST(Freedoms, OfXmlAreNamespacesWhiteSpaceOrderOfMembersAndSpelling) {
  const std::string expected =
      "<?xml version=\"1.0\"?>\n<a xmlns=\"u:1\">\n  <b>1</b>\n <c>2026-01-02T03:04:05.000Z</c>"
      "<d>701.0</d><e/><l><m>x</m><m>y</m></l></a>";
  EXPECT_EQ(xml_difference(expected,
                           "<a><c>2026-01-02T03:04:05Z</c><b>1</b><d>701</d>"
                           "<l><m>x</m><m>y</m></l></a>"),
            "");
  struct Row {
    const char* actual;
    const char* difference;
  };
  for (const Row& row : {
           Row{"<a><b>2</b></a>", "body: $.a.b[0]: expected \"1\", got \"2\""},
           Row{"<a/>", "body: $.a: expected "},
           Row{"<z><b>1</b></z>", "body: $.a: missing"},
           Row{"<a><c>2026-01-02T03:04:05Z</c><b>1</b><d>701</d><l><m>y</m><m>x</m></l></a>",
               "body: $.a.l[0].m[0]: expected \"x\", got \"y\""},
           Row{"<a><c>2026-01-02T03:04:06Z</c><b>1</b><d>701</d><l><m>x</m><m>y</m></l></a>",
               "body: $.a.c[0]: "},
           Row{"<a><c>2026-01-02T03:04:05Z</c><b>1</b><d>701.5</d><l><m>x</m><m>y</m></l></a>",
               "body: $.a.d[0]: "},
           Row{"no XML", "body: $: expected "},
       }) {
    EXPECT_TRUE(xml_difference(expected, row.actual).starts_with(row.difference))
        << row.actual << ": " << xml_difference(expected, row.actual);
  }
}

TEST(Freedoms, OfJsonAreOrderAndTheSpellingOfNumbers) {
  const auto found = [](const char* expected, const char* actual) {
    return response_differences(model("dynamodb"), response(expected), response(actual), false);
  };
  EXPECT_EQ(found(R"({"a": 1.556147916461E9, "b": 1})", R"({"b": 1.0, "a": 1556147916.461})"),
            Differences());
  EXPECT_EQ(found(R"({"a": 1})", R"({"a": 2, "b": 3})"),
            (Differences{"body: $.a: expected 1, got 2", "body: $.b: not expected, got 3"}));
  EXPECT_EQ(found(R"({"a": "1"})", R"({"a": 1})").size(), 1U) << "a text is no number";
  EXPECT_EQ(found(R"({"a": [1, 2]})", R"({"a": [2, 1]})").size(), 2U);
}

TEST(Freedoms, OfHeadersAreOrderCaseAndWhatSaysNothingOfTheCall) {
  const auto found = [](const Headers& expected, const Headers& actual) {
    return response_differences(model("s3"), response("x", expected), response("x", actual), true);
  };
  EXPECT_EQ(found({{"ETag", "e"}, {"Date", "now"}, {"Server", "AmazonS3"}, {"A", "1"}},
                  {{"a", "1"}, {"etag", "e"}}),
            Differences());
  EXPECT_EQ(found({{"Content-Type", "text/xml; charset=UTF-8"}}, {{"Content-Type", "text/xml"}}),
            Differences());
  EXPECT_EQ(found({{"ETag", "e"}}, {{"ETag", "f"}}),
            Differences{"headers: $.etag: expected \"e\", got \"f\""});
  EXPECT_EQ(found({{"ETag", "e"}}, {}).size(), 1U);
  EXPECT_EQ(found({}, {{"ETag", "e"}}).size(), 1U);
  EXPECT_EQ(found({}, {{"x-amzn-RequestId", "i"}}).size(), 0U);
  EXPECT_EQ(found({{"x-amzn-RequestId", "j"}}, {{"x-amzn-RequestId", "i"}}).size(), 1U);
  EXPECT_EQ(response_differences(model("s3"), response("x"), response("y"), true),
            Differences{"body: other bytes"});
}

TEST(Freedoms, OfFormsAreOrderPlaceSignatureVersionAndTheNumbersOfAMapsEntries) {
  const auto found = [](const HttpRequest& expected, const HttpRequest& actual) {
    return request_differences(model("sqs.query"), expected, actual);
  };
  const std::string form =
      "Action=CreateQueue&QueueName=q&Attribute.1.Name=A&Attribute.1.Value=1"
      "&Attribute.2.Name=B&Attribute.2.Value=2&Version=2012-11-05";
  const std::string other =
      "Attribute.2.Name=A&Attribute.2.Value=1&Attribute.1.Name=B"
      "&Attribute.1.Value=2&QueueName=q&Action=CreateQueue";
  EXPECT_EQ(found(request("/", form), request("/", other)), Differences());
  EXPECT_EQ(found(request("/?" + form + "&Signature=s&AWSAccessKeyId=a&SignatureVersion=2", ""),
                  request("/", other)),
            Differences());
  EXPECT_EQ(found(request("/", "Tag.1.Key=a&Tag.2.Key=b"), request("/", "Tag.1.Key=b&Tag.2.Key=a"))
                .size(),
            2U)
      << "a list has an order";
  EXPECT_EQ(found(request("/", form), request("/", form + "&MaxResults=1")).size(), 1U);
  EXPECT_EQ(found(request("/", "a=1"), request("/", "a=1&a=1")).size(), 1U);
}

TEST(Freedoms, OfUrlsAreEncodingTheOrderOfTheQueryAndWhatSigned) {
  const auto found = [](const std::string& expected, const std::string& actual) {
    return request_differences(model("s3"), request(expected, ""), request(actual, ""));
  };
  EXPECT_EQ(found("/b/a%2Fb?x=1&y=%41&X-Amz-Signature=s&x-id=GetObject", "/b/a/b?y=A&x=1"),
            Differences());
  EXPECT_EQ(found("/b/?list-type=2", "/b?list-type=2"), Differences());
  EXPECT_EQ(found("/b/k/", "/b/k").size(), 1U) << "a key may end in a slash";
  EXPECT_EQ(found("/b?a=1", "/b?a=2").size(), 1U);
  EXPECT_EQ(found("/b?a=1", "/b").size(), 1U);
  EXPECT_EQ(found("/b?Version=2006-03-01", "/b"), Differences());
}

// Headers in the query of a signed URL are compared as headers, and none where AWS ignores them.
TEST(Freedoms, OfSignedUrlsIsWhereTheirHeadersStand) {
  const auto found = [](const std::string& expected, const Headers& actual) {
    return request_differences(model("s3"), request(expected, ""), request("/b/k", "", actual));
  };
  const std::string url = "/b/k?X-Amz-Signature=s&X-Amz-Checksum-Mode=ENABLED&X-Amz-Acl=private";
  EXPECT_EQ(found(url, {{"x-amz-acl", "private"}}), Differences());
  EXPECT_EQ(found(url, {{"x-amz-acl", "public-read"}}).size(), 1U);
  EXPECT_EQ(found(url, {}).size(), 1U);
  EXPECT_EQ(found("/b/k?x-amz-acl=private", {{"x-amz-acl", "private"}}).size(), 2U)
      << "it is not signed";
}

TEST(Freedoms, OfHeadersAreThoseOfProxiesAndAnEmptyContentType) {
  EXPECT_EQ(
      request_differences(model("s3"), request("/", "", {{"Content-Type", ""}}), request("/", "")),
      Differences());
  EXPECT_EQ(response_differences(model("s3"),
                                 response("", {{"Via", "1.1 p"},
                                               {"X-Minio-Deployment-Id", "7"},
                                               {"Access-Control-Allow-Origin", "*"},
                                               {"X-Cache", "Miss"}}),
                                 response(""), true),
            Differences());
  EXPECT_EQ(
      response_differences(model("s3"), response("", {{"ETag", "e"}}), response(""), true).size(),
      1U);
}

TEST(Freedoms, OfResultsIsHowAPolicyIsWritten) {
  EXPECT_EQ(differences("{\"a\": 1}", "%7B%22a%22%3A1%7D"), Differences());
  EXPECT_EQ(differences("{\"a\": 1}", "%7B%22a%22%3A2%7D").size(), 1U);
  EXPECT_EQ(differences("a b", "a%20b").size(), 1U);
  EXPECT_EQ(without_empties(Json::parse(R"({"a": [], "b": {"c": {}}, "d": "", "e": 0})")),
            Json::parse(R"({"d": "", "e": 0})"));
}

}  // namespace
}  // namespace cloudchamber::recordings
