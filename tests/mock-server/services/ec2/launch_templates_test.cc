#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/instances_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LaunchTemplates : public InstancesFixture {
 protected:
  std::string make(const std::string& name = "web", const Json& data = {{"ImageId", kImageId}}) {
    return ec2("CreateLaunchTemplate",
               {{"LaunchTemplateName", name},
                {"LaunchTemplateData", data}})["LaunchTemplate"]["LaunchTemplateId"];
  }
  Json add_version(const std::string& id, const Json& data, const Json& more = Json::object()) {
    Json input{{"LaunchTemplateId", id}, {"LaunchTemplateData", data}};
    input.update(more);
    return ec2("CreateLaunchTemplateVersion", input)["LaunchTemplateVersion"];
  }
  std::vector<std::int64_t> versions(const Json& input) {
    std::vector<std::int64_t> out;
    const Json output = ec2("DescribeLaunchTemplateVersions", input);
    for (const Json& row : output["LaunchTemplateVersions"]) out.push_back(row["VersionNumber"]);
    return out;
  }
  static inline const std::string kAbsent = "lt-0123456789abcdef0";
};

using CreateLaunchTemplate = LaunchTemplates;

TEST_F(CreateLaunchTemplate, HasAFirstVersion) {
  const Json made = ec2("CreateLaunchTemplate",
                        {{"LaunchTemplateName", "web"},
                         {"VersionDescription", "first"},
                         {"LaunchTemplateData", {{"InstanceType", "t3.nano"}}}})["LaunchTemplate"];
  EXPECT_EQ(made["DefaultVersionNumber"], 1);
  EXPECT_EQ(made["LatestVersionNumber"], 1);
  EXPECT_EQ(made["CreatedBy"], "arn:aws:iam::123456789012:root");
  const Json version = ec2("DescribeLaunchTemplateVersions",
                           {{"LaunchTemplateName", "web"}})["LaunchTemplateVersions"][0];
  EXPECT_EQ(version["VersionDescription"], "first");
  EXPECT_EQ(version["DefaultVersion"], true);
  EXPECT_EQ(version["LaunchTemplateData"], Json({{"InstanceType", "t3.nano"}}));
}

TEST_F(CreateLaunchTemplate, RefusesBadInput) {
  make();
  const auto input = [](const std::string& name, const Json& data) {
    return Json{{"LaunchTemplateName", name}, {"LaunchTemplateData", data}};
  };
  const char* malformed =
      "InvalidLaunchTemplateName.MalformedException: A launch template name must be between 3 and "
      "128 characters, and may contain letters, numbers, and the following characters: - ( ) . / "
      "_.";
  expect_refusals({
      {"CreateLaunchTemplate", input("web", Json::object()),
       "InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use."},
      {"CreateLaunchTemplate",
       {{"LaunchTemplateName", "other"}},
       "MissingParameter: The request must contain the parameter launchTemplateData"},
      {"CreateLaunchTemplate", input("ab", Json::object()), malformed},
      {"CreateLaunchTemplate", input("a b c", Json::object()), malformed},
      {"CreateLaunchTemplate", input(std::string(129, 'a'), Json::object()), malformed},
  });
  make(std::string(128, 'a'));
}

using CreateLaunchTemplateVersion = LaunchTemplates;

TEST_F(CreateLaunchTemplateVersion, StartsFromNothingOrFromASource) {
  const std::string id = make("web", {{"ImageId", kImageId}, {"InstanceType", "t3.nano"}});
  EXPECT_EQ(add_version(id, {{"InstanceType", "t3.micro"}})["LaunchTemplateData"],
            Json({{"InstanceType", "t3.micro"}}));
  const Json third = add_version(id, {{"InstanceType", "t3.small"}}, {{"SourceVersion", "1"}});
  EXPECT_EQ(third["VersionNumber"], 3);
  EXPECT_EQ(third["DefaultVersion"], false);
  EXPECT_EQ(third["LaunchTemplateData"],
            Json({{"ImageId", kImageId}, {"InstanceType", "t3.small"}}));
  EXPECT_EQ(ec2_error("CreateLaunchTemplateVersion", {{"LaunchTemplateId", id},
                                                      {"SourceVersion", "9"},
                                                      {"LaunchTemplateData", Json::object()}}),
            "InvalidLaunchTemplateId.VersionNotFound: Could not find the specified version 9 for "
            "the launch template with ID " +
                id + ".");
}

