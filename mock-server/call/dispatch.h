// Dispatcher: runs one decoded operation on the world: finds its handler, gives it its view of the
// state, reruns it when it waits, commits when it returns. The pipeline comes before and after it;
// tests of a service's rules use it directly.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "mock-server/call/call.h"
#include "mock-server/call/service.h"
#include "mock-server/state/world.h"

namespace cloudchamber::mock {

struct Reply {
  Json output = Json::object();
  Blob body;        // the streaming member
  int status = 0;   // 0: the model's
  Headers headers;  // beyond the model
};

// Thread-safe after construction.
class Dispatcher {
 public:
  Dispatcher(World& world, std::vector<Service> services);
  // The same tables for many worlds.
  Dispatcher(World& world, std::shared_ptr<const std::vector<Service>> services);
  ~Dispatcher();

  [[nodiscard]] const Service* find(std::string_view service) const;

  // Runs the operation that `context` names (its `now` and `invoker` are set here). Throws
  // AwsError: what the handler threw, or NotImplemented. A failed run leaves no trace.
  [[nodiscard]] Reply run(Call::Context context) const;

  // The same without a request: for tests and for what the server itself does. `account` calls as
  // its root user.
  [[nodiscard]] Reply run(std::string_view service, std::string_view operation, const Json& input,
                          const std::string& account = "123456789012",
                          const std::string& region = "us-east-1") const;

 private:
  class Nested;
  [[nodiscard]] Json handle(Call& call, Transaction& transaction) const;

  World& world_;
  std::shared_ptr<const std::vector<Service>> services_;
};

}  // namespace cloudchamber::mock
