// Tags: their rules, and those that a call gives to what it makes.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
#pragma once

#include "mock-server/services/ec2/engine/kind.h"

namespace cloudchamber::mock::ec2 {

inline constexpr std::size_t kMaxTags = 50;
inline constexpr std::size_t kMaxTagKey = 127;    // characters
inline constexpr std::size_t kMaxTagValue = 256;  // characters

// Who tags: "aws:..." is for AWS's own services, such as CloudFormation.
enum class Tagger { kUser, kAws };
[[nodiscard]] Tagger tagger_of(const Call& call);

// Of [{"Key": ..., "Value": ...}]. Throws InvalidParameterValue for keys that are reserved, too
// long or there twice.
[[nodiscard]] Tags checked_tags(const Json& list, Tagger tagger = Tagger::kUser);

// Adds to what is there; throws TagLimitExceeded, for which AWS's own do not count.
void add_tags(Tags& tags, const Tags& added);

// The tags that the call's TagSpecifications give to its new resource of `kind`; throws
// the kind's tag_specification_code for those of another ResourceType. `others`: further types that
// the operation makes (RunInstances: volumes).
[[nodiscard]] Tags tags_given(const Call& call, const Kind& kind,
                              std::initializer_list<std::string_view> others = {});

}  // namespace cloudchamber::mock::ec2
