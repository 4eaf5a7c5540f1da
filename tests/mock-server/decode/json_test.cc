// How JSON is refused. The expected texts are DynamoDB's: the tables follow what the tests of
// dynalite and of Scylla's Alternator found there.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mock-server/call/aws_error.h"
#include "mock-server/decode/decoder.h"

namespace cloudchamber::mock {
namespace {

constexpr const char* kModel = R"({
  "metadata": {"protocol": "json", "endpointPrefix": "dynamodb", "serviceId": "DynamoDB",
               "signingName": "dynamodb", "targetPrefix": "DynamoDB_20120810",
               "jsonVersion": "1.0", "signatureVersion": "v4", "apiVersion": "2012-08-10"},
  "operations": {"Put": {"name": "Put", "http": {"method": "POST", "requestUri": "/"},
                         "input": {"shape": "Input"}}},
  "shapes": {
    "Input": {"type": "structure", "members": {
      "S": {"shape": "String"}, "I": {"shape": "Integer"}, "L": {"shape": "Long"},
      "D": {"shape": "Double"}, "B": {"shape": "Boolean"}, "Bin": {"shape": "Blob"},
      "T": {"shape": "Timestamp"}, "List": {"shape": "Inputs"}, "Strings": {"shape": "Strings"},
      "Map": {"shape": "InputMap"}, "ListMap": {"shape": "ListMap"}, "In": {"shape": "Input"}}},
    "Inputs": {"type": "list", "member": {"shape": "Input"}},
    "Strings": {"type": "list", "member": {"shape": "String"}},
    "InputMap": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "Input"}},
    "ListMap": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "Strings"}},
    "String": {"type": "string"}, "Integer": {"type": "integer"}, "Long": {"type": "long"},
    "Double": {"type": "double"}, "Boolean": {"type": "boolean"}, "Blob": {"type": "blob"},
    "Timestamp": {"type": "timestamp"}}})";

Json decoded(const std::string& body) {
  static const auto service = ServiceModel::from_text("dynamodb", kModel);
  HttpRequest request;
  request.body = Blob(body);
  return decode(*service, *service->operations().front(), request);
}

// The message of the SerializationException, or what else came out.
std::string refusal(const std::string& body) {
  try {
    return "accepted as " + decoded(body).dump();
  } catch (const AwsError& error) {
    if (error.code() != "SerializationException" || error.status() != 400) return error.code();
    return error.message();
  }
}

