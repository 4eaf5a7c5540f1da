// JSON and numbers as text, appended to a string: for interpreters that write a body while they
// walk shapes, without building a Json first. Pure functions: thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "cloudchamber/json.h"

namespace cloudchamber {

// A JSON string with its quotes: '"', '\' and control characters escaped, everything else as it is.
void append_json_string(std::string& out, std::string_view utf8);

// The shortest decimal that reads back as the same double: "1.1", "5", "1e+22"; "NaN", "Infinity"
// and "-Infinity" for those.
void append_number(std::string& out, double value);

// A Json number as text, by its kind; any other scalar as plain text ("true", a string's content).
void append_scalar(std::string& out, const Json& value);

// A whole value without a shape (a document), compact: Json::binary as base64, a float that JSON
// lacks as its name in quotes.
void append_json(std::string& out, const Json& value);

}  // namespace cloudchamber
