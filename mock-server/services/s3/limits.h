// S3's numbers, named after AWS's words.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cloudchamber::mock::s3 {

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
inline constexpr int kMaxPartNumber = 10'000;
inline constexpr std::uint64_t kMinPartSize = 5ULL * 1024 * 1024;
inline constexpr std::uint64_t kMaxObjectSizeInOnePut = 5ULL * 1024 * 1024 * 1024;
inline constexpr std::size_t kMaxKeyLength = 1024;  // bytes of UTF-8
inline constexpr std::int64_t kMaxKeys = 1000;      // of a listing, and of DeleteObjects

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
inline constexpr std::size_t kMinBucketNameLength = 3;
inline constexpr std::size_t kMaxBucketNameLength = 63;
// Names made in us-east-1 before 2018 could be longer; requests may still name them.
inline constexpr std::size_t kMaxLegacyBucketNameLength = 255;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
inline constexpr std::size_t kMaxUserMetadataSize = 2048;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
inline constexpr std::size_t kMaxObjectTags = 10;
inline constexpr std::size_t kMaxBucketTags = 50;
inline constexpr std::size_t kMaxTagKeyLength = 128;    // UTF-16 code units
inline constexpr std::size_t kMaxTagValueLength = 256;  // UTF-16 code units

// How many completed uploads a bucket remembers. AWS states no number, but a time.
inline constexpr std::size_t kMaxCompletedUploads = 1000;

inline constexpr std::size_t kMaxPolicySize = 20 * 1024;
inline constexpr std::size_t kMaxLifecycleRules = 1000;
inline constexpr std::size_t kMaxNotifications = 100;  // of a bucket
inline constexpr std::size_t kMaxCorsRules = 100;
inline constexpr std::int64_t kMaxBucketsInList = 10'000;

}  // namespace cloudchamber::mock::s3
