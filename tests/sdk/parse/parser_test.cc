#include "sdk/parse/parser.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/event_stream.h"
#include "tests/support/one_operation.h"

namespace cloudchamber {
namespace {

using test::OneOperation;

HttpResponse response(std::string body, int status = 200, Headers headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = Blob(std::move(body))};
}

Json parsed(const char* service, const char* operation, const HttpResponse& reply) {
  const auto model = find_model(service);
  return parse_output(*model, *model->find_operation(operation), reply);
}

Json parsed(const OneOperation& one, std::string body) {
  const auto model = one.model();
  return parse_output(*model, *model->find_operation("Go"), response(std::move(body)));
}

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

// One structure of every type, in any protocol.
OneOperation every_type(const char* protocol) {
  return {.protocol = protocol, .shapes = R"({"Out": {"type": "structure", "members": {
      "Text": {"shape": "Text"}, "Blob": {"shape": "Blob"}, "Flag": {"shape": "Flag"},
      "Count": {"shape": "Count"}, "Ratio": {"shape": "Ratio"}, "When": {"shape": "When"},
      "List": {"shape": "List"}, "Flat": {"shape": "Lists", "flattened": true},
      "Map": {"shape": "Map"}, "FlatMap": {"shape": "Map", "flattened": true},
      "Inner": {"shape": "Out"}}},
    "List": {"type": "list", "member": {"shape": "Text"}},
    "Lists": {"type": "list", "member": {"shape": "List"}},
    "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Out"}},
    "Text": {"type": "string"}, "Blob": {"type": "blob"}, "Flag": {"type": "boolean"},
    "Count": {"type": "long"}, "Ratio": {"type": "double"}, "When": {"type": "timestamp"}})"};
}

