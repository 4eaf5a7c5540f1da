#include "tests/mock-server/services/ec2/instances_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using ModifyInstanceMetadataOptions = InstancesFixture;

TEST_F(ModifyInstanceMetadataOptions, IsPendingInTheAnswerAndThenApplied) {
  const std::string id = run_one();
  const Json answered =
      ec2("ModifyInstanceMetadataOptions",
          {{"InstanceId", id}, {"HttpTokens", "required"}, {"HttpPutResponseHopLimit", 64}});
  EXPECT_EQ(answered["InstanceMetadataOptions"]["State"], "pending");
  EXPECT_EQ(instance(id)["MetadataOptions"], Json({{"State", "applied"},
                                                   {"HttpTokens", "required"},
                                                   {"HttpPutResponseHopLimit", 64},
                                                   {"HttpEndpoint", "enabled"},
                                                   {"HttpProtocolIpv6", "disabled"},
                                                   {"InstanceMetadataTags", "disabled"}}));
  expect_refusals({
      {"ModifyInstanceMetadataOptions",
       {{"InstanceId", kAbsentInstance}},
       "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist"},
  });
  for (const int hops : {0, 65}) {
    EXPECT_EQ(ec2_error("ModifyInstanceMetadataOptions",
                        {{"InstanceId", id}, {"HttpPutResponseHopLimit", hops}}),
              "InvalidParameterValue: Value (" + std::to_string(hops) +
                  ") for parameter HttpPutResponseHopLimit is invalid. It must be between 1 and "
                  "64.");
  }
}

}  // namespace
}  // namespace cloudchamber::mock::ec2
