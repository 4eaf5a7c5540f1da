// What things cost without a socket: calls through SDK and server, signed and verified; worlds and
// clients made; forks.
#include <benchmark/benchmark.h>
#include <cloudchamber/cloudchamber.h>
#include <cloudchamber/in_process_transport.h>
#include <cloudchamber/virtual_clock.h>

#include <chrono>
#include <memory>
#include <string>

#include "mock-server/call/dispatch.h"
#include "mock-server/mock_aws.h"
#include "recordings/verify/verify.h"

namespace cloudchamber {
namespace {

using mock::MockAws;

void make_table(const Client& dynamodb, const std::string& name) {
  dynamodb.call("CreateTable",
                {{"TableName", name},
                 {"AttributeDefinitions", {{{"AttributeName", "id"}, {"AttributeType", "S"}}}},
                 {"KeySchema", {{{"AttributeName", "id"}, {"KeyType", "HASH"}}}},
                 {"BillingMode", "PAY_PER_REQUEST"}});
}

void new_world(benchmark::State& state) {
  for (auto _ : state) {
    const MockAws aws;
    benchmark::DoNotOptimize(&aws);
  }
}
BENCHMARK(new_world)->Unit(benchmark::kMicrosecond);

void new_client(benchmark::State& state) {
  const MockAws aws;
  const Session session = aws.session();
  for (auto _ : state) benchmark::DoNotOptimize(session.client("dynamodb"));
}
BENCHMARK(new_client)->Unit(benchmark::kMicrosecond);

void dynamodb_get_item(benchmark::State& state) {
  const MockAws aws;
  const Client dynamodb = aws.session().client("dynamodb");
  make_table(dynamodb, "bench");
  dynamodb.call("PutItem", {{"TableName", "bench"},
                            {"Item",
                             {{"id", {{"S", "key"}}},
                              {"name", {{"S", std::string(60, 'n')}}},
                              {"count", {{"N", "12345"}}},
                              {"text", {{"S", std::string(60, 't')}}}}}});
  const Json input = {{"TableName", "bench"}, {"Key", {{"id", {{"S", "key"}}}}}};
  for (auto _ : state) benchmark::DoNotOptimize(dynamodb.call("GetItem", input));
}
BENCHMARK(dynamodb_get_item)->Unit(benchmark::kMicrosecond);

void sqs_send_message(benchmark::State& state) {
  const MockAws aws;
  const Client sqs = aws.session().client("sqs");
  const std::string url = sqs.call("CreateQueue", {{"QueueName", "bench"}}).at("QueueUrl");
  const Json input = {{"QueueUrl", url}, {"MessageBody", "hello"}};
  for (auto _ : state) benchmark::DoNotOptimize(sqs.call("SendMessage", input));
}
BENCHMARK(sqs_send_message)->Unit(benchmark::kMicrosecond);

// Sends are made without the SDK. Of the messages a tenth is in flight, in groups of ten where
// there are groups: nothing here may cost more than in an empty queue.
void sqs_send_receive_delete_among_100000(benchmark::State& state) {
  const bool fifo = state.range(0) == 1;
  const MockAws aws;
  const Client sqs = aws.session().client("sqs");
  const std::string name = fifo ? "bench.fifo" : "bench";
  const Json attributes = fifo ? Json{{"FifoQueue", "true"}} : Json::object();
  const std::string url =
      sqs.call("CreateQueue", {{"QueueName", name}, {"Attributes", attributes}}).at("QueueUrl");
  int number = 0;
  const auto message = [&] {
    const std::string id = std::to_string(++number);
    Json input{{"QueueUrl", url}, {"MessageBody", id}};
    if (fifo) {
      input["MessageGroupId"] = std::to_string(number / 10);
      input["MessageDeduplicationId"] = id;
    }
    return input;
  };
  while (number < 100'000)
    benchmark::DoNotOptimize(aws.dispatcher().run("sqs", "SendMessage", message()));
  for (int i = 0; i < 1'000; ++i) {
    benchmark::DoNotOptimize(aws.dispatcher().run(
        "sqs", "ReceiveMessage", {{"QueueUrl", url}, {"MaxNumberOfMessages", 10}}));
  }
  for (auto _ : state) {
    sqs.call("SendMessage", message());
    const Json got = sqs.call("ReceiveMessage", {{"QueueUrl", url}});
    sqs.call("DeleteMessage",
             {{"QueueUrl", url}, {"ReceiptHandle", got.at("Messages").at(0).at("ReceiptHandle")}});
    benchmark::DoNotOptimize(
        sqs.call("GetQueueAttributes", {{"QueueUrl", url}, {"AttributeNames", {"All"}}}));
  }
}
BENCHMARK(sqs_send_receive_delete_among_100000)
    ->ArgName("fifo")
    ->Arg(0)
    ->Arg(1)
    ->Unit(benchmark::kMicrosecond);

void sqs_send_receive_delete(benchmark::State& state) {
  const MockAws aws;
  const Client sqs = aws.session().client("sqs");
  const std::string url = sqs.call("CreateQueue", {{"QueueName", "bench"}}).at("QueueUrl");
  for (auto _ : state) {
    sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "hello"}});
    const Json got = sqs.call("ReceiveMessage", {{"QueueUrl", url}});
    sqs.call("DeleteMessage",
             {{"QueueUrl", url}, {"ReceiptHandle", got.at("Messages").at(0).at("ReceiptHandle")}});
  }
}
BENCHMARK(sqs_send_receive_delete)->Unit(benchmark::kMicrosecond);

