#include "tests/mock-server/services/iam/iam_world.h"

namespace cloudchamber::mock::iam {
namespace {

using CreateGroup = IamWorld;

TEST_F(CreateGroup, TakesANameOnce) {
  EXPECT_EQ(group("staff")["Arn"], "arn:aws:iam::123456789012:group/staff");
  EXPECT_EQ(iam_error("CreateGroup", {{"GroupName", "Staff"}}),
            "EntityAlreadyExists: Group with name Staff already exists.");
  EXPECT_EQ(iam_error("GetGroup", {{"GroupName", "none"}}),
            "NoSuchEntity: The group with name none cannot be found.");
}

using AddUserToGroup = IamWorld;

TEST_F(AddUserToGroup, AddsOnceAndStopsAtTenGroups) {
  user("fred");
  for (int i = 0; i < 11; ++i) group("g" + std::to_string(i));
  const auto add = [&](int i) {
    return iam_error("AddUserToGroup",
                     {{"UserName", "fred"}, {"GroupName", "g" + std::to_string(i)}});
  };
  for (int i = 0; i < 10; ++i) EXPECT_EQ(add(i), "succeeded") << i;
  EXPECT_EQ(add(3), "succeeded");
  EXPECT_EQ(add(10), "LimitExceeded: Cannot exceed quota for GroupsPerUser: 10");
  EXPECT_EQ(iam("ListGroupsForUser", {{"UserName", "fred"}})["Groups"].size(), 10U);
}

TEST_F(AddUserToGroup, NeedsBoth) {
  user("fred");
  group("g");
  EXPECT_EQ(iam_error("AddUserToGroup", {{"UserName", "none"}, {"GroupName", "g"}}),
            "NoSuchEntity: The user with name none cannot be found.");
  EXPECT_EQ(iam_error("AddUserToGroup", {{"UserName", "fred"}, {"GroupName", "none"}}),
            "NoSuchEntity: The group with name none cannot be found.");
  EXPECT_NE(iam_error("RemoveUserFromGroup", {{"UserName", "fred"}, {"GroupName", "g"}})
                .find("NoSuchEntity"),
            std::string::npos);
}

using UpdateGroup = IamWorld;

TEST_F(UpdateGroup, KeepsItsMembers) {
  user("fred");
  group("g");
  iam("AddUserToGroup", {{"UserName", "fred"}, {"GroupName", "g"}});
  iam("UpdateGroup", {{"GroupName", "g"}, {"NewGroupName", "h"}, {"NewPath", "/x/"}});
  EXPECT_EQ(iam("GetGroup", {{"GroupName", "h"}})["Users"].size(), 1U);
  EXPECT_EQ(iam("ListGroupsForUser", {{"UserName", "fred"}})["Groups"][0]["Arn"],
            "arn:aws:iam::123456789012:group/x/h");
  group("g");
  EXPECT_EQ(iam_error("UpdateGroup", {{"GroupName", "g"}, {"NewGroupName", "H"}}),
            "EntityAlreadyExists: Group with name H already exists.");
}

using DeleteGroup = IamWorld;

TEST_F(DeleteGroup, NeedsItsPoliciesGoneFirst) {
  group("g");
  const Json inline_policy{{"GroupName", "g"}, {"PolicyName", "i"}};
  Json put = inline_policy;
  put["PolicyDocument"] = kPolicy;
  iam("PutGroupPolicy", put);
  EXPECT_EQ(iam_error("DeleteGroup", {{"GroupName", "g"}}),
            "DeleteConflict: Cannot delete entity, must delete policies first.");
  iam("DeleteGroupPolicy", inline_policy);
  EXPECT_EQ(iam_error("DeleteGroup", {{"GroupName", "g"}}), "succeeded");
  EXPECT_EQ(iam("ListGroups")["Groups"].size(), 0U);
}

}  // namespace
}  // namespace cloudchamber::mock::iam
