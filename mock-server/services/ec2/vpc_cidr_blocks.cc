// AssociateVpcCidrBlock and DisassociateVpcCidrBlock: further blocks of a VPC.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/subnets.h"
#include "mock-server/services/ec2/vpcs.h"

namespace cloudchamber::mock::ec2 {
namespace {

// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
constexpr std::size_t kMaxCidrBlocks = 5;

void check_room(const std::string& id, const Json& associations) {
  if (associations.size() >= kMaxCidrBlocks)
    throw AwsError("CidrLimitExceeded", "This network " + id +
                                            " has met its maximum number of allowed CIDRs: " +
                                            std::to_string(kMaxCidrBlocks));
}

Json& list_of(Resource& vpc, const char* member) {
  Json& list = vpc.shown[member];
  if (!list.is_array()) list = Json::array();
  return list;
}

Json associate_vpc_cidr_block(Call& call, Ec2& state) {
  const std::string& id = call.text("VpcId");
  Resource& vpc = change(state, kVpc, id);
  for (const char* member : {"Ipv4IpamPoolId", "Ipv6IpamPoolId", "Ipv6Pool", "Ipv6CidrBlock"}) {
    if (call.has(member)) throw not_implemented(std::string(member) + " of AssociateVpcCidrBlock");
  }
  const bool ipv6 = call.flag_or("AmazonProvidedIpv6CidrBlock", false);
  if (ipv6 == call.has("CidrBlock"))
    throw invalid_combination(
        ipv6 ? "Only one of cidrBlock and amazonProvidedIpv6CidrBlock can be specified."
             : "Either 'cidrBlock' or 'amazonProvidedIpv6CidrBlock' should be provided.");
  const Origin origin(call);
  if (ipv6) {
    Json& list = list_of(vpc, "Ipv6CidrBlockAssociationSet");
    check_room(id, list);
    list.push_back(associated_ipv6_cidr(origin));
    Json association = list.back();
    association["Ipv6CidrBlockState"]["State"] = "associating";
    association.erase("Ipv6CidrBlock");  // told once it is associated
    return {{"VpcId", id}, {"Ipv6CidrBlockAssociation", std::move(association)}};
  }
  const Cidr cidr = vpc_cidr(call.text("CidrBlock"));
  for (const Cidr& other : cidrs_of(vpc)) {
    if (other.overlaps(cidr))
      throw AwsError("CidrConflict",
                     "The CIDR '" + cidr.text() + "' conflicts with another CIDR of the VPC.");
  }
  Json& list = list_of(vpc, "CidrBlockAssociationSet");
  check_room(id, list);
  list.push_back(associated_cidr(origin, cidr));
  Json association = list.back();
  association["CidrBlockState"]["State"] = "associating";
  return {{"VpcId", id}, {"CidrBlockAssociation", std::move(association)}};
}

// Where an association stands in a VPC's list; the list's end when it does not.
Json::iterator find_association(Json& list, const std::string& id) {
  return std::find_if(list.begin(), list.end(),
                      [&](const Json& one) { return one.at("AssociationId") == id; });
}

Json disassociate(Ec2& state, const std::string& vpc_id, const std::string& association_id) {
  Resource& vpc = *state.of(kVpc).change(vpc_id);
  Json& list = list_of(vpc, "CidrBlockAssociationSet");
  if (const auto found = find_association(list, association_id); found != list.end()) {
    Json gone = *found;
    if (found == list.begin())
      throw operation_not_permitted("The vpc CIDR block with association ID " + association_id +
                                    " may not be disassociated. It is the primary IPv4 CIDR "
                                    "block of the VPC");
    if (has_subnet_in(state, vpc_id, *Cidr::parse(gone.at("CidrBlock").get<std::string>())))
      throw dependency_violation("The vpc CIDR block with association ID " + association_id +
                                 " has dependencies and cannot be disassociated.");
    list.erase(found);
    gone["CidrBlockState"]["State"] = "disassociating";
    return {{"VpcId", vpc_id}, {"CidrBlockAssociation", std::move(gone)}};
  }
  Json& ipv6 = list_of(vpc, "Ipv6CidrBlockAssociationSet");
  const auto found = find_association(ipv6, association_id);
  if (found == ipv6.end()) return nullptr;
  Json gone = *found;
  ipv6.erase(found);
  if (ipv6.empty()) vpc.shown.erase("Ipv6CidrBlockAssociationSet");
  gone["Ipv6CidrBlockState"]["State"] = "disassociating";
  return {{"VpcId", vpc_id}, {"Ipv6CidrBlockAssociation", std::move(gone)}};
}

bool has_association(const Resource& vpc, const std::string& id) {
  for (const char* member : {"CidrBlockAssociationSet", "Ipv6CidrBlockAssociationSet"}) {
    const auto list = vpc.shown.find(member);
    if (list != vpc.shown.end() && std::any_of(list->begin(), list->end(), [&](const Json& one) {
          return one.at("AssociationId") == id;
        }))
      return true;
  }
  return false;
}

Json disassociate_vpc_cidr_block(Call& call, Ec2& state) {
  const std::string& association = call.text("AssociationId");
  std::string owner;
  for (const auto& [id, vpc] : state.of(kVpc)) {
    if (has_association(vpc, association)) owner = id;
  }
  if (owner.empty())
    throw AwsError("InvalidVpcCidrBlockAssociationIdError.NotFound",
                   "The vpc CIDR block association ID '" + association + "' does not exist");
  return disassociate(state, owner, association);
}

}  // namespace

Family vpc_cidr_blocks() {
  return {.kinds = {},
          .operations = {{"AssociateVpcCidrBlock", writes<associate_vpc_cidr_block>},
                         {"DisassociateVpcCidrBlock", writes<disassociate_vpc_cidr_block>}}};
}

}  // namespace cloudchamber::mock::ec2
