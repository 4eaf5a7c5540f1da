// EC2 query: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
#include "sdk/codec/xml.h"
#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {

Json ec2_output(const Reply& reply, const Shape& output) {
  if (reply.body.empty()) return Json::object();
  return read_xml_structure(output, parse_xml(reply.body).document_element());
}

}  // namespace cloudchamber::parsing
