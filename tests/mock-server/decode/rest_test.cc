// REST requests, with S3's own model: labels, query parameters, headers and XML bodies, and how
// wrong ones are refused.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mock-server/call/aws_error.h"
#include "mock-server/decode/decoder.h"

namespace cloudchamber::mock {
namespace {

struct Given {
  const char* operation;
  std::string target;
  Headers headers = {};
  std::string body = {};
};

Json decoded(const Given& given) {
  const auto service = find_model("s3");
  HttpRequest request;
  request.target = given.target;
  request.headers = given.headers;
  request.body = Blob(given.body);
  return decode(*service, *service->find_operation(given.operation), request);
}

std::string refusal(const Given& given) {
  try {
    return "accepted as " + decoded(given).dump();
  } catch (const AwsError& error) {
    return std::to_string(error.status()) + " " + error.code() + ": " + error.message();
  }
}

TEST(RestDecode, TakesLabelsFromThePath) {
  const struct {
    const char* operation;
    const char* target;
    Json value;
  } rows[] = {
      {"GetObject", "/b/key", {{"Bucket", "b"}, {"Key", "key"}}},
      {"GetObject", "/b/a/b%2Fc//d%20e+f", {{"Bucket", "b"}, {"Key", "a/b/c//d e+f"}}},
      {"GetObject", "/b//leading", {{"Bucket", "b"}, {"Key", "/leading"}}},
      {"GetObject", "/b/trailing/", {{"Bucket", "b"}, {"Key", "trailing/"}}},
      {"GetObject",
       "/b/%E2%82%AC?versionId=v",
       {{"Bucket", "b"}, {"Key", "\xe2\x82\xac"}, {"VersionId", "v"}}},
      {"GetObject", "/b/%252F", {{"Bucket", "b"}, {"Key", "%2F"}}},
      {"ListObjectsV2",
       "/b?list-type=2&max-keys=5&prefix=a%2Bb+c",
       {{"Bucket", "b"}, {"MaxKeys", 5}, {"Prefix", "a+b c"}}},
      {"ListObjectsV2", "/b/?list-type=2&prefix=", {{"Bucket", "b"}, {"Prefix", ""}}},
      {"ListBuckets", "/", Json::object()},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(decoded({row.operation, row.target}), row.value) << row.target;
  }
}

TEST(RestDecode, TakesHeadersWhateverTheirCase) {
  const Json got = decoded({"PutObject",
                            "/b/k",
                            {{"x-amz-Meta-Color", "Blue"},
                             {"X-AMZ-META-b", "2"},
                             {"content-type", "text/plain"},
                             {"X-Amz-Storage-Class", "STANDARD_IA"},
                             {"x-amz-server-side-encryption-bucket-key-enabled", "true"},
                             {"x-amz-object-lock-retain-until-date", "2030-01-01T00:00:00Z"},
                             {"cache-control", "caf\xe9"}}});
  EXPECT_EQ(got, Json({{"Bucket", "b"},
                       {"Key", "k"},
                       {"Metadata", {{"color", "Blue"}, {"b", "2"}}},
                       {"ContentType", "text/plain"},
                       {"StorageClass", "STANDARD_IA"},
                       {"BucketKeyEnabled", true},
                       {"ObjectLockRetainUntilDate", "2030-01-01T00:00:00Z"},
                       {"CacheControl", "caf\xc3\xa9"}}));
}

// As the SDKs for JavaScript and Go sign URLs; LocalStack's tests made with AWS say what counts.
TEST(RestDecode, TakesHeadersFromTheQueryOfASignedUrl) {
  const std::string url =
      "/b/k?X-Amz-Algorithm=A&X-Amz-Date=D&X-Amz-Acl=public-read"
      "&x-amz-meta-foo=b%20r&x-amz-checksum-crc32=AAAAAA%3D%3D";
  EXPECT_EQ(decoded({"PutObject", url, {{"Content-Type", "text/plain"}}}),
            (Json{{"Bucket", "b"},
                  {"Key", "k"},
                  {"ACL", "public-read"},
                  {"ContentType", "text/plain"},
                  {"Metadata", {{"foo", "b r"}}}}));
  EXPECT_EQ(decoded({"PutObject", url, {{"x-amz-acl", "private"}}})["ACL"], "private");
  EXPECT_EQ(decoded({"PutObject", "/b/k?x-amz-acl=private"}), (Json{{"Bucket", "b"}, {"Key", "k"}}))
      << "it is not signed";
}

TEST(RestDecode, SplitsListsInHeaders) {
  const struct {
    const char* header;
    Json value;
  } rows[] = {
      {"ETag", {"ETag"}},
      {"ETag,Checksum", {"ETag", "Checksum"}},
      {" ETag ,\t Checksum,, ", {"ETag", "Checksum"}},
      {"\"a,b\", \"c\\\"d\\\\\"", {"a,b", "c\"d\\"}},
      {"\"\"", {""}},
      {"\"unclosed", {"unclosed"}},
      {"", Json::array()},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(
        decoded(
            {"GetObjectAttributes", "/b/k?attributes", {{"x-amz-object-attributes", row.header}}})
            .value("ObjectAttributes", Json()),
        row.value)
        << row.header;
  }
}

TEST(RestDecode, ReadsXmlBodies) {
  EXPECT_EQ(
      decoded({"CompleteMultipartUpload",
               "/b/k?uploadId=u",
               {},
               "<?xml version=\"1.0\"?><!-- c --><CompleteMultipartUpload "
               "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\n"
               " <Part><PartNumber> 1 </PartNumber><ETag>&quot;a&quot;</ETag></Part>\n"
               " <Part><ETag><![CDATA[<b>]]></ETag><PartNumber>2</PartNumber></Part>"
               "</CompleteMultipartUpload>"}),
      Json({{"Bucket", "b"},
            {"Key", "k"},
            {"UploadId", "u"},
            {"MultipartUpload",
             {{"Parts",
               {{{"PartNumber", 1}, {"ETag", "\"a\""}}, {{"ETag", "<b>"}, {"PartNumber", 2}}}}}}}));
  EXPECT_EQ(decoded({"PutObjectAcl",
                     "/b/k?acl",
                     {},
                     "<AccessControlPolicy><AccessControlList><Grant><Grantee "
                     "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                     "xsi:type=\"Group\"><URI>u</URI></Grantee><Permission>READ</Permission>"
                     "</Grant></AccessControlList></AccessControlPolicy>"})
                .at("AccessControlPolicy"),
            Json({{"Grants",
                   {{{"Grantee", {{"Type", "Group"}, {"URI", "u"}}}, {"Permission", "READ"}}}}}));
}

TEST(RestDecode, RefusesXmlThatIsNotOfTheSchema) {
  const std::string deep = [] {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "<Delete>";
    return text;
  }();
  const std::string bodies[] = {
      "not xml",
      "<Delete>",
      "<Delete></Del>",
      "<Delete/><Delete/>",
      "<Other/>",
      "<Delete><Unknown/></Delete>",
      "<Delete>text</Delete>",
      "<Delete><Quiet>maybe</Quiet></Delete>",
      "<Delete><Quiet/></Delete>",
      "<Delete><Quiet>true</Quiet><Quiet>true</Quiet></Delete>",
      "<Delete><Object><Key><b/></Key></Object></Delete>",
      "<Delete><Object><Key>a</Key><Size>many</Size></Object></Delete>",
      "<Delete><Object><LastModifiedTime>soon</LastModifiedTime></Object></Delete>",
      "<!DOCTYPE d [<!ENTITY e \"x\">]><Delete><Object><Key>&e;</Key></Object></Delete>",
      "<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><Delete/>",
      "<Delete><Object><Key>&lol;</Key></Object></Delete>",
      "<Delete><Object><Key>\xff</Key></Object></Delete>",
      "<Delete><Object><Key>&#0;</Key></Object></Delete>",
      deep,
  };
  for (const std::string& body : bodies) {
    EXPECT_EQ(refusal({"DeleteObjects", "/b?delete", {}, body}),
              "400 MalformedXML: The XML you provided was not well-formed or did not validate "
              "against our published schema")
        << body.substr(0, 80);
  }
}

TEST(RestDecode, RefusesWhatStandsOutsideTheBody) {
  const struct {
    Given given;
    const char* refusal;
  } rows[] = {
      {{"ListObjects", "/b?max-keys=abc"},
       "400 InvalidArgument: Provided max-keys not an integer or within integer range"},
      {{"ListObjects", "/b?max-keys=99999999999"},
       "400 InvalidArgument: Provided max-keys not an integer or within integer range"},
      {{"GetObject", "/b/%zz"}, "400 InvalidURI: Couldn't parse the specified URI."},
      {{"GetObject", "/b/100%"}, "400 InvalidURI: Couldn't parse the specified URI."},
      {{"GetObject", "/b/%ff"}, "400 InvalidURI: Couldn't parse the specified URI."},
      {{"GetObject", "/b/k?versionId=%ff"}, "400 InvalidURI: Couldn't parse the specified URI."},
      {{"PutObject", "/b/k", {{"x-amz-object-lock-retain-until-date", "soon"}}},
       "400 InvalidArgument: The value of x-amz-object-lock-retain-until-date is not valid"},
      {{"PutObject", "/b/k", {{"x-amz-server-side-encryption-bucket-key-enabled", "maybe"}}},
       "400 InvalidArgument: The value of x-amz-server-side-encryption-bucket-key-enabled is not "
       "valid"},
  };
  for (const auto& row : rows) EXPECT_EQ(refusal(row.given), row.refusal) << row.given.target;
}

TEST(RestDecode, IgnoresDatesThatAreNoneInHttpsOwnHeaders) {
  EXPECT_EQ(decoded({"GetObject", "/b/k", {{"If-Modified-Since", "yesterday"}}}),
            Json({{"Bucket", "b"}, {"Key", "k"}}));
}

TEST(RestDecode, LeavesTheStreamOutAndTakesOtherPayloadsAsMembers) {
  EXPECT_EQ(decoded({"PutObject", "/b/k", {}, "bytes \xff"}),
            Json({{"Bucket", "b"}, {"Key", "k"}}));
  EXPECT_EQ(decoded({"PutBucketPolicy", "/b?policy", {}, "{}"}),
            Json({{"Bucket", "b"}, {"Policy", "{}"}}));
  EXPECT_EQ(decoded({"CreateBucket", "/b", {}, ""}), Json({{"Bucket", "b"}}));
}

}  // namespace
}  // namespace cloudchamber::mock
