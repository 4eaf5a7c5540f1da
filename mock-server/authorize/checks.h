// What AWS checks of a signature besides the signature itself, in its order. Private to authorize/.
#pragma once

#include <optional>
#include <string>

#include "cloudchamber/clock.h"
#include "cloudchamber/http.h"
#include "mock-server/authorize/refusals.h"
#include "sdk/model/service_model.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::mock {

struct Times {
  TimePoint now;          // the world's
  TimePoint signers_now;  // that of clients outside of it

  // A client signs by one of the two clocks, nobody knows which.
  [[nodiscard]] bool are_near(TimePoint signed_at, Milliseconds tolerance) const {
    return (signed_at >= now - tolerance && signed_at <= now + tolerance) ||
           (signed_at >= signers_now - tolerance && signed_at <= signers_now + tolerance);
  }
  [[nodiscard]] bool are_before(TimePoint signed_at, Milliseconds tolerance) const {
    return signed_at > now + tolerance && signed_at > signers_now + tolerance;
  }
};

// Every service but S3. Order and texts as DynamoDB answers them.
void check_one_signature(const Refusals& refuse, const HttpRequest& request);
[[nodiscard]] SignatureClaim::Parts check_claim(const Refusals& refuse, const HttpRequest& request,
                                                const SignatureClaim& claim,
                                                const ServiceModel& service, const Times& times);

// S3.
void check_one_mechanism(const HttpRequest& request);
// Version 2's times: the header that states one, and the seconds since 1970 of a URL.
void check_stated_time(const std::string* stated, const Times& times);
void check_expiry(const std::string& expires, const Times& times);
[[nodiscard]] AwsError invalid_argument(const std::string& message, const std::string& name,
                                        const std::string& value);
[[nodiscard]] AwsError version_2_not_supported();
[[nodiscard]] SignatureClaim::Parts check_s3_claim(const HttpRequest& request,
                                                   const SignatureClaim& claim, const Times& times);
void check_all_amz_headers_signed(const HttpRequest& request, const SignatureClaim& claim);
// Is the body what `payload`, as it was signed, says?
void check_payload_hash(const HttpRequest& request, const std::string& payload);

// Is `name` one of "host;x-amz-date"?
[[nodiscard]] bool is_signed(const SignatureClaim& claim, std::string_view lower_name);
// "20150830T123600Z" and nothing else.
[[nodiscard]] std::optional<TimePoint> basic_time(const std::string& text);

}  // namespace cloudchamber::mock
