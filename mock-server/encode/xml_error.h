// What all XML protocols write inside an <Error> element.
#pragma once

#include "mock-server/encode/wire_error.h"
#include "mock-server/encode/xml_writer.h"

namespace cloudchamber::mock {

// <Code>, <Message> and the exception's members.
void append_xml_error(XmlWriter& xml, const WireError& error);

}  // namespace cloudchamber::mock
