#include "cloudchamber/resource.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <unordered_set>

#include "cloudchamber/collection.h"
#include "tests/sdk/resource/ec2_answers.h"

namespace cloudchamber {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Ec2Stage : Stage {
  Resource ec2 = session().resource("ec2");
  Resource instance = ec2.subresource("Instance", {"i-1"});

  void answer_instance(const std::string& inside) {
    script->answer(200, {}, instances_page({"i-1"}, "", inside));
  }
};

template <class Exception>
std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Exception& error) {
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

// --- identifiers

TEST(Identifiers, AreGivenInOrderOrByName) {
  Ec2Stage stage;
  const Resource tag = stage.ec2.subresource("Tag", {"i-1", "colour", "blue"});
  EXPECT_EQ(tag.identifier("resource_id"), "i-1");
  EXPECT_EQ(tag.identifier("key"), "colour");
  EXPECT_EQ(tag, stage.ec2.subresource(
                     "Tag", {{"value", "blue"}, {"key", "colour"}, {"resource_id", "i-1"}}));
  EXPECT_EQ(tag, stage.ec2.subresource(
                     "tag", {{"Value", "blue"}, {"Key", "colour"}, {"ResourceId", "i-1"}}));
  EXPECT_TRUE(stage.script->requests().empty());
}

TEST(Identifiers, AreKnownUnderTheMembersName) {
  Ec2Stage stage;
  EXPECT_EQ(stage.instance.attribute("id"), "i-1");
  EXPECT_EQ(stage.instance.attribute("instance_id"), "i-1");
  EXPECT_THAT(stage.instance.meta().identifiers(), ElementsAre("id"));
  EXPECT_TRUE(stage.script->requests().empty());
}

TEST(Identifiers, MayBeNumbers) {
  Stage stage;
  const Resource s3 = stage.session().resource("s3");
  const Resource part = s3.subresource("MultipartUploadPart", {"bucket", "key", "upload", 7});
  EXPECT_EQ(part.identifier("part_number"), 7);
  EXPECT_EQ(part.to_string(),
            "s3.MultipartUploadPart(bucket_name='bucket', object_key='key', "
            "multipart_upload_id='upload', part_number=7)");
  EXPECT_EQ(s3.subresource("MultipartUpload", {"bucket", "key", "upload"}).subresource("Part", {7}),
            part);
}

struct RefusedRow {
  const char* resource;
  Json identifiers;
  const char* message;
};

TEST(Identifiers, ThatDoNotFitAreRefused) {
  Ec2Stage stage;
  const std::vector<RefusedRow> rows = {
      {"Instance", Json::array(), "ec2.Instance has the identifiers id: id was not given"},
      {"Instance", {"a", "b"}, "ec2.Instance has the identifiers id: too many were given"},
      {"Instance", Json::array({7}), "ec2.Instance has the identifiers id: id must be a string"},
      {"Instance",
       {{"idd", "i-1"}},
       "ec2.Instance has the identifiers id: \"idd\" is none of them; did you mean \"id\"?"},
      {"Tag",
       {"i-1", "colour"},
       "ec2.Tag has the identifiers resource_id, key, value: value was not given"},
      {"Instnace",
       {"i-1"},
       "ec2.ServiceResource has no sub-resource \"Instnace\"; did you mean "
       "\"instance\"?"},
  };
  for (const RefusedRow& row : rows) {
    EXPECT_EQ(message_of<UnknownMemberError>(
                  [&] { static_cast<void>(stage.ec2.subresource(row.resource, row.identifiers)); }),
              row.message);
  }
}

TEST(Equality, IsOfTypeAndIdentifiers) {
  Ec2Stage stage;
  Stage other;
  const Resource same = other.session().resource("ec2").subresource("Instance", {"i-1"});
  EXPECT_EQ(stage.instance, same);
  EXPECT_EQ(stage.instance.hash(), same.hash());
  EXPECT_NE(stage.instance, stage.ec2.subresource("Instance", {"i-2"}));
  EXPECT_NE(stage.instance, stage.ec2.subresource("Image", {"i-1"}));
  EXPECT_EQ(stage.ec2, other.session().resource("ec2"));
  const std::unordered_set<Resource> set = {stage.instance, same, stage.ec2};
  EXPECT_EQ(set.size(), 2U);
}

TEST(Meta, LeadsToTheClient) {
  Ec2Stage stage;
  const ResourceMeta meta = stage.instance.meta();
  EXPECT_EQ(meta.service_name(), "ec2");
  EXPECT_EQ(meta.resource_type(), "Instance");
  EXPECT_EQ(meta.client().meta().region_name, "us-east-1");
  EXPECT_EQ(meta.data(), nullptr);
  EXPECT_EQ(meta.client().meta().config.user_agent_extra, "Resource");
}

// --- attributes

TEST(Attribute, LoadsOnceForAll) {
  Ec2Stage stage;
  stage.answer_instance("<privateIpAddress>10.0.0.1</privateIpAddress><imageId>ami-1</imageId>");
  EXPECT_EQ(stage.instance.attribute("private_ip_address"), "10.0.0.1");
  EXPECT_EQ(stage.instance.attribute("ImageId"), "ami-1");
  EXPECT_EQ(stage.instance.attribute("public_ip_address"), Json());
  EXPECT_EQ(stage.instance.meta().data()->at("InstanceId"), "i-1");
  ASSERT_EQ(stage.script->requests().size(), 1U);
  EXPECT_EQ(form(stage.request())["Action"], "DescribeInstances");
  EXPECT_EQ(form(stage.request())["InstanceId.1"], "i-1");
}

TEST(Attribute, IsLoadedForEachCopyByItself) {
  Ec2Stage stage;
  const Resource copy = stage.instance;
  stage.answer_instance("<imageId>ami-1</imageId>");
  EXPECT_EQ(stage.instance.attribute("image_id"), "ami-1");
  EXPECT_EQ(copy.meta().data(), nullptr);
  const Resource loaded = stage.instance;
  EXPECT_EQ(loaded.attribute("image_id"), "ami-1");
}

TEST(Attribute, MayBeLoadedByCopiesInManyThreads) {
  Ec2Stage stage;
  for (int i = 0; i < 8; ++i) stage.answer_instance("<imageId>ami-1</imageId>");
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([copy = stage.instance] {
      EXPECT_EQ(copy.attribute("image_id"), "ami-1");
      EXPECT_EQ(copy.attribute("subnet_id"), Json());
    });
  }
  threads.clear();
  EXPECT_EQ(stage.script->unused(), 0U);
}

