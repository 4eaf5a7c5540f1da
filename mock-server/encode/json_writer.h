// Writes a value as JSON by its shape, straight into a string.
#pragma once

#include <string>

#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// The members of `value` that `shape`, a structure, has in the body, without the braces: `first`
// says whether a comma must not come before the first one, and afterwards whether none was written.
void append_json_members(std::string& out, const Shape& shape, const Json& value, bool& first);

// A value of any shape. One of another kind than the shape's is written as it looks.
void append_json_value(std::string& out, const Member& member, const Json& value);

// The same for a structure that is no member of another.
void append_json_object(std::string& out, const Shape& shape, const Json& value);

}  // namespace cloudchamber::mock
