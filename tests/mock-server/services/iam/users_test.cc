#include "mock-server/state/credentials.h"
#include "tests/mock-server/services/iam/iam_world.h"

namespace cloudchamber::mock::iam {
namespace {

using CreateUser = IamWorld;

TEST_F(CreateUser, GivesAnIdAndAnArnBelowThePath) {
  const Json created = iam("CreateUser", {{"UserName", "fred"}, {"Path", "/staff/"}})["User"];
  EXPECT_EQ(created["Arn"], "arn:aws:iam::123456789012:user/staff/fred");
  EXPECT_EQ(created["UserId"].get<std::string>().substr(0, 4), "AIDA");
  EXPECT_EQ(created["UserId"].get<std::string>().size(), 21U);
  EXPECT_EQ(iam("GetUser", {{"UserName", "fred"}})["User"], created);
}

TEST_F(CreateUser, TakesANameOnceWhateverItsCase) {
  user("fred");
  EXPECT_EQ(iam_error("CreateUser", {{"UserName", "fred"}}),
            "EntityAlreadyExists: User with name fred already exists.");
  EXPECT_EQ(iam_error("CreateUser", {{"UserName", "FRED"}}),
            "EntityAlreadyExists: User with name FRED already exists.");
  EXPECT_EQ(iam("GetUser", {{"UserName", "Fred"}})["User"]["UserName"], "fred");
}

TEST_F(CreateUser, RefusesBadInputInAwsWords) {
  const std::string one = "ValidationError: 1 validation error detected: Value at '";
  const struct {
    Json input;
    std::string answer;
  } rows[] = {
      {{{"UserName", std::string(64, 'x')}}, "succeeded"},
      {{{"UserName", std::string(65, 'x')}},
       one + "userName' failed to satisfy constraint: Member must have length less than or equal "
             "to 64"},
      {{{"UserName", ""}},
       one + "userName' failed to satisfy constraint: Member must have length greater than or "
             "equal to 1"},
      {Json::object(), one + "userName' failed to satisfy constraint: Member must not be null"},
      {{{"UserName", "a b"}},
       "ValidationError: The specified value for userName is invalid. It must contain only "
       "alphanumeric characters and/or the following: +=,.@_-"},
      {{{"UserName", "a+=,.@_-b"}}, "succeeded"},
      {{{"UserName", "p1"}, {"Path", "/" + std::string(510, 'x') + "/"}}, "succeeded"},
      {{{"UserName", "p2"}, {"Path", "/" + std::string(511, 'x') + "/"}},
       one + "path' failed to satisfy constraint: Member must have length less than or equal to "
             "512"},
      {{{"UserName", "p4"}, {"Path", "/x//y/"}},
       "ValidationError: The specified value for path is invalid. It must begin and end with / and "
       "contain only alphanumeric characters and/or / characters."},
      {{{"UserName", "p3"}, {"Path", "/x"}},
       "ValidationError: The specified value for path is invalid. It must begin and end with / and "
       "contain only alphanumeric characters and/or / characters."},
      {{{"UserName", "b"}, {"PermissionsBoundary", "arn:aws:iam::123456789012:policy/none"}},
       "NoSuchEntity: Scope ARN: arn:aws:iam::123456789012:policy/none does not exist or is not "
       "attachable."},
      {{{"UserName", "b"}, {"PermissionsBoundary", "arn:aws:iam::123456789:not_a_boundary"}},
       "ValidationError: Value (arn:aws:iam::123456789:not_a_boundary) for parameter "
       "PermissionsBoundary is invalid."},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(iam_error("CreateUser", row.input), row.answer) << row.input;
  }
  EXPECT_EQ(iam_error("GetUser", {{"UserName", "b"}}),
            "NoSuchEntity: The user with name b cannot be found.");
}

using GetUser = IamWorld;

TEST_F(GetUser, WithoutANameAnswersTheCaller) {
  EXPECT_EQ(iam("GetUser")["User"], Json({{"UserId", "123456789012"},
                                          {"Arn", "arn:aws:iam::123456789012:root"},
                                          {"CreateDate", "2020-01-01T00:00:00Z"}}));
}

using ListUsers = IamWorld;

TEST_F(ListUsers, IsCutIntoPagesThatSurviveDeletions) {
  for (const char* name : {"d", "B", "a", "c"}) user(name);
  Json page = iam("ListUsers", {{"MaxItems", 2}});
  EXPECT_EQ(page["IsTruncated"], true);
  EXPECT_EQ(page["Users"][0]["UserName"], "a");
  EXPECT_EQ(page["Users"][1]["UserName"], "B");
  iam("DeleteUser", {{"UserName", "a"}});
  iam("DeleteUser", {{"UserName", "b"}});
  page = iam("ListUsers", {{"MaxItems", 2}, {"Marker", page["Marker"]}});
  EXPECT_EQ(page["IsTruncated"], false);
  EXPECT_FALSE(page.contains("Marker"));
  EXPECT_EQ(page["Users"][0]["UserName"], "c");
  EXPECT_EQ(page["Users"][1]["UserName"], "d");
  EXPECT_EQ(iam_error("ListUsers", {{"Marker", "!"}}), "ValidationError: Invalid Marker.");
}

TEST_F(ListUsers, ShowsThoseBelowAPathWithoutTheirTags) {
  iam("CreateUser", {{"UserName", "a"},
                     {"Path", "/x/y/"},
                     {"Tags", Json::array({{{"Key", "k"}, {"Value", "v"}}})}});
  iam("CreateUser", {{"UserName", "b"}, {"Path", "/z/"}});
  const Json users = iam("ListUsers", {{"PathPrefix", "/x/"}})["Users"];
  ASSERT_EQ(users.size(), 1U);
  EXPECT_EQ(users[0]["UserName"], "a");
  EXPECT_FALSE(users[0].contains("Tags"));
}

TEST_F(ListUsers, ShowsAHundredUnlessTold) {
  for (int i = 0; i < 101; ++i) user("u" + std::to_string(i));
  EXPECT_EQ(iam("ListUsers")["Users"].size(), 100U);
  EXPECT_EQ(iam("ListUsers", {{"MaxItems", 1000}})["Users"].size(), 101U);
  for (const int bad : {0, 1001}) {
    EXPECT_NE(iam_error("ListUsers", {{"MaxItems", bad}}).find("ValidationError: 1 validation"),
              std::string::npos)
        << bad;
  }
}

using UpdateUser = IamWorld;

TEST_F(UpdateUser, RenamesAndMovesAndKeepsTheRest) {
  const Json before = user("fred");
  group("g");
  iam("AddUserToGroup", {{"GroupName", "g"}, {"UserName", "fred"}});
  iam("UpdateUser", {{"UserName", "fred"}, {"NewUserName", "freddy"}, {"NewPath", "/p/"}});
  const Json after = iam("GetUser", {{"UserName", "freddy"}})["User"];
  EXPECT_EQ(after["UserId"], before["UserId"]);
  EXPECT_EQ(after["Arn"], "arn:aws:iam::123456789012:user/p/freddy");
  EXPECT_EQ(iam("GetGroup", {{"GroupName", "g"}})["Users"][0]["UserName"], "freddy");
  EXPECT_EQ(iam_error("GetUser", {{"UserName", "fred"}}),
            "NoSuchEntity: The user with name fred cannot be found.");
}

// noobaa-core pull request 9323 tells that AWS refuses the own name in another case.
TEST_F(UpdateUser, RefusesATakenNameEvenItsOwnInAnotherCase) {
  user("a");
  user("b");
  for (const char* name : {"b", "B", "A"}) {
    EXPECT_EQ(iam_error("UpdateUser", {{"UserName", "a"}, {"NewUserName", name}}),
              std::string("EntityAlreadyExists: User with name ") + name + " already exists.");
  }
  EXPECT_EQ(iam_error("UpdateUser", {{"UserName", "a"}, {"NewUserName", "a"}}), "succeeded");
}

using DeleteUser = IamWorld;

TEST_F(DeleteUser, NeedsEverythingElseGoneFirst) {
  user("fred");
  group("g");
  const Json fred{{"UserName", "fred"}};
  const auto conflict = [](const char* what) {
    return std::string("DeleteConflict: Cannot delete entity, ") + what;
  };
  const Json attached{{"UserName", "fred"}, {"PolicyArn", policy("p")}};
  iam("AttachUserPolicy", attached);
  EXPECT_EQ(iam_error("DeleteUser", fred), conflict("must detach all policies first."));
  iam("DetachUserPolicy", attached);
  iam("PutUserPolicy", {{"UserName", "fred"}, {"PolicyName", "i"}, {"PolicyDocument", kPolicy}});
  EXPECT_EQ(iam_error("DeleteUser", fred), conflict("must delete policies first."));
  iam("DeleteUserPolicy", {{"UserName", "fred"}, {"PolicyName", "i"}});
  iam("AddUserToGroup", {{"GroupName", "g"}, {"UserName", "fred"}});
  EXPECT_EQ(iam_error("DeleteUser", fred), conflict("must remove users from group first."));
  EXPECT_EQ(iam_error("DeleteGroup", {{"GroupName", "g"}}),
            conflict("must remove users from group first."));
  iam("RemoveUserFromGroup", {{"GroupName", "g"}, {"UserName", "fred"}});
  const Json key = iam("CreateAccessKey", fred)["AccessKey"];
  EXPECT_EQ(iam_error("DeleteUser", fred), conflict("must delete access keys first."));
  iam("DeleteAccessKey", {{"UserName", "fred"}, {"AccessKeyId", key["AccessKeyId"]}});
  EXPECT_EQ(iam_error("DeleteUser", fred), "succeeded");
  EXPECT_EQ(iam_error("DeleteUser", fred),
            "NoSuchEntity: The user with name fred cannot be found.");
}

using CreateAccessKey = IamWorld;

TEST_F(CreateAccessKey, GivesAKeyThatTheWorldKnowsAsTheUsers) {
  const Json fred = user("fred");
  const Json key = iam("CreateAccessKey", {{"UserName", "fred"}})["AccessKey"];
  const std::string id = key["AccessKeyId"];
  EXPECT_EQ(id.substr(0, 4), "AKIA");
  EXPECT_EQ(id.size(), 20U);
  EXPECT_EQ(key["SecretAccessKey"].get<std::string>().size(), 40U);
  Transaction transaction = world_.begin();
  const Credential* known = transaction.read<KnownCredentials>("", "").by_access_key_id.find(id);
  ASSERT_NE(known, nullptr);
  EXPECT_EQ(known->arn, fred["Arn"]);
  EXPECT_EQ(known->user_id, fred["UserId"]);
  EXPECT_EQ(known->account, "123456789012");
  EXPECT_EQ(known->secret_access_key, key["SecretAccessKey"]);
}

TEST_F(CreateAccessKey, StopsAtTwo) {
  user("fred");
  const Json fred{{"UserName", "fred"}};
  iam("CreateAccessKey", fred);
  iam("CreateAccessKey", fred);
  EXPECT_EQ(iam_error("CreateAccessKey", fred),
            "LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2");
  EXPECT_EQ(iam("ListAccessKeys", fred)["AccessKeyMetadata"].size(), 2U);
  EXPECT_FALSE(iam("ListAccessKeys", fred)["AccessKeyMetadata"][0].contains("SecretAccessKey"));
}

using UpdateAccessKey = IamWorld;

TEST_F(UpdateAccessKey, TellsWhoVerifiesSignatures) {
  user("fred");
  const std::string id = iam("CreateAccessKey", {{"UserName", "fred"}})["AccessKey"]["AccessKeyId"];
  const auto is_active = [&] {
    Transaction transaction = world_.begin();
    return transaction.read<KnownCredentials>("", "").by_access_key_id.find(id)->active;
  };
  const Json update{{"UserName", "fred"}, {"AccessKeyId", id}};
  Json input = update;
  input["Status"] = "Inactive";
  iam("UpdateAccessKey", input);
  EXPECT_FALSE(is_active());
  EXPECT_EQ(iam("ListAccessKeys", {{"UserName", "fred"}})["AccessKeyMetadata"][0]["Status"],
            "Inactive");
  input["Status"] = "Active";
  iam("UpdateAccessKey", input);
  EXPECT_TRUE(is_active());
  iam("DeleteAccessKey", update);
  EXPECT_FALSE(is_active());
  EXPECT_EQ(iam_error("DeleteAccessKey", update),
            "NoSuchEntity: The Access Key with id " + id + " cannot be found.");
  input["Status"] = "Asleep";
  EXPECT_EQ(iam_error("UpdateAccessKey", input),
            "ValidationError: 1 validation error detected: Value at 'status' failed to satisfy "
            "constraint: Member must satisfy enum value set");
}

using TagUser = IamWorld;

TEST_F(TagUser, ReplacesAddsAndSortsWhateverTheCase) {
  const auto tags = [](std::initializer_list<std::pair<const char*, const char*>> pairs) {
    Json list = Json::array();
    for (const auto& [key, value] : pairs) list.push_back({{"Key", key}, {"Value", value}});
    return list;
  };
  user("fred");
  iam("TagUser", {{"UserName", "fred"}, {"Tags", tags({{"b", "1"}, {"A", "2"}})}});
  iam("TagUser", {{"UserName", "fred"}, {"Tags", tags({{"B", "3"}})}});
  EXPECT_EQ(iam("ListUserTags", {{"UserName", "fred"}})["Tags"], tags({{"A", "2"}, {"B", "3"}}));
  iam("UntagUser", {{"UserName", "fred"}, {"TagKeys", {"a", "none"}}});
  EXPECT_EQ(iam("GetUser", {{"UserName", "fred"}})["User"]["Tags"], tags({{"B", "3"}}));
  EXPECT_EQ(iam_error("TagUser", {{"UserName", "fred"}, {"Tags", tags({{"x", "1"}, {"X", "2"}})}}),
            "InvalidInput: Duplicate tag keys found. Please note that Tag keys are case "
            "insensitive.");
}

TEST_F(TagUser, StopsAtFifty) {
  user("fred");
  const auto tags = [](int first, int count) {
    Json list = Json::array();
    for (int i = 0; i < count; ++i) {
      list.push_back({{"Key", "k" + std::to_string(first + i)}, {"Value", ""}});
    }
    return list;
  };
  EXPECT_EQ(iam_error("TagUser", {{"UserName", "fred"}, {"Tags", tags(0, 51)}}),
            "ValidationError: 1 validation error detected: Value at 'tags' failed to satisfy "
            "constraint: Member must have length less than or equal to 50");
  iam("TagUser", {{"UserName", "fred"}, {"Tags", tags(0, 50)}});
  EXPECT_EQ(iam_error("TagUser", {{"UserName", "fred"}, {"Tags", tags(50, 1)}}),
            "LimitExceeded: The number of tags has reached the maximum limit.");
  EXPECT_EQ(iam_error("TagUser", {{"UserName", "fred"}, {"Tags", tags(0, 1)}}), "succeeded");
}

}  // namespace
}  // namespace cloudchamber::mock::iam
