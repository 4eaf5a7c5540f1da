#include <cstdint>
#include <memory>
#include <mutex>
#include <random>

#include "cloudchamber/in_process_transport.h"
#include "cloudchamber/session.h"
#include "mock-server/mock_aws.h"

namespace cloudchamber::mock {
namespace {

// The tokens and the jitter of this session's clients: the same in every run.
RandomSource same_every_time() {
  struct Generator {
    std::mutex mutex;
    std::mt19937_64 engine;
  };
  return [generator = std::make_shared<Generator>()] {
    const std::lock_guard lock(generator->mutex);
    return std::uint64_t{generator->engine()};
  };
}

}  // namespace

Session MockAws::session() const {
  SessionOptions options;
  options.region_name = "us-east-1";
  options.aws_access_key_id = kDefaultAccessKeyId;
  options.aws_secret_access_key = kDefaultSecretAccessKey;
  options.transport = make_in_process_transport(handler());
  options.clock = shared_clock();
  options.environment = environment_of({});  // what a shell exports must not redirect a test
  options.random = same_every_time();
  return Session(options);
}

}  // namespace cloudchamber::mock
