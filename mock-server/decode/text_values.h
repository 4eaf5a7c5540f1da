// Scalars that are written as text: in form parameters, XML elements, headers, URI labels.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "sdk/model/shape.h"

namespace cloudchamber::mock {

// The value as parameters hold it, or nothing where `text` isn't one of that type: a number out of
// the type's range, a boolean other than true or false, bad base64, a date that is none. `text` is
// valid UTF-8. REQUIRES: the shape is no structure, list or map.
[[nodiscard]] std::optional<Json> value_of_text(const Shape& shape, std::string_view text);

// The text without the white space around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

// Bytes that should have been UTF-8 and are not, read as Latin-1.
[[nodiscard]] std::string utf8_or_latin1(std::string_view bytes);

}  // namespace cloudchamber::mock
