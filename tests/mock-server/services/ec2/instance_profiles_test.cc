#include <gmock/gmock.h>

#include "mock-server/services/iam/service.h"
#include "tests/mock-server/services/ec2/instances_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::IsEmpty;

class InstanceProfiles : public ServiceFixture {
 protected:
  InstanceProfiles() : ServiceFixture({make_service(), iam::make_service()}) {
    for (const char* name : {"web", "other"})
      call("iam", "CreateInstanceProfile", {{"InstanceProfileName", name}});
  }
  Json ec2(const std::string& operation, const Json& input = Json::object()) {
    return call("ec2", operation, input);
  }
  std::string run_one(const Json& more = Json::object()) {
    Json input{{"ImageId", "ami-0123456789abcdef0"}, {"MinCount", 1}, {"MaxCount", 1}};
    input.update(more);
    const Json made = ec2("RunInstances", input);
    clock_->advance(std::chrono::seconds(1));
    return made["Instances"][0]["InstanceId"];
  }
  Json profile_of(const std::string& id) {
    return ec2("DescribeInstances", {{"InstanceIds", {id}}})["Reservations"][0]["Instances"][0]
        .value("IamInstanceProfile", Json());
  }
  static inline const std::string kArn = "arn:aws:iam::123456789012:instance-profile/";
};

using AssociateIamInstanceProfile = InstanceProfiles;

TEST_F(AssociateIamInstanceProfile, ShowsItOnTheInstance) {
  const std::string id = run_one();
  const Json made =
      ec2("AssociateIamInstanceProfile",
          {{"InstanceId", id},
           {"IamInstanceProfile", {{"Name", "web"}}}})["IamInstanceProfileAssociation"];
  EXPECT_EQ(made["State"], "associating");
  EXPECT_EQ(profile_of(id)["Arn"], kArn + "web");
  clock_->advance(std::chrono::seconds(1));
  const Json shown =
      ec2("DescribeIamInstanceProfileAssociations")["IamInstanceProfileAssociations"][0];
  EXPECT_EQ(shown["State"], "associated");
  EXPECT_EQ(shown["InstanceId"], id);
  EXPECT_EQ(error_of("ec2", "AssociateIamInstanceProfile",
                     {{"InstanceId", id}, {"IamInstanceProfile", {{"Name", "other"}}}}),
            "IncorrectState: There is an existing association for instance " + id);
}

TEST_F(AssociateIamInstanceProfile, RefusesBadInput) {
  const std::string id = run_one();
  const auto error = [&](const Json& profile) {
    return error_of("ec2", "AssociateIamInstanceProfile",
                    {{"InstanceId", id}, {"IamInstanceProfile", profile}});
  };
  EXPECT_EQ(error({{"Name", "nobody"}}),
            "InvalidParameterValue: Value (nobody) for parameter iamInstanceProfile.name is "
            "invalid. Invalid IAM Instance Profile name");
  EXPECT_EQ(error({{"Arn", kArn + "nobody"}}),
            "InvalidParameterValue: Value (" + kArn +
                "nobody) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance "
                "Profile ARN");
  EXPECT_EQ(error({{"Arn", "foo"}}),
            "InvalidParameterValue: Value (foo) for parameter iamInstanceProfile.arn is invalid. "
            "Invalid IAM Instance Profile ARN");
  EXPECT_EQ(error({{"Arn", kArn + "web"}, {"Name", "web"}}),
            "InvalidParameterCombination: The parameter 'iamInstanceProfile.name' may not be used "
            "in combination with 'iamInstanceProfile.arn'");
}

using ReplaceIamInstanceProfileAssociation = InstanceProfiles;

TEST_F(ReplaceIamInstanceProfileAssociation, PutsAnotherInItsPlace) {
  const std::string id = run_one({{"IamInstanceProfile", {{"Arn", kArn + "web"}}}});
  EXPECT_EQ(profile_of(id)["Arn"], kArn + "web");
  const std::string association =
      ec2("DescribeIamInstanceProfileAssociations")["IamInstanceProfileAssociations"][0]
                                                   ["AssociationId"];
  const Json replaced =
      ec2("ReplaceIamInstanceProfileAssociation",
          {{"AssociationId", association},
           {"IamInstanceProfile", {{"Name", "other"}}}})["IamInstanceProfileAssociation"];
  EXPECT_EQ(profile_of(id)["Arn"], kArn + "other");
  EXPECT_NE(replaced["AssociationId"], association);
}

using DisassociateIamInstanceProfile = InstanceProfiles;

TEST_F(DisassociateIamInstanceProfile, TakesItOffTheInstance) {
  const std::string id = run_one({{"IamInstanceProfile", {{"Name", "web"}}}});
  const std::string association =
      ec2("DescribeIamInstanceProfileAssociations")["IamInstanceProfileAssociations"][0]
                                                   ["AssociationId"];
  EXPECT_EQ(ec2("DisassociateIamInstanceProfile",
                {{"AssociationId", association}})["IamInstanceProfileAssociation"]["State"],
            "disassociating");
  EXPECT_TRUE(profile_of(id).is_null());
  EXPECT_EQ(error_of("ec2", "DisassociateIamInstanceProfile", {{"AssociationId", association}}),
            "InvalidAssociationID.NotFound: An invalid association-id of '" + association +
                "' was given");
}

using DescribeIamInstanceProfileAssociations = InstanceProfiles;

TEST_F(DescribeIamInstanceProfileAssociations, GoWithTheirInstance) {
  const std::string id = run_one({{"IamInstanceProfile", {{"Name", "web"}}}});
  ec2("TerminateInstances", {{"InstanceIds", {id}}});
  EXPECT_THAT(ec2("DescribeIamInstanceProfileAssociations")["IamInstanceProfileAssociations"],
              IsEmpty());
}

}  // namespace
}  // namespace cloudchamber::mock::ec2
