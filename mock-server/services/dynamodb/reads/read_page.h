// One page of a Query, a Scan or a SELECT.
#pragma once

#include "mock-server/services/dynamodb/reads/read_source.h"

namespace cloudchamber::mock::dynamodb {

// Reads the range from the request's starting key on until a limit is met: the reply with Items,
// Count, ScannedCount, LastEvaluatedKey and what was consumed.
[[nodiscard]] Json read_page(const ReadRequest& request, const ReadSource& source, KeyRange range,
                             TimePoint now);

}  // namespace cloudchamber::mock::dynamodb
