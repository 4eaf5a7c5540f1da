// AWS::EC2::InternetGateway and AWS::EC2::VPCGatewayAttachment
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-internetgateway.html
#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Made create(const ResourceCall& call) {
  Json input = Json::object();
  add_tags(call, "internet-gateway", input);
  const std::string id = id_in(call.invoke("ec2", "CreateInternetGateway", input),
                               "InternetGateway", "InternetGatewayId");
  return {id, {{"InternetGatewayId", id}}};
}

Made update(const ResourceCall& call) {
  update_tags(call, call.physical_id());
  return {call.physical_id(), call.context().attributes};
}

void remove(const ResourceCall& call) {
  delete_if_there(call, "DeleteInternetGateway", {{"InternetGatewayId", call.physical_id()}});
}

Json attachment(const ResourceCall& call) { return call.pick({"InternetGatewayId", "VpcId"}); }

Made attach(const ResourceCall& call) {
  call.invoke("ec2", "AttachInternetGateway", attachment(call));
  return {"IGW|" + call.text("VpcId"), {{"AttachmentType", "IGW"}}};
}

void detach(const ResourceCall& call) {
  delete_if_there(call, "DetachInternetGateway", attachment(call));
}

}  // namespace

ResourceType ec2_internet_gateway() {
  return {.name = "AWS::EC2::InternetGateway",
          .properties = {{"Tags"}},
          .attributes = {"InternetGatewayId"},
          .identifiers = {"InternetGatewayId"},
          .create = create,
          .update = update,
          .remove = remove};
}

ResourceType ec2_vpc_gateway_attachment() {
  return {.name = "AWS::EC2::VPCGatewayAttachment",
          .properties = {{"VpcId", OnChange::kReplace, true},
                         {"InternetGatewayId", OnChange::kReplace, true}},
          .attributes = {"AttachmentType"},
          .identifiers = {"AttachmentType", "VpcId"},
          .create = attach,
          .remove = detach};
}

}  // namespace cloudchamber::mock::cloudformation