TEST(Parse, RefusesABodyThatIsNotTheProtocols) {
  const struct {
    const char* protocol;
    const char* body;
  } rows[] = {{"query", "<a>"},
              {"query", "no XML"},
              {"query", "<a><Count>many</Count></a>"},
              {"query", "<a><Count>99999999999999999999</Count></a>"},
              {"query", "<a><Ratio>1.5x</Ratio></a>"},
              {"query", "<a><Blob>*</Blob></a>"},
              {"query", "<a><When>soon</When></a>"},
              {"query", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"},
              {"ec2", "{}"},
              {"rest-xml", "<a></b>"},
              {"rest-xml", "\xff<a/>"},
              {"json", "{"},
              {"json", "[]"},
              {"json", "null"},
              {"json", "{\"Text\": \"\xff\"}"},
              {"json", "{\"Count\": 1e999}"},
              {"json", "{\"Blob\": \"*\"}"},
              {"json", "{\"Blob\": 1}"},
              {"json", "{\"When\": \"soon\"}"},
              {"json", "{\"When\": []}"},
              {"json", "{\"List\": {}}"},
              {"json", "{\"Map\": []}"},
              {"json", "{\"Inner\": 1}"},
              {"json", "{\"Text\": {}}"},
              {"rest-json", "<a/>"},
              {"smithy-rpc-v2-cbor", "{}"},
              {"smithy-rpc-v2-cbor", "\xa1\x64Text"}};
  for (const auto& row : rows)
    EXPECT_THROW(parsed(every_type(row.protocol), row.body), ResponseParserError)
        << row.protocol << ' ' << row.body;
}

TEST(Parse, NamesTheOperationWhoseResponseItCannotRead) {
  try {
    parsed(every_type("json"), "{");
    FAIL();
  } catch (const ResponseParserError& error) {
    EXPECT_EQ(std::string(error.what()), "The response to Go can't be read: the body is not JSON");
  }
}

TEST(Parse, BoundsTheNestingOfWhatItReads) {
  const OneOperation json = every_type("json");
  EXPECT_NO_THROW(parsed(json, repeated("{\"Inner\":", 100) + "{}" + repeated("}", 100)));
  EXPECT_THROW(parsed(json, repeated("{\"Inner\":", 200) + "{}" + repeated("}", 200)),
               ResponseParserError);
  EXPECT_THROW(parsed(json, repeated("{\"Inner\":", 50000) + "{}" + repeated("}", 50000)),
               ResponseParserError);
  EXPECT_THROW(parsed(json, repeated("{\"Map\":{\"a\":", 50000) + "{}" + repeated("}}", 50000)),
               ResponseParserError);
  // What nobody knows is passed over, however deep.
  EXPECT_EQ(parsed(json, "{\"x\":" + repeated("[", 50000) + repeated("]", 50000) + "}"),
            Json::object());
  EXPECT_THROW(
      parsed(every_type("rest-xml"), repeated("<Inner>", 50000) + repeated("</Inner>", 50000)),
      ResponseParserError);
  EXPECT_THROW(parsed(every_type("smithy-rpc-v2-cbor"), repeated("\xa1\x65Inner", 50000) + "\xa0"),
               ResponseParserError);
}

TEST(Parse, PassesOverUnknownMembersAndNulls) {
  EXPECT_EQ(parsed(every_type("json"),
                   R"({"Text": "a", "New": {"Text": "b"}, "Count": null, "Map": {"a": null}})"),
            Json({{"Text", "a"}, {"Map", Json::object()}}));
  EXPECT_EQ(parsed(every_type("rest-xml"), "<r><New><Text>b</Text></New><Text>a</Text><New/></r>"),
            Json({{"Text", "a"}}));
}

TEST(Parse, TellsAnEmptyContainerFromAnAbsentOne) {
  for (const char* protocol : {"rest-xml", "query", "ec2"}) {
    EXPECT_EQ(parsed(every_type(protocol), "<r><List/><Map></Map><Inner/></r>"),
              Json({{"List", Json::array()}, {"Map", Json::object()}, {"Inner", Json::object()}}));
    EXPECT_EQ(parsed(every_type(protocol), "<r/>"), Json::object());
  }
  EXPECT_EQ(parsed(every_type("json"), R"({"List": [], "Map": {}, "Inner": {}})"),
            Json({{"List", Json::array()}, {"Map", Json::object()}, {"Inner", Json::object()}}));
}

TEST(ParseXml, TakesEmptyScalarsForAbsentButForTextAndBlobs) {
  EXPECT_EQ(parsed(every_type("ec2"),
                   "<r><Text/><Blob/><Flag/><Count> </Count><Ratio/><When></When></r>"),
            Json({{"Text", ""}, {"Blob", binary("")}}));
}

TEST(ParseXml, ReadsScalarsBetweenWhiteSpaceAndTextWithIts) {
  EXPECT_EQ(parsed(every_type("rest-xml"),
                   "<r><Text> a </Text><Flag> true\n</Flag><Count>\n-7 </Count><Ratio> -0.5 "
                   "</Ratio><When> 2015-01-25T08:00:00.5Z </When><Blob> Zm9v </Blob></r>"),
            Json({{"Text", " a "},
                  {"Flag", true},
                  {"Count", -7},
                  {"Ratio", -0.5},
                  {"When", "2015-01-25T08:00:00.500Z"},
                  {"Blob", binary("foo")}}));
}

TEST(ParseXml, JoinsTextAroundCommentsAndSections) {
  EXPECT_EQ(parsed(every_type("rest-xml"), "<r><Text>a<!-- b --><![CDATA[<c>]]>d</Text></r>"),
            Json({{"Text", "a<c>d"}}));
}

TEST(ParseXml, ReadsFlattenedListsOfListsAndFlattenedMaps) {
  EXPECT_EQ(parsed(every_type("rest-xml"),
                   "<r><Flat><member>a</member><member>b</member></Flat><Text>t</Text><Flat/>"
                   "<FlatMap><key>k</key><value><Count>1</Count></value></FlatMap>"
                   "<FlatMap><key>l</key><value/></FlatMap><FlatMap><key>m</key></FlatMap></r>"),
            Json({{"Flat", {{"a", "b"}, Json::array()}},
                  {"Text", "t"},
                  {"FlatMap", {{"k", {{"Count", 1}}}, {"l", Json::object()}}}}));
}

TEST(ParseXml, MatchesNamesWithoutTheirPrefixes) {
  EXPECT_EQ(parsed(every_type("rest-xml"),
                   R"(<n:r xmlns:n="urn:n"><n:List><n:member>a</n:member></n:List></n:r>)"),
            Json({{"List", {"a"}}}));
  const Json acl = parsed("s3", "GetBucketAcl", response(R"(<AccessControlPolicy>
    <AccessControlList><Grant><Grantee xmlns:x="http://www.w3.org/2001/XMLSchema-instance"
    x:type="Group"><URI>u</URI></Grantee></Grant></AccessControlList></AccessControlPolicy>)"));
  EXPECT_EQ(acl, Json({{"Grants", {{{"Grantee", {{"Type", "Group"}, {"URI", "u"}}}}}}}));
}

TEST(ParseXml, ReadsEveryFormatOfTime) {
  for (const char* text : {"2015-01-25T08:00:00Z", "2015-01-25T08:00:00.000Z", "1422172800",
                           "Sun, 25 Jan 2015 08:00:00 GMT", "2015-01-25T09:00:00+01:00"})
    EXPECT_EQ(parsed(every_type("query"), std::string("<r><When>") + text + "</When></r>"),
              Json({{"When", "2015-01-25T08:00:00Z"}}))
        << text;
}

TEST(ParseJson, ReadsTimesBlobsAndSpecialFloatsInPlace) {
  EXPECT_EQ(
      parsed(every_type("json"),
             R"({"When": -1.5, "Blob": "", "Ratio": "NaN", "Count": 9007199254740993,
                       "Map": {"a": {"When": 1422172800, "Inner": {"Blob": "Zm9v"}}}})"),
      Json({{"When", "1969-12-31T23:59:58.500Z"},
            {"Blob", binary("")},
            {"Ratio", "NaN"},
            {"Count", 9007199254740993},
            {"Map",
             {{"a", {{"When", "2015-01-25T08:00:00Z"}, {"Inner", {{"Blob", binary("foo")}}}}}}}}));
  EXPECT_EQ(parsed(every_type("json"), ""), Json::object());
}

TEST(ParseJson, RenamesMembersEvenWhereNamesCross) {
  const OneOperation one{.protocol = "rest-json",
                         .shapes = R"({"Out": {"type": "structure", "members": {
                           "a": {"shape": "Text", "locationName": "b"},
                           "b": {"shape": "Text", "locationName": "a"}}},
                           "Text": {"type": "string"}})"};
  EXPECT_EQ(parsed(one, R"({"a": "1", "b": "2"})"), Json({{"a", "2"}, {"b", "1"}}));
}

