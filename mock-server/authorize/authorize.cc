#include "mock-server/authorize/authorize.h"

#include "mock-server/authorize/unwrap_body.h"
#include "mock-server/route/host.h"
#include "mock-server/state/credentials.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::mock {

Principal Authorizer::authorize(HttpRequest& request, const ServiceModel& service,
                                const Operation& operation, TimePoint received) const {
  Signer signer = look(request, service, operation, received, true);
  unwrap_body(request, signer.chunks);
  return std::move(signer.principal);
}

Principal Authorizer::authorize_head(const HttpRequest& head, const ServiceModel& service,
                                     const Operation& operation, TimePoint received) const {
  return look(head, service, operation, received, false).principal;
}

Signer Authorizer::look(const HttpRequest& request, const ServiceModel& service,
                        const Operation& operation, TimePoint received, bool with_body) const {
  Transaction snapshot = world_.begin();
  const std::optional<TimePoint> signers_now =
      signers_clock_ == nullptr ? std::nullopt : std::optional(signers_clock_->now());
  return signatures_.check({.request = request,
                            .service = service,
                            .operation = &operation,
                            .known = snapshot.read<KnownCredentials>({}, {}),
                            .now = received,
                            .signers_now = signers_now,
                            .with_body = with_body});
}

std::string region_of(const HttpRequest& request) {
  if (const auto claim = find_claim(request)) {
    auto parts = claim->parts();
    if (parts && !parts->region.empty()) return std::move(parts->region);
  }
  std::string region = understand_host(request.host).region;
  return region.empty() ? "us-east-1" : region;
}

}  // namespace cloudchamber::mock
