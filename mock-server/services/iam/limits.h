// IAM's numbers: the default quotas.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
#pragma once

#include <cstddef>
#include <cstdint>

namespace cloudchamber::mock::iam {

inline constexpr std::size_t kMaxUsers = 5000;
inline constexpr std::size_t kMaxGroups = 300;
inline constexpr std::size_t kMaxRoles = 1000;
inline constexpr std::size_t kMaxPolicies = 1500;
inline constexpr std::size_t kMaxInstanceProfiles = 1000;
inline constexpr std::size_t kMaxOidcProviders = 100;
inline constexpr std::size_t kMaxSamlProviders = 100;

inline constexpr std::size_t kMaxGroupsPerUser = 10;
inline constexpr std::size_t kMaxAttachedPolicies = 10;  // each of a user, a group, a role
inline constexpr std::size_t kMaxPolicyVersions = 5;
inline constexpr std::size_t kMaxAccessKeys = 2;
inline constexpr std::size_t kMaxServiceCredentials = 2;  // for one service
inline constexpr std::size_t kMaxMfaDevices = 8;
inline constexpr std::size_t kMaxTags = 50;

// In characters that are no white space.
inline constexpr std::size_t kMaxManagedPolicySize = 6144;
inline constexpr std::size_t kMaxTrustPolicySize = 2048;
inline constexpr std::size_t kMaxUserPolicySize = 2048;    // all inline policies together
inline constexpr std::size_t kMaxGroupPolicySize = 5120;   // likewise
inline constexpr std::size_t kMaxRolePolicySize = 10'240;  // likewise

}  // namespace cloudchamber::mock::iam
