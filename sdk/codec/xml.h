// XML in and out: pugixml with limits for strangers' documents, and the escaping for writers.
#pragma once

#include <cstddef>
#include <pugixml.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace cloudchamber {

class XmlError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The document's root element must exist. Refuses (XmlError) malformed text, invalid UTF-8, a
// DOCTYPE (entities are never expanded) and nesting deeper than `max_depth`. Text keeps its white
// space; comments and processing instructions are dropped.
[[nodiscard]] pugi::xml_document parse_xml(std::string_view text, std::size_t max_depth = 128);

// The local name: "x" of "ns:x".
[[nodiscard]] std::string_view local_name(const pugi::xml_node& node);

// Appends text with & < > " escaped, and the control characters that XML can write only as
// references (\r, and \n \t where `attribute`). What XML 1.0 can't write at all becomes U+FFFD.
void append_xml_text(std::string& out, std::string_view text, bool attribute = false);

}  // namespace cloudchamber
