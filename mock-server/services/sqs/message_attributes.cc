#include "mock-server/services/sqs/message_attributes.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::sqs {
namespace {

// AWS takes letters of any script (LocalStack's test_send_message_with_invalid_string_attributes,
// validated on AWS: attr.1\xC3\xB8\xC3\x9F\xC3\xA4 is good, \xC2\xA7 is not). What is not ASCII
// counts as a letter here from U+00C0 on.
bool is_name(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (c < 0x80 ? std::isalnum(c) == 0 && c != '_' && c != '-' && c != '.' : c == 0xC2)
      return false;
  }
  return true;
}

void check_name(const std::string& name) {
  if (name.empty() || name.size() > kMaxMessageAttributeName)
    throw invalid_parameter("Message (user) attribute names must be shorter than 256 Bytes");
  if (!is_name(name)) {
    throw invalid_parameter(
        "Message (user) attributes name can only contain upper and lower score characters, digits, "
        "periods, hyphens and underscores. ");
  }
  const std::string lower_name = lowered(name);
  if (lower_name.starts_with("aws.") || lower_name.starts_with("amazon.") || name.front() == '.' ||
      name.back() == '.' || name.find("..") != std::string::npos) {
    throw invalid_parameter(
        "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings "
        "are reserved for internal use. Additionally, they cannot start or end with '.'.");
  }
}

bool is_number(std::string_view text) {
  std::size_t i = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  std::size_t digits = 0;
  bool point = false;
  for (; i < text.size() &&
         (std::isdigit(static_cast<unsigned char>(text[i])) != 0 || (text[i] == '.' && !point));
       ++i) {
    if (text[i] == '.')
      point = true;
    else
      ++digits;
  }
  if (digits == 0) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    if (i == text.size()) return false;
    while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0) ++i;
  }
  return i == text.size();
}

MessageAttribute read_attribute(const std::string& name, const Json& given) {
  MessageAttribute attribute;
  attribute.data_type = given.value("DataType", std::string());
  const std::string_view base =
      std::string_view(attribute.data_type).substr(0, attribute.data_type.find('.'));
  if (attribute.data_type.empty()) {
    throw invalid_parameter("The message attribute '" + name +
                            "' must contain a non-empty message attribute type.");
  }
  if (base != "String" && base != "Number" && base != "Binary") {
    throw invalid_parameter("The message attribute '" + name +
                            "' has an invalid message attribute type, the set of "
                            "supported type prefixes is Binary, Number, and String.");
  }
  if (attribute.data_type.size() > kMaxMessageAttributeType)
    throw invalid_parameter("Message (user) attribute types must be shorter than 256 Bytes");
  const auto value = given.find(base == "Binary" ? "BinaryValue" : "StringValue");
  if (value != given.end()) attribute.value = bytes_of(*value);
  if (attribute.value
          .empty()) {  // recorded by LocalStack, test_send_message_with_empty_string_attribute
    throw invalid_parameter("Message (user) attribute '" + name +
                            "' must contain a non-empty value of type '" + std::string(base) +
                            "'.");
  }
  if (base != "Binary" && has_invalid_characters(attribute.value))
    throw invalid_parameter(invalid_characters_found());
  if (base == "Number" && !is_number(attribute.value)) {
    throw invalid_parameter("Can't cast the value of message (user) attribute '" + name +
                            "' to a number.");
  }
  return attribute;
}

void append_length_and(std::string& out, std::string_view bytes) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out +=
        static_cast<char>(static_cast<unsigned char>(bytes.size() >> static_cast<unsigned>(shift)));
  }
  out += bytes;
}

}  // namespace

bool has_invalid_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
    const bool not_a_character = c == 0xEF && text.compare(i, 2, "\xEF\xBF") == 0 &&
                                 static_cast<unsigned char>(text[i + 2]) >= 0xBE;
    if (control || not_a_character) return true;
  }
  return false;
}

std::string invalid_characters_found() {
  return "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF "
         "| #xE000 to #xFFFD | #x10000 to #x10FFFF";
}

MessageAttributes read_attributes(const Json& attributes) {
  if (attributes.size() > kMaxMessageAttributes) {
    throw invalid_parameter("Number of message attributes [" + std::to_string(attributes.size()) +
                            "] exceeds the allowed maximum [" +
                            std::to_string(kMaxMessageAttributes) + "].");
  }
  MessageAttributes result;
  for (const auto& [name, given] : attributes.items()) {
    check_name(name);
    result.emplace(name, read_attribute(name, given));
  }
  return result;
}

Json to_json(const MessageAttributes& attributes) {
  Json result = Json::object();
  for (const auto& [name, attribute] : attributes) {
    result[name] =
        attribute.is_binary()
            ? Json{{"BinaryValue", binary(attribute.value)}, {"DataType", attribute.data_type}}
            : Json{{"StringValue", attribute.value}, {"DataType", attribute.data_type}};
  }
  return result;
}

std::string md5_of(const MessageAttributes& attributes) {
  std::string text;
  for (const auto& [name, attribute] : attributes) {  // a map: sorted by name, as the digest wants
    append_length_and(text, name);
    append_length_and(text, attribute.data_type);
    text += attribute.is_binary() ? '\2' : '\1';
    append_length_and(text, attribute.value);
  }
  return hex(md5(text));
}

std::size_t size_of(const MessageAttributes& attributes) {
  std::size_t size = 0;
  for (const auto& [name, attribute] : attributes) {
    size += name.size() + attribute.data_type.size() + attribute.value.size();
  }
  return size;
}

MessageAttributes selected(const MessageAttributes& attributes, const Json& names) {
  MessageAttributes result;
  for (const auto& [name, attribute] : attributes) {
    const bool asked = std::any_of(names.begin(), names.end(), [&name = name](const Json& wanted) {
      const std::string_view pattern = wanted.get_ref<const std::string&>();
      if (pattern == "All" || pattern == ".*" || pattern == name) return true;
      return pattern.ends_with(".*") && name.starts_with(pattern.substr(0, pattern.size() - 2));
    });
    if (asked) result.emplace(name, attribute);
  }
  return result;
}

}  // namespace cloudchamber::mock::sqs
