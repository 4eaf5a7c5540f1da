// Call: one operation with its input, as a handler sees it. Nothing of HTTP or of a protocol needs
// to be known.
//
// A Call lives as long as its handler runs and is used by one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/blob.h"
#include "cloudchamber/clock.h"
#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "mock-server/call/aws_error.h"
#include "mock-server/state/ids.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// Who calls, once authorize/ has looked at the request.
struct Principal {
  std::string account;        // 12 digits; "" for an anonymous request
  std::string arn;            // "arn:aws:iam::123456789012:root"
  std::string user_id;        // what GetCallerIdentity gives as UserId
  std::string access_key_id;  // "" for an anonymous request
  bool anonymous = false;
};

// Lets one service call another inside the same commit, so that both happen or neither. Given by
// the pipeline.
class Invoker {
 public:
  virtual ~Invoker() = default;
  [[nodiscard]] virtual Json invoke(const class Call& caller, const Principal& principal,
                                    std::string_view service, std::string_view operation,
                                    const Json& input) = 0;
  // Runs `steps`; when they throw, all that they did is undone.
  virtual void atomically(const std::function<void()>& steps) = 0;
};

// Thrown by a handler that has nothing to answer yet (long polling): its changes are dropped, its
// turn is given back, and it is run again when the state it looked at has changed or `until` has
// come. It sees by call.now() which.
struct Wait {
  TimePoint until;
};

class Call {
 public:
  struct Context {
    const ServiceModel& service;  // the model of the protocol spoken
    const Operation& operation;
    const Json& input;
    const HttpRequest& request;  // body: aws-chunked framing taken off
    const Principal& principal;
    std::string region;
    std::string request_id;
    std::string endpoint;  // "http://127.0.0.1:4566": under which the caller reached us, for URLs
                           // in results
    TimePoint received;    // when the request came in; stays over the reruns of a Wait
    TimePoint now;         // one instant for the whole handler
    Ids& ids;
    Invoker* invoker = nullptr;
    bool strict = false;
    // How long what AWS does in the background takes: an instance that starts, a resource of a
    // stack.
    Milliseconds transition_time{0};
    int depth = 0;  // of operations that invoke operations
  };

  explicit Call(const Context& context);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  [[nodiscard]] const ServiceModel& service() const { return context_.service; }
  [[nodiscard]] const Operation& operation() const { return context_.operation; }
  [[nodiscard]] const HttpRequest& request() const { return context_.request; }
  [[nodiscard]] const Principal& principal() const { return context_.principal; }
  [[nodiscard]] const std::string& account() const { return context_.principal.account; }
  [[nodiscard]] const std::string& region() const { return context_.region; }
  [[nodiscard]] const std::string& request_id() const { return context_.request_id; }
  [[nodiscard]] const std::string& endpoint() const { return context_.endpoint; }
  [[nodiscard]] TimePoint now() const { return context_.now; }
  [[nodiscard]] TimePoint received() const { return context_.received; }
  [[nodiscard]] Ids& ids() const { return context_.ids; }
  [[nodiscard]] bool strict() const { return context_.strict; }
  // A change that began at T is over at every moment later than T + transition_time().
  [[nodiscard]] Milliseconds transition_time() const { return context_.transition_time; }

  // The input, an object with the model's member names.
  [[nodiscard]] const Json& input() const { return context_.input; }
  [[nodiscard]] bool has(std::string_view member) const;
  // The member, else null. `at` is for required members, whose presence the pipeline has checked:
  // throws std::logic_error.
  [[nodiscard]] const Json* find(std::string_view member) const;
  [[nodiscard]] const Json& at(std::string_view member) const;

  // Typed looks at the input: the value of a required member; `_or` gives the default for an absent
  // one.
  [[nodiscard]] const std::string& text(std::string_view member) const;
  [[nodiscard]] std::string text_or(std::string_view member, std::string fallback) const;
  [[nodiscard]] std::int64_t integer(std::string_view member) const;
  [[nodiscard]] std::int64_t integer_or(std::string_view member, std::int64_t fallback) const;
  [[nodiscard]] bool flag_or(std::string_view member, bool fallback) const;
  [[nodiscard]] std::optional<TimePoint> time(std::string_view member) const;
  [[nodiscard]] Seconds seconds_or(std::string_view member, Seconds fallback) const;

  // The streaming member of the input.
  [[nodiscard]] const Blob& body() const { return context_.request.body; }

  // What the reply has beside its members.
  void reply_body(Blob body);                              // the streaming member of the output
  void reply_status(int status);                           // 206 for a range
  void reply_header(std::string name, std::string value);  // a header that the model does not know

  // Another service's operation, by the same principal, in the same commit. A streaming member of
  // its output is a binary value in the result. Throws AwsError as that operation would.
  [[nodiscard]] Json invoke(std::string_view service_name, std::string_view operation_name,
                            const Json& input) const;
  // The same by the root user of another account: for operations that only read, since a request
  // has no turn but that of its own account.
  [[nodiscard]] Json invoke_in(const std::string& account, std::string_view service_name,
                               std::string_view operation_name, const Json& input) const;
  // Runs `steps`, which invoke operations: all of them happen or, when they throw, none. For a
  // handler that goes on after a failure.
  void atomically(const std::function<void()>& steps) const;

  // For the pipeline.
  [[nodiscard]] const Context& context() const { return context_; }
  [[nodiscard]] const Blob& replied_body() const { return body_; }
  [[nodiscard]] int replied_status() const { return status_; }
  [[nodiscard]] const Headers& replied_headers() const { return headers_; }

 private:
  const Context& context_;
  Blob body_;
  int status_ = 0;
  Headers headers_;
};

}  // namespace cloudchamber::mock
