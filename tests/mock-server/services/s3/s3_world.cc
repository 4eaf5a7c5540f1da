#include "tests/mock-server/services/s3/s3_world.h"

#include <gtest/gtest.h>

namespace cloudchamber::mock::s3 {
namespace {

std::vector<Service> services(Options options) {
  std::vector<Service> list;
  list.push_back(make_service(options));
  return list;
}

}  // namespace

S3World::S3World(Options options, std::string region)
    : dispatcher_(world_, services(options)), region_(std::move(region)) {}

S3World& S3World::as(std::string account) {
  account_ = std::move(account);
  return *this;
}

Reply S3World::run(const std::string& operation, const Json& input, Blob body, Headers headers) {
  const std::shared_ptr<const ServiceModel> model = find_model("s3");
  HttpRequest request;
  request.headers = std::move(headers);
  request.body = std::move(body);
  const Principal principal{.account = account_,
                            .arn = account_.empty() ? "" : "arn:aws:iam::" + account_ + ":root",
                            .user_id = account_,
                            .access_key_id = account_,
                            .anonymous = account_.empty()};
  const TimePoint now = clock_->now();
  return dispatcher_.run({.service = *model,
                          .operation = *model->find_operation(operation),
                          .input = input,
                          .request = request,
                          .principal = principal,
                          .region = region_,
                          .request_id = "REQUEST",
                          .endpoint = "http://127.0.0.1:4566",
                          .received = now,
                          .now = now,
                          .ids = world_.ids()});
}

AwsError S3World::error(const std::string& operation, const Json& input, Blob body,
                        Headers headers) {
  try {
    const Reply reply = run(operation, input, std::move(body), std::move(headers));
    ADD_FAILURE() << operation << " succeeded: " << reply.output.dump();
  } catch (const AwsError& error) {
    return error;
  }
  return AwsError("", "", 0);
}

std::string S3World::code(const std::string& operation, const Json& input, Blob body,
                          Headers headers) {
  try {
    run(operation, input, std::move(body), std::move(headers));
  } catch (const AwsError& error) {
    return error.code();
  }
  return "";
}

void S3World::make_bucket(const std::string& name) { run("CreateBucket", {{"Bucket", name}}); }

void S3World::put(const std::string& key, const std::string& content) {
  run("PutObject", {{"Bucket", "bucket"}, {"Key", key}}, content);
}

std::string S3World::get(const std::string& key) {
  return run("GetObject", {{"Bucket", "bucket"}, {"Key", key}}).body.to_string();
}

std::vector<std::string> names(const Json& list, const char* member) {
  std::vector<std::string> found;
  for (const Json& item : list) found.push_back(item[member].get<std::string>());
  return found;
}

}  // namespace cloudchamber::mock::s3