TEST(JsonDecode, RefusesValuesOfAnotherTypeInDynamoDbsWords) {
  constexpr const char* kCast =
      "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class "
      "java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and "
      "java.lang.Class are in module java.base of loader 'bootstrap')";
  constexpr const char* kStructure = "Start of structure or map found where not expected";
  constexpr const char* kBytes = "only base-64-encoded strings are convertible to bytes";
  const struct {
    const char* body;
    const char* message;
  } rows[] = {
      {R"({"S": true})", "TRUE_VALUE cannot be converted to String"},
      {R"({"S": false})", "FALSE_VALUE cannot be converted to String"},
      {R"({"S": 23})", "NUMBER_VALUE cannot be converted to String"},
      {R"({"S": -2147483648})", "NUMBER_VALUE cannot be converted to String"},
      {R"({"S": 34.56})", "DECIMAL_VALUE cannot be converted to String"},
      {R"({"S": []})", "Unrecognized collection type class java.lang.String"},
      {R"({"S": {}})", kStructure},
      {R"({"B": "23"})", "Unexpected token received from parser"},
      {R"({"B": 23})", "NUMBER_VALUE cannot be converted to Boolean"},
      {R"({"B": 34.56})", "DECIMAL_VALUE cannot be converted to Boolean"},
      {R"({"B": []})", "Unrecognized collection type class java.lang.Boolean"},
      {R"({"B": {}})", kStructure},
      {R"({"I": "23"})", "STRING_VALUE cannot be converted to Integer"},
      {R"({"I": true})", "TRUE_VALUE cannot be converted to Integer"},
      {R"({"I": []})", "Unrecognized collection type class java.lang.Integer"},
      {R"({"L": "23"})", "STRING_VALUE cannot be converted to Long"},
      {R"({"D": "x"})", "STRING_VALUE cannot be converted to Double"},
      {R"({"T": "not a date"})", "STRING_VALUE cannot be converted to Date"},
      {R"({"T": 1e300})", "NUMBER_VALUE cannot be converted to Date"},
      {R"({"Bin": true})", kBytes},
      {R"({"Bin": 23})", kBytes},
      {R"({"Bin": []})", "Unrecognized collection type class java.nio.ByteBuffer"},
      {R"({"Bin": {}})", kStructure},
      {R"({"Bin": "23456"})",
       "Base64 encoded length is expected a multiple of 4 bytes but found: 5"},
      {R"({"Bin": "=+/="})", "Invalid last non-pad Base64 character dectected"},
      {R"({"Bin": "+/+="})", "Invalid last non-pad Base64 character dectected"},
      {R"({"Bin": "YWJj??!!"})", "Invalid Base64 character: '?'"},
      {R"({"List": "23"})", "Unexpected field type"},
      {R"({"List": true})", "Unexpected field type"},
      {R"({"List": {}})", kStructure},
      {R"({"Strings": [23]})", "NUMBER_VALUE cannot be converted to String"},
      {R"({"List": [23]})", "Unexpected value type in payload"},
      {R"({"List": [[]]})",
       "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.Input"},
      {R"({"Map": 23})", "Unexpected field type"},
      {R"({"Map": []})",
       "Unrecognized collection type java.util.Map<java.lang.String, "
       "com.amazonaws.dynamodb.v20120810.Input>"},
      {R"({"Map": {"a": 23}})", "Unexpected value type in payload"},
      {R"({"ListMap": {"a": 23}})", kCast},
      {R"({"In": "23"})", "Unexpected field type"},
      {R"({"In": []})",
       "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.Input"},
      {R"({"In": {"List": [{"Map": {"k": {"S": 1}}}]}})",
       "NUMBER_VALUE cannot be converted to String"},
  };
  for (const auto& row : rows) EXPECT_EQ(refusal(row.body), row.message) << row.body;
}

TEST(JsonDecode, RefusesWhatIsNoJsonObjectWithoutAMessage) {
  const std::string deep_valid =
      std::string(R"({"In":)") + std::string(5000, '[') + std::string(5000, ']') + "}";
  const std::string bodies[] = {
      "",
      "}}}",
      "}{",
      "habababa",
      "7",
      "\"\"",
      "[]",
      "null",
      "\"a\"",
      "{3: }}",
      "{\"2\":{}",
      ",",
      "{,}",
      "{{}}",
      "{{{",
      "{\"S\": }",
      "{\"S\":\"a}",
      "{\"I\":01}",
      "{\"S\":\"\\q\"}",
      "{} {}",
      "{}x",
      "{\"S\":NaN}",
      "tru",
      "{'S': 1}",
      std::string("{\"S\":\"\0\"}", 9),
      std::string(10000, '{') + std::string(9999, '}'),
      std::string(10000, '['),
      R"({"Unknown":)" + std::string(5000, '[') + std::string(5000, ']') + "}",
      "{\"S\":\"\xff"
      "dog\"}",  // not UTF-8
      "{\"Bin\":\"\xff"
      "dog\"}",
      "{\"S\":\"\\ud800\"}",  // half a surrogate pair
      "{\"\xc0\xaf\":1}",     // longer than need be
  };
  for (const std::string& body : bodies) EXPECT_EQ(refusal(body), "") << body.substr(0, 80);
  EXPECT_NE(refusal(deep_valid).substr(0, 8), "accepted");
}

