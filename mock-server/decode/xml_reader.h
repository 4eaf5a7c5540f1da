// Reads an XML document as a shape.
#pragma once

#include <cstddef>
#include <string_view>

#include "cloudchamber/json.h"
#include "mock-server/call/aws_error.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

[[nodiscard]] AwsError malformed_xml();

// The members of `shape`, a structure, in an object; `roots` are the names that the root element
// may have, empty ones not counted. Throws MalformedXML where the text is not well-formed or has a
// document type, other elements than the model's, one of them twice that is no list, or values not
// of their types. Namespaces are not looked at, attributes that the model does not know passed
// over.
[[nodiscard]] Json read_xml(const Shape& shape, const std::string_view* roots_begin,
                            const std::string_view* roots_end, std::string_view text);

template <std::size_t N>
[[nodiscard]] Json read_xml(const Shape& shape, const std::string_view (&roots)[N],
                            std::string_view text) {
  return read_xml(shape, roots, roots + N, text);
}

}  // namespace cloudchamber::mock
