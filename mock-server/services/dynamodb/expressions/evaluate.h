// What expressions do with an item: conditions hold or don't, projections pick, updates change.
#pragma once

#include <vector>

#include "cloudchamber/json.h"
#include "mock-server/services/dynamodb/expressions/tree.h"

namespace cloudchamber::mock::dynamodb {

// Whether a condition holds for an item (an object of attributes; empty when there is none).
[[nodiscard]] bool holds(const Node& condition, const Json& attributes);

// The parts of an item at these paths, in their places; lists close up. Paths that lead nowhere
// give nothing.
[[nodiscard]] Json project(const Json& attributes, const std::vector<Path>& paths);

// Applies all actions at once: every operand is read from the item as it was. `exists`: whether
// there was an item before. Throws ValidationException as AWS does, `attributes` then undefined.
void apply(const std::vector<UpdateAction>& actions, Json& attributes, bool exists);

// Whether the condition looks at this top-level attribute.
[[nodiscard]] bool mentions(const Node& node, std::string_view attribute);

}  // namespace cloudchamber::mock::dynamodb