// Every prefix of a good request is a bad one.
TEST(JsonDecode, RefusesAnythingCutShort) {
  const std::string body = R"({"S":"x","List":[{"Map":{"k":{"Bin":"YQ==","D":1.5e3}}}],"B":true})";
  ASSERT_NO_THROW(decoded(body));
  for (std::size_t length = 0; length < body.size(); ++length) {
    EXPECT_THROW(decoded(body.substr(0, length)), AwsError) << length;
  }
}

TEST(JsonDecode, SkipsWhatTheModelDoesNotKnow) {
  EXPECT_EQ(decoded(R"({"X": {"S": [1, {"y": null}]}, "__type": "Y", "S": "s", "Z": [[[]]]})"),
            Json({{"S", "s"}}));
  EXPECT_EQ(decoded(R"({"List": [{"s": 1}, {"S": "a", "extra": [{}]}]})"),
            Json({{"List", {Json::object(), {{"S", "a"}}}}}));
}

TEST(JsonDecode, TakesNullForAbsent) {
  EXPECT_EQ(decoded(R"({"S": null, "In": null, "List": null, "Map": {}})"),
            Json({{"Map", Json::object()}}));
  // What stands in a list or map has to be something; an empty structure says best that it is
  // nothing.
  EXPECT_EQ(
      decoded(R"({"List": [null], "Map": {"k": null}, "Strings": [null, "a"]})"),
      Json({{"List", {Json::object()}}, {"Map", {{"k", Json::object()}}}, {"Strings", {"a"}}}));
}

TEST(JsonDecode, ConvertsNumbersAsJacksonDoes) {
  const struct {
    const char* body;
    Json value;
  } rows[] = {
      {R"({"I": 2147483647})", {{"I", 2147483647}}},
      {R"({"I": 2147483648})", {{"I", 2147483647}}},
      {R"({"I": -99999999999})", {{"I", INT32_MIN}}},
      {R"({"I": 34.56})", {{"I", 34}}},
      {R"({"I": -1e400})", {{"I", INT32_MIN}}},
      {R"({"L": 9223372036854775807})", {{"L", INT64_MAX}}},
      {R"({"L": 9223372036854775808})", {{"L", INT64_MAX}}},
      {R"({"L": 99999999999999999999999})", {{"L", INT64_MAX}}},
      {R"({"L": -9223372036854775809})", {{"L", INT64_MIN}}},
      {R"({"D": 5})", {{"D", 5}}},
      {R"({"D": "NaN"})", {{"D", "NaN"}}},
      {R"({"D": "-Infinity"})", {{"D", "-Infinity"}}},
      {R"({"T": 1422172800})", {{"T", "2015-01-25T08:00:00Z"}}},
      {R"({"T": 1422172800.123})", {{"T", "2015-01-25T08:00:00.123Z"}}},
      {R"({"T": "2015-01-25T08:00:00Z"})", {{"T", "2015-01-25T08:00:00Z"}}},
  };
  for (const auto& row : rows) {
    // Beyond a double's range nlohmann refuses by itself.
    if (std::string(row.body).find("e400") != std::string::npos) {
      EXPECT_EQ(refusal(row.body), "") << row.body;
      continue;
    }
    EXPECT_EQ(decoded(row.body), row.value) << row.body;
  }
}

TEST(JsonDecode, BoundsNestingAtItsLimit) {
  // kMaxJsonDepth containers are let in, one more is not; DynamoDB's own limit is lower.
  const auto nested = [](std::size_t depth) {
    std::string body;
    for (std::size_t i = 0; i < depth; ++i) body += R"({"In":)";
    return body + "null" + std::string(depth, '}');
  };
  EXPECT_EQ(refusal(nested(256)).substr(0, 8), "accepted");
  EXPECT_EQ(refusal(nested(257)), "");
  EXPECT_EQ(refusal(R"({"X":)" + std::string(255, '[') + std::string(255, ']') + "}").substr(0, 8),
            "accepted");
  EXPECT_EQ(refusal(R"({"X":)" + std::string(256, '[') + std::string(256, ']') + "}"), "");
}

}  // namespace
}  // namespace cloudchamber::mock
