// Authorizer: who calls? Decided from the signature of a request, before its body is decoded.
//
// A signature by a key that the world knows is verified, and refused where AWS would, in AWS's
// order and words. Nobody can verify one by another key: it is believed, unless `strict`; what it
// says of itself (its form, its times) must be right all the same. S3 takes requests without any.
#pragma once

#include <optional>
#include <string>

#include "cloudchamber/clock.h"
#include "cloudchamber/http.h"
#include "mock-server/call/call.h"
#include "mock-server/state/credentials.h"
#include "sdk/model/service_model.h"
#include "sdk/sign/aws_chunked.h"
#include "sdk/sign/signing_keys.h"

namespace cloudchamber::mock {

struct Authorization {
  Principal principal;
  std::string region;  // that of the signature's scope; see region_of()
  // For a body in signed chunks, by a known key: what its framing is verified with.
  std::optional<ChunkSigner> chunks;
};

// Thread-safe.
class Authorizer {
 public:
  explicit Authorizer(bool strict = false) : strict_(strict) {}

  // `operation` may be null (S3 authorizes before it knows one). `now` is the world's time,
  // `signers_now` that of clients outside of it, where a world has a time of its own: a signature
  // may be made by either. The body must be as it was sent: see unwrap_body(). Throws AwsError as
  // the service would word it.
  [[nodiscard]] Authorization authorize(const HttpRequest& request, const ServiceModel& service,
                                        const Operation* operation, const KnownCredentials& known,
                                        TimePoint now,
                                        std::optional<TimePoint> signers_now = {}) const;

 private:
  bool strict_;
  mutable SigningKeys keys_;
};

// The region that a request is for: its signature's, else its host's, else us-east-1.
[[nodiscard]] std::string region_of(const HttpRequest& request);

// The account that a key which nobody created stands for: a key of twelve digits is its own
// account, any other belongs to 123456789012.
[[nodiscard]] std::string account_of_unknown_key(std::string_view access_key_id);

}  // namespace cloudchamber::mock
