// Reads a JSON text as a shape, in one pass: what the model does not know is skipped without being
// built, what it knows is checked and converted as it comes, in the order of the text, as AWS's
// own reader does. Never recurses.
//
// The texts of its refusals are DynamoDB's.
#pragma once

#include <cstddef>
#include <string_view>

#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// DynamoDB's items may be 32 levels deep, which are 64 in JSON.
inline constexpr std::size_t kMaxJsonDepth = 256;

// The members of `shape`, a structure, in an object. Those that the model binds to other places
// than the body are passed over, and so is null. Throws SerializationException.
[[nodiscard]] Json read_json(const ServiceModel& service, const Shape& shape,
                             std::string_view text);

// Any JSON value, as a document type holds it. Throws SerializationException.
[[nodiscard]] Json read_json_document(const ServiceModel& service, std::string_view text);

}  // namespace cloudchamber::mock
