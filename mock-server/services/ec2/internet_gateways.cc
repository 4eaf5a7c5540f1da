// CreateInternetGateway, DeleteInternetGateway, DescribeInternetGateways, AttachInternetGateway,
// DetachInternetGateway.
#include "mock-server/services/ec2/internet_gateways.h"

#include <utility>

#include "mock-server/services/ec2/addresses.h"
#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {{"attachment.state", "Attachments.State"},
                                    {"attachment.vpc-id", "Attachments.VpcId"},
                                    {"internet-gateway-id", "InternetGatewayId"},
                                    {"owner-id", "OwnerId"}};

constexpr Reference kReferences[] = {{"vpc", "Attachments.VpcId"}};

Json attachments(const std::string& vpc_id) {
  if (vpc_id.empty()) return Json::array();
  return Json::array({Json{{"State", "available"}, {"VpcId", vpc_id}}});
}

// The VPC that it is attached to, "" for none.
std::string vpc_of(const Resource& gateway) {
  const Json& list = gateway.shown.at("Attachments");
  return list.empty() ? std::string() : list[0].at("VpcId").get<std::string>();
}

Json create_internet_gateway(Call& call, Ec2& state) {
  const std::string id =
      make_internet_gateway(Origin(call), state, "", tags_given(call, kInternetGateway));
  return {{"InternetGateway", shown(call, state, kInternetGateway, id)}};
}

Json delete_internet_gateway(Call& call, Ec2& state) {
  const std::string& id = call.text("InternetGatewayId");
  if (!vpc_of(get(state, kInternetGateway, id)).empty())
    throw dependency_violation(worded(kInternetGateway.in_use, id));
  remove(Origin(call), state, kInternetGateway, id);
  return Json::object();
}

Json attach_internet_gateway(Call& call, Ec2& state) {
  const std::string& id = call.text("InternetGatewayId");
  const std::string& vpc_id = call.text("VpcId");
  Resource& gateway = change(state, kInternetGateway, id);
  (void)get(state, kVpc, vpc_id);
  if (const std::string other = vpc_of(gateway); !other.empty())
    throw AwsError("Resource.AlreadyAssociated",
                   "resource " + id + " is already attached to network " + other);
  if (!internet_gateway_of(state, vpc_id).empty())
    throw invalid_parameter("Network " + vpc_id + " already has an internet gateway attached");
  gateway.shown["Attachments"] = attachments(vpc_id);
  return Json::object();
}

Json detach_internet_gateway(Call& call, Ec2& state) {
  const std::string& id = call.text("InternetGatewayId");
  const std::string& vpc_id = call.text("VpcId");
  check_form(kVpc, vpc_id);
  Resource& gateway = change(state, kInternetGateway, id);
  if (vpc_of(gateway) != vpc_id)
    throw AwsError("Gateway.NotAttached",
                   "resource " + id + " is not attached to network " + vpc_id);
  if (has_public_addresses(state, vpc_id))
    throw dependency_violation("Network " + vpc_id +
                               " has some mapped public address(es). Please unmap those public "
                               "address(es) before detaching the gateway.");
  gateway.shown["Attachments"] = attachments("");
  return Json::object();
}

}  // namespace

const Kind kInternetGateway{
    .type = "internet-gateway",
    .prefix = "igw-",
    .id_member = "InternetGatewayId",
    .list = "InternetGateways",
    .ids = "InternetGatewayIds",
    .not_found_code = "InvalidInternetGatewayID.NotFound",
    .not_found = "The internetGateway ID '{}' does not exist",
    .several_not_found = "The internetGateway IDs '{}' do not exist",
    .malformed_code = "InvalidInternetGatewayId.Malformed",
    .in_use = "The internetGateway '{}' has dependencies and cannot be deleted.",
    .filters = kFilters,
    .references = kReferences,
    .tags_always = true,
    .tag_specification_code = "InvalidParameter"};

std::string internet_gateway_of(const Ec2& state, const std::string& vpc_id) {
  for (const auto& [id, gateway] : state.of(kInternetGateway)) {
    if (vpc_of(gateway) == vpc_id) return id;
  }
  return "";
}

std::string make_internet_gateway(const Origin& origin, Ec2& state, const std::string& vpc_id,
                                  Tags tags) {
  Resource made;
  made.shown["Attachments"] = attachments(vpc_id);
  made.tags = std::move(tags);
  return create(origin, state, kInternetGateway, std::move(made));
}

Family internet_gateways() {
  return {.kinds = {&kInternetGateway},
          .operations = {{"AttachInternetGateway", writes<attach_internet_gateway>},
                         {"CreateInternetGateway", writes<create_internet_gateway>},
                         {"DeleteInternetGateway", writes<delete_internet_gateway>},
                         {"DescribeInternetGateways", describes<kInternetGateway>},
                         {"DetachInternetGateway", writes<detach_internet_gateway>}}};
}

}  // namespace cloudchamber::mock::ec2