// --- S3 ---

TEST(ParseS3, GivesAStreamOfEventsAsTheirArray) {
  const auto message = [](const char* kind, const char* type, const char* payload) {
    std::string bytes;
    const std::string name = std::string(kind) == "exception" ? ":exception-type" : ":event-type";
    append_event_message(bytes, {{":message-type", kind}, {name, type}}, payload);
    return bytes;
  };
  std::string stream = message("event", "Records", "Jane,949\r\n");
  stream += message("event", "New", "?");
  stream += message("event", "Stats", "<Stats xmlns=\"\"><BytesScanned>333</BytesScanned></Stats>");
  stream += message("event", "Cont", "");
  append_event_message(
      stream, {{":message-type", "error"}, {":error-code", "C"}, {":error-message", "m"}}, "");
  EXPECT_EQ(parsed("s3", "SelectObjectContent", response(stream)),
            Json({{"Payload",
                   {{{"Records", {{"Payload", binary("Jane,949\r\n")}}}},
                    {{"Stats", {{"Details", {{"BytesScanned", 333}}}}}},
                    {{"Cont", Json::object()}},
                    {{"Error", {{"Code", "C"}, {"Message", "m"}}}}}}}));
  stream.back() = static_cast<char>(stream.back() ^ 1);
  EXPECT_THROW(parsed("s3", "SelectObjectContent", response(stream)), ResponseParserError);
}

