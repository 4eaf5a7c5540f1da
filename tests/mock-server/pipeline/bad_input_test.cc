// What strangers send, over a real socket: whatever it is, the answer is AWS's error, with a body
// in the protocol's form, and the server lives on.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mock-server/mock_aws.h"
#include "tests/mock-server/http/raw_client.h"

namespace cloudchamber::mock {
namespace {

using testing::RawClient;
using testing::RawResponse;

struct BadInput {
  std::string name;
  std::string bytes;
  int status;
  std::string code;  // stands in the body
};

std::string message(const std::string& first_line, const std::string& headers,
                    const std::string& body) {
  return first_line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// Believed: the key is nobody's.
std::string authorization(const std::string& service) {
  return "X-Amz-Date: 20260101T000000Z\r\nX-Amz-Content-SHA256: UNSIGNED-PAYLOAD\r\n"
         "Authorization: AWS4-HMAC-SHA256 "
         "Credential=AKIDNOBODY/20260101/us-east-1/" +
         service +
         "/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
         "Signature=" +
         std::string(64, '0') + "\r\n";
}

std::string dynamodb(const std::string& body, const std::string& operation = "PutItem") {
  return message("POST /",
                 "X-Amz-Target: DynamoDB_20120810." + operation +
                     "\r\nContent-Type: application/x-amz-json-1.0\r\n" + authorization("dynamodb"),
                 body);
}
std::string sts(const std::string& body) {
  return message(
      "POST /", "Content-Type: application/x-www-form-urlencoded\r\n" + authorization("sts"), body);
}
std::string s3(const std::string& line, const std::string& body, const std::string& more = "") {
  return message(line, more + authorization("s3"), body);
}

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

std::vector<BadInput> bad_inputs() {
  const std::string json = "SerializationException";
  const std::string tagging = "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet>";
  const std::string form = "Action=GetSessionToken&Version=2011-06-15";
  const std::string chunked = "Transfer-Encoding: chunked\r\n\r\n";
  return {
      {"JSON cut off", dynamodb("{\"TableName\": "), 400, json},
      {"JSON that is none", dynamodb("habababa"), 400, json},
      {"JSON that is no object", dynamodb("[]"), 400, json},
      {"JSON of a wrong type", dynamodb("{\"TableName\": 7}"), 400, json},
      {"JSON with a NUL", dynamodb(std::string("{\"a\0\": 1}", 9)), 400, json},
      {"JSON that is not UTF-8", dynamodb("{\"TableName\": \"\xff\xfe\"}"), 400, json},
      {"JSON nested 10,000 deep", dynamodb(repeated("[", 10'000)), 400, json},
      {"JSON nested 200,000 deep in an unknown member",
       dynamodb("{\"a\":" + repeated("{\"\":", 200'000) + "1" + repeated("}", 200'001)), 400, json},
      {"base64 that is none", dynamodb("{\"TableName\":\"t\",\"Item\":{\"p\":{\"B\":\"%%%\"}}}"),
       400, json},
      {"gzip that is none",
       message("POST /",
               "X-Amz-Target: DynamoDB_20120810.PutItem\r\nContent-Encoding: gzip\r\n" +
                   authorization("dynamodb"),
               "{}"),
       500, "InternalServerError"},
      {"an unknown operation", dynamodb("{}", "Frobnicate"), 400, "UnknownOperationException"},
      {"a body over 16 MiB",
       "POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\n"
       "Content-Length: 16777217\r\n\r\n",
       413, "RequestEntityTooLarge"},
      {"no signature where one is needed",
       message("POST /", "X-Amz-Target: DynamoDB_20120810.ListTables\r\n", "{}"), 400,
       "MissingAuthenticationToken"},
      {"a wrong signature by a known key",
       message("POST /",
               "X-Amz-Target: DynamoDB_20120810.ListTables\r\nX-Amz-Date: 20260101T000000Z\r\n"
               "Authorization: AWS4-HMAC-SHA256 Credential=" +
                   std::string(kDefaultAccessKeyId) +
                   "/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, "
                   "Signature=" +
                   std::string(64, '0') + "\r\n",
               "{}"),
       400, "InvalidSignatureException"},

      {"an unknown action", sts("Action=Frobnicate&Version=2011-06-15"), 400, "InvalidAction"},
      {"no action", sts("Version=2011-06-15"), 400, "MissingAction"},
      {"a number that is none", sts(form + "&DurationSeconds=abc"), 400, "MalformedInput"},
      {"a number beyond all types", sts(form + "&DurationSeconds=" + repeated("9", 1000)), 400,
       "MalformedInput"},
      {"a form that is not UTF-8", sts(form + "&SerialNumber=%ff%fe"), 404, "MalformedQueryString"},
      {"a form of nothing but separators", sts(form + repeated("&=", 100'000)), 0, ""},
      {"an index beyond all lists",
       sts("Action=AssumeRole&Version=2011-06-15&RoleArn=a&RoleSessionName=b&"
           "Tags.member.99999999999.Key=k"),
       0, ""},

      {"XML cut off", s3("PUT /b?tagging", tagging), 400, "MalformedXML"},
      {"XML that is none", s3("PUT /b?tagging", "habababa"), 400, "MalformedXML"},
      {"XML of another root", s3("PUT /b?tagging", "<Other/>"), 400, "MalformedXML"},
      {"XML with entities",
       s3("PUT /b?tagging", "<!DOCTYPE a [<!ENTITY b \"" + repeated("x", 1000) +
                                "\"><!ENTITY c \"&b;&b;&b;\">]><Tagging>&c;</Tagging>"),
       400, "MalformedXML"},
      {"XML nested 100,000 deep", s3("PUT /b?tagging", repeated("<a>", 100'000)), 400,
       "MalformedXML"},
      {"XML that is not UTF-8",
       s3("PUT /b?tagging", tagging + "<Tag><Key>\xff</Key><Value/></Tag></TagSet></Tagging>"), 400,
       "MalformedXML"},
      {"a method that S3 does not know", s3("FROB /b/k", ""), 405, "MethodNotAllowed"},
      {"a key that is not UTF-8", s3("GET /b/%ff%fe", ""), 0, ""},
      {"a path of escapes that are none", s3("GET /b/%zz%", ""), 0, ""},
      {"a checksum that is not the body's",
       s3("PUT /b/k", "abc", "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==\r\n"), 0, ""},
      {"a hash that is not the body's",
       message("PUT /b/k",
               "X-Amz-Date: 20260101T000000Z\r\nX-Amz-Content-SHA256: " + std::string(64, 'a') +
                   "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIDNOBODY/20260101/us-east-1/"
                   "s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
                   "Signature=" +
                   std::string(64, '0') + "\r\n",
               "abc"),
       400, "XAmzContentSHA256Mismatch"},
      {"aws-chunked framing that is none",
       message("PUT /b/k",
               "X-Amz-Date: 20260101T000000Z\r\nX-Amz-Decoded-Content-Length: 3\r\n"
               "X-Amz-Content-SHA256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\n"
               "Authorization: AWS4-HMAC-SHA256 Credential=AKIDNOBODY/20260101/us-east-1/s3/"
               "aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=" +
                   std::string(64, '0') + "\r\n",
               "abc"),
       400, "Incomplete"},
      {"an Authorization that is none", message("GET /b/k", "Authorization: \x07\r\n", ""), 0,
       "<Error>"},

      {"a request line that is none", "nonsense\r\n\r\n", 400, "<Error>"},
      {"a TLS client", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\r\n", 14), 400,
       "<Error>"},
      {"a Content-Length that is none", "PUT /b/k HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
       400, "BadRequest"},
      {"two Content-Lengths",
       "PUT /b/k HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400,
       "BadRequest"},
      {"chunks that are none", "PUT /b/k HTTP/1.1\r\nHost: h\r\n" + chunked + "zz\r\n", 400,
       "BadRequest"},
      {"a chunk longer than it says",
       "PUT /b/k HTTP/1.1\r\nHost: h\r\n" + chunked + "1\r\nabc\r\n0\r\n\r\n", 400, "BadRequest"},
      {"headers over 16 KiB",
       "GET / HTTP/1.1\r\nHost: h\r\nX: " + repeated("x", 17'000) + "\r\n\r\n", 400,
       "RequestHeaderSectionTooLarge"},
      {"headers over 16 KiB to DynamoDB",
       "POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\nX: " +
           repeated("x", 17'000) + "\r\n\r\n",
       400, "\"__type\""},
      {"a request line over 16 KiB", "GET /" + repeated("x", 17'000) + " HTTP/1.1\r\n\r\n", 400,
       "<Error>"},
      {"an upload over 5 GiB", "PUT /b/k HTTP/1.1\r\nHost: h\r\nContent-Length: 5368709121\r\n\r\n",
       400, "EntityTooLarge"},
      {"a transfer coding that nobody knows",
       "PUT /b/k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "NotImplemented"},
  };
}

class BadInputTest : public ::testing::Test {
 protected:
  BadInputTest() { aws_.start(); }
  MockAws aws_;
};

TEST_F(BadInputTest, IsAnsweredWithAwssError) {
  for (const BadInput& input : bad_inputs()) {
    RawClient client(aws_.port());
    const RawResponse got = client.exchange(input.bytes);
    EXPECT_GE(got.status, 200) << input.name << ": no answer";
    if (input.status != 0) {
      EXPECT_EQ(got.status, input.status) << input.name << "\n" << got.body;
    }
    EXPECT_NE(got.body, "") << input.name;
    EXPECT_NE(got.body.find(input.code), std::string::npos) << input.name << "\n" << got.body;
    // Ours to fix, whatever was sent.
    EXPECT_EQ(got.body.find("Cloud Chamber failed"), std::string::npos) << input.name << "\n"
                                                                        << got.body;
  }
  EXPECT_EQ(
      RawClient(aws_.port()).exchange("GET /_chamber/health HTTP/1.1\r\nHost: h\r\n\r\n").status,
      200);
}

TEST_F(BadInputTest, IncludesBodiesThatEndTooSoon) {
  for (const std::string& whole :
       {dynamodb("{\"TableName\": \"t\"}"), sts("Action=GetCallerIdentity&Version=2011-06-15"),
        s3("PUT /b/k", "abc")}) {
    RawClient client(aws_.port());
    client.send(whole.substr(0, whole.size() - 1));
    client.finish_sending();
    const RawResponse got = client.receive();
    EXPECT_EQ(got.status, 400);
    EXPECT_NE(got.body.find("IncompleteBody"), std::string::npos) << got.body;
  }
}

// Every prefix of a request, then silence or the end: never a crash, never a hang.
TEST_F(BadInputTest, IncludesRequestsCutAnywhere) {
  const std::string whole = dynamodb("{\"TableName\": \"t\"}");
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    RawClient client(aws_.port());
    client.send(whole.substr(0, size));
    client.finish_sending();
    const RawResponse got = client.receive();
    if (size > 0) {
      EXPECT_EQ(got.status, 400) << size;
    }
  }
}

}  // namespace
}  // namespace cloudchamber::mock