// A page of one filter's, that lets a tenth of the instances through.
void ec2_describe_instances_among_10000(benchmark::State& state) {
  const MockAws aws;
  const Client ec2 = aws.session().client("ec2");
  const auto launch = [&](const char* zone, const char* type, int count) {
    benchmark::DoNotOptimize(aws.dispatcher().run("ec2", "RunInstances",
                                                  {{"ImageId", "ami-0123456789abcdef0"},
                                                   {"InstanceType", type},
                                                   {"MinCount", count},
                                                   {"MaxCount", count},
                                                   {"Placement", {{"AvailabilityZone", zone}}}}));
  };
  for (const char* zone : {"us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e"}) {
    launch(zone, "t3.nano", 1800);
    launch(zone, "m5.large", 200);
  }
  aws.clock().advance(std::chrono::seconds(1));
  const Json input{
      {"MaxResults", 100},
      {"Filters", Json::array({Json{{"Name", "instance-type"}, {"Values", {"m5.*"}}},
                               Json{{"Name", "instance-state-name"}, {"Values", {"running"}}}})}};
  if (ec2.call("DescribeInstances", input).value("NextToken", "").empty())
    state.SkipWithError("the first page is not full");
  for (auto _ : state) benchmark::DoNotOptimize(ec2.call("DescribeInstances", input));
}
BENCHMARK(ec2_describe_instances_among_10000)->Unit(benchmark::kMicrosecond);

void cloudformation_stack_of_50_resources(benchmark::State& state) {
  std::string body = "Resources:\n";
  for (int i = 0; i < 50; ++i) {
    const std::string name = std::to_string(i);
    body += "  Q" + name + ": {Type: AWS::SQS::Queue";
    if (i % 5 != 0) body += ", DependsOn: Q" + std::to_string(i - 1);
    body += "}\n";
  }
  for (auto _ : state) {
    state.PauseTiming();
    const MockAws aws;
    const Client cloudformation = aws.session().client("cloudformation");
    state.ResumeTiming();
    cloudformation.call("CreateStack", {{"StackName", "s"}, {"TemplateBody", body}});
    aws.clock().advance(std::chrono::milliseconds(1));
    const Json stacks = cloudformation.call("DescribeStacks", {{"StackName", "s"}});
    if (stacks.at("Stacks").at(0).at("StackStatus") != "CREATE_COMPLETE")
      state.SkipWithError("the stack is not complete");
  }
}
BENCHMARK(cloudformation_stack_of_50_resources)->Unit(benchmark::kMicrosecond);

void s3_put_object_1_mib(benchmark::State& state) {
  const MockAws aws;
  const Client s3 = aws.session().client("s3");
  s3.call("CreateBucket", {{"Bucket", "bench"}});
  const Blob body(std::string(1024 * 1024, 'x'));
  for (auto _ : state)
    s3.call("PutObject", {{"Bucket", "bench"}, {"Key", "object"}}, {.body = body});
}
BENCHMARK(s3_put_object_1_mib)->Unit(benchmark::kMicrosecond);

