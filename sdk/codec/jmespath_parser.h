// From the text of a JMESPath expression to its tree, private to jmespath_*.cc.
#pragma once

#include <string_view>

#include "sdk/codec/jmespath_node.h"

namespace cloudchamber {

// Throws JmesPathError: "syntax", and what can be seen without a document: "unknown-function",
// "invalid-arity", "invalid-value".
[[nodiscard]] JmesPath::Node parse_jmespath(std::string_view expression);

}  // namespace cloudchamber
