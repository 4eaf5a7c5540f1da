#include "sdk/model/names.h"

#include <gtest/gtest.h>

namespace cloudchamber {
namespace {

struct Row {
  const char* name;
  const char* expected;
};

TEST(XformName, WritesNamesAsBoto3Does) {
  const Row rows[] = {{"CreateUser", "create_user"},
                      {"ListObjectsV2", "list_objects_v2"},
                      {"DescribeVpcs", "describe_vpcs"},
                      {"DescribeVPCs", "describe_vpcs"},
                      {"GetHTTPHeaders", "get_http_headers"},
                      {"ListWebACLs", "list_web_acls"},
                      {"GatewayARNs", "gateway_arns"},
                      {"ARNs", "_arns"},
                      {"EC2Instance", "ec2_instance"},
                      {"GetEC2", "get_ec2"},
                      {"UpdateSAMLProvider", "update_saml_provider"},
                      {"GetIpamPoolCidrs", "get_ipam_pool_cidrs"},
                      {"AssignIpv6Addresses", "assign_ipv6_addresses"},
                      {"CreateMFADevice", "create_mfa_device"},
                      {"DescribeOrganizationsAccess", "describe_organizations_access"},
                      {"CreateCachediSCSIVolume", "create_cached_iscsi_volume"},
                      {"ListHITsForQualificationType", "list_hits_for_qualification_type"},
                      {"ListHITs", "list_hits"},
                      {"ExecutePartiQLBatch", "execute_partiql_batch"},
                      {"GetLinkedWhatsAppBusinessAccountPhoneNumber",
                       "get_linked_whatsapp_business_account_phone_number"},
                      {"already_snake", "already_snake"},
                      {"lower", "lower"},
                      {"A", "a"},
                      {"", ""}};
  for (const Row& row : rows) EXPECT_EQ(xform_name(row.name), row.expected) << row.name;
}

TEST(XformName, TakesAnotherSeparator) {
  EXPECT_EQ(xform_name("ListWebACLs", '-'), "list-web-acls");
}

TEST(NearestName, FindsTheNameThatWasMeant) {
  const std::vector<std::string_view> names = {"StackName", "TemplateBody", "TemplateURL", "Name",
                                               "Values"};
  const Row rows[] = {{"TmeplateBody", "TemplateBody"},
                      {"name", "Name"},
                      {"value", "Values"},
                      {"templateurl", "TemplateURL"},
                      {"StackNames", "StackName"},
                      {"Banana", ""},
                      {"", ""}};
  for (const Row& row : rows) EXPECT_EQ(nearest_name(row.name, names), row.expected) << row.name;
}

TEST(NearestName, GivesUpOnNamesTooLongToBeOne) {
  EXPECT_EQ(nearest_name(std::string(100'000, 'a'), {"Name"}), "");
}

}  // namespace
}  // namespace cloudchamber
