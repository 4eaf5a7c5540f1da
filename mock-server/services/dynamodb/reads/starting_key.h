// ExclusiveStartKey and LastEvaluatedKey: where a page begins and where the one before it ended.
#pragma once

#include <string>

#include "mock-server/services/dynamodb/reads/read_source.h"

namespace cloudchamber::mock::dynamodb {

// Its values alone. Throws ValidationException.
void check_start_key(const Json& start_key);

// A starting key has the attributes of the table's key and the index's; it need not be of an item
// that exists. Throws ValidationException.
void check_start(const ReadRequest& request, const ReadSource& source);
// That it lies within what the key conditions select.
void check_start_in_query(const ReadRequest& request, const ReadSource& source);

// Where it stands among the keys of what is read.
[[nodiscard]] std::string start_bytes(const ReadRequest& request, const ReadSource& source);

// The key to go on behind this item.
[[nodiscard]] Json start_key_of(const ReadSource& source, const Json& attributes);

}  // namespace cloudchamber::mock::dynamodb
