// CreateNetworkInterface, DeleteNetworkInterface, DescribeNetworkInterfaces.
#include "mock-server/services/ec2/network_interfaces.h"

#include <algorithm>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/private_addresses.h"
#include "mock-server/services/ec2/security_group_names.h"
#include "mock-server/services/ec2/subnets.h"
#include "mock-server/services/ec2/vpcs.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {
    {"addresses.association.owner-id", "PrivateIpAddresses.Association.IpOwnerId"},
    {"addresses.association.public-ip", "PrivateIpAddresses.Association.PublicIp"},
    {"addresses.primary", "PrivateIpAddresses.Primary"},
    {"addresses.private-ip-address", "PrivateIpAddresses.PrivateIpAddress"},
    {"association.allocation-id", "Association.AllocationId"},
    {"association.association-id", "Association.AssociationId"},
    {"association.ip-owner-id", "Association.IpOwnerId"},
    {"association.public-dns-name", "Association.PublicDnsName"},
    {"association.public-ip", "Association.PublicIp"},
    {"attachment.attach-time", "Attachment.AttachTime"},
    {"attachment.attachment-id", "Attachment.AttachmentId"},
    {"attachment.delete-on-termination", "Attachment.DeleteOnTermination"},
    {"attachment.device-index", "Attachment.DeviceIndex"},
    {"attachment.instance-id", "Attachment.InstanceId"},
    {"attachment.instance-owner-id", "Attachment.InstanceOwnerId"},
    {"attachment.status", "Attachment.Status"},
    {"availability-zone", "AvailabilityZone"},
    {"availability-zone-id", "AvailabilityZoneId"},
    {"description", "Description"},
    {"group-id", "Groups.GroupId"},
    {"group-name", "Groups.GroupName"},
    {"interface-type", "InterfaceType"},
    {"ipv6-addresses.ipv6-address", "Ipv6Addresses.Ipv6Address"},
    {"mac-address", "MacAddress"},
    {"network-interface-id", "NetworkInterfaceId"},
    {"operator.managed", "Operator.Managed"},
    {"operator.principal", "Operator.Principal"},
    {"owner-id", "OwnerId"},
    {"private-dns-name", "PrivateDnsName"},
    {"private-ip-address", "PrivateIpAddresses.PrivateIpAddress"},
    {"requester-id", "RequesterId"},
    {"requester-managed", "RequesterManaged"},
    {"source-dest-check", "SourceDestCheck"},
    {"status", "Status"},
    {"subnet-id", "SubnetId"},
    {"vpc-id", "VpcId"}};

constexpr Reference kReferences[] = {
    {"subnet", "SubnetId"}, {"vpc", "VpcId"}, {"security-group", "Groups.GroupId"}};

bool has_dns_hostnames(const Ec2& state, const std::string& vpc_id) {
  return get(state, kVpc, vpc_id).kept.value("EnableDnsHostnames", false);
}

// The first byte says that it is locally administered, as AWS's do.
std::string new_mac_address(const Origin& origin) {
  const std::string digits = origin.id("");
  std::string mac = "02";
  for (std::size_t i = 0; i < 10; i += 2) mac += ':' + digits.substr(i, 2);
  return mac;
}

Json create_network_interface(Call& call, Ec2& state) {
  NewInterface made;
  made.tags = tags_given(call, kNetworkInterface);
  made.subnet_id = call.text("SubnetId");
  for (const char* member :
       {"Ipv4Prefixes", "Ipv4PrefixCount", "Ipv6Prefixes", "Ipv6PrefixCount", "Ipv6Addresses",
        "Ipv6AddressCount", "InterfaceType", "EnablePrimaryIpv6"}) {
    if (call.has(member)) throw not_implemented(std::string(member) + " of CreateNetworkInterface");
  }
  const std::string vpc_id = get(state, kSubnet, made.subnet_id).shown.at("VpcId");
  made.groups = call.has("Groups")
                    ? security_groups_of_ids(state, made.subnet_id, call.at("Groups"))
                    : default_security_group(state, vpc_id);
  SubnetAddresses free(state, made.subnet_id);
  made.addresses = addresses_asked_for(call.input(), free);
  made.description = call.text_or("Description", "");
  made.requester_id = call.principal().user_id;
  const std::string id = make_interface(Origin(call), state, made);
  Json output{{"NetworkInterface", shown(call, state, kNetworkInterface, id)}};
  if (call.has("ClientToken")) output["ClientToken"] = call.at("ClientToken");
  return output;
}

Json delete_network_interface(Call& call, Ec2& state) {
  const std::string& id = call.text("NetworkInterfaceId");
  if (get(state, kNetworkInterface, id).shown.contains("Attachment"))
    throw invalid_parameter("Network interface '" + id + "' is currently in use.");
  remove(Origin(call), state, kNetworkInterface, id);
  return Json::object();
}

}  // namespace

const Kind kNetworkInterface{
    .type = "network-interface",
    .prefix = "eni-",
    .id_member = "NetworkInterfaceId",
    .list = "NetworkInterfaces",
    .ids = "NetworkInterfaceIds",
    .not_found_code = "InvalidNetworkInterfaceID.NotFound",
    .not_found = "The networkInterface ID '{}' does not exist",
    .several_not_found = "The networkInterface IDs '{}' do not exist",
    .malformed_code = "InvalidNetworkInterfaceId.Malformed",
    .in_use = "The networkInterface '{}' has dependencies and cannot be deleted.",
    .filters = kFilters,
    .references = kReferences,
    .tags_always = true,
    .tags_member = "TagSet",
    .at_present = changing_at_first};

