// A table as DescribeTable tells it, and the parts of that which other operations tell too.
#pragma once

#include <string>

#include "cloudchamber/json.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

// `status`: ACTIVE, CREATING, UPDATING or DELETING.
[[nodiscard]] Json describe(const TableData& table, const std::string& status);
[[nodiscard]] Json describe_key_schema(const KeySchema& keys);

}  // namespace cloudchamber::mock::dynamodb
