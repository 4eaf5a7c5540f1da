#include "cloudchamber/collection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sdk/resource/ec2_answers.h"

namespace cloudchamber {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct InstancesStage : Stage {
  Resource ec2 = session().resource("ec2");
  Collection instances = ec2.collection("instances");

  void answer_page(const InstanceIds& ids, const std::string& more = "") {
    script->answer(200, {}, instances_page(ids, more));
  }
  static InstanceIds ids(const Collection& collection) {
    InstanceIds found;
    for (const Resource& instance : collection) found.push_back(instance.identifier("id"));
    return found;
  }
};

TEST(Collection, SendsNothingUntilItIsIterated) {
  InstancesStage stage;
  const Collection some = stage.instances.all().filter({{"InstanceIds", {"i-1"}}}).limit(3);
  static_cast<void>(some.pages());
  EXPECT_THAT(stage.script->requests(), IsEmpty());
}

TEST(Collection, GoesThroughAllPagesEvenEmptyOnes) {
  InstancesStage stage;
  stage.answer_page({"i-1", "i-2"}, "one");
  stage.answer_page({}, "two");
  stage.answer_page({"i-3"});
  EXPECT_THAT(stage.ids(stage.instances.all()), ElementsAre("i-1", "i-2", "i-3"));
  EXPECT_EQ(form(stage.request(2))["NextToken"], "two");
}

TEST(Collection, GivesResourcesWithTheirData) {
  InstancesStage stage;
  stage.script->answer(200, {}, instances_page({"i-1"}, "", "<imageId>ami-1</imageId>"));
  for (const Resource& instance : stage.instances)
    EXPECT_EQ(instance.attribute("image_id"), "ami-1");
  EXPECT_EQ(stage.script->requests().size(), 1U);
}

TEST(Collection, MayBeIteratedAgainAndAsksAgain) {
  InstancesStage stage;
  stage.answer_page({"i-1"});
  stage.answer_page({"i-2"});
  EXPECT_THAT(stage.ids(stage.instances), ElementsAre("i-1"));
  EXPECT_THAT(stage.ids(stage.instances), ElementsAre("i-2"));
}

TEST(Filter, ChangesNeitherTheBaseNorTheCallersArguments) {
  InstancesStage stage;
  const Collection base = stage.instances.filter({{"InstanceIds", {"i-1", "i-2", "i-3"}}});
  Json filters = {{{"Name", "tenancy"}, {"Values", {"dedicated"}}}};
  const Collection filtered1 = base.filter({{"Filters", filters}});
  filters.push_back({{"Name", "instance-type"}, {"Values", {"t1.micro"}}});
  const Collection filtered2 = base.filter({{"Filters", filters}});
  for (int i = 0; i < 3; ++i) stage.answer_page({});
  for (const Collection& collection : {base, filtered1, filtered2}) stage.ids(collection);

  const std::vector<std::size_t> filters_sent = {0, 1, 2};
  for (std::size_t i = 0; i < filters_sent.size(); ++i) {
    const auto fields = form(stage.request(i));
    EXPECT_EQ(fields.at("InstanceId.3"), "i-3");
    EXPECT_EQ(fields.count("Filter.1.Name"), filters_sent[i] > 0 ? 1U : 0U);
    EXPECT_EQ(fields.count("Filter.2.Name"), filters_sent[i] > 1 ? 1U : 0U);
    EXPECT_EQ(fields.count("Filter.3.Name"), 0U);
  }
  EXPECT_EQ(filters.size(), 2U);
}

TEST(Filter, JoinsListsAndReplacesTheRest) {
  InstancesStage stage;
  stage.answer_page({});
  stage.ids(stage.instances.filter({{"InstanceIds", {"i-1"}}, {"MaxResults", 5}})
                .filter({{"InstanceIds", {"i-2"}}, {"MaxResults", 6}}));
  const auto fields = form(stage.request());
  EXPECT_EQ(fields.at("InstanceId.1"), "i-1");
  EXPECT_EQ(fields.at("InstanceId.2"), "i-2");
  EXPECT_EQ(fields.at("MaxResults"), "6");
}

TEST(Filter, IsAddedToTheCollectionsOwn) {
  InstancesStage stage;
  stage.answer_page({});
  const Resource subnet = stage.ec2.subresource("Subnet", {"subnet-1"});
  stage.ids(subnet.collection("instances")
                .filter({{"Filters", {{{"Name", "tenancy"}, {"Values", {"dedicated"}}}}}}));
  const auto fields = form(stage.request());
  EXPECT_EQ(fields.at("Filter.1.Name"), "subnet-id");
  EXPECT_EQ(fields.at("Filter.1.Value.1"), "subnet-1");
  EXPECT_EQ(fields.at("Filter.2.Name"), "tenancy");
}

// The filters of boto3's own guide are misspelt so.
TEST(Filter, InLowerCaseIsRefusedBeforeSendingAndToldWhatWasMeant) {
  InstancesStage stage;
  const Collection wrong =
      stage.instances.filter({{"Filters", {{{"name", "tenancy"}, {"value", "dedicated"}}}}});
  try {
    stage.ids(wrong);
    FAIL() << "nothing was thrown";
  } catch (const ParamValidationError& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("Unknown parameter in Filters[0]: \"name\", must be one of: "
                          "Name, Values; did you mean \"Name\"?"));
    EXPECT_THAT(error.what(), HasSubstr("\"value\", must be one of: Name, Values; did you mean "
                                        "\"Values\"?"));
  }
  EXPECT_THAT(stage.script->requests(), IsEmpty());
  EXPECT_THROW(static_cast<void>(stage.instances.filter(Json::array())), ParamValidationError);
}

