#include "recordings/bind/preconditions.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "mock-server/call/aws_error.h"
#include "mock-server/call/dispatch.h"
#include "recordings/bind/object_preconditions.h"
#include "recordings/bind/projected.h"
#include "recordings/bind/text_of.h"
#include "sdk/codec/bytes.h"
#include "sdk/serialize/serializer.h"
#include "sdk/sign/signing_keys.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::recordings {
namespace {

constexpr TimePoint kBucketsBecameClosed{Seconds(1'682'640'000)};  // 2023-04-28

// Parameters by which a scan shows less than all items with all their attributes.
constexpr std::array kPartly = {"IndexName",
                                "Limit",
                                "FilterExpression",
                                "ProjectionExpression",
                                "Segment",
                                "ExclusiveStartKey",
                                "AttributesToGet",
                                "ScanFilter",
                                "Select"};

class Looker {
 public:
  void look(const RecordedCall& recorded) {
    const std::string service = recorded.service();
    if (service == "s3") {
      bucket(recorded);
      objects_.look(recorded);
    } else if (service == "sqs") {
      queue(recorded);
    } else if (service == "dynamodb") {
      table(recorded);
      items(recorded);
    }
  }

  [[nodiscard]] Preconditions take() {
    std::vector<Precondition> objects = objects_.take();
    std::move(objects.begin(), objects.end(), std::back_inserter(found_.calls));
    return std::move(found_);
  }

 private:
  // Is this the first that is heard of it?
  bool is_new(const std::string& kind, const std::string& name) {
    return !name.empty() && known_.insert(kind + name).second;
  }

  void bucket(const RecordedCall& recorded) {
    const std::string name = text_of(recorded.request.parameters, "Bucket");
    if (name.empty() || known_.contains("bucket " + name)) return;
    const HttpResponse& response = recorded.response;
    const std::string elsewhere(response.headers.get("x-amz-bucket-region"));
    if (recorded.operation() == "CreateBucket") {
      known_.insert("bucket " + name);
      return;
    }
    const bool there = response.status < 300 || !elsewhere.empty() ||
                       (response.status >= 400 && response.status != 404 &&
                        response.status != 403 && response.status < 500) ||
                       recorded.error.code == "NoSuchKey";
    if (!there || !is_new("bucket ", name)) return;
    const std::string region = elsewhere.empty() ? recorded.request.region : elsewhere;
    Json input{{"Bucket", name}};
    if (region != "us-east-1")
      input["CreateBucketConfiguration"] = {{"LocationConstraint", region}};
    make(recorded, "CreateBucket", input, region);
    found_.names.insert(name);
  }

  void queue(const RecordedCall& recorded) {
    std::string name = text_of(recorded.request.parameters, "QueueName");
    if (name.empty()) {
      const std::string url = text_of(recorded.request.parameters, "QueueUrl");
      name = url.substr(url.rfind('/') + 1);
    }
    if (name.empty() || known_.contains("queue " + name)) return;
    const bool made_now = recorded.operation() == "CreateQueue";
    if (!made_now && !recorded.succeeded()) return;
    if (!is_new("queue ", name) || made_now) return;
    Json input{{"QueueName", name}};
    if (name.ends_with(".fifo")) input["Attributes"] = {{"FifoQueue", "true"}};
    make(recorded, "CreateQueue", input, recorded.request.region);
    found_.names.insert(name);
  }

  void table(const RecordedCall& recorded) {
    const std::string name = text_of(recorded.request.parameters, "TableName");
    if (recorded.operation() == "CreateTable") {
      known_.insert("table " + name);
      return;
    }
    if (recorded.operation() != "DescribeTable" || !recorded.succeeded() || !is_new("table ", name))
      return;
    const auto table = recorded.result.find("Table");
    const Operation* create = recorded.request.model->find_operation("CreateTable");
    if (table == recorded.result.end() || create == nullptr) return;
    Json input = projected(*create->input, *table);
    if (table->contains("BillingModeSummary")) {
      input["BillingMode"] = table->at("BillingModeSummary").value("BillingMode", "PROVISIONED");
      if (input["BillingMode"] == "PAY_PER_REQUEST") {
        input.erase("ProvisionedThroughput");
        if (input.contains("GlobalSecondaryIndexes"))
          for (Json& index : input["GlobalSecondaryIndexes"]) index.erase("ProvisionedThroughput");
      }
    }
    make(recorded, "CreateTable", input, recorded.request.region);
    found_.names.insert(name);
    tables_.insert(name);
  }

  // What the first scan of all of it tells, if nothing was written before.
  void items(const RecordedCall& recorded) {
    const Json& parameters = recorded.request.parameters;
    const std::string name = text_of(parameters, "TableName");
    if (!tables_.contains(name)) {
      // Other operations name several tables.
      if (recorded.operation() == "TransactWriteItems" || recorded.operation() == "BatchWriteItem")
        tables_.clear();
      return;
    }
    if (recorded.operation() == "Scan" && recorded.succeeded()) {
      tables_.erase(name);
      const bool is_whole =
          std::none_of(kPartly.begin(), kPartly.end(),
                       [&](const char* parameter) { return parameters.contains(parameter); });
      const auto items = recorded.result.find("Items");
      if (!is_whole || items == recorded.result.end()) return;
      for (const Json& item : *items)
        make(recorded, "PutItem", {{"TableName", name}, {"Item", item}}, recorded.request.region);
    } else if (recorded.operation() == "PutItem" || recorded.operation() == "UpdateItem" ||
               recorded.operation() == "DeleteItem") {
      // One that changed nothing tells nothing.
      if (recorded.succeeded()) tables_.erase(name);
    }
  }

  void make(const RecordedCall& because, const char* operation, Json input,
            const std::string& region) {
    found_.calls.push_back({because.service(), operation, std::move(input), region});
  }

  Preconditions found_;
  ObjectLooker objects_;
  std::set<std::string> known_;
  std::set<std::string> tables_;  // whose items may be told yet
};

bool is_made(const Precondition& one, const std::string& account, const mock::MockAws& aws) {
  try {
    static_cast<void>(
        aws.dispatcher().run(one.service, one.operation, one.input, account, one.region));
    return true;
  } catch (const mock::AwsError&) {
    return false;
  }
}

// By a request, since a body is no part of an input.
bool is_put(const Precondition& one, const std::string& account, const mock::MockAws& aws) {
  const auto model = find_model(one.service);
  Json input = one.input;
  const Blob body{std::string(bytes_of(input.at("Body")))};
  input.erase("Body");
  HttpRequest request = serialize(*model, *model->find_operation(one.operation), input, &body);
  request.host = "s3." + one.region + ".amazonaws.com";
  SigningKeys keys;
  const Credentials root{.access_key_id = account, .secret_access_key = "of the recording"};
  sign(request, root, {.region = one.region, .service = model->signing_name}, aws.clock().now(),
       keys, kUnsignedPayload);
  return aws.handle(request).status < 300;
}

}  // namespace

bool buckets_were_open(TimePoint recording_began) {
  return recording_began > TimePoint{} && recording_began < kBucketsBecameClosed;
}

Preconditions preconditions_of(const std::vector<RecordedCall>& calls) {
  Looker looker;
  for (const RecordedCall& recorded : calls) looker.look(recorded);
  return looker.take();
}

Prepared make_preconditions(const std::vector<RecordedCall>& calls, const std::string& account,
                            const mock::MockAws& aws) {
  Preconditions preconditions = preconditions_of(calls);
  Prepared prepared{std::move(preconditions.names), {}};
  for (Precondition& one : preconditions.calls) {
    const bool made =
        one.input.contains("Body") ? is_put(one, account, aws) : is_made(one, account, aws);
    if (!made) continue;
    std::move(one.stands_for.begin(), one.stands_for.end(),
              std::back_inserter(prepared.stands_for));
  }
  return prepared;
}

}  // namespace cloudchamber::recordings
