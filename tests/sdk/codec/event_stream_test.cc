#include "sdk/codec/event_stream.h"

#include <gtest/gtest.h>

#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"

namespace cloudchamber {
namespace {

TEST(EventStream, ReadsWhatItWrites) {
  std::string stream;
  append_event_message(stream, {{":message-type", "event"}, {":event-type", "Records"}}, "a,b\n");
  append_event_message(stream, {}, "");
  const auto messages = decode_event_stream(stream);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].text(":event-type"), "Records");
  EXPECT_EQ(messages[0].text("absent"), "");
  EXPECT_EQ(messages[0].payload, "a,b\n");
  EXPECT_TRUE(messages[1].headers.empty());
  EXPECT_EQ(messages[1].payload, "");
  EXPECT_TRUE(decode_event_stream("").empty());
}

TEST(EventStream, WritesTheEmptyMessageOfTheSpecification) {
  std::string written;
  append_event_message(written, {}, "");
  EXPECT_EQ(base64_encode(written), "AAAAEAAAAAAFwkjrfZjI/w==");
}

// Made with Python's struct and zlib.
TEST(EventStream, ReadsAHeaderOfEachKind) {
  const std::string stream = *base64_decode(
      "AAAAgQAAAHHOpgfhBHRydWUABWZhbHNlAQRieXRlAv8Fc2hvcnQD//4DaW50BP////0EbG9uZwX//////////"
      "AVieXRlcwYAA2ZvbwZzdHJpbmcHAANiYXIEdGltZQgAAAFLIBrE+gR1dWlkCQABAgMEBQYHCAkKCwwNDg/mcfH3");
  Json headers = Json::object();
  const auto messages = decode_event_stream(stream);
  for (const auto& [name, value] : messages.at(0).headers) headers[name] = value;
  EXPECT_EQ(headers, Json({{"true", true},
                           {"false", false},
                           {"byte", -1},
                           {"short", -2},
                           {"int", -3},
                           {"long", -4},
                           {"bytes", binary("foo")},
                           {"string", "bar"},
                           {"time", "2015-01-25T08:00:00.250Z"},
                           {"uuid", "000102030405060708090a0b0c0d0e0f"}}));
}

TEST(EventStream, WritesTheHeadersThatItReads) {
  const std::vector<std::pair<std::string, Json>> headers = {
      {"true", true},       {"false", false},     {"int", -3},
      {"least", INT32_MIN}, {"long", 2147483648}, {"bytes", binary(std::string("\0\xff", 2))},
      {"string", "bar"},    {"empty", ""},        {"longest", std::string(65'535, 'x')}};
  std::string stream;
  append_event_message(stream, headers, "payload");
  const auto messages = decode_event_stream(stream);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].headers, headers);
  EXPECT_EQ(messages[0].payload, "payload");
}

TEST(EventStream, RefusesToWriteWhatNoHeaderHolds) {
  std::string stream;
  const std::vector<std::pair<std::string, Json>> rows = {{"a", std::string(65'536, 'x')},
                                                          {std::string(256, 'n'), "x"},
                                                          {"a", 1.5},
                                                          {"a", nullptr},
                                                          {"a", Json::array()}};
  for (const auto& row : rows)
    EXPECT_THROW(append_event_message(stream, {row}, ""), EventStreamError) << row.first.size();
  EXPECT_EQ(stream, "");
}

TEST(EventStream, RefusesAHeaderOfUnknownKindOrBeyondTheMessage) {
  for (const char* text : {"AAAAEwAAAAPba2OBAWEK/6uWIg==", "AAAAFQAAAAW9SDMUAWEH//+K29SE"})
    EXPECT_THROW(static_cast<void>(decode_event_stream(*base64_decode(text))), EventStreamError);
}

TEST(EventStream, RefusesWhatIsCutOffOrChanged) {
  std::string stream;
  append_event_message(stream, {{":event-type", "Records"}}, "payload");
  for (std::size_t length = 1; length < stream.size(); ++length)
    EXPECT_THROW(static_cast<void>(decode_event_stream(stream.substr(0, length))), EventStreamError)
        << length;
  for (std::size_t at = 0; at < stream.size(); ++at) {
    std::string changed = stream;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_THROW(static_cast<void>(decode_event_stream(changed)), EventStreamError) << at;
  }
}

}  // namespace
}  // namespace cloudchamber
