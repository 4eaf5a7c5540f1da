#include "mock-server/services/dynamodb/expressions/placeholders.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/dynamodb/attribute_value.h"
#include "mock-server/services/dynamodb/errors.h"

namespace cloudchamber::mock::dynamodb {
namespace {

bool is_placeholder(char first, const std::string& text) {
  return text.size() > 1 && text[0] == first &&
         std::all_of(text.begin() + 1, text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_';
         });
}

constexpr std::size_t kMaxPlaceholderBytes = 255;

void check_key(const char* parameter, char first, const std::string& key) {
  if (!is_placeholder(first, key)) {
    throw validation_error(std::string(parameter) + " contains invalid key: Syntax error; key: \"" +
                           key + "\"");
  }
  if (key.size() > kMaxPlaceholderBytes) {
    throw validation_error(std::string(parameter) +
                           " contains invalid key: The expression attribute map contains a key "
                           "that is too long; key: " +
                           key);
  }
}

}  // namespace

Placeholders::Placeholders(const Json* names, const Json* values) {
  if (names != nullptr) {
    if (names->empty()) throw validation_error("ExpressionAttributeNames must not be empty");
    for (const auto& [key, meaning] : *names->get_ptr<const Json::object_t*>()) {
      check_key("ExpressionAttributeNames", '#', key);
      names_.push_back({&key, &meaning});
    }
    for (const Entry& entry : names_) {
      const auto& name = entry.meaning->get_ref<const std::string&>();
      try {
        check_attribute_name(name);
      } catch (const AwsError&) {
        // The same rule as for an item's names, in words of its own.
        throw validation_error(
            "ExpressionAttributeNames contains invalid value: " +
            std::string(name.empty()
                            ? "Empty attribute name"
                            : "Attribute name is too large, must be less than or equal to 65535 "
                              "bytes") +
            " for key " + *entry.placeholder);
      }
    }
  }
  if (values != nullptr) {
    if (values->empty()) throw validation_error("ExpressionAttributeValues must not be empty");
    for (const auto& [key, meaning] : *values->get_ptr<const Json::object_t*>()) {
      check_key("ExpressionAttributeValues", ':', key);
      values_.push_back({&key, &meaning});
    }
    for (const Entry& entry : values_) {
      try {
        check_value(*entry.meaning);
      } catch (const AwsError& error) {
        throw validation_error("ExpressionAttributeValues contains invalid value: " +
                               error.message() + " for key " + *entry.placeholder);
      }
    }
  }
}

Placeholders::Entry* Placeholders::find(std::vector<Entry>& entries, std::string_view placeholder) {
  const auto found = std::lower_bound(
      entries.begin(), entries.end(), placeholder,
      [](const Entry& entry, std::string_view text) { return *entry.placeholder < text; });
  if (found == entries.end() || *found->placeholder != placeholder) return nullptr;
  found->used = true;
  return &*found;
}

const std::string* Placeholders::name(std::string_view placeholder) {
  const Entry* entry = find(names_, placeholder);
  return entry == nullptr ? nullptr : entry->meaning->get_ptr<const std::string*>();
}

const Json* Placeholders::value(std::string_view placeholder) {
  const Entry* entry = find(values_, placeholder);
  return entry == nullptr ? nullptr : entry->meaning;
}

void Placeholders::check_all_used() const {
  const auto check = [](const char* parameter, const std::vector<Entry>& entries) {
    std::string unused;
    for (const Entry& entry : entries) {
      if (!entry.used) unused += (unused.empty() ? "" : ", ") + *entry.placeholder;
    }
    if (!unused.empty()) {
      throw validation_error("Value provided in " + std::string(parameter) +
                             " unused in expressions: keys: {" + unused + "}");
    }
  };
  check("ExpressionAttributeNames", names_);
  check("ExpressionAttributeValues", values_);
}

}  // namespace cloudchamber::mock::dynamodb
