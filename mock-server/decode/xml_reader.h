// Reads an XML document as a shape.
#pragma once

#include <initializer_list>
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
[[nodiscard]] Json read_xml(const Shape& shape, std::initializer_list<std::string_view> roots,
                            std::string_view text);

}  // namespace cloudchamber::mock
