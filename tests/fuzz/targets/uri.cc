#include "sdk/codec/uri.h"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "sdk/codec/base64.h"
#include "sdk/codec/timestamps.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {

// The small codecs that every request goes through: what is encoded decodes to itself.
void fuzz_uri(std::string_view input) {
  if (uri_decode(uri_encode(input)) != input) std::abort();
  (void)uri_decode(input, true);
  std::string query;
  for (const auto& [name, value] : parse_query(input)) {
    query += uri_encode(name) + "=" + uri_encode(value) + "&";
  }
  if (parse_query(query) != parse_query(input)) std::abort();
  if (const auto bytes = base64_decode(input); bytes && base64_encode(*bytes) != input)
    std::abort();
  if (base64_decode(base64_encode(input)) != input) std::abort();
  if (const auto time = parse_timestamp(input)) {
    if (parse_timestamp(iso8601(*time)) != time) std::abort();
    (void)rfc822(*time);
    (void)epoch_seconds(*time);
  }
  if (is_utf8(input)) (void)Json(std::string(input)).dump();
}

}  // namespace cloudchamber::fuzz
