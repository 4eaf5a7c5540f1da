// Values of templates, where numbers may be strings and strings numbers, as an operation's model
// has them. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cloudchamber/json.h"
#include "sdk/model/shape.h"

namespace cloudchamber::mock::cloudformation {

// `path` names the place in complaints: "#/Tags/0: ...". Throws ValidationError for members that
// the shape lacks and for values that can't be its type.
[[nodiscard]] Json converted(const Json& value, const Shape& shape, const std::string& path = "#");

[[nodiscard]] std::optional<std::int64_t> integer_in(const Json& value);
[[nodiscard]] std::optional<bool> flag_in(const Json& value);

}  // namespace cloudchamber::mock::cloudformation
