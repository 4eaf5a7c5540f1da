// What a recording uses without having made it: its buckets, queues and tables, with the
// items that a table is first seen to hold, and objects (object_preconditions.h). They are made
// before it is played, where a name, or what AWS told of them, says all there is to know.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mock-server/mock_aws.h"
#include "recordings/bind/precondition.h"
#include "recordings/bind/recorded_call.h"

namespace cloudchamber::recordings {

// Until April 2023 S3 made buckets with ACLs and open to the public. False where it is not known
// when the recording began (1970).
[[nodiscard]] bool buckets_were_open(TimePoint recording_began);

struct Preconditions {
  std::vector<Precondition> calls;
  std::set<std::string> names;  // of what they make
};
[[nodiscard]] Preconditions preconditions_of(const std::vector<RecordedCall>& calls);

struct Prepared {
  std::set<std::string> names;  // of what was made: of it, the recording tells a part alone
  std::vector<std::pair<std::string, std::string>> stands_for;  // recorded, made: to be bound
};
// Makes them. What can't be made is missed by the calls that use it, and reported there.
[[nodiscard]] Prepared make_preconditions(const std::vector<RecordedCall>& calls,
                                          const std::string& account, const mock::MockAws& aws);

}  // namespace cloudchamber::recordings
