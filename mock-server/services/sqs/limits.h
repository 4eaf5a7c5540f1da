// The numbers of
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html.
#pragma once

#include <cstddef>
#include <cstdint>

#include "cloudchamber/clock.h"

namespace cloudchamber::mock::sqs {

inline constexpr std::size_t kMaxQueueName = 80;
inline constexpr std::int64_t kMaxDelaySeconds = 900;
inline constexpr std::int64_t kMinMaximumMessageSize = 1024;
inline constexpr std::int64_t kMaxMessageSize = 1'048'576;  // raised from 262,144 in August 2025
inline constexpr std::int64_t kMinRetention = 60;
inline constexpr std::int64_t kMaxRetention = 1'209'600;
inline constexpr std::int64_t kMaxWaitTimeSeconds = 20;
inline constexpr std::int64_t kMaxVisibilityTimeout = 43'200;
inline constexpr std::int64_t kMaxMessagesPerReceive = 10;
inline constexpr std::size_t kMaxBatchEntries = 10;
inline constexpr std::size_t kMaxBatchEntryId = 80;
inline constexpr std::size_t kMaxMessageAttributes = 10;
inline constexpr std::size_t kMaxMessageAttributeName = 256;
inline constexpr std::size_t kMaxMessageAttributeType = 255;
inline constexpr std::size_t kMaxFifoId = 128;  // MessageGroupId, MessageDeduplicationId, ...
inline constexpr std::int64_t kMaxInFlight = 120'000;
inline constexpr std::int64_t kMaxInFlightFifo = 20'000;
inline constexpr std::int64_t kMaxReceiveCount = 1000;
inline constexpr std::size_t kMaxRedriveSources = 10;  // in a redrive allow policy
inline constexpr std::int64_t kMaxMoveRate = 500;      // messages a second
inline constexpr std::size_t kMaxMoveTasks = 10;       // kept, and listed, of a queue
inline constexpr std::size_t kMaxPermissionActions = 7;
inline constexpr std::size_t kMaxPermissionPrincipals = 50;
inline constexpr std::size_t kMaxPolicyStatements = 20;
inline constexpr std::size_t kMaxLabel = 80;
inline constexpr std::size_t kMaxTagKey = 128;
inline constexpr std::size_t kMaxTagValue = 256;
inline constexpr std::size_t kMaxTags = 50;
inline constexpr std::int64_t kMaxListResults = 1000;
inline constexpr Seconds kPurgeInterval{60};
inline constexpr Seconds kRecreateDelay{60};  // from DeleteQueue to CreateQueue of the same name
inline constexpr Seconds kDeduplicationInterval{300};
inline constexpr Seconds kAttributePropagation{60};

}  // namespace cloudchamber::mock::sqs
