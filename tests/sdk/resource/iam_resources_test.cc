// IAM's generated resources against the mock in the same process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "cloudchamber/resources/iam.h"
#include "cloudchamber/session.h"
#include "mock-server/mock_aws.h"

namespace cloudchamber {
namespace {

using ::testing::ElementsAre;

constexpr const char* kTrust = R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
  "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})";
constexpr const char* kPolicy = R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
  "Action": "s3:*", "Resource": "*"}]})";

class IamResources : public ::testing::Test {
 protected:
  template <class Collection>
  static std::vector<std::string> printed(const Collection& collection) {
    std::vector<std::string> found;
    for (const Resource& resource : collection) found.push_back(resource.to_string());
    return found;
  }

  mock::MockAws aws_;
  iam::ServiceResource iam_ = aws_.session().resource<Iam>();
};

TEST_F(IamResources, UsersHaveKeysAndGroups) {
  const iam::User user = iam_.create_user({{"UserName", "fred"}, {"Path", "/staff/"}});
  EXPECT_EQ(user, iam_.user("fred"));
  EXPECT_EQ(user.name(), "fred");
  EXPECT_EQ(user.user_name(), "fred");
  EXPECT_EQ(iam_.user("fred").path(), "/staff/");
  EXPECT_EQ(iam_.user("fred").arn(), "arn:aws:iam::123456789012:user/staff/fred");

  const iam::AccessKeyPair pair = user.create_access_key_pair();
  EXPECT_EQ(pair.secret().size(), 40U);
  EXPECT_EQ(pair.secret(), pair.secret_access_key());
  EXPECT_THAT(printed(user.access_keys()),
              ElementsAre("iam.AccessKey(user_name='fred', id='" + pair.access_key_id() + "')"));
  pair.delete_();
  EXPECT_EQ(user.access_keys().begin(), std::default_sentinel);

  const iam::Group group = iam_.create_group({{"GroupName", "staff"}});
  group.add_user({{"UserName", "fred"}});
  EXPECT_THAT(printed(group.users()), ElementsAre("iam.User(name='fred')"));
  EXPECT_THAT(printed(user.groups()), ElementsAre("iam.Group(name='staff')"));
  EXPECT_THAT(printed(iam_.users().filter({{"PathPrefix", "/staff/"}})),
              ElementsAre("iam.User(name='fred')"));
  EXPECT_THROW(user.delete_(), iam::DeleteConflictException);
}

TEST_F(IamResources, PoliciesHaveAVersionThatIsTheDefault) {
  const iam::Policy policy =
      iam_.create_policy({{"PolicyName", "all-of-s3"}, {"PolicyDocument", kPolicy}});
  EXPECT_EQ(policy.arn(), "arn:aws:iam::123456789012:policy/all-of-s3");
  EXPECT_EQ(policy.default_version()->version_id(), "v1");
  const iam::PolicyVersion version =
      policy.create_version({{"PolicyDocument", kPolicy}, {"SetAsDefault", true}});
  EXPECT_EQ(version.to_string(),
            "iam.PolicyVersion(arn='arn:aws:iam::123456789012:policy/"
            "all-of-s3', version_id='v2')");
  EXPECT_EQ(*policy.default_version(), version);
  EXPECT_EQ(version.document()["Statement"][0]["Action"], "s3:*");

  const iam::Role role =
      iam_.create_role({{"RoleName", "web"}, {"AssumeRolePolicyDocument", kTrust}});
  role.attach_policy({{"PolicyArn", policy.arn()}});
  EXPECT_EQ(*role.attached_policies().begin(), policy);
  EXPECT_EQ(*policy.attached_roles().begin(), role);
  EXPECT_EQ(role.assume_role_policy().role(), role);
}

TEST_F(IamResources, InstanceProfilesHaveRoles) {
  iam_.create_role({{"RoleName", "web"}, {"AssumeRolePolicyDocument", kTrust}});
  const iam::InstanceProfile profile =
      iam_.create_instance_profile({{"InstanceProfileName", "web-servers"}});
  EXPECT_TRUE(profile.roles().empty());
  profile.add_role({{"RoleName", "web"}});
  const std::vector<iam::Role> roles = profile.roles();
  ASSERT_EQ(roles.size(), 1U);
  EXPECT_EQ(roles[0], iam_.role("web"));
  EXPECT_EQ(roles[0].role_name(), "web");
  EXPECT_EQ(profile.roles_attribute().size(), 1U);
}

TEST_F(IamResources, ThrowTheExceptionsOfTheGeneratedClient) {
  EXPECT_THROW(iam_.user("fred").load(), iam::NoSuchEntityException);
  iam_.user("fred").create();
  EXPECT_THROW(iam_.user("fred").create(), iam::EntityAlreadyExistsException);
}

}  // namespace
}  // namespace cloudchamber