using DescribeLaunchTemplateVersions = LaunchTemplates;

TEST_F(DescribeLaunchTemplateVersions, ChoosesVersions) {
  const std::string id = make();
  for (int i = 0; i < 3; ++i) add_version(id, {{"InstanceType", "t3.nano"}});
  const auto of = [&](const Json& more) {
    Json input{{"LaunchTemplateId", id}};
    input.update(more);
    return versions(input);
  };
  EXPECT_THAT(of(Json::object()), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(of({{"Versions", {"2", "$Latest", "$Default"}}}), ElementsAre(2, 4, 1));
  EXPECT_THAT(of({{"MinVersion", "2"}, {"MaxVersion", "3"}}), ElementsAre(2, 3));
  EXPECT_THAT(of(filter("instance-type", {"t3.nano"})), ElementsAre(2, 3, 4));
  EXPECT_THAT(versions({{"Versions", {"$Latest"}}}), ElementsAre(4));
  const Json page =
      ec2("DescribeLaunchTemplateVersions", {{"LaunchTemplateId", id}, {"MaxResults", 3}});
  EXPECT_EQ(page["LaunchTemplateVersions"].size(), 3U);
  EXPECT_THAT(of({{"MaxResults", 3}, {"NextToken", page["NextToken"]}}), ElementsAre(4));
  const std::string which =
      "To describe the launch template data for all your launch templates, for ‘--versions’ "
      "specify ‘$Latest’, ‘$Default’, or both, and omit ‘--launch-template-id’, "
      "‘--launch-template-name’, and version numbers. To describe the launch template data for a "
      "specific launch template, specify ‘--launch-template-id’ or ‘--launch-template-name’, and "
      "for ‘--versions’ specify one or more of the following values: ‘$Latest’, ‘$Default’, or one "
      "or more version numbers.";
  EXPECT_EQ(ec2_error("DescribeLaunchTemplateVersions", {{"Versions", {"1"}}}),
            "InvalidParameterValue: " + which);
  EXPECT_EQ(ec2_error("DescribeLaunchTemplateVersions"), "MissingParameter: " + which);
}

using DeleteLaunchTemplateVersions = LaunchTemplates;

TEST_F(DeleteLaunchTemplateVersions, TellsOfEachWhetherItWent) {
  const std::string id = make();
  add_version(id, {{"InstanceType", "t3.nano"}});
  const Json output = ec2("DeleteLaunchTemplateVersions",
                          {{"LaunchTemplateId", id}, {"Versions", {"1", "2", "7"}}});
  EXPECT_EQ(output["SuccessfullyDeletedLaunchTemplateVersions"][0]["VersionNumber"], 2);
  const Json& failed = output["UnsuccessfullyDeletedLaunchTemplateVersions"];
  ASSERT_EQ(failed.size(), 2U);
  EXPECT_EQ(failed[0]["ResponseError"]["Code"], "unexpectedError");
  EXPECT_EQ(failed[1]["ResponseError"]["Code"], "launchTemplateVersionDoesNotExist");
  EXPECT_THAT(versions({{"LaunchTemplateId", id}}), ElementsAre(1));
}

using ModifyLaunchTemplate = LaunchTemplates;

TEST_F(ModifyLaunchTemplate, SetsTheDefaultVersion) {
  const std::string id = make();
  add_version(id, {{"InstanceType", "t3.nano"}});
  EXPECT_EQ(ec2("ModifyLaunchTemplate",
                {{"LaunchTemplateName", "web"},
                 {"DefaultVersion", "2"}})["LaunchTemplate"]["DefaultVersionNumber"],
            2);
  EXPECT_EQ(
      ec2_error("ModifyLaunchTemplate", {{"LaunchTemplateId", id}, {"DefaultVersion", "3"}}),
      "InvalidLaunchTemplateId.VersionNotFound: The launch template version 3 is not found for "
      "the specified launch template.");
}

using DeleteLaunchTemplate = LaunchTemplates;

TEST_F(DeleteLaunchTemplate, TakesItOut) {
  make();
  EXPECT_EQ(ec2("DeleteLaunchTemplate",
                {{"LaunchTemplateName", "web"}})["LaunchTemplate"]["LaunchTemplateName"],
            "web");
  expect_refusals({
      {"DeleteLaunchTemplate",
       {{"LaunchTemplateName", "web"}},
       "InvalidLaunchTemplateName.NotFoundException: The specified launch template, with template "
       "name web, does not exist."},
      {"DeleteLaunchTemplate",
       {{"LaunchTemplateId", kAbsent}},
       "InvalidLaunchTemplateId.NotFound: The specified launch template, with template ID "
       "lt-0123456789abcdef0, does not exist."},
      {"DeleteLaunchTemplate",
       {{"LaunchTemplateId", kAbsent}, {"LaunchTemplateName", "web"}},
       "InvalidParameterCombination: Either provide launch template ID or launch template name to "
       "delete the template."},
  });
}

using DescribeLaunchTemplates = LaunchTemplates;

TEST_F(DescribeLaunchTemplates, FindsByNameAndFilter) {
  make("web");
  make("database");
  const auto names = [&](const Json& input) {
    return column(ec2("DescribeLaunchTemplates", input)["LaunchTemplates"], "LaunchTemplateName");
  };
  EXPECT_THAT(names({{"LaunchTemplateNames", {"web"}}}), ElementsAre("web"));
  EXPECT_THAT(names(filter("launch-template-name", {"data*"})), ElementsAre("database"));
  EXPECT_THAT(names(filter("tag:a", {"b"})), IsEmpty());
  EXPECT_EQ(ec2_error("DescribeLaunchTemplates", {{"LaunchTemplateNames", {"nobody"}}}),
            "InvalidLaunchTemplateName.NotFoundException: At least one of the launch templates "
            "specified in the request does not exist.");
}

using RunInstancesFromALaunchTemplate = LaunchTemplates;

// AWS takes any user data into a template.
TEST_F(RunInstancesFromALaunchTemplate, RefusesUserDataThatIsNotBase64) {
  make("web", {{"ImageId", kImageId}, {"UserData", "not base64!"}});
  EXPECT_EQ(ec2_error("RunInstances", {{"LaunchTemplate", {{"LaunchTemplateName", "web"}}},
                                       {"MinCount", 1},
                                       {"MaxCount", 1}}),
            "InvalidParameterValue: Invalid BASE64 encoding of user data.");
}

TEST_F(RunInstancesFromALaunchTemplate, LaysTheCallOverTheTemplate) {
  const std::string id = make("web", {{"ImageId", kImageId},
                                      {"InstanceType", "t3.nano"},
                                      {"TagSpecifications", {tagged("instance", "from", "lt")}}});
  const Json plain = ec2("RunInstances", {{"LaunchTemplate", {{"LaunchTemplateName", "web"}}},
                                          {"MinCount", 1},
                                          {"MaxCount", 1}})["Instances"][0];
  EXPECT_EQ(plain["InstanceType"], "t3.nano");
  EXPECT_EQ(plain["Tags"],
            Json::array({Json{{"Key", "aws:ec2launchtemplate:id"}, {"Value", id}},
                         Json{{"Key", "aws:ec2launchtemplate:version"}, {"Value", "1"}},
                         Json{{"Key", "from"}, {"Value", "lt"}}}));
  EXPECT_EQ(ec2("RunInstances", {{"LaunchTemplate", {{"LaunchTemplateId", id}}},
                                 {"InstanceType", "t3.micro"},
                                 {"MinCount", 1},
                                 {"MaxCount", 1}})["Instances"][0]["InstanceType"],
            "t3.micro");
}

}  // namespace
}  // namespace cloudchamber::mock::ec2
