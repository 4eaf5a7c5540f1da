// Comparing wire content by meaning rather than by bytes, and saying where two values differ.
#pragma once

#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::test {

// Where `actual` is not `expected`, as "$.a[1]: expected 1, got 2"; "" where they are equal.
// Integers and floats of the same value are equal, and so are floats within 1e-6 of each other.
[[nodiscard]] std::string difference(const Json& expected, const Json& actual,
                                     const std::string& place = "$");

// XML as a value that is equal where the documents mean the same: names with their prefix,
// attributes sorted, children in order (a map's entries sorted), text with the white space around
// it stripped. Throws XmlError.
[[nodiscard]] Json canonical_xml(std::string_view text);

// How two bodies of one protocol differ in meaning; "" where they do not: JSON parsed (what is no
// JSON as bytes), XML canonical, CBOR decoded, form bodies as they are.
[[nodiscard]] std::string body_difference(Protocol protocol, std::string_view expected,
                                          std::string_view actual);

}  // namespace cloudchamber::test
