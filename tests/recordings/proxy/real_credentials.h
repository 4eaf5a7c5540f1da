// What the recorder signs with: the mock that stands for AWS knows it, and no client does.
#pragma once

#include <cloudchamber/credentials.h>

#include <memory>

namespace cloudchamber::recordings {

constexpr const char* kRealKey = "AKIAREAL000000000001";
constexpr const char* kRealSecret = "the real secret that stays here";

class RealCredentials : public CredentialsProvider {
 public:
  std::shared_ptr<const Credentials> credentials() override {
    return std::make_shared<Credentials>(
        Credentials{.access_key_id = kRealKey, .secret_access_key = kRealSecret});
  }
};

}  // namespace cloudchamber::recordings
