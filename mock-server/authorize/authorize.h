// Authorizer: who calls? Decided from the signature of a request, before its body is decoded.
//
// A signature by a key that the world knows is verified, and refused where AWS would, in AWS's
// order and words. Nobody can verify one by another key: it is believed, unless `strict`; what it
// says of itself (its form, its times) must be right all the same. S3 takes requests without any.
#pragma once

#include <memory>
#include <string>

#include "cloudchamber/clock.h"
#include "cloudchamber/http.h"
#include "mock-server/authorize/request_signatures.h"
#include "mock-server/call/call.h"
#include "mock-server/state/world.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// Thread-safe. The world outlives it.
class Authorizer {
 public:
  // `signers_clock` is that of clients outside of the world, where the world has a time of its own
  // (one that was moved forward): they may sign by either. Null where it has not.
  explicit Authorizer(World& world, bool strict = false,
                      std::shared_ptr<Clock> signers_clock = nullptr)
      : world_(world), signatures_(strict), signers_clock_(std::move(signers_clock)) {}

  // Verifies the request as it was sent, and takes aws-chunked framing off its body: see
  // unwrap_body.h. Throws AwsError as the service would word it.
  [[nodiscard]] Principal authorize(HttpRequest& request, const ServiceModel& service,
                                    const Operation& operation, TimePoint received) const;

  // The same for a request whose body has not arrived yet, as far as that can be checked.
  [[nodiscard]] Principal authorize_head(const HttpRequest& head, const ServiceModel& service,
                                         const Operation& operation, TimePoint received) const;

 private:
  [[nodiscard]] Signer look(const HttpRequest& request, const ServiceModel& service,
                            const Operation& operation, TimePoint received, bool with_body) const;
  World& world_;
  RequestSignatures signatures_;
  std::shared_ptr<Clock> signers_clock_;
};

// The region that a request is for: its signature's, else its host's, else us-east-1.
[[nodiscard]] std::string region_of(const HttpRequest& request);

}  // namespace cloudchamber::mock