TEST(Attribute, IsUnknownUnlessTheShapeHasIt) {
  Ec2Stage stage;
  EXPECT_EQ(message_of<UnknownMemberError>(
                [&] { static_cast<void>(stage.instance.attribute("privat_ip_address")); }),
            "ec2.Instance has no attribute \"privat_ip_address\"; did you mean "
            "\"private_ip_address\"?");
  EXPECT_TRUE(stage.script->requests().empty());
}

TEST(Attribute, CanNotComeFromNowhere) {
  Stage stage;
  const Resource message =
      stage.session().resource("sqs").subresource("Message", {"http://queue", "handle"});
  EXPECT_EQ(
      message_of<ResourceLoadException>([&] { static_cast<void>(message.attribute("body")); }),
      "sqs.Message(queue_url='http://queue', receipt_handle='handle') has no load method");
  Ec2Stage ec2;
  ec2.script->answer(200, {}, instances_page({}));
  EXPECT_EQ(message_of<ResourceLoadException>(
                [&] { static_cast<void>(ec2.instance.attribute("image_id")); }),
            "There is no ec2.Instance(id='i-1') in the response of DescribeInstances");
}

TEST(Reload, AsksAgain) {
  Ec2Stage stage;
  stage.answer_instance("<imageId>ami-1</imageId>");
  stage.instance.load();
  stage.answer_instance("<imageId>ami-2</imageId>");
  EXPECT_EQ(stage.instance.attribute("image_id"), "ami-1");
  stage.instance.reload();
  EXPECT_EQ(stage.instance.attribute("image_id"), "ami-2");
}

TEST(Load, TakesParametersOfItsOwn) {
  Ec2Stage stage;
  stage.answer_instance("");
  stage.instance.load({{"DryRun", false}});
  EXPECT_EQ(form(stage.request())["DryRun"], "false");
}

// --- actions

TEST(Action, FillsInWhatItKnowsAndDropsTheData) {
  Ec2Stage stage;
  stage.answer_instance("<imageId>ami-1</imageId>");
  stage.instance.load();
  stage.script->answer(200, {}, "<StopInstancesResponse/>");
  const Json response = stage.instance.call("stop", {{"Force", true}}).response();
  EXPECT_EQ(response["ResponseMetadata"]["HTTPStatusCode"], 200);
  auto fields = form(stage.request(1));
  EXPECT_EQ(fields["Action"], "StopInstances");
  EXPECT_EQ(fields["InstanceId.1"], "i-1");
  EXPECT_EQ(fields["Force"], "true");
  EXPECT_EQ(stage.instance.meta().data(), nullptr);
}

