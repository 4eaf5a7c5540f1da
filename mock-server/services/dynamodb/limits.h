// DynamoDB's numbers:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
#pragma once

#include <cstddef>
#include <cstdint>

namespace cloudchamber::mock::dynamodb {

inline constexpr std::size_t kMaxItemBytes = 400 * 1024;
inline constexpr std::size_t kMaxPageBytes = 1024 * 1024;
inline constexpr std::size_t kMaxBatchGetBytes = 16 * 1024 * 1024;
inline constexpr std::size_t kMaxTransactionBytes = 4 * 1024 * 1024;
inline constexpr std::size_t kMaxBatchGetKeys = 100;
inline constexpr std::size_t kMaxBatchWrites = 25;
inline constexpr std::size_t kMaxTransactionActions = 100;

inline constexpr int kMaxNestingLevels = 32;
inline constexpr std::size_t kMaxHashKeyBytes = 2048;
inline constexpr std::size_t kMaxRangeKeyBytes = 1024;
inline constexpr std::size_t kMaxKeyNameBytes = 255;
inline constexpr std::size_t kMaxAttributeNameBytes = 65535;

inline constexpr std::size_t kMaxExpressionBytes = 4096;
inline constexpr int kMaxOperators = 300;
inline constexpr std::size_t kMaxInOperands = 100;
// Of a document path; the first name is level 0.
inline constexpr std::size_t kMaxPathLevels = 32;
// Ours: deeper expressions can't be valid, since each level without an operator is a redundant
// parenthesis.
inline constexpr int kMaxExpressionDepth = kMaxOperators + 10;

inline constexpr std::size_t kMaxLocalIndexes = 5;
inline constexpr std::size_t kMaxGlobalIndexes = 20;
inline constexpr std::size_t kMaxProjectedAttributes = 100;  // over all indexes of a table
inline constexpr std::size_t kMaxIndexKeyAttributes = 4;     // hash, and as many range, of a GSI
inline constexpr std::size_t kMaxTags = 50;
inline constexpr std::int64_t kMaxThroughput = 1'000'000'000'000;

}  // namespace cloudchamber::mock::dynamodb
