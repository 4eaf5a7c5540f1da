// Upstream: sends clients' requests on to AWS, or to what stands for it, signed anew with the real
// credentials, so that the clients can do with any.
//
// Where a request goes: to the URL that was given; else, where it named a host of AWS's (it came
// through a forward proxy), there; else where AWS's endpoint rules send it. Credentials that AWS
// gives out on the way (AssumeRole, GetSessionToken, CreateAccessKey) are remembered, in memory
// alone: who signs with one of them is signed for with it. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "cloudchamber/clock.h"
#include "cloudchamber/credentials.h"
#include "cloudchamber/transport.h"
#include "recordings/proxy/resign.h"
#include "recordings/understand.h"
#include "sdk/client/endpoint.h"
#include "sdk/sign/signing_keys.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::recordings {

class Upstream {
 public:
  struct Options {
    std::optional<std::string> url;  // nothing: AWS itself
    std::shared_ptr<CredentialsProvider> credentials;
    std::shared_ptr<Transport> transport;
    std::shared_ptr<Clock> clock;  // of signatures
  };

  // Throws ConfigError for a URL that is none.
  explicit Upstream(Options options);

  // With the chain of credentials, libcurl and the clock of this machine; `url` "" is AWS itself.
  // Throws ConfigError.
  [[nodiscard]] static Options of_this_machine(const std::string& url);

  // Sends it on. The exchange holds the request as it was sent there, but for a body that
  // `passing` brings, and the response but for a body that it takes. Throws ConnectionError where
  // no response came, NoCredentialsError, ConfigError for a host that is none of AWS's, and what
  // `passing` throws.
  [[nodiscard]] Exchange exchange(const HttpRequest& request, const SendOptions& passing = {});

 private:
  struct Destination {
    Endpoint endpoint;
    bool keeps_host = false;
  };
  [[nodiscard]] Destination destination(const HttpRequest& request,
                                        const std::optional<Understood>& call,
                                        const std::optional<ClaimedSignature>& claim) const;
  Signature sign(HttpRequest& request, const Endpoint& endpoint, const ClaimedSignature& claim,
                 const std::string& payload);
  // The credentials that an answer gives out; its body stands apart, since it may have gone by.
  void remember(const Exchange& exchange, const Blob& answer);

  const Options options_;
  const std::optional<Endpoint> fixed_;
  const Understanding understanding_;
  SigningKeys keys_;
  std::mutex mutex_;
  std::map<std::string, Credentials> given_out_;  // by access key id
};

}  // namespace cloudchamber::recordings
