// What a service does with requests in ways that its model does not tell: S3's preflights and
// browser uploads are no operations, its CORS headers stand on every response.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "cloudchamber/http.h"
#include "mock-server/call/call.h"

namespace cloudchamber::mock {

class Dispatcher;
class World;

// All may be empty; all are called from many threads.
struct ServiceHooks {
  struct Exchange {
    const HttpRequest& request;
    std::string_view target;     // the request's, with the bucket of a virtual host put into it
    const Operation* operation;  // null when the request is none of the model
    const std::string& region;
    const std::string& request_id;
    World& world;
    const Dispatcher& dispatcher;  // runs operations on that world
    bool strict = false;           // keys that nobody created are refused
  };
  // Answers a request that is no operation of the model; with nothing it is refused as such. May
  // throw AwsError.
  std::function<std::optional<HttpResponse>(const Exchange& exchange)> answer;
  // The client holds the body back until it is told to go on (Expect: 100-continue). Throws
  // AwsError when it need not be sent.
  std::function<void(const Exchange& exchange, const Principal& principal)> before_body;
  // The last look at a response, be it an error or not.
  std::function<void(const Exchange& exchange, HttpResponse& response)> finish;
};

}  // namespace cloudchamber::mock