TEST(Action, TakesTheCallersParameterBeforeItsOwn) {
  Ec2Stage stage;
  stage.script->answer(200, {}, "<StopInstancesResponse/>");
  stage.instance.call("Stop", {{"InstanceIds", {"i-2", "i-3"}}});
  auto fields = form(stage.request());
  EXPECT_EQ(fields["InstanceId.1"], "i-2");
  EXPECT_EQ(fields["InstanceId.2"], "i-3");
}

TEST(Action, GivesOneResourceWithItsData) {
  Ec2Stage stage;
  stage.script->answer(200, {},
                       "<CreateVpcResponse><vpc><vpcId>vpc-1</vpcId>"
                       "<cidrBlock>10.0.0.0/16</cidrBlock></vpc></CreateVpcResponse>");
  const Resource vpc = stage.ec2.call("create_vpc", {{"CidrBlock", "10.0.0.0/16"}}).resource();
  EXPECT_EQ(vpc.to_string(), "ec2.Vpc(id='vpc-1')");
  EXPECT_EQ(vpc.attribute("cidr_block"), "10.0.0.0/16");
  EXPECT_EQ(stage.script->requests().size(), 1U);
}

TEST(Action, GivesManyResources) {
  Ec2Stage stage;
  stage.script->answer(200, {},
                       "<RunInstancesResponse><instancesSet>"
                       "<item><instanceId>i-1</instanceId><imageId>a</imageId></item>"
                       "<item><instanceId>i-2</instanceId><imageId>b</imageId></item>"
                       "</instancesSet></RunInstancesResponse>");
  const auto made =
      stage.ec2.call("create_instances", {{"MinCount", 2}, {"MaxCount", 2}}).resources();
  ASSERT_EQ(made.size(), 2U);
  EXPECT_EQ(made[0].identifier("id"), "i-1");
  EXPECT_EQ(made[1].attribute("image_id"), "b");
}

TEST(Action, WhoseResponseNamesNoResourceGivesNone) {
  Ec2Stage stage;
  stage.script->answer(200, {}, "<CreateVpcResponse/>");
  const ActionResult result = stage.ec2.call("create_vpc", {{"CidrBlock", "10.0.0.0/16"}});
  EXPECT_TRUE(result.resources().empty());
  EXPECT_EQ(message_of<ResourceLoadException>([&] { static_cast<void>(result.resource()); }),
            "The response to ec2.ServiceResource.create_vpc names no resource");
}

TEST(Action, ThatDoesNotExistIsUnknown) {
  Ec2Stage stage;
  EXPECT_EQ(message_of<UnknownMemberError>([&] { stage.instance.call("stopp"); }),
            "ec2.Instance has no action \"stopp\"; did you mean \"stop\"?");
}

TEST(Action, IsRefusedBeforeSendingWhereTheModelForbids) {
  Ec2Stage stage;
  EXPECT_THAT(message_of<ParamValidationError>([&] {
                stage.instance.call("stop", {{"Forc", 1}});
              }),
              HasSubstr("did you mean \"Force\"?"));
  EXPECT_THROW(stage.instance.call("stop", Json::array({1})), ParamValidationError);
  EXPECT_TRUE(stage.script->requests().empty());
}

TEST(CreateTags, GivesATagForEachResourceWithEachTag) {
  Ec2Stage stage;
  stage.script->answer(200, {}, "<CreateTagsResponse/>");
  const auto tags =
      stage.ec2
          .call("create_tags",
                {{"Resources", {"i-1", "i-2"}},
                 {"Tags", {{{"Key", "a"}, {"Value", "1"}}, {{"Key", "b"}, {"Value", "2"}}}}})
          .resources();
  ASSERT_EQ(tags.size(), 4U);
  EXPECT_EQ(tags[1].to_string(), "ec2.Tag(resource_id='i-1', key='b', value='2')");
  EXPECT_EQ(tags[2].to_string(), "ec2.Tag(resource_id='i-2', key='a', value='1')");
}

