// A session that touches nothing of the machine: a scripted transport, a virtual clock, no
// environment and no files, and random numbers that are always the same.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cloudchamber/scripted_transport.h"
#include "cloudchamber/session.h"
#include "cloudchamber/virtual_clock.h"

namespace cloudchamber {

struct Stage {
  std::shared_ptr<ScriptedTransport> script = std::make_shared<ScriptedTransport>();
  std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>();
  std::uint64_t random_bits = 0;  // what every draw gives

  [[nodiscard]] SessionOptions options() {
    SessionOptions options;
    options.region_name = "us-east-1";
    options.aws_access_key_id = "AKIDEXAMPLE";
    options.aws_secret_access_key = "secret";
    options.transport = script;
    options.clock = clock;
    options.environment = environment_of({});
    options.random = [this] { return random_bits; };
    options.config_file = "/nowhere/config";
    options.shared_credentials_file = "/nowhere/credentials";
    return options;
  }
  [[nodiscard]] Session session() { return Session(options()); }
  [[nodiscard]] Client client(const std::string& service,
                              const ClientOptions& client_options = {}) {
    return session().client(service, client_options);
  }
  // The next response, in JSON.
  void answer(const Json& body, int status = 200) {
    script->answer(status, {{"x-amzn-RequestId", "REQ"}}, body.dump());
  }
  [[nodiscard]] HttpRequest request(std::size_t index = 0) const {
    return script->requests().at(index);
  }
  [[nodiscard]] Json sent(std::size_t index) const {
    return Json::parse(request(index).body.to_string());
  }
};

}  // namespace cloudchamber