struct LimitRow {
  std::int64_t limit;
  InstanceIds ids;
  std::size_t requests;
};

TEST(Limit, EndsWithoutAskingForMore) {
  const std::vector<LimitRow> rows = {{0, {}, 0},
                                      {1, {"i-1"}, 1},
                                      {2, {"i-1", "i-2"}, 1},
                                      {3, {"i-1", "i-2", "i-3"}, 2},
                                      {4, {"i-1", "i-2", "i-3", "i-4"}, 2},
                                      {5, {"i-1", "i-2", "i-3", "i-4"}, 2}};
  for (const LimitRow& row : rows) {
    InstancesStage stage;
    stage.answer_page({"i-1", "i-2"}, "one");
    stage.answer_page({"i-3", "i-4"});
    EXPECT_EQ(stage.ids(stage.instances.limit(row.limit)), row.ids);
    EXPECT_EQ(stage.script->requests().size(), row.requests) << row.limit;
  }
  InstancesStage stage;
  EXPECT_THROW(static_cast<void>(stage.instances.limit(-1)), ParamValidationError);
}

TEST(PageSize, IsAskedForWithEachRequest) {
  InstancesStage stage;
  stage.answer_page({"i-1"}, "one");
  stage.answer_page({"i-2"});
  stage.ids(stage.instances.page_size(5));
  EXPECT_EQ(form(stage.request(0))["MaxResults"], "5");
  EXPECT_EQ(form(stage.request(1))["MaxResults"], "5");
  for (const std::int64_t wrong : {0, -1})
    EXPECT_THROW(static_cast<void>(stage.instances.page_size(wrong)), ParamValidationError);
}

TEST(PageSize, MeansNothingWhereThereAreNoPages) {
  InstancesStage stage;
  stage.script->answer(200, {}, "<DescribePlacementGroupsResponse/>");
  for (const Resource& group : stage.ec2.collection("placement_groups").page_size(5))
    ADD_FAILURE() << group;
  EXPECT_EQ(form(stage.request()).count("MaxResults"), 0U);
}

TEST(CollectionPages, AreVectorsOfResources) {
  InstancesStage stage;
  stage.answer_page({"i-1", "i-2"}, "one");
  stage.answer_page({}, "two");
  stage.answer_page({"i-3"});
  std::vector<std::size_t> sizes;
  for (const std::vector<Resource>& page : stage.instances.pages()) sizes.push_back(page.size());
  EXPECT_THAT(sizes, ElementsAre(2U, 0U, 1U));
}

TEST(BatchAction, IsOneCallForEachPage) {
  InstancesStage stage;
  stage.answer_page({"i-1", "i-2"}, "one");
  stage.script->answer(200, {}, "<StopInstancesResponse/>");
  stage.answer_page({}, "two");
  stage.answer_page({"i-3"});
  stage.script->answer(200, {}, "<StopInstancesResponse/>");
  const std::vector<Json> responses = stage.instances.call("stop", {{"Force", true}});
  ASSERT_EQ(responses.size(), 2U);
  EXPECT_EQ(responses[0]["ResponseMetadata"]["HTTPStatusCode"], 200);
  auto first = form(stage.request(1));
  EXPECT_EQ(first["Action"], "StopInstances");
  EXPECT_EQ(first["InstanceId.1"], "i-1");
  EXPECT_EQ(first["InstanceId.2"], "i-2");
  EXPECT_EQ(first["Force"], "true");
  EXPECT_EQ(form(stage.request(4))["InstanceId.1"], "i-3");
  EXPECT_EQ(stage.script->unused(), 0U);
}

TEST(BatchAction, ThatDoesNotExistIsUnknown) {
  InstancesStage stage;
  try {
    stage.instances.call("stpo");
    FAIL() << "nothing was thrown";
  } catch (const UnknownMemberError& error) {
    EXPECT_STREQ(error.what(),
                 "ec2.instancesCollection(ec2.ServiceResource(), ec2.Instance) has no batch action "
                 "\"stpo\"; did you mean \"stop\"?");
  }
}

TEST(Collection, OfAnUnknownNameIsNone) {
  InstancesStage stage;
  EXPECT_THROW(static_cast<void>(stage.ec2.collection("instance")), UnknownMemberError);
}

}  // namespace
}  // namespace cloudchamber
