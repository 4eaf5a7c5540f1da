// Seed: a world that holds what a recording built, by the ids, ARNs and times that AWS gave it.
//
// The recording's successful calls that change something are made again, in order, at their times.
// Each is tried first, to see which of the texts that the world draws (ids.h) stand where in its
// answer, or in those of the reading calls behind it; then the world is put back and the call made
// for good, with the recorded texts drawn in their place. So no service needs to know of this. What
// can't be taken over, since it is computed (an MD5, an address) or not told by the answer, keeps
// the value of this world, and later recorded calls are translated.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "mock-server/mock_aws.h"
#include "sdk/recording/recording.h"

namespace cloudchamber::recordings {

struct Seeded {
  std::string account;      // that the recording's calls were made in; "" when it never says
  std::size_t made = 0;     // calls
  std::size_t adopted = 0;  // made-up values taken over
  // A call that AWS granted and this world refused.
  struct Refused {
    std::size_t number;  // of the interaction, from 1
    std::string operation;
    std::string reason;  // "404 NoSuchBucket: ..."
  };
  std::vector<Refused> refused;
  // A made-up value that is another here.
  struct NotAdopted {
    std::size_t number;
    std::string operation;
    std::string where;  // "Instances[0].PrivateIpAddress"
    std::string recorded;
    std::string here;
  };
  std::vector<NotAdopted> not_adopted;
};

// As MockAws::seed(). No requests may be handled meanwhile.
Seeded seed(mock::MockAws& aws, const Recording& recording);

}  // namespace cloudchamber::recordings
