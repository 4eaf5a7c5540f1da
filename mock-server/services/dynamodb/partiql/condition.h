// The condition of a WHERE clause.
#pragma once

#include "mock-server/services/dynamodb/partiql/reader.h"

namespace cloudchamber::mock::dynamodb::partiql {

// At the reader, as far as it goes. Throws ValidationException; NotImplemented for what AWS takes
// and this does not (arithmetic, IS with further types).
[[nodiscard]] Node read_condition(Reader& reader);

}  // namespace cloudchamber::mock::dynamodb::partiql
