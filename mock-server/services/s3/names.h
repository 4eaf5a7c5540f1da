// Names: of buckets, of the owners of things, and of versions. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cloudchamber::mock::s3 {

// May a new bucket be called so?
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
[[nodiscard]] bool is_valid_bucket_name(std::string_view name);

// The canonical user id of an account: 64 hexadecimal digits, as in Owner and grants. Its last 12
// digits are the account id and the rest a digest of it, so that an id of ours can be told from one
// that nobody has, and be traced back to its account.
[[nodiscard]] std::string canonical_id(std::string_view account);
// The account whose canonical id this is; nothing when it is nobody's.
[[nodiscard]] std::optional<std::string> account_of(std::string_view canonical_id);

// The part of "arn:aws:s3:::bucket/key" that a policy calls the resource.
[[nodiscard]] std::string bucket_arn(std::string_view bucket);
[[nodiscard]] std::string object_arn(std::string_view bucket, std::string_view key);

// Is it a 12-digit account id?
[[nodiscard]] bool is_account_id(std::string_view text);

// Could S3 have given out this version id? ("null" or 32 characters of its alphabet.)
[[nodiscard]] bool is_plausible_version_id(std::string_view id);

}  // namespace cloudchamber::mock::s3