TEST(ParseS3, TakesTheRootOfGetBucketLocationForItsMember) {
  const std::string name = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
  EXPECT_EQ(parsed("s3", "GetBucketLocation",
                   response("<LocationConstraint" + name + ">eu-west-1</LocationConstraint>")),
            Json({{"LocationConstraint", "eu-west-1"}}));
  EXPECT_EQ(parsed("s3", "GetBucketLocation", response("<LocationConstraint" + name + "/>")),
            Json::object());
  EXPECT_EQ(parsed("s3", "GetBucketLocation",
                   response("<x><LocationConstraint>EU</LocationConstraint></x>")),
            Json({{"LocationConstraint", "EU"}}));
}

TEST(ParseS3, LeavesAStreamToTheCallerAndReadsTheHeaders) {
  const Json result = parsed("s3", "GetObject",
                             response("<not XML", 206,
                                      {{"Content-Length", "8"},
                                       {"ETag", "\"abc\""},
                                       {"Last-Modified", "Sun, 25 Jan 2015 08:00:00 GMT"},
                                       {"Expires", "whenever"},
                                       {"x-amz-missing-meta", ""},
                                       {"X-Amz-Meta-Colour", "red"},
                                       {"x-amz-meta-Empty", ""}}));
  EXPECT_EQ(result, Json({{"ContentLength", 8},
                          {"ETag", "\"abc\""},
                          {"LastModified", "2015-01-25T08:00:00Z"},
                          {"Metadata", {{"Colour", "red"}, {"Empty", ""}}}}));
  EXPECT_THROW(parsed("s3", "GetObject", response("", 200, {{"Content-Length", "many"}})),
               ResponseParserError);
}

TEST(ParseS3, GivesATextPayload) {
  EXPECT_EQ(parsed("s3", "GetBucketPolicy", response("{\"a\": 1}")),
            Json({{"Policy", "{\"a\": 1}"}}));
}

TEST(ParseHeaders, SplitsListsAtTheirCommas) {
  const OneOperation one{.protocol = "rest-json",
                         .shapes = R"({"Out": {"type": "structure", "members": {
          "Texts": {"shape": "Texts", "location": "header", "locationName": "X-Texts"},
          "Times": {"shape": "Times", "location": "header", "locationName": "X-Times"},
          "Flags": {"shape": "Flags", "location": "header", "locationName": "X-Flags"}}},
        "Texts": {"type": "list", "member": {"shape": "Text"}},
        "Times": {"type": "list", "member": {"shape": "Time"}},
        "Flags": {"type": "list", "member": {"shape": "Flag"}},
        "Text": {"type": "string"}, "Time": {"type": "timestamp"}, "Flag": {"type": "boolean"}})"};
  const auto model = one.model();
  const auto read = [&](const char* name, const char* value) {
    const Json result = parse_output(*model, *model->find_operation("Go"),
                                     response("", 200, {{std::string("X-") + name, value}}));
    return result.at(name);
  };
  EXPECT_EQ(read("Texts", "a, b ,c"), Json({"a", "b", "c"}));
  EXPECT_EQ(read("Texts", "\"b,c\", \"\\\"def\\\"\", a"), Json({"b,c", "\"def\"", "a"}));
  EXPECT_EQ(read("Texts", "\"open, end\\"), Json({"open, end\\"}));
  EXPECT_EQ(read("Texts", " , ,"), Json::array());
  EXPECT_EQ(read("Texts", ""), Json::array());
  EXPECT_EQ(read("Flags", "true,false"), Json({true, false}));
  EXPECT_EQ(read("Times", "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT"),
            Json({"2019-12-16T23:48:18Z", "2019-12-16T23:48:18Z"}));
  EXPECT_EQ(read("Times", "2019-12-16T23:48:18Z, 1576540098"),
            Json({"2019-12-16T23:48:18Z", "2019-12-16T23:48:18Z"}));
}

}  // namespace
}  // namespace cloudchamber
