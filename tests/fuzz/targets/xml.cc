#include "sdk/codec/xml.h"

#include <cstdlib>
#include <string>

#include "sdk/codec/uri.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {
namespace {

std::string written(const pugi::xml_node& node) {
  if (node.type() != pugi::node_element) {
    std::string text;
    append_xml_text(text, node.value());
    return text;
  }
  const std::string name(local_name(node));
  std::string out = "<e";
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    out += " a=\"";
    append_xml_text(out, attribute.value(), true);
    out += '"';
    break;  // one name may not stand twice
  }
  out += ">";
  for (const pugi::xml_node& child : node.children()) out += written(child);
  return out + "</e>";
}

}  // namespace

// What is read can be written, and what is written can be read.
void fuzz_xml(std::string_view input) {
  try {
    const pugi::xml_document document = parse_xml(input);
    const std::string again = written(document.document_element());
    if (!is_utf8(again)) std::abort();
    (void)parse_xml(again);
  } catch (const XmlError&) {
    return;
  }
}

}  // namespace cloudchamber::fuzz
