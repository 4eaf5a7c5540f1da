// EC2's variant of the query protocol.
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
  response.headers.add("Content-Type", "text/xml;charset=UTF-8");
  response.body = Blob(std::move(body));
  return response;
}

}  // namespace

HttpResponse encode_ec2(const Success& success) {
  const WireDetails& details = wire_details(success.service);
  std::string body(details.xml_declaration);
  XmlWriter xml(body, Protocol::kEc2);
  const std::string root = success.operation.name + "Response";
  xml.open(root, details.xml_namespace.empty() ? std::string_view(success.service.xml_namespace)
                                               : details.xml_namespace);
  xml.text("requestId", success.request_id);
  if (answers_return(success.service, success.operation)) xml.text("return", "true");
  if (success.operation.output != nullptr) {
    xml.members(*success.operation.output, success.output);
  }
  xml.close(root);
  HttpResponse response = answer(success.request_id, std::move(body));
  response.status = success.operation.response_code;
  return response;
}

HttpResponse encode_ec2_error(const WireError& error) {
  std::string body(wire_details(error.service).xml_declaration);
  XmlWriter xml(body, Protocol::kEc2);
  xml.open("Response");
  xml.open("Errors");
  xml.open("Error");
  append_xml_error(xml, error);
  xml.close("Error");
  xml.close("Errors");
  xml.text("RequestID", error.request_id);
  xml.close("Response");
  return answer(error.request_id, std::move(body));
}

}  // namespace cloudchamber::mock
