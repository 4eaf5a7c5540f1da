// RequestSignatures: who signed a request, given the keys that are known. The part of authorize.h
// that needs no world.
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

class Refusals;
struct Version2Claim;

struct Signer {
  Principal principal;
  // For a body in signed chunks, by a known key: what its framing is verified with.
  std::optional<ChunkSigner> chunks;
};

// Thread-safe.
class RequestSignatures {
 public:
  explicit RequestSignatures(bool strict = false) : strict_(strict) {}

  struct Look {
    const HttpRequest& request;
    const ServiceModel& service;
    const Operation* operation = nullptr;  // null: none that allows unsigned requests
    const KnownCredentials& known;
    TimePoint now;  // the world's time
    // That of clients outside of it, where a world has a time of its own: a signature may be made
    // by either.
    std::optional<TimePoint> signers_now = {};
    bool with_body = true;  // false: the body is still to come, and what signs it can't be checked
  };
  // Throws AwsError as the service would word it.
  [[nodiscard]] Signer check(const Look& look) const;

 private:
  [[nodiscard]] Principal check_version_2(const Look& look, const Refusals& refuse,
                                          const Version2Claim& claim) const;
  bool strict_;
  mutable SigningKeys keys_;
};

// The account that a key which nobody created stands for: a key of twelve digits is its own
// account, any other belongs to 123456789012.
[[nodiscard]] std::string account_of_unknown_key(std::string_view access_key_id);

}  // namespace cloudchamber::mock