std::string make_interface(const Origin& origin, Ec2& state, const NewInterface& made) {
  const Json subnet = get(state, kSubnet, made.subnet_id).shown;
  const std::string vpc_id = subnet.at("VpcId");
  Resource one;
  one.tags = made.tags;
  one.shown = {{"SubnetId", made.subnet_id},
               {"VpcId", vpc_id},
               {"AvailabilityZone", subnet.at("AvailabilityZone")},
               {"AvailabilityZoneId", subnet.at("AvailabilityZoneId")},
               {"Description", made.description},
               {"RequesterManaged", false},
               {"Status", "available"},
               {"MacAddress", new_mac_address(origin)},
               {"PrivateIpAddress", made.addresses.front()},
               {"SourceDestCheck", true},
               {"Groups", made.groups},
               {"PrivateIpAddresses", Json::array()},
               {"Ipv6Addresses", Json::array()},
               {"InterfaceType", made.type},
               {"Operator", {{"Managed", false}}}};
  if (!made.requester_id.empty()) one.shown["RequesterId"] = made.requester_id;
  const bool named = has_dns_hostnames(state, vpc_id);
  if (named)
    one.shown["PrivateDnsName"] = private_dns_name(origin.region(), made.addresses.front());
  for (const std::string& address : made.addresses)
    one.shown["PrivateIpAddresses"].push_back(
        private_address(origin.region(), address, address == made.addresses.front(), named));
  begin_change(one, origin.now(), {{"Status", "pending"}});
  return create(origin, state, kNetworkInterface, std::move(one));
}

std::string attach_interface(const Origin& origin, Ec2& state, const std::string& id,
                             const NewAttachment& attachment) {
  Resource& one = change(state, kNetworkInterface, id);
  const std::string attachment_id = origin.id("eni-attach-");
  one.shown["Status"] = "in-use";
  one.shown["Attachment"] = {
      {"AttachTime", iso8601_milliseconds(std::chrono::floor<Seconds>(origin.now()))},
      {"AttachmentId", attachment_id},
      {"DeleteOnTermination", attachment.delete_on_termination},
      {"DeviceIndex", attachment.device_index},
      {"NetworkCardIndex", 0},
      {"InstanceId", attachment.instance_id},
      {"InstanceOwnerId", origin.account()},
      {"Status", "attached"}};
  begin_change(one, origin.now(), {{"Attachment", {{"Status", "attaching"}}}});
  return attachment_id;
}

void detach_interface(const Origin& origin, Ec2& state, const std::string& id) {
  Resource& one = change(state, kNetworkInterface, id);
  Json before = one.shown.at("Attachment");
  before["Status"] = "detaching";
  one.shown["Status"] = "available";
  one.shown.erase("Attachment");
  begin_change(one, origin.now(), {{"Status", "in-use"}, {"Attachment", std::move(before)}});
}

std::vector<std::string> interfaces_of(const Resource& instance) {
  return instance.kept.value("NetworkInterfaces", std::vector<std::string>());
}

Json public_address(const Origin& origin, const Ec2& state, const std::string& vpc_id,
                    const std::string& address, const std::string& owner) {
  std::string name;
  if (has_dns_hostnames(state, vpc_id)) {
    name = "ec2-" + address +
           (origin.region() == "us-east-1" ? ".compute-1.amazonaws.com"
                                           : "." + origin.region() + ".compute.amazonaws.com");
    std::replace(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(4 + address.size()), '.',
                 '-');
  }
  return {{"IpOwnerId", owner}, {"PublicDnsName", name}, {"PublicIp", address}};
}

void give_public_address(const Origin& origin, Ec2& state, const std::string& id) {
  const std::string vpc_id = get(state, kNetworkInterface, id).shown.at("VpcId");
  const Json association =
      public_address(origin, state, vpc_id, random_public_ip(origin), "amazon");
  Resource& one = change(state, kNetworkInterface, id);
  one.shown["Association"] = association;
  one.shown["PrivateIpAddresses"][0]["Association"] = association;
}

std::string private_dns_name(const std::string& region, const std::string& address) {
  std::string name = "ip-" + address;
  std::replace(name.begin(), name.end(), '.', '-');
  return name + (region == "us-east-1" ? ".ec2.internal" : "." + region + ".compute.internal");
}

// In a block that is Amazon's.
std::string random_public_ip(const Origin& origin) {
  const std::string digits = origin.id("");
  std::string out = "54";
  for (std::size_t i = 0; i < 6; i += 2)
    out += '.' + std::to_string(std::stoi(digits.substr(i, 2), nullptr, 16));
  return out;
}

std::string interface_attached_as(const Ec2& state, const std::string& attachment_id) {
  for (const auto& [id, one] : state.of(kNetworkInterface)) {
    const auto attachment = one.shown.find("Attachment");
    if (attachment != one.shown.end() && attachment->at("AttachmentId") == attachment_id) return id;
  }
  throw AwsError("InvalidAttachmentID.NotFound",
                 "The network interface attachment ID '" + attachment_id + "' does not exist");
}

Family network_interfaces() {
  return {.kinds = {&kNetworkInterface},
          .operations = {{"CreateNetworkInterface", writes<create_network_interface>},
                         {"DeleteNetworkInterface", writes<delete_network_interface>},
                         {"DescribeNetworkInterfaces", describes<kNetworkInterface>}}};
}

}  // namespace cloudchamber::mock::ec2
