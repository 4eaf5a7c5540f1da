// ModifyNetworkInterfaceAttribute, DescribeNetworkInterfaceAttribute,
// ResetNetworkInterfaceAttribute.
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/network_interfaces.h"
#include "mock-server/services/ec2/security_group_names.h"

namespace cloudchamber::mock::ec2 {
namespace {

void modify_attachment(Resource& one, const std::string& id, const Json& given) {
  const auto attachment = one.shown.find("Attachment");
  const std::string attachment_id = given.value("AttachmentId", "");
  if (attachment == one.shown.end() || attachment->at("AttachmentId") != attachment_id)
    throw AwsError(
        "InvalidAttachmentID.NotFound",
        "The attachment '" + attachment_id + "' is not one of the interface '" + id + "'");
  if (given.contains("DeleteOnTermination"))
    (*attachment)["DeleteOnTermination"] = given.at("DeleteOnTermination");
}

Json modify_network_interface_attribute(Call& call, Ec2& state) {
  const std::string& id = call.text("NetworkInterfaceId");
  for (const char* member : {"EnaSrdSpecification", "EnablePrimaryIpv6", "AssociatedSubnetIds",
                             "ConnectionTrackingSpecification", "AssociatePublicIpAddress"}) {
    if (call.has(member))
      throw not_implemented(std::string(member) + " of ModifyNetworkInterfaceAttribute");
  }
  Resource& one = change(state, kNetworkInterface, id);
  int given = 0;
  for (const char* member : {"Description", "SourceDestCheck", "Groups", "Attachment"})
    given += call.has(member) ? 1 : 0;
  if (given == 0) throw invalid_combination("No attributes specified.");
  if (given > 1) throw invalid_combination("Fields for multiple attribute types specified");
  if (call.has("Description")) one.shown["Description"] = call.at("Description").value("Value", "");
  if (call.has("SourceDestCheck"))
    one.shown["SourceDestCheck"] = call.at("SourceDestCheck").value("Value", true);
  if (call.has("Groups")) {
    if (call.at("Groups").empty())
      throw AwsError("InvalidParameterValue", "You must specify at least one security group.");
    one.shown["Groups"] =
        security_groups_of_ids(state, one.shown.at("SubnetId"), call.at("Groups"));
  }
  if (call.has("Attachment")) modify_attachment(one, id, call.at("Attachment"));
  return Json::object();
}

Json describe_network_interface_attribute(Call& call, const Ec2& state) {
  const std::string& id = call.text("NetworkInterfaceId");
  const Json one = shown(call, state, kNetworkInterface, id);
  const std::string attribute = call.text_or("Attribute", "");
  Json out{{"NetworkInterfaceId", id}};
  if (attribute == "description") {
    out["Description"] = {{"Value", one.at("Description")}};
  } else if (attribute == "sourceDestCheck") {
    out["SourceDestCheck"] = {{"Value", one.at("SourceDestCheck")}};
  } else if (attribute == "groupSet") {
    out["Groups"] = one.at("Groups");
  } else if (attribute == "attachment") {
    if (one.contains("Attachment")) out["Attachment"] = one.at("Attachment");
  } else if (attribute == "associatePublicIpAddress") {
    out["AssociatePublicIpAddress"] = one.contains("Association");
  } else {
    throw invalid_combination("No attributes specified.");
  }
  return out;
}

Json reset_network_interface_attribute(Call& call, Ec2& state) {
  const std::string attribute = call.text_or("SourceDestCheck", "");
  if (attribute != "sourceDestCheck" && attribute != "true")
    throw invalid_combination("No attributes specified.");
  change(state, kNetworkInterface, call.text("NetworkInterfaceId")).shown["SourceDestCheck"] = true;
  return Json::object();
}

}  // namespace

Family network_interface_attributes() {
  return {.kinds = {},
          .operations = {
              {"ModifyNetworkInterfaceAttribute", writes<modify_network_interface_attribute>},
              {"DescribeNetworkInterfaceAttribute", reads<describe_network_interface_attribute>},
              {"ResetNetworkInterfaceAttribute", writes<reset_network_interface_attribute>}}};
}

}  // namespace cloudchamber::mock::ec2
