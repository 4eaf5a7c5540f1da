// What names messages of FIFO queues: group, deduplication and attempt ids, sequence numbers.
#pragma once

#include <cstdint>
#include <string>

#include "mock-server/call/aws_error.h"

namespace cloudchamber::mock::sqs {

// `id`, else InvalidParameterValue, which names the parameter.
[[nodiscard]] const std::string& checked_fifo_id(const std::string& id,
                                                 const std::string& parameter);

// 20 digits that rise with the message's place in its queue.
[[nodiscard]] std::string sequence_number(std::uint64_t sequence);

[[nodiscard]] AwsError no_deduplication_id();

}  // namespace cloudchamber::mock::sqs
