// serialize(), inside parameters: what can't be serialised is refused with its place there.
#pragma once

#include "cloudchamber/json.h"
#include "sdk/validate/place.h"

namespace cloudchamber::dynamodb {

[[nodiscard]] Json serialize_at(const Json& plain, const Place& place);

}  // namespace cloudchamber::dynamodb
