#include "mock-server/encode/xml_error.h"

#include <nlohmann/json.hpp>

#include "mock-server/encode/http_bindings.h"

namespace cloudchamber::mock {

void append_xml_error(XmlWriter& xml, const WireError& error) {
  xml.text("Code", error.code);
  const std::string message = error.error.message();
  if (!message.empty()) xml.text("Message", message);
  for (const auto& [name, value] : error.members().items()) {
    if (name == "message" || name == "Message") continue;
    const Member* member = error.shape != nullptr ? error.shape->find(name) : nullptr;
    if (member == nullptr) {
      xml.unmodelled(name, value);
    } else if (is_in_response_body(*member)) {
      xml.member(*member, value);
    }
  }
}

}  // namespace cloudchamber::mock
