#include "mock-server/services/sqs/fifo_ids.h"

#include <algorithm>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"

namespace cloudchamber::mock::sqs {

const std::string& checked_fifo_id(const std::string& id, const std::string& parameter) {
  const auto allowed = [](unsigned char c) { return c > ' ' && c < 0x7F; };
  if (id.empty() || id.size() > kMaxFifoId || !std::all_of(id.begin(), id.end(), allowed)) {
    throw invalid_parameter(id, parameter,
                            parameter +
                                " can only include alphanumeric and punctuation characters. 1 to "
                                "128 in length.");
  }
  return id;
}

std::string sequence_number(std::uint64_t sequence) {
  constexpr std::uint64_t kStep = 256;  // AWS's are not consecutive either
  const std::string number = std::to_string(sequence * kStep);
  const std::string lead = "188";
  return lead + std::string(20 - lead.size() - std::min<std::size_t>(number.size(), 17), '0') +
         number;
}

AwsError no_deduplication_id() {
  return invalid_parameter(
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId "
      "provided explicitly");
}

}  // namespace cloudchamber::mock::sqs
