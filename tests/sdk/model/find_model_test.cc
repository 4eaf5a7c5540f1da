#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "sdk/model/service_model.h"

namespace cloudchamber {
namespace {

using ::testing::ElementsAre;

struct Row {
  const char* service;
  Protocol protocol;
  std::size_t operations;
  std::size_t shapes;
  std::size_t paginators;
  std::size_t waiters;
  std::size_t resources;
};

TEST(FindModel, HoldsEveryOperationOfTheEightServices) {
  const Row rows[] = {{"cloudformation", Protocol::kQuery, 90, 663, 21, 10, 4},
                      {"dynamodb", Protocol::kJson, 57, 489, 5, 6, 1},
                      {"dynamodbstreams", Protocol::kJson, 4, 56, 0, 0, 0},
                      {"ec2", Protocol::kEc2, 765, 4014, 171, 43, 22},
                      {"iam", Protocol::kQuery, 176, 571, 34, 4, 21},
                      {"s3", Protocol::kRestXml, 111, 690, 7, 4, 18},
                      {"sqs", Protocol::kJson, 23, 114, 2, 0, 2},
                      {"sqs.query", Protocol::kQuery, 23, 100, 2, 0, 2},
                      {"sts", Protocol::kQuery, 11, 98, 0, 0, 0}};
  for (const Row& row : rows) {
    const auto model = find_model(row.service);
    ASSERT_NE(model, nullptr) << row.service;
    EXPECT_EQ(model->protocol, row.protocol) << row.service;
    EXPECT_EQ(model->operations().size(), row.operations) << row.service;
    EXPECT_EQ(model->shapes().size(), row.shapes) << row.service;
    EXPECT_EQ(model->paginators().size(), row.paginators) << row.service;
    EXPECT_EQ(model->waiters().size(), row.waiters) << row.service;
    EXPECT_EQ(model->resources().value("resources", Json::object()).size(), row.resources)
        << row.service;
  }
}

TEST(FindModel, NamesTheServices) {
  EXPECT_THAT(model_names(), ElementsAre("cloudformation", "dynamodb", "dynamodbstreams", "ec2",
                                         "iam", "s3", "sqs", "sts"));
}

TEST(FindModel, KnowsNoOther) {
  EXPECT_EQ(find_model("sns"), nullptr);
  EXPECT_EQ(find_model(""), nullptr);
}

TEST(FindModel, LoadsAModelOnce) { EXPECT_EQ(find_model("sts"), find_model("sts")); }

TEST(FindModel, MayBeCalledFromManyThreadsAtOnce) {
  std::vector<std::shared_ptr<const ServiceModel>> seen(8);
  std::vector<std::jthread> threads;
  for (auto& slot : seen) {
    threads.emplace_back([&slot] {
      slot = find_model("cloudformation");
      (void)slot->waiters();
    });
  }
  threads.clear();
  for (const auto& model : seen) EXPECT_EQ(model, seen.front());
}

TEST(FindModel, CallsBothFormsOfSqsBySqs) {
  EXPECT_EQ(find_model("sqs.query")->name, "sqs");
  EXPECT_TRUE(find_model("sqs")->query_compatible);
  EXPECT_EQ(find_model("sqs.query")->find_operation("ReceiveMessage")->result_wrapper,
            "ReceiveMessageResult");
}

TEST(FindModel, ReadsTheTraitsThatTheServicesHangOn) {
  const auto s3 = find_model("s3");
  const Operation* put = s3->find_operation("PutObject");
  EXPECT_EQ(put->request_uri, "/{Bucket}/{Key+}");
  EXPECT_EQ(put->streaming_input()->name, "Body");
  EXPECT_TRUE(put->streaming_input()->streaming);
  EXPECT_EQ(put->checksum_algorithm_member, "ChecksumAlgorithm");
  EXPECT_EQ(s3->find_operation("GetObject")->streaming_output()->name, "Body");
  EXPECT_EQ(s3->find_shape("GetObjectOutput")->find("Metadata")->location, Location::kHeaders);
  EXPECT_EQ(s3->find_shape("Expires")->type, ShapeType::kTimestamp) << "from the sdk-extras";
  EXPECT_EQ(s3->find_operation("WriteGetObjectResponse")->endpoint_host_prefix, "{RequestRoute}.");

  const auto ec2 = find_model("ec2");
  EXPECT_EQ(ec2->find_shape("RunInstancesRequest")->find("BlockDeviceMappings")->wire_name(),
            "BlockDeviceMapping");

  const auto dynamodb = find_model("dynamodb");
  EXPECT_EQ(dynamodb->target_prefix, "DynamoDB_20120810");
  EXPECT_EQ(dynamodb->json_version, "1.0");
  const Shape* value = dynamodb->find_shape("AttributeValue");
  EXPECT_EQ(value->find("L")->shape->element.shape, value);

  EXPECT_EQ(find_model("dynamodbstreams")->signing_name, "dynamodb");
  EXPECT_TRUE(find_model("sts")->find_operation("AssumeRoleWithSAML")->no_auth);
  EXPECT_EQ(find_model("iam")->global_endpoint, "iam.amazonaws.com");
  EXPECT_EQ(find_model("iam")->find_error("EntityAlreadyExists")->name,
            "EntityAlreadyExistsException");
  const Shape* gone = find_model("sqs.query")->find_error("QueueDoesNotExist");
  EXPECT_EQ(gone->error_wire_code(), "AWS.SimpleQueueService.NonExistentQueue");
}

TEST(FindModel, MergesTheExtrasOfPaginators) {
  EXPECT_EQ(find_model("s3")->paginators()["ListObjectsV2"]["non_aggregate_keys"],
            Json({"RequestCharged", "Prefix"}));
}

}  // namespace
}  // namespace cloudchamber