void s3_get_object_1_mib(benchmark::State& state) {
  const MockAws aws;
  const Client s3 = aws.session().client("s3");
  s3.call("CreateBucket", {{"Bucket", "bench"}});
  s3.call("PutObject", {{"Bucket", "bench"}, {"Key", "object"}},
          {.body = Blob(std::string(1024 * 1024, 'x'))});
  for (auto _ : state) {
    Blob body;
    s3.call("GetObject", {{"Bucket", "bench"}, {"Key", "object"}}, {.output_body = &body});
    benchmark::DoNotOptimize(body.size());
  }
}
BENCHMARK(s3_get_object_1_mib)->Unit(benchmark::kMicrosecond);

// As they come: of four services, a tenth of them refused, with ids to be bound.
Recording recording_of_1000() {
  Recording recording;
  const auto clock = std::make_shared<VirtualClock>();
  const MockAws aws({.seed = 4711, .clock = clock});
  recording.seed = 4711;
  recording.clock = clock->now();
  SessionOptions options;
  options.region_name = "us-east-1";
  options.aws_access_key_id = mock::kDefaultAccessKeyId;
  options.aws_secret_access_key = mock::kDefaultSecretAccessKey;
  options.clock = clock;
  options.transport = make_in_process_transport([&](const HttpRequest& request) {
    Interaction interaction;
    interaction.exchange = {
        .request = request, .response = aws.handle(request), .started = clock->now()};
    recording.interactions.push_back(interaction);
    clock->advance(Milliseconds(50));
    return interaction.exchange.response;
  });
  const Session session(options);
  const Client dynamodb = session.client("dynamodb");
  const Client ec2 = session.client("ec2");
  const Client s3 = session.client("s3");
  const Client sqs = session.client("sqs");
  make_table(dynamodb, "bench");
  s3.call("CreateBucket", {{"Bucket", "bench"}});
  const std::string url = sqs.call("CreateQueue", {{"QueueName", "bench"}}).at("QueueUrl");
  while (recording.interactions.size() < 1000) {
    const std::string id = std::to_string(recording.interactions.size());
    const Json key{{"id", {{"S", id}}}};
    dynamodb.call("PutItem", {{"TableName", "bench"}, {"Item", key}});
    dynamodb.call("GetItem", {{"TableName", "bench"}, {"Key", key}});
    s3.call("PutObject", {{"Bucket", "bench"}, {"Key", id}, {"Body", std::string(1024, 'x')}});
    s3.call("GetObject", {{"Bucket", "bench"}, {"Key", id}});
    sqs.call("SendMessage", {{"QueueUrl", url}, {"MessageBody", id}});
    const Json got = sqs.call("ReceiveMessage", {{"QueueUrl", url}});
    sqs.call("DeleteMessage",
             {{"QueueUrl", url}, {"ReceiptHandle", got.at("Messages").at(0).at("ReceiptHandle")}});
    const Json vpc = ec2.call("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}).at("Vpc");
    ec2.call("DeleteVpc", {{"VpcId", vpc.at("VpcId")}});
    try {
      ec2.call("DescribeVpcs", {{"VpcIds", {vpc.at("VpcId")}}});
    } catch (const ClientError&) {
    }
  }
  recording.interactions.resize(1000);
  return recording;
}

void verify_1000_interactions(benchmark::State& state) {
  const Recording recording = recording_of_1000();
  const recordings::Verifier verifier;
  for (auto _ : state) {
    recordings::Report report;
    verifier.verify(recording, "bench", report);
    if (report.total().agreeing() != 1000) state.SkipWithError("the mock is not itself");
  }
}
BENCHMARK(verify_1000_interactions)->Unit(benchmark::kMicrosecond);

// Items are written without the SDK: a million signatures would only take time here.
void fork_with_a_million_items(benchmark::State& state) {
  const MockAws aws;
  make_table(aws.session().client("dynamodb"), "bench");
  for (int batch = 0; batch < 40'000; ++batch) {
    Json requests = Json::array();
    for (int i = 0; i < 25; ++i)
      requests.push_back(
          {{"PutRequest", {{"Item", {{"id", {{"S", std::to_string(batch * 25 + i)}}}}}}}});
    benchmark::DoNotOptimize(aws.dispatcher().run("dynamodb", "BatchWriteItem",
                                                  {{"RequestItems", {{"bench", requests}}}}));
  }
  for (auto _ : state) {
    const MockAws forked = aws.fork();
    benchmark::DoNotOptimize(&forked);
  }
}
BENCHMARK(fork_with_a_million_items)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace cloudchamber

BENCHMARK_MAIN();
