// AWS query: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
#include "sdk/codec/xml.h"
#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {

Json query_output(const Reply& reply, const Shape& output) {
  if (reply.body.empty()) return Json::object();
  const pugi::xml_document document = parse_xml(reply.body);
  const pugi::xml_node root = document.document_element();
  for (const pugi::xml_node& child : root.children())
    if (child.type() == pugi::node_element && local_name(child) == reply.operation.result_wrapper)
      return read_xml_structure(output, child);
  return read_xml_structure(output, root);
}

}  // namespace cloudchamber::parsing
