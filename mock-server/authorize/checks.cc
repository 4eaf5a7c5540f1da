#include "mock-server/authorize/checks.h"

#include <algorithm>
#include <utility>

#include "sdk/codec/ascii.h"
#include "sdk/codec/timestamps.h"
#include "sdk/sign/canonical.h"

namespace cloudchamber::mock {
namespace {

// SQS and CloudFormation allow clocks to differ by 5 minutes, the older services by 15: texts of
// their refusals as users have reported them.
std::chrono::minutes tolerance(const ServiceModel& service) {
  return std::chrono::minutes(
      service.signing_name == "sqs" || service.signing_name == "cloudformation" ? 5 : 15);
}

void check_complete(const Refusals& refuse, const HttpRequest& request,
                    const SignatureClaim& claim) {
  std::string message;
  if (claim.in_query) {
    const std::pair<const char*, const std::string*> needed[] = {
        {"X-Amz-Algorithm", &claim.algorithm},
        {"X-Amz-Credential", &claim.credential},
        {"X-Amz-Signature", &claim.signature},
        {"X-Amz-SignedHeaders", &claim.signed_headers},
        {"X-Amz-Date", &claim.timestamp}};
    for (const auto& [name, value] : needed)
      if (value->empty())
        message += std::string("AWS query-string parameters must include '") + name + "'. ";
    if (!message.empty())
      throw refuse.incomplete(message + "Re-examine the query-string parameters.");
    return;
  }
  const std::string authorization(request.headers.get("authorization"));
  if (!claim.malformed.empty())
    throw refuse.incomplete("'" + claim.malformed +
                            "' not a valid key=value pair (missing equal-sign) in Authorization "
                            "header: '" +
                            authorization + "'.");
  const std::pair<const char*, const std::string*> needed[] = {
      {"Credential", &claim.credential},
      {"Signature", &claim.signature},
      {"SignedHeaders", &claim.signed_headers}};
  for (const auto& [name, value] : needed)
    if (value->empty())
      message += std::string("Authorization header requires '") + name + "' parameter. ";
  if (claim.timestamp.empty())
    message +=
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  if (!message.empty()) throw refuse.incomplete(message + "Authorization=" + authorization);
}

// The time at which it was signed; of a Date header too.
TimePoint check_times(const Refusals& refuse, const HttpRequest& request,
                      const SignatureClaim& claim, const ServiceModel& service,
                      const Times& times) {
  const bool by_date_header = !claim.in_query && !request.headers.contains("x-amz-date");
  const auto time = by_date_header ? parse_timestamp(claim.timestamp) : basic_time(claim.timestamp);
  if (!time)
    throw refuse.incomplete("Date must be in ISO-8601 'basic format'. Got '" + claim.timestamp +
                            "'. See http://en.wikipedia.org/wiki/ISO_8601");
  const std::chrono::minutes allowed = tolerance(service);
  const std::string text = iso8601_basic(*time);
  if (claim.in_query && !claim.expires.empty()) {
    // A presigned request is good until it expires.
    const auto expires = parse_timestamp(claim.expires);
    if (!expires || claim.expires.find_first_not_of("0123456789") != std::string::npos)
      throw refuse.incomplete("X-Amz-Expires should be a number");
    const TimePoint end = *time + expires->time_since_epoch();
    if (times.now > end)
      throw refuse.invalid("Signature expired: " + iso8601_basic(end) + " is now earlier than " +
                           iso8601_basic(times.now));
  } else if (!times.are_near(*time, allowed) && !times.are_before(*time, allowed)) {
    throw refuse.invalid("Signature expired: " + text + " is now earlier than " +
                         iso8601_basic(times.signers_now - allowed) + " (" +
                         iso8601_basic(times.signers_now) + " - " +
                         std::to_string(allowed.count()) + " min.)");
  }
  if (times.are_before(*time, allowed))
    throw refuse.invalid("Signature not yet current: " + text + " is still later than " +
                         iso8601_basic(times.signers_now + allowed) + " (" +
                         iso8601_basic(times.signers_now) + " + " +
                         std::to_string(allowed.count()) + " min.)");
  return *time;
}

void check_signed_headers(const Refusals& refuse, const HttpRequest& request,
                          const SignatureClaim& claim) {
  if (!is_signed(claim, "host") && !is_signed(claim, ":authority"))
    throw refuse.invalid(
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  for (std::string_view left = claim.signed_headers; !left.empty();) {
    const std::size_t end = left.find(';');
    const std::string_view name = left.substr(0, end);
    left = end == std::string_view::npos ? std::string_view() : left.substr(end + 1);
    bool present = false;
    static_cast<void>(canonical_header(request, name, &present));
    if (!present && name != ":authority")
      throw refuse.incomplete("'" + std::string(name) +
                              "' is named as a SignedHeader, but it does not exist in the HTTP "
                              "request.");
  }
}

void check_scope(const Refusals& refuse, const SignatureClaim::Parts& parts,
                 const ServiceModel& service, TimePoint time) {
  std::string message;
  if (parts.service != service.signing_name)
    message += "Credential should be scoped to correct service: '" + service.signing_name + "'. ";
  if (parts.terminator != "aws4_request")
    message += "Credential should be scoped with a valid terminator: 'aws4_request', not '" +
               parts.terminator + "'. ";
  const std::string stamp = iso8601_basic(time);
  if (stamp.compare(0, 8, parts.day) != 0)
    message +=
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
        "from HTTP: '" +
        parts.day + "' != '" + stamp.substr(0, 8) + "', from '" + stamp + "'. ";
  if (!message.empty()) throw refuse.invalid(message);
}

}  // namespace

std::optional<TimePoint> basic_time(const std::string& text) {
  if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  return parse_timestamp(text);
}

bool is_signed(const SignatureClaim& claim, std::string_view lower_name) {
  for (std::string_view left = claim.signed_headers; !left.empty();) {
    const std::size_t end = left.find(';');
    if (lowered(left.substr(0, end)) == lower_name) return true;
    left = end == std::string_view::npos ? std::string_view() : left.substr(end + 1);
  }
  return false;
}

void check_one_signature(const Refusals& refuse, const HttpRequest& request) {
  if (request.headers.get("authorization").empty() ||
      request.query().find("X-Amz-Algorithm=") == std::string_view::npos)
    return;
  throw refuse.invalid(
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
}

SignatureClaim::Parts check_claim(const Refusals& refuse, const HttpRequest& request,
                                  const SignatureClaim& claim, const ServiceModel& service,
                                  const Times& times) {
  check_complete(refuse, request, claim);
  const TimePoint time = check_times(refuse, request, claim, service, times);
  check_signed_headers(refuse, request, claim);
  if (claim.algorithm != "AWS4-HMAC-SHA256")
    throw refuse.incomplete("Unsupported AWS 'algorithm': '" + claim.algorithm +
                            "' (only AWS4-HMAC-SHA256 for now). ");
  auto parts = claim.parts();
  if (!parts)
    throw refuse.incomplete(
        "Credential must have exactly 5 slash-delimited elements, e.g. "
        "keyid/date/region/service/term, got '" +
        claim.credential + "'");
  check_scope(refuse, *parts, service, time);
  return *std::move(parts);
}

}  // namespace cloudchamber::mock
