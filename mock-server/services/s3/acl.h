// Access control lists: canned ones, the grants of x-amz-grant-* headers, and documents; how they
// are written back.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/services/s3/bucket.h"

namespace cloudchamber::mock::s3 {

inline constexpr std::string_view kAllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
inline constexpr std::string_view kAuthenticatedUsers =
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
inline constexpr std::string_view kLogDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

// The ACL of `canned` for something of `owner` in a bucket of `bucket_owner` (account ids). Throws
// InvalidArgument for an unknown name.
[[nodiscard]] Acl canned_acl(const std::string& canned, const std::string& owner,
                             const std::string& bucket_owner);

// Does the request carry ACL or grant headers?
[[nodiscard]] bool has_acl_headers(const Call& call);

// What the headers ACL and Grant* ask for; nothing when there are none. Throws InvalidRequest when
// both kinds are given, InvalidArgument for bad values.
[[nodiscard]] std::optional<Acl> acl_from_headers(const Call& call, const std::string& owner,
                                                  const std::string& bucket_owner);

// The member AccessControlPolicy of PutBucketAcl and PutObjectAcl. Throws MalformedACLError,
// InvalidArgument; AccessDenied when it names another owner.
[[nodiscard]] Acl acl_from_document(const Json& policy, const std::string& owner);

// Does it grant anything to everybody, or to every AWS account?
[[nodiscard]] bool is_public(const Acl& acl);

// {"ID": ..., "DisplayName": ...}; the name where the bucket is one that has it.
[[nodiscard]] Json owner_json(const std::string& account, bool with_display_name);
// {"Owner": ..., "Grants": [...]}, as GetBucketAcl and GetObjectAcl answer.
[[nodiscard]] Json acl_json(const Acl& acl, const std::string& owner, bool with_display_name);

}  // namespace cloudchamber::mock::s3
