// A world with S3 in it, and the calls that tests make to it.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cloudchamber/virtual_clock.h"
#include "mock-server/call/dispatch.h"
#include "mock-server/services/s3/service.h"

namespace cloudchamber::mock::s3 {

inline constexpr const char* kOwner = "111111111111";
inline constexpr const char* kOther = "222222222222";

class S3World {
 public:
  explicit S3World(Options options = {}, std::string region = "us-east-1");

  // Who calls from now on; "" is anonymous.
  S3World& as(std::string account);
  // Runs an operation; throws what it throws.
  Reply run(const std::string& operation, const Json& input, Blob body = {}, Headers headers = {});
  Json operator()(const std::string& operation, const Json& input, Blob body = {},
                  Headers headers = {}) {
    return run(operation, input, std::move(body), std::move(headers)).output;
  }
  // The error that the operation ends in; fails the test when it succeeds.
  AwsError error(const std::string& operation, const Json& input, Blob body = {},
                 Headers headers = {});
  // Its code alone; "" when it succeeds.
  std::string code(const std::string& operation, const Json& input, Blob body = {},
                   Headers headers = {});

  void make_bucket(const std::string& name = "bucket");
  void put(const std::string& key, const std::string& content = "content");
  std::string get(const std::string& key);
  VirtualClock& clock() { return *clock_; }
  World& world() { return world_; }
  const Dispatcher& dispatcher() const { return dispatcher_; }

 private:
  std::shared_ptr<VirtualClock> clock_ = std::make_shared<VirtualClock>();
  World world_{clock_, 1};
  Dispatcher dispatcher_;
  std::string region_;
  std::string account_ = kOwner;
};

// The values of `member` of each element of a list.
std::vector<std::string> names(const Json& list, const char* member);

}  // namespace cloudchamber::mock::s3
