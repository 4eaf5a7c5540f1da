#include "mock-server/decode/signed_url.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "sdk/codec/ascii.h"
#include "sdk/codec/uri.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::mock {

std::optional<Headers> headers_of_signed_url(const HttpRequest& request) {
  const std::string_view text = request.query();
  if (text.find("mz-") == std::string_view::npos) return std::nullopt;
  const auto query = parse_query(text);
  const bool is_signed = std::any_of(query.begin(), query.end(), [](const auto& parameter) {
    return is_signature_parameter(parameter.first);
  });
  if (!is_signed) return std::nullopt;
  Headers headers = request.headers;
  for (const auto& [name, value] : query) {
    const std::string header = lowered(name);
    const bool counts = header.starts_with("x-amz-") && !header.starts_with("x-amz-checksum-");
    if (counts && !is_signature_parameter(name) && !headers.contains(header))
      headers.add(header, value);
  }
  return headers;
}

}  // namespace cloudchamber::mock
