#include "mock-server/services/ec2/families.h"

namespace cloudchamber::mock::ec2 {

// In order: families that are told of a new resource are told in this one.
const std::vector<Family>& families() {
  static const std::vector<Family> kFamilies{
      tags(),                  //
      zones(),                 //
      dhcp_options(),          //
      vpcs(),                  //
      vpc_attributes(),        //
      vpc_cidr_blocks(),       //
      default_vpcs(),          //
      subnets(),               //
      subnet_attributes(),     //
      internet_gateways(),     //
      security_groups(),       //
      security_group_rules(),  //
      network_acls(),          //
  };
  return kFamilies;
}

}  // namespace cloudchamber::mock::ec2
