// What recording costs, and a large recording to replay.
//
//   bench_recording cost URL SECONDS ROUNDS FILE   -> calls a second without and with a recorder
//   bench_recording make FILE COUNT                -> a recording of that many calls of GetItem
#include <cloudchamber/cloudchamber.h>
#include <cloudchamber/curl_transport.h>
#include <cloudchamber/recording_transport.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mock-server/mock_aws.h"
#include "sdk/recording/recorder.h"

namespace cloudchamber {
namespace {

using BenchClock = std::chrono::steady_clock;

Client sqs_over(const std::string& url, std::shared_ptr<Transport> transport) {
  SessionOptions options;
  options.region_name = "us-east-1";
  options.endpoint_url = url;
  options.aws_access_key_id = mock::kDefaultAccessKeyId;
  options.aws_secret_access_key = mock::kDefaultSecretAccessKey;
  options.transport = std::move(transport);
  return Session(options).client("sqs");
}

double calls_per_second(const Client& sqs, const std::string& queue, double seconds) {
  const Json message = {{"QueueUrl", queue}, {"MessageBody", std::string(1024, 'm')}};
  const auto begin = BenchClock::now();
  std::size_t calls = 0;
  double took = 0;
  do {
    for (int i = 0; i < 20; ++i, ++calls) sqs.call("SendMessage", message);
    took = std::chrono::duration<double>(BenchClock::now() - begin).count();
  } while (took < seconds);
  sqs.call("PurgeQueue", {{"QueueUrl", queue}});
  return static_cast<double>(calls) / took;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void cost(const std::string& url, double seconds, int rounds, const std::string& file) {
  const auto curl = make_curl_transport();
  const auto tape = std::make_shared<RecordingTransport>(curl, file);
  const Client plain = sqs_over(url, curl);
  const Client recorded = sqs_over(url, tape);
  std::vector<double> without, with, ratios;
  for (int round = 0; round < rounds; ++round) {
    // A queue a round each: a queue can be purged once a minute.
    const auto queue = [&](const char* kind) {
      return plain.call("CreateQueue", {{"QueueName", kind + std::to_string(round)}})["QueueUrl"]
          .get<std::string>();
    };
    without.push_back(calls_per_second(plain, queue("plain"), seconds));
    with.push_back(calls_per_second(recorded, queue("recorded"), seconds));
    ratios.push_back(with.back() / without.back());
  }
  std::printf("%.1f %.1f %.4f\n", median(without), median(with), median(ratios));
}

// Items as bench_prepare's, one of them under its key.
void make(const std::string& file, int count) {
  Recorder recorder(file, Recording());
  for (int i = 0; i < count; ++i) {
    const std::string id = i == count / 2 ? "key" : "key-" + std::to_string(i);
    const Json item = {{"id", {{"S", id}}},
                       {"name", {{"S", std::string(60, 'n')}}},
                       {"count", {{"N", "12345"}}},
                       {"text", {{"S", std::string(60, 't')}}}};
    const Json asked = {{"TableName", "bench"}, {"Key", {{"id", {{"S", id}}}}}};
    const Json answered = {{"Item", item}};
    Interaction interaction;
    interaction.exchange.request = {.host = "dynamodb.us-east-1.amazonaws.com",
                                    .headers = {{"X-Amz-Target", "DynamoDB_20120810.GetItem"},
                                                {"Content-Type", "application/x-amz-json-1.0"}},
                                    .body = asked.dump()};
    interaction.exchange.response = {.headers = {{"Content-Type", "application/x-amz-json-1.0"}},
                                     .body = answered.dump()};
    interaction.meaning = Meaning{.service = "dynamodb",
                                  .operation = "GetItem",
                                  .region = "us-east-1",
                                  .parameters = asked,
                                  .result = answered};
    recorder.add(std::move(interaction));
  }
  recorder.close();
}

}  // namespace
}  // namespace cloudchamber

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  try {
    if (mode == "cost" && argc == 6) {
      cloudchamber::cost(argv[2], std::atof(argv[3]), std::atoi(argv[4]), argv[5]);
    } else if (mode == "make" && argc == 4) {
      cloudchamber::make(argv[2], std::atoi(argv[3]));
    } else {
      std::fprintf(stderr,
                   "usage: bench_recording cost URL SECONDS ROUNDS FILE | make FILE COUNT\n");
      return 2;
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_recording: %s\n", error.what());
    return 1;
  }
}
