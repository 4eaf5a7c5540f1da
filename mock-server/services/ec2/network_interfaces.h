// Network interfaces, for the families that make and attach them: instances, NAT gateways, ...
#pragma once

#include <string>
#include <vector>

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kNetworkInterface;

struct NewInterface {
  std::string subnet_id;
  std::vector<std::string> addresses;  // of the subnet, taken from SubnetAddresses; primary first
  Json groups;                         // [{"GroupId": ..., "GroupName": ...}]
  std::string description = "";
  std::string type = "interface";
  std::string requester_id = "";
  Tags tags{};
};
// Its id. It is "pending" at first, then "available".
std::string make_interface(const Origin& origin, Ec2& state, const NewInterface& made);

struct NewAttachment {
  std::string instance_id;
  std::int64_t device_index = 0;
  bool delete_on_termination = false;
};
// Attaches one that is not attached. Returns the attachment's id.
std::string attach_interface(const Origin& origin, Ec2& state, const std::string& id,
                             const NewAttachment& attachment);
// Detaches one that is attached.
void detach_interface(const Origin& origin, Ec2& state, const std::string& id);

// The ids of an instance's interfaces by their device index.
[[nodiscard]] std::vector<std::string> interfaces_of(const Resource& instance);

// Gives it a public address of Amazon's, that goes when the instance stops.
void give_public_address(const Origin& origin, Ec2& state, const std::string& id);
// An Association of a public address: {"PublicIp": ..., "PublicDnsName": ..., "IpOwnerId": ...}.
[[nodiscard]] Json public_address(const Origin& origin, const Ec2& state, const std::string& vpc_id,
                                  const std::string& address, const std::string& owner);

// "ip-10-0-0-4.ec2.internal".
[[nodiscard]] std::string private_dns_name(const std::string& region, const std::string& address);

// An address as Amazon gives: one of the world's random numbers.
[[nodiscard]] std::string random_public_ip(const Origin& origin);

// The interfaces whose Attachment has that id; else InvalidAttachmentID.NotFound.
[[nodiscard]] std::string interface_attached_as(const Ec2& state, const std::string& attachment_id);

}  // namespace cloudchamber::mock::ec2
