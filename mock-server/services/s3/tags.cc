#include "mock-server/services/s3/tags.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/limits.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::s3 {
namespace {

// Code units of UTF-16, in which AWS counts.
std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

// Letters, digits, white space and _.:/=+-@ ; whatever lies beyond ASCII is taken for a letter.
bool has_tag_characters(std::string_view text) {
  constexpr std::string_view kOthers = "_.:/=+-@ ";
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80 || kOthers.find(c) != std::string_view::npos;
  });
}

void check_tag(const std::string& key, const std::string& value) {
  if (key.empty() || utf16_length(key) > kMaxTagKeyLength || !has_tag_characters(key)) {
    AwsError error("InvalidTag", "The TagKey you have provided is invalid", 400);
    throw error.with("TagKey", key);
  }
  if (utf16_length(value) > kMaxTagValueLength || !has_tag_characters(value)) {
    AwsError error("InvalidTag", "The TagValue you have provided is invalid", 400);
    throw error.with("TagKey", key).with("TagValue", value);
  }
  if (key.starts_with("aws:")) {
    throw AwsError("InvalidTag",
                   "User-defined tag keys can't start with \"aws:\". This prefix is reserved for "
                   "system tags. Remove \"aws:\" from your tag keys and try again.",
                   400);
  }
}

void check_tags(const Pairs& tags, TagsOf kind) {
  const std::size_t limit = kind == TagsOf::kObject ? kMaxObjectTags : kMaxBucketTags;
  if (tags.size() > limit) {
    throw AwsError("BadRequest",
                   std::string(kind == TagsOf::kObject ? "Object" : "Bucket") +
                       " tags cannot be greater than " + std::to_string(limit),
                   400);
  }
  for (std::size_t i = 0; i < tags.size(); ++i) {
    check_tag(tags[i].first, tags[i].second);
    for (std::size_t j = 0; j < i; ++j) {
      if (tags[j].first != tags[i].first) continue;
      AwsError error("InvalidTag", "Cannot provide multiple Tags with the same key", 400);
      throw error.with("TagKey", tags[i].first);
    }
  }
}

}  // namespace

Pairs tags_from_header(std::string_view header) {
  Pairs tags = parse_query(header);
  for (const auto& [key, value] : tags) {
    if (key.empty()) {
      throw invalid_argument(
          "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query "
          "parameters without tag name duplicates.",
          "x-amz-tagging", header);
    }
  }
  for (std::size_t i = 0; i < tags.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (tags[i].first == tags[j].first) {
        throw invalid_argument(
            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query "
            "parameters without tag name duplicates.",
            "x-amz-tagging", header);
      }
    }
  }
  check_tags(tags, TagsOf::kObject);
  return tags;
}

Pairs tags_from_list(const Json& list, TagsOf kind) {
  Pairs tags;
  for (const Json& tag : list) {
    const auto key = tag.find("Key");
    const auto value = tag.find("Value");
    if (key == tag.end() || value == tag.end()) throw malformed_xml();
    tags.emplace_back(key->get<std::string>(), value->get<std::string>());
  }
  check_tags(tags, kind);
  return tags;
}

Json tags_to_list(const Pairs& tags) {
  Json list = Json::array();
  for (const auto& [key, value] : tags) list.push_back({{"Key", key}, {"Value", value}});
  return list;
}

}  // namespace cloudchamber::mock::s3
