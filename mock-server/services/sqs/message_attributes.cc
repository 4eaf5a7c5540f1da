#include "mock-server/services/sqs/message_attributes.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::sqs {
namespace {

void check_name(const std::string& name) {
  const auto allowed = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
  };
  const bool reserved = name.starts_with("AWS.") || name.starts_with("Amazon.");
  if (name.empty() || name.size() > kMaxMessageAttributeName || name.front() == '.' ||
      name.back() == '.' || name.find("..") != std::string::npos || reserved ||
      !std::all_of(name.begin(), name.end(), allowed)) {
    throw invalid_parameter(
        "Message (user) attribute name '" + name +
        "' is invalid. It must be 1 to 256 characters of A-Z, a-z, 0-9, '_', '-' and '.', must "
        "not begin or end with '.' or have two in a row, nor begin with AWS. or Amazon.");
  }
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
  const auto value = given.find(base == "Binary" ? "BinaryValue" : "StringValue");
  if (value != given.end()) attribute.value = bytes_of(*value);
  if (attribute.value.empty()) {
    throw invalid_parameter("The message attribute '" + name +
                            "' must contain a non-empty message attribute value for "
                            "message attribute type '" +
                            std::string(base) + "'.");
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