TEST(CreateTags, OfOneInstanceGivesItsTags) {
  Ec2Stage stage;
  stage.script->answer(200, {}, "<CreateTagsResponse/>").answer(200, {}, "<DeleteTagsResponse/>");
  const Json tags = {{{"Key", "a"}, {"Value", "1"}}, {{"Key", "b"}, {"Value", "2"}}};
  const auto made = stage.instance.call("create_tags", {{"Tags", tags}}).resources();
  ASSERT_EQ(made.size(), 2U);
  EXPECT_EQ(made[1].to_string(), "ec2.Tag(resource_id='i-1', key='b', value='2')");
  stage.instance.call("delete_tags", {{"Tags", tags}});
  EXPECT_EQ(form(stage.request(1))["ResourceId.1"], "i-1");
}

// --- relations

TEST(Reference, IsWhatTheDataNames) {
  Ec2Stage stage;
  stage.answer_instance(
      "<vpcId>vpc-1</vpcId><networkInterfaceSet>"
      "<item><networkInterfaceId>eni-1</networkInterfaceId></item>"
      "<item><networkInterfaceId>eni-2</networkInterfaceId>"
      "<subnetId>subnet-2</subnetId></item></networkInterfaceSet>");
  EXPECT_EQ(stage.instance.reference("vpc")->to_string(), "ec2.Vpc(id='vpc-1')");
  EXPECT_EQ(stage.instance.reference("subnet"), std::nullopt);
  const auto interfaces = stage.instance.references("network_interfaces");
  ASSERT_EQ(interfaces.size(), 2U);
  EXPECT_EQ(interfaces[1].attribute("subnet_id"), "subnet-2");
  EXPECT_EQ(stage.instance.attribute("network_interfaces_attribute").size(), 2U);
  EXPECT_EQ(stage.script->requests().size(), 1U);
}

TEST(SubResource, KnowsItsParentsIdentifiers) {
  Stage stage;
  const Resource s3 = stage.session().resource("s3");
  const Resource object = s3.subresource("Bucket", {"films"}).subresource("Object", {"brazil"});
  EXPECT_EQ(object.to_string(), "s3.Object(bucket_name='films', key='brazil')");
  EXPECT_EQ(object.subresource("Bucket").to_string(), "s3.Bucket(name='films')");
  EXPECT_THAT(object.get_available_subresources(),
              ElementsAre("Acl", "Bucket", "MultipartUpload", "Version"));
}

// --- waiters

TEST(WaitUntil, AsksUntilItIsSo) {
  using namespace std::chrono_literals;
  Ec2Stage stage;
  stage.answer_instance("<instanceState><name>pending</name></instanceState>");
  stage.answer_instance("<instanceState><name>running</name></instanceState>");
  const TimePoint start = stage.clock->now();
  stage.instance.wait_until("running", Json::object(), {.delay = 7s});
  EXPECT_EQ(stage.clock->now() - start, 7s);
  EXPECT_EQ(form(stage.request())["InstanceId.1"], "i-1");
  stage.answer_instance("<instanceState><name>running</name></instanceState>");
  stage.instance.wait_until("wait_until_running");
  stage.answer_instance("<instanceState><name>running</name></instanceState>");
  stage.instance.wait_until("Running");
  EXPECT_EQ(
      message_of<UnknownMemberError>([&] { stage.instance.wait_until("runing"); }),
      "ec2.Instance has no waiter \"wait_until_runing\"; did you mean \"wait_until_running\"?");
}

// --- the session

TEST(SessionResource, ExistsForServicesWithResources) {
  Stage stage;
  EXPECT_THAT(stage.session().get_available_resources(),
              ElementsAre("cloudformation", "dynamodb", "ec2", "iam", "s3", "sqs"));
  EXPECT_THAT(message_of<ResourceNotExistsError>(
                  [&] { static_cast<void>(stage.session().resource("sts")); }),
              HasSubstr("The 'sts' resource does not exist."));
  EXPECT_THROW(static_cast<void>(stage.session().resource("ec3")), UnknownServiceError);
}

TEST(SessionResource, PassesTheOptionsToItsClient) {
  Stage stage;
  const Resource sqs = stage.session().resource("sqs", {.region_name = "ap-northeast-1"});
  EXPECT_EQ(sqs.meta().client().meta().endpoint_url, "https://sqs.ap-northeast-1.amazonaws.com");
}

TEST(DefaultSession, MakesResources) {
  Stage stage;
  setup_default_session(stage.options());
  EXPECT_EQ(resource("sqs").meta().client().meta().region_name, "us-east-1");
  EXPECT_EQ(resource("sqs", {.region_name = "eu-west-1"}).meta().client().meta().region_name,
            "eu-west-1");
}

}  // namespace
}  // namespace cloudchamber
