#include <algorithm>
#include <array>
#include <utility>

#include "sdk/codec/ascii.h"
#include "sdk/codec/uri.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// "AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...": commas and white space
// separate alike.
SignatureClaim from_header(std::string_view header) {
  SignatureClaim claim;
  const std::size_t space = header.find_first_of(" \t");
  claim.algorithm = header.substr(0, space);
  std::string_view left =
      space == std::string_view::npos ? std::string_view() : header.substr(space + 1);
  while (!left.empty()) {
    const std::size_t end = left.find_first_of(", \t");
    const std::string_view piece = left.substr(0, end);
    left = end == std::string_view::npos ? std::string_view() : left.substr(end + 1);
    if (piece.empty()) continue;
    const std::size_t equals = piece.find('=');
    if (equals == std::string_view::npos) {
      if (claim.malformed.empty()) claim.malformed = piece;
      continue;
    }
    const std::string_view name = piece.substr(0, equals);
    const std::string_view value = piece.substr(equals + 1);
    if (name == "Credential") claim.credential = value;
    if (name == "SignedHeaders") claim.signed_headers = value;
    if (name == "Signature") claim.signature = value;
  }
  return claim;
}

}  // namespace

std::optional<SignatureClaim::Parts> SignatureClaim::parts() const {
  // From the right: four slashes separate five parts, an access key id may hold more of them.
  std::string_view left = credential;
  std::string_view found[4];
  for (int i = 3; i >= 0; --i) {
    const std::size_t slash = left.rfind('/');
    if (slash == std::string_view::npos) return std::nullopt;
    found[i] = left.substr(slash + 1);
    left = left.substr(0, slash);
  }
  return Parts{std::string(left), std::string(found[0]), std::string(found[1]),
               std::string(found[2]), std::string(found[3])};
}

std::optional<SignatureClaim> find_claim(const HttpRequest& request) {
  if (const std::string* header = request.headers.find("authorization")) {
    const std::string_view text = trimmed(*header);
    if (text.starts_with("AWS4-")) {
      SignatureClaim claim = from_header(text);
      claim.timestamp = trimmed(request.headers.get("x-amz-date"));
      if (claim.timestamp.empty()) claim.timestamp = trimmed(request.headers.get("date"));
      claim.session_token = trimmed(request.headers.get("x-amz-security-token"));
      return claim;
    }
  }
  if (request.query().find("X-Amz-") == std::string_view::npos) return std::nullopt;
  SignatureClaim claim;
  claim.in_query = true;
  bool any = false;
  for (auto& [name, value] : parse_query(request.query())) {
    std::string* const field = name == "X-Amz-Algorithm"        ? &claim.algorithm
                               : name == "X-Amz-Credential"     ? &claim.credential
                               : name == "X-Amz-SignedHeaders"  ? &claim.signed_headers
                               : name == "X-Amz-Signature"      ? &claim.signature
                               : name == "X-Amz-Date"           ? &claim.timestamp
                               : name == "X-Amz-Security-Token" ? &claim.session_token
                               : name == "X-Amz-Expires"        ? &claim.expires
                                                                : nullptr;
    if (field == nullptr) continue;
    any =
        any || name == "X-Amz-Algorithm" || name == "X-Amz-Credential" || name == "X-Amz-Signature";
    *field = std::move(value);
  }
  if (!any) return std::nullopt;
  return claim;
}

bool is_signature_parameter(std::string_view name) {
  constexpr std::array<std::string_view, 7> kNames = {
      "X-Amz-Algorithm", "X-Amz-Credential",     "X-Amz-Date",         "X-Amz-Expires",
      "X-Amz-Signature", "X-Amz-Security-Token", "X-Amz-SignedHeaders"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view one) { return equal_ignoring_case(one, name); });
}

}  // namespace cloudchamber
