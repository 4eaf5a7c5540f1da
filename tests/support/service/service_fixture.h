// ServiceFixture: a world with one or more services and a virtual clock, called without wire: for
// tests of behaviour.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cloudchamber/virtual_clock.h"
#include "mock-server/call/dispatch.h"

namespace cloudchamber::mock {

class ServiceFixture : public testing::Test {
 protected:
  explicit ServiceFixture(std::vector<Service> services);
  ~ServiceFixture() override;

  // The output of a call that must succeed; a failure is reported with the error's text.
  Json call(const std::string& service, const std::string& operation, const Json& input,
            const std::string& account = "123456789012", const std::string& region = "us-east-1");
  // "Code: message" of a call that must fail; "succeeded" when it did not.
  std::string error_of(const std::string& service, const std::string& operation, const Json& input,
                       const std::string& account = "123456789012",
                       const std::string& region = "us-east-1");

  std::shared_ptr<VirtualClock> clock_ = std::make_shared<VirtualClock>();
  World world_{clock_, 1};
  Dispatcher dispatcher_;
};

}  // namespace cloudchamber::mock
