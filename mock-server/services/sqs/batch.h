// Batches: up to ten entries that succeed or fail each for itself.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "mock-server/call/call.h"

namespace cloudchamber::mock::sqs {

// Checks the entries as a whole: how many there are, and their ids. Throws EmptyBatchRequest and
// its like.
void check_entries(const Call& call, const std::string& entry_type);

// Checks the entries as a whole, runs `one` for each, and gathers {"Successful": [...], "Failed":
// [...]}. `one` gives the members of the entry's result beside its Id. `entry_type` is what AWS
// calls an entry: "SendMessageBatchRequestEntry".
[[nodiscard]] Json run_batch(const Call& call, const std::string& entry_type,
                             const std::function<Json(const Json&)>& one);

}  // namespace cloudchamber::mock::sqs
