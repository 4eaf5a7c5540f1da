#include "tests/mock-server/pipeline/bad_inputs.h"

#include "mock-server/mock_aws.h"

namespace cloudchamber::mock::testing {
namespace {

std::string message(const std::string& first_line, const std::string& headers,
                    const std::string& body) {
  return first_line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string signed_as(const std::string& key, const std::string& service,
                      const std::string& payload = "UNSIGNED-PAYLOAD",
                      const std::string& date = "20260101T000000Z") {
  return "X-Amz-Date: " + date + "\r\nX-Amz-Content-SHA256: " + payload +
         "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=" + key + "/20260101/us-east-1/" +
         service + "/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=" +
         std::string(64, '0') + "\r\n";
}

// Believed: the key is nobody's.
std::string authorization(const std::string& service) { return signed_as("AKIDNOBODY", service); }

std::string json_to(const std::string& service, const std::string& target,
                    const std::string& headers, const std::string& body) {
  return message("POST /",
                 "X-Amz-Target: " + target + "\r\nContent-Type: application/x-amz-json-1.0\r\n" +
                     headers + authorization(service),
                 body);
}
std::string dynamodb(const std::string& body, const std::string& operation = "PutItem",
                     const std::string& headers = "") {
  return json_to("dynamodb", "DynamoDB_20120810." + operation, headers, body);
}
std::string sqs(const std::string& body, const std::string& operation = "SendMessage") {
  return json_to("sqs", "AmazonSQS." + operation, "", body);
}
std::string form(const std::string& service, const std::string& body) {
  return message("POST /",
                 "Content-Type: application/x-www-form-urlencoded\r\n" + authorization(service),
                 body);
}
std::string sts(const std::string& body) { return form("sts", body); }
std::string s3(const std::string& line, const std::string& body, const std::string& more = "") {
  return message(line, more + authorization("s3"), body);
}
std::string streamed(const std::string& payload, const std::string& length,
                     const std::string& headers, const std::string& body) {
  return message("PUT /bkt/k",
                 "X-Amz-Decoded-Content-Length: " + length + "\r\n" + headers +
                     signed_as("AKIDNOBODY", "s3", payload),
                 body);
}

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

// An item with an attribute `levels` deep.
std::string nested_item(int levels) {
  return "{\"TableName\":\"tab\",\"Item\":{\"p\":{\"S\":\"k\"},\"a\":" +
         repeated("{\"M\":{\"a\":", levels) + "{\"S\":\"x\"}" + repeated("}}", levels) + "}}";
}

}  // namespace

std::string describe_table_request() { return dynamodb("{\"TableName\":\"tab\"}"); }

std::vector<BadInput> bad_http() {
  const std::string chunked = "Transfer-Encoding: chunked\r\n\r\n";
  const std::string put = "PUT /bkt/k HTTP/1.1\r\nHost: h\r\n";
  const std::string to_dynamodb =
      "POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\n";
  return {
      {"a request line that is none", "nonsense\r\n\r\n", 400, "BadRequest"},
      {"a request line with a space too many", "GET /bkt/a b HTTP/1.1\r\nHost: h\r\n\r\n", 400,
       "BadRequest"},
      {"HTTP/0.9", "GET /\r\n\r\n", 400, "BadRequest"},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "BadRequest"},
      {"a TLS client", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\r\n", 14), 400,
       "BadRequest"},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400, "BadRequest"},
      {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "BadRequest"},
      {"a header without a colon", "GET / HTTP/1.1\r\nHost: h\r\nx\r\n\r\n", 400, "BadRequest"},
      {"a header over two lines", "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n", 400,
       "BadRequest"},
      {"a header with a NUL",
       "GET / HTTP/1.1\r\nHost: h\r\nA: b" + std::string(1, '\0') + "\r\n\r\n", 400, "BadRequest"},
      {"another scheme in the target", "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n", 400,
       "BadRequest"},
      {"a tunnel", "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n", 400, "BadRequest"},
      {"a Content-Length that is none", put + "Content-Length: x\r\n\r\n", 400, "BadRequest"},
      {"a negative Content-Length", put + "Content-Length: -1\r\n\r\n", 400, "BadRequest"},
      {"a list of Content-Lengths", put + "Content-Length: 1, 1\r\n\r\na", 400, "BadRequest"},
      {"a Content-Length beyond all numbers",
       put + "Content-Length: 99999999999999999999999\r\n\r\n", 400, "BadRequest"},
      {"two Content-Lengths", put + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400,
       "BadRequest"},
      {"chunks that are none", put + chunked + "zz\r\n", 400, "BadRequest"},
      {"a chunk of a negative size", put + chunked + "-1\r\na\r\n0\r\n\r\n", 400, "BadRequest"},
      {"a chunk longer than it says", put + chunked + "1\r\nabc\r\n0\r\n\r\n", 400, "BadRequest"},
      {"a chunk with 5,000 bytes of extensions", put + chunked + "1;" + std::string(5000, 'x'), 400,
       "BadRequest"},
      {"a chunk beyond all sizes", put + chunked + "ffffffffffffffff\r\n", 400, "EntityTooLarge"},
      {"a chunk that ends too soon", put + chunked + "5\r\nab", 400, "IncompleteBody", true},
      {"chunks without an end", put + chunked + "1\r\na\r\n", 400, "IncompleteBody", true},
      {"100 trailers", put + chunked + "0\r\n" + repeated("A: b\r\n", 100) + "\r\n", 400,
       "BadRequest"},
      {"a transfer coding that nobody knows", put + "Transfer-Encoding: gzip\r\n\r\n", 501,
       "NotImplemented"},
      {"a head that ends too soon", "GET / HTTP/1.1\r\nHos", 400, "BadRequest", true},
      {"headers over 16 KiB",
       "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(17'000, 'x') + "\r\n\r\n", 400,
       "RequestHeaderSectionTooLarge"},
      {"headers over 16 KiB to DynamoDB",
       to_dynamodb + "X: " + std::string(17'000, 'x') + "\r\n\r\n", 400, "\"__type\""},
      {"5,000 headers", "GET / HTTP/1.1\r\nHost: h\r\n" + repeated("a:b\r\n", 5'000) + "\r\n", 400,
       "RequestHeaderSectionTooLarge"},
      {"a request line over 16 KiB", "GET /" + std::string(17'000, 'x') + " HTTP/1.1\r\n\r\n", 400,
       "RequestHeaderSectionTooLarge"},
      {"a document over 16 MiB", to_dynamodb + "Content-Length: 16777217\r\n\r\n", 413,
       "RequestEntityTooLarge"},
      {"a form over 16 MiB",
       "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
           authorization("sts") + "Content-Length: 16777217\r\n\r\n",
       413, "RequestEntityTooLarge"},
      {"an upload over 5 GiB", put + "Content-Length: 5368709121\r\n\r\n", 400, "EntityTooLarge"},
  };
}

std::vector<BadInput> bad_json() {
  const std::string json = "SerializationException";
  return {
      {"JSON cut off", dynamodb("{\"TableName\": "), 400, json},
      {"JSON that is none", dynamodb("habababa"), 400, json},
      {"nothing", dynamodb(""), 400, json},
      {"JSON that is no object", dynamodb("[]"), 400, json},
      {"JSON with more behind it", dynamodb("{\"TableName\":\"tab\"} {}"), 400, json},
      {"JSON of a wrong type", dynamodb("{\"TableName\": 7}"), 400, json},
      {"JSON with a number that is none", dynamodb("{\"Limit\": NaN}", "Scan"), 400, json},
      {"JSON with a number beyond all", dynamodb("{\"Limit\": 1e400}", "Scan"), 400, json},
      {"JSON with a NUL", dynamodb(std::string("{\"a\0\": 1}", 9)), 400, json},
      {"JSON that is not UTF-8", dynamodb("{\"TableName\": \"\xff\xfe\"}"), 400, json},
      {"JSON with overlong UTF-8", dynamodb("{\"TableName\": \"\xc0\xaf\"}"), 400, json},
      {"JSON with half a surrogate pair", dynamodb("{\"TableName\": \"\\ud800\"}"), 400, json},
      {"JSON in UTF-16", dynamodb(std::string("\xff\xfe{\0}\0", 6)), 400, json},
      {"an item nested 33 deep", dynamodb(nested_item(33)), 400, "Nesting Levels have exceeded"},
      {"an item nested 64 deep", dynamodb(nested_item(64)), 400, "Nesting Levels have exceeded"},
      {"an item nested 1,000 deep", dynamodb(nested_item(1'000)), 400, json},
      {"JSON nested 10,000 deep", dynamodb(repeated("[", 10'000)), 400, json},
      {"JSON nested 200,000 deep in an unknown member",
       dynamodb("{\"a\":" + repeated("{\"\":", 200'000) + "1" + repeated("}", 200'001)), 400, json},
      {"base64 that is none", dynamodb("{\"TableName\":\"t\",\"Item\":{\"p\":{\"B\":\"%%%\"}}}"),
       400, json},
      {"gzip that is none", dynamodb("{}", "PutItem", "Content-Encoding: gzip\r\n"), 500,
       "InternalServerError"},
      {"an expression nested 1,000 deep",
       dynamodb("{\"TableName\":\"tab\",\"Item\":{\"p\":{\"S\":\"k\"}},\"ConditionExpression\":\"" +
                repeated("(", 1'000) + "p" + repeated(")", 1'000) + "\"}"),
       400, "Invalid ConditionExpression"},
      {"an expression of 1,000 NOTs",
       dynamodb("{\"TableName\":\"tab\",\"Item\":{\"p\":{\"S\":\"k\"}},\"ConditionExpression\":\"" +
                repeated("NOT ", 1'000) + "attribute_exists(p)\"}"),
       400, "too many operators"},
      {"a body cut off", dynamodb("{}").substr(0, dynamodb("{}").size() - 1), 400, "IncompleteBody",
       true},
      {"an unknown operation", dynamodb("{}", "Frobnicate"), 400, "UnknownOperationException"},
      {"a target that is none", json_to("dynamodb", "habababa", "", "{}"), 400,
       "UnknownOperationException"},
      {"a target of a service that is not emulated",
       json_to("kms", "TrentService.ListKeys", "", "{}"), 501, "NotImplemented"},
      {"JSON for SQS cut off", sqs("{"), 400, json},
      {"JSON of a wrong type for SQS", sqs("{\"QueueUrl\":7}"), 400,
       "NUMBER_VALUE cannot be converted to String"},
      {"an unknown operation of SQS", sqs("{}", "Frobnicate"), 400, "UnknownOperationException"},
      {"a message with control characters",
       sqs("{\"QueueUrl\":\"http://h/123456789012/q\",\"MessageBody\":\"\\u0001\"}"), 400,
       "InvalidMessageContents"},
  };
}

std::vector<BadInput> bad_queries() {
  const std::string token = "Action=GetSessionToken&Version=2011-06-15";
  const std::string role =
      "Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::123456789012:role/r&"
      "RoleSessionName=name";
  const std::string send =
      "Action=SendMessage&Version=2012-11-05&QueueUrl=http://h/123456789012/q&MessageBody=";
  return {
      {"an unknown action", sts("Action=Frobnicate&Version=2011-06-15"), 400, "InvalidAction"},
      {"an unknown action of EC2", form("ec2", "Action=Frobnicate&Version=2016-11-15"), 400,
       "InvalidAction"},
      {"an unknown action of IAM", form("iam", "Action=Frobnicate&Version=2010-05-08"), 400,
       "InvalidAction"},
      {"an unknown action of CloudFormation",
       form("cloudformation", "Action=Frobnicate&Version=2010-05-15"), 400, "InvalidAction"},
      {"an unknown action of SQS", form("sqs", "Action=Frobnicate&Version=2012-11-05"), 400,
       "InvalidAction"},
      {"no action", sts("Version=2011-06-15"), 400, "MissingAction"},
      {"nothing", sts(""), 400, "MissingAction"},
      {"a form cut off", sts(token).substr(0, sts(token).size() - 1), 400, "IncompleteBody", true},
      {"a number that is none", sts(token + "&DurationSeconds=abc"), 400, "MalformedInput"},
      {"a number beyond all types", sts(token + "&DurationSeconds=" + std::string(1000, '9')), 400,
       "MalformedInput"},
      {"a form that is not UTF-8", sts(token + "&SerialNumber=%ff%fe"), 404,
       "MalformedQueryString"},
      {"a message that is not UTF-8", form("sqs", send + "%ff%fe"), 404, "MalformedQueryString"},
      {"a form of nothing but separators", sts(token + repeated("&=", 100'000)), 404,
       "MalformedQueryString"},
      {"an index of a list that is none", sts(role + "&Tags.member.0.Key=k&Tags.member.-1.Key=k"),
       400, "MalformedInput"},
      {"parameters nested 300 deep",
       form("ec2", "Action=RunInstances&Version=2016-11-15&" +
                       repeated("NetworkInterface.1.", 300) + "X=1"),
       400, "MalformedInput"},
  };
}

std::vector<BadInput> bad_s3() {
  const std::string tagging = "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet>";
  const std::string trailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
  const std::string announced = "X-Amz-Trailer: x-amz-checksum-crc32\r\n";
  return {
      {"XML cut off", s3("PUT /bkt?tagging", tagging), 400, "MalformedXML"},
      {"XML that is none", s3("PUT /bkt?tagging", "habababa"), 400, "MalformedXML"},
      {"XML of another root", s3("PUT /bkt?tagging", "<Other/>"), 400, "MalformedXML"},
      {"XML with entities",
       s3("PUT /bkt?tagging", "<!DOCTYPE a [<!ENTITY b \"" + std::string(1000, 'x') +
                                  "\"><!ENTITY c \"&b;&b;&b;\">]><Tagging>&c;</Tagging>"),
       400, "MalformedXML"},
      {"XML with an entity from outside",
       s3("PUT /bkt?tagging",
          "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><Tagging>&b;</Tagging>"),
       400, "MalformedXML"},
      {"XML nested 100,000 deep", s3("PUT /bkt?tagging", repeated("<a>", 100'000)), 400,
       "MalformedXML"},
      {"XML that is not UTF-8",
       s3("PUT /bkt?tagging", tagging + "<Tag><Key>\xff</Key><Value/></Tag></TagSet></Tagging>"),
       400, "MalformedXML"},
      {"XML of too many objects",
       s3("POST /bkt?delete",
          "<Delete>" + repeated("<Object><Key>k</Key></Object>", 1001) + "</Delete>",
          "x-amz-checksum-crc32: 74B9uw==\r\n"),
       400, "MalformedXML"},
      {"a method that S3 does not know", s3("FROB /bkt/k", ""), 405, "MethodNotAllowed"},
      {"a key that is not UTF-8", s3("GET /bkt/%ff%fe", ""), 400, "InvalidURI"},
      {"a key that is half a surrogate pair", s3("GET /bkt/%ed%a0%80", ""), 400, "InvalidURI"},
      {"a path of escapes that are none", s3("GET /bkt/%zz%", ""), 400, "InvalidURI"},
      {"a query that is not UTF-8", s3("GET /bkt?prefix=%ff", ""), 400, "InvalidURI"},
      {"a number that is none", s3("GET /bkt?max-keys=x", ""), 400, "InvalidArgument"},
      {"a key of 1,025 bytes", s3("PUT /bkt/" + std::string(1025, 'k'), "x"), 400,
       "KeyTooLongError"},
      {"no Content-Length",
       "PUT /bkt/k HTTP/1.1\r\nHost: 127.0.0.1\r\n" + authorization("s3") + "\r\n", 411,
       "MissingContentLength"},
      {"an object cut off", s3("PUT /bkt/k", "abc").substr(0, s3("PUT /bkt/k", "abc").size() - 1),
       400, "IncompleteBody", true},
      {"an MD5 that is none", s3("PUT /bkt/k", "abc", "Content-MD5: x\r\n"), 400, "InvalidDigest"},
      {"an MD5 that is not the body's",
       s3("PUT /bkt/k", "abc", "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==\r\n"), 400, "BadDigest"},
      {"a checksum that is none", s3("PUT /bkt/k", "abc", "x-amz-checksum-crc32: x\r\n"), 400,
       "InvalidRequest"},
      {"a checksum that is not the body's",
       s3("PUT /bkt/k", "abc", "x-amz-checksum-crc32: AAAAAA==\r\n"), 400, "BadDigest"},
      {"two checksums",
       s3("PUT /bkt/k", "abc",
          "x-amz-checksum-crc32: AAAAAA==\r\nx-amz-checksum-crc32c: AAAAAA==\r\n"),
       400, "Expecting a single x-amz-checksum- header"},
      {"a SHA-256 that is not the body's",
       message("PUT /bkt/k", signed_as("AKIDNOBODY", "s3", std::string(64, 'a')), "abc"), 400,
       "XAmzContentSHA256Mismatch"},
      {"aws-chunked framing that is none", streamed(trailer, "3", "", "abc"), 400, "Incomplete"},
      {"aws-chunked framing that ends too soon", streamed(trailer, "3", "", "3\r\nab"), 400,
       "IncompleteBody"},
      {"aws-chunked framing of another length", streamed(trailer, "4", "", "3\r\nabc\r\n0\r\n\r\n"),
       400, "IncompleteBody"},
      {"a trailer that was not announced",
       streamed(trailer, "3", "", "3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n"), 400,
       "MalformedTrailerError"},
      {"a trailer that does not come", streamed(trailer, "3", announced, "3\r\nabc\r\n0\r\n\r\n"),
       400, "MalformedTrailerError"},
      {"a trailing checksum that is not the body's",
       streamed(trailer, "3", announced, "3\r\nabc\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"),
       400, "BadDigest"},
      {"browser's form data that is none",
       message("POST /bkt", "Content-Type: multipart/form-data; boundary=x\r\n", "habababa"), 400,
       "MalformedPOSTRequest"},
  };
}

std::vector<BadInput> bad_signatures() {
  const std::string known = kDefaultAccessKeyId;
  const std::string as_json = "X-Amz-Target: DynamoDB_20120810.ListTables\r\n";
  const std::string as_form = "Content-Type: application/x-www-form-urlencoded\r\n";
  const std::string presigned =
      "GET /bkt/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + known +
      "%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z&"
      "X-Amz-SignedHeaders=host&X-Amz-Expires=";
  return {
      {"no signature where one is needed", message("POST /", as_json, "{}"), 400,
       "MissingAuthenticationToken"},
      {"a wrong signature for DynamoDB",
       message("POST /", as_json + signed_as(known, "dynamodb"), "{}"), 400,
       "InvalidSignatureException"},
      {"a wrong signature for STS",
       message("POST /", as_form + signed_as(known, "sts"),
               "Action=GetSessionToken&Version=2011-06-15"),
       403, "SignatureDoesNotMatch"},
      {"a wrong signature for EC2",
       message("POST /", as_form + signed_as(known, "ec2"),
               "Action=DescribeVpcs&Version=2016-11-15"),
       401, "AuthFailure"},
      {"a wrong signature for S3", message("GET /bkt/k", signed_as(known, "s3"), ""), 403,
       "SignatureDoesNotMatch"},
      {"a wrong presigned signature", message(presigned + "60&X-Amz-Signature=0", "", ""), 403,
       "SignatureDoesNotMatch"},
      {"a presigned request of long ago", message(presigned + "-1&X-Amz-Signature=0", "", ""), 400,
       "AuthorizationQueryParametersError"},
      {"a signature of long ago",
       message("GET /bkt/k", signed_as(known, "s3", "UNSIGNED-PAYLOAD", "20250101T000000Z"), ""),
       403, "RequestTimeTooSkewed"},
      {"a signature for another service",
       message("POST /", as_json + signed_as("AKIDNOBODY", "sqs"), "{}"), 400,
       "InvalidSignatureException"},
      {"an Authorization that is none", message("GET /bkt/k", "Authorization: \x07\r\n", ""), 400,
       "Unsupported Authorization Type"},
      {"an Authorization of three commas",
       message("POST /", as_json + "Authorization: AWS4-HMAC-SHA256 ,,,\r\n", "{}"), 400,
       "IncompleteSignatureException"},
  };
}

}  // namespace cloudchamber::mock::testing
