// Parsed responses of others as values of the model: what a file leaves open is filled in by type.
// Pure functions: thread-safe.
#pragma once

#include "cloudchamber/json.h"
#include "recordings/import/import.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::recordings {

// `value` with the types of `shape`: a placeholder of a snapshot becomes a value of its type
// ("<datetime>" a time), a document that was a text becomes one again, a time has one spelling,
// bytes in text are bytes; what the model doesn't know is left out.
[[nodiscard]] Json fitted(const Shape& shape, const Json& value);

// Of a response whose operation is not told: the operation that has all its members, and is named
// in its place ("… create_queue …") where there are several. Null where none is found: then nobody
// can say how it was encoded. Of an error, any operation of the service.
[[nodiscard]] const Operation* operation_that_gives(const ServiceModel& service,
                                                    const ParsedResponse& response);

}  // namespace cloudchamber::recordings
