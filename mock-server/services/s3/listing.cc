#include "mock-server/services/s3/listing.h"

#include <algorithm>
#include <limits>

#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/limits.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::s3 {

std::optional<std::string> common_prefix(std::string_view key, std::string_view prefix,
                                         std::string_view delimiter) {
  if (delimiter.empty()) return std::nullopt;
  const std::size_t found = key.find(delimiter, prefix.size());
  if (found == std::string_view::npos) return std::nullopt;
  return std::string(key.substr(0, found + delimiter.size()));
}

std::optional<std::string> successor(std::string prefix) {
  while (!prefix.empty()) {
    const auto last = static_cast<unsigned char>(prefix.back());
    if (last != 0xFF) {
      prefix.back() = static_cast<char>(last + 1);
      return prefix;
    }
    prefix.pop_back();
  }
  return std::nullopt;
}

std::int64_t page_limit(const Call& call, const char* member, const char* parameter) {
  const std::int64_t limit = call.integer_or(member, kMaxKeys);
  if (limit < 0 || limit > std::numeric_limits<std::int32_t>::max()) {
    throw invalid_argument(
        "Argument " + std::string(parameter) + " must be an integer between 0 and 2147483647",
        parameter, std::to_string(limit));
  }
  return std::min(limit, kMaxKeys);
}

KeyEncoding::KeyEncoding(const Call& call) {
  if (!call.has("EncodingType")) return;
  if (call.text("EncodingType") != "url") {
    throw invalid_argument("Invalid Encoding Method specified in Request", "encoding-type",
                           call.text("EncodingType"));
  }
  url_ = true;
}

std::string KeyEncoding::operator()(std::string_view key) const {
  if (!url_) return std::string(key);
  std::string encoded = uri_encode(key, /*keep_slash=*/true);
  // As Java's URLEncoder writes it.
  std::string result;
  result.reserve(encoded.size());
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded.compare(i, 3, "%20") == 0) {
      result += '+';
      i += 2;
    } else if (encoded.compare(i, 3, "%2A") == 0) {
      result += '*';
      i += 2;
    } else {
      result += encoded[i];
    }
  }
  return result;
}

}  // namespace cloudchamber::mock::s3
