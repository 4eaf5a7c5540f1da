#include "sdk/client/customizations.h"

#include "sdk/client/s3_customizations.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/uri.h"

namespace cloudchamber {
namespace {

// IAM gives policies as percent-encoded JSON text; users get the JSON.
void decode_policies(Json& value, const Shape& shape) {
  if (shape.type == ShapeType::kStructure && value.is_object()) {
    for (const Member& member : shape.members) {
      const auto found = value.find(member.name);
      if (found == value.end()) continue;
      if (member.shape->name == "policyDocumentType" && found->is_string()) {
        Json document =
            Json::parse(uri_decode(found->get_ref<const std::string&>()), nullptr, false);
        if (!document.is_discarded()) *found = std::move(document);
      } else {
        decode_policies(*found, *member.shape);
      }
    }
  } else if (shape.type == ShapeType::kList && value.is_array()) {
    for (Json& element : value) decode_policies(element, *shape.element.shape);
  }
}

}  // namespace

void adjust_parameters(OutgoingCall& call) {
  if (call.client.is_s3) return adjust_s3_parameters(call);
  if (call.operation.name == "RunInstances" && call.client.meta.service_name == "ec2") {
    const auto data = call.parameters().find("UserData");
    if (data != call.parameters().end() && (data->is_string() || data->is_binary()))
      call.change_parameters()["UserData"] = base64_encode(bytes_of(*data));
  }
}

void adjust_response(OutgoingCall& call) {
  if (call.client.is_s3) adjust_s3_response(call);
}

void adjust_result(OutgoingCall& call) {
  if (call.client.is_s3) return adjust_s3_result(call);
  const std::string& service = call.client.meta.service_name;
  if (service == "iam" && call.operation.output != nullptr) {
    decode_policies(call.result, *call.operation.output);
  } else if (service == "cloudformation" && call.operation.name == "GetTemplate") {
    const auto body = call.result.find("TemplateBody");
    if (body == call.result.end() || !body->is_string()) return;
    Json document = Json::parse(body->get_ref<const std::string&>(), nullptr, false);
    if (document.is_object()) *body = std::move(document);  // else YAML, which stays text
  }
}

}  // namespace cloudchamber
