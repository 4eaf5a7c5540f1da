// What a recording uses without having made it: its buckets, queues and tables, with the
// items that a table is first seen to hold. They are made before it is played, where a name, or
// what AWS told of them, says all there is to know.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "mock-server/mock_aws.h"
#include "recordings/bind/recorded_call.h"

namespace cloudchamber::recordings {

// The names of what was made: of it, the recording tells a part alone.
[[nodiscard]] std::set<std::string> make_preconditions(const std::vector<RecordedCall>& calls,
                                                       const std::string& account,
                                                       const mock::MockAws& aws);

}  // namespace cloudchamber::recordings
