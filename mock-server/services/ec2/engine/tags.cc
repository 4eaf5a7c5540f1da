#include "mock-server/services/ec2/engine/tags.h"

#include <algorithm>

#include "mock-server/services/ec2/engine/errors.h"

namespace cloudchamber::mock::ec2 {
namespace {

bool is_reserved(std::string_view key) { return key.starts_with("aws:"); }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

}  // namespace

// A user's calls are not invoked by other operations.
Tagger tagger_of(const Call& call) {
  return call.context().depth == 0 ? Tagger::kUser : Tagger::kAws;
}

Tags checked_tags(const Json& list, Tagger tagger) {
  Tags tags;
  for (const Json& tag : list) {
    const std::string key = tag.value("Key", std::string());
    std::string value = tag.value("Value", std::string());
    if (key.empty()) throw invalid_parameter("Tag key cannot be null or empty");
    if (tagger == Tagger::kUser && is_reserved(key))
      throw invalid_parameter("Tag keys starting with 'aws:' are reserved for internal use");
    if (characters(key) > kMaxTagKey)
      throw invalid_parameter("Tag key exceeds the maximum length of 127 characters");
    if (characters(value) > kMaxTagValue)
      throw invalid_parameter("Tag value exceeds the maximum length of 256 characters");
    if (!tags.emplace(key, std::move(value)).second)
      throw invalid_parameter("Duplicate tag key '" + key + "' specified.");
  }
  return tags;
}

void add_tags(Tags& tags, const Tags& added) {
  for (const auto& [key, value] : added) tags.insert_or_assign(key, value);
  const auto own = std::count_if(tags.begin(), tags.end(),
                                 [](const auto& tag) { return !is_reserved(tag.first); });
  if (static_cast<std::size_t>(own) > kMaxTags)
    throw AwsError("TagLimitExceeded",
                   "The maximum number of Tags for a resource has been reached.");
}

Tags tags_given(const Call& call, const Kind& kind,
                std::initializer_list<std::string_view> others) {
  Tags tags;
  const Json* specifications = call.find("TagSpecifications");
  if (specifications == nullptr) return tags;
  const auto refused = [&](const std::string& message) {
    return AwsError(std::string(kind.tag_specification_code), message);
  };
  bool given = false;
  for (const Json& specification : *specifications) {
    const std::string type = specification.value("ResourceType", std::string());
    if (type.empty()) throw refused("Tag specification resource type must have a value");
    const Json list = specification.value("Tags", Json::array());
    if (list.empty()) throw refused("Tag specification must have at least one tag");
    const Tags checked = checked_tags(list, tagger_of(call));
    if (type == kind.type) {
      if (given)
        throw refused("Tag specification resource type must be unique for '" + type + "'.");
      given = true;
      add_tags(tags, checked);
    } else if (std::find(others.begin(), others.end(), type) == others.end()) {
      throw refused("'" + type + "' is not a valid taggable resource type for this operation.");
    }
  }
  return tags;
}

}  // namespace cloudchamber::mock::ec2
