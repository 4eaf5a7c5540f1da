// Waiter: asks a service again and again until something has come to be.
//
//   s3.get_waiter("bucket_exists").wait({{"Bucket", "mybucket"}});
//   cloudformation.get_waiter("stack_create_complete").wait({{"StackName", "test"}}, {.delay =
//   5s});
//
// A cheap value that shares its client's state; wait() may be called from several threads. It
// sleeps on the session's clock: on a virtual one a wait of an hour takes no time.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cloudchamber/client.h"
#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"

namespace cloudchamber {

// boto3's WaiterConfig, which may also stand in the parameters under that name: {"Delay": 5,
// "MaxAttempts": 20}.
struct WaitOptions {
  std::optional<Milliseconds> delay;  // between two attempts; the model's if left out
  std::optional<int> max_attempts;    // the model's if left out
};

class Waiter {
 public:
  // Returns the response that was waited for (of an error that was waited for: boto3's e.response).
  // Throws WaiterError when a failure state is met, an error that no acceptor expects, or after the
  // last attempt; and what Client::call throws but ClientError.
  Json wait(const Json& parameters, const WaitOptions& options = {}) const;

  [[nodiscard]] const std::string& name() const;  // "BucketExists"
  [[nodiscard]] Milliseconds delay() const;
  [[nodiscard]] int max_attempts() const;

  struct State;
  explicit Waiter(std::shared_ptr<const State> state) : state_(std::move(state)) {}

 private:
  std::shared_ptr<const State> state_;
};

}  // namespace cloudchamber
