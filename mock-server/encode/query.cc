// The query protocol.
#include <nlohmann/json.hpp>

#include "mock-server/encode/protocols.h"
#include "mock-server/encode/wire_details.h"
#include "mock-server/encode/xml_error.h"
#include "mock-server/encode/xml_writer.h"

namespace cloudchamber::mock {
namespace {

HttpResponse answer(std::string_view request_id, std::string body) {
  HttpResponse response;
  response.headers.add("x-amzn-RequestId", std::string(request_id));
  response.headers.add("Content-Type", "text/xml");
  response.body = Blob(std::move(body));
  return response;
}

}  // namespace

HttpResponse encode_query(const Success& success) {
  const Operation& operation = success.operation;
  std::string body(wire_details(success.service).xml_declaration);
  XmlWriter xml(body, Protocol::kQuery);
  const std::string root = operation.name + "Response";
  xml.open(root, success.service.xml_namespace);
  if (operation.output != nullptr) {
    const std::string wrapper =
        operation.result_wrapper.empty() ? operation.name + "Result" : operation.result_wrapper;
    xml.open(wrapper);
    xml.members(*operation.output, success.output);
    xml.close(wrapper);
  }
  xml.open("ResponseMetadata");
  xml.text("RequestId", success.request_id);
  xml.close("ResponseMetadata");
  xml.close(root);
  HttpResponse response = answer(success.request_id, std::move(body));
  response.status = operation.response_code;
  return response;
}

HttpResponse encode_query_error(const WireError& error) {
  const WireDetails& details = wire_details(error.service);
  std::string body(details.xml_declaration);
  XmlWriter xml(body, Protocol::kQuery);
  xml.open("ErrorResponse", error.service.xml_namespace);
  xml.open("Error");
  xml.text("Type", error.is_servers_fault() ? "Receiver" : "Sender");
  append_xml_error(xml, error);
  if (details.error_detail) body += "<Detail/>";
  xml.close("Error");
  xml.text("RequestId", error.request_id);
  xml.close("ErrorResponse");
  return answer(error.request_id, std::move(body));
}

}  // namespace cloudchamber::mock
