// Small things that IAM's values are made of.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::iam {

// A unique id: a prefix such as "AIDA" and 17 characters of base32.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
[[nodiscard]] std::string unique_id(Call& call, std::string_view prefix);

// So many random characters of base32.
[[nodiscard]] std::string base32_characters(Call& call, std::size_t count);

// "arn:aws:iam::123456789012:user/path/name"; `kind` is "user".
[[nodiscard]] std::string arn_of(const std::string& account, std::string_view kind,
                                 const std::string& path, const std::string& name);

// A time as an answer holds it, in whole seconds.
[[nodiscard]] std::string shown(TimePoint time);

// A policy document as IAM puts it into answers: percent-encoded after RFC 3986.
[[nodiscard]] std::string encoded_document(const std::string& document);

// Its length without white space, which is what the quotas are about.
[[nodiscard]] std::size_t policy_size(std::string_view document);

}  // namespace cloudchamber::mock::iam
