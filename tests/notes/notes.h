// What the snippets of the notes presuppose: a default session, whose AWS is a mock.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "cloudchamber/cloudchamber.h"
#include "cloudchamber/in_process_transport.h"
#include "mock-server/mock_aws.h"

namespace cloudchamber {

class Notes : public ::testing::Test {
 protected:
  Notes() {
    SessionOptions options;
    options.region_name = "us-east-1";
    options.aws_access_key_id = mock::kDefaultAccessKeyId;
    options.aws_secret_access_key = mock::kDefaultSecretAccessKey;
    options.transport = make_in_process_transport(aws_.handler());
    options.clock = aws_.shared_clock();
    options.environment = environment_of({});
    setup_default_session(options);
  }

  // What `action` prints.
  template <class Action>
  static std::string printed(const Action& action) {
    ::testing::internal::CaptureStdout();
    action();
    return ::testing::internal::GetCapturedStdout();
  }

  // Does docs/boto3-to-cloudchamber.md hold this text?
  static bool page_shows(const std::string& text) {
    std::ifstream file("docs/boto3-to-cloudchamber.md");
    const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return page.find(text) != std::string::npos;
  }

  mock::MockAws aws_;
};

}  // namespace cloudchamber
