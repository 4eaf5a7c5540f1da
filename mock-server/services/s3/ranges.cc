#include "mock-server/services/s3/ranges.h"

#include <algorithm>
#include <charconv>

#include "mock-server/services/s3/errors.h"

namespace cloudchamber::mock::s3 {
namespace {

constexpr std::string_view kUnit = "bytes=";

// The whole text as a number; nothing when it is none or does not fit.
std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace

std::string ByteRange::content_range(std::size_t size) const {
  return "bytes " + std::to_string(first) + "-" + std::to_string(first + length - 1) + "/" +
         std::to_string(size);
}

std::optional<ByteRange> requested_range(std::string_view header, std::size_t size) {
  if (!header.starts_with(kUnit)) return std::nullopt;
  const std::string_view range = header.substr(kUnit.size());
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view first_text = range.substr(0, dash);
  const std::string_view last_text = range.substr(dash + 1);
  if (first_text.empty()) {  // the last N bytes
    const auto count = number(last_text);
    if (!count) return std::nullopt;
    if (*count == 0 || size == 0) throw invalid_range(header, size);
    const std::size_t length = std::min(*count, size);
    return ByteRange{size - length, length};
  }
  const auto first = number(first_text);
  if (!first) return std::nullopt;
  std::size_t last = size == 0 ? 0 : size - 1;
  if (!last_text.empty()) {
    const auto given = number(last_text);
    if (!given || *given < *first) return std::nullopt;
    last = std::min(last, *given);
  }
  if (*first >= size) throw invalid_range(header, size);
  return ByteRange{*first, last - *first + 1};
}

ByteRange copy_source_range(const std::string& header, std::size_t size) {
  const auto malformed = [&] {
    return invalid_argument(
        "The x-amz-copy-source-range value must be of the form bytes=first-last "
        "where first and last are the zero-based offsets of the first and last "
        "bytes to copy",
        "x-amz-copy-source-range", header);
  };
  if (!header.starts_with(kUnit)) throw malformed();
  const std::string_view range = std::string_view(header).substr(kUnit.size());
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos) throw malformed();
  const auto first = number(range.substr(0, dash));
  const auto last = number(range.substr(dash + 1));
  if (!first || !last || *last < *first) throw malformed();
  if (*first >= size) {
    throw invalid_request("The specified copy range is invalid for the source object size");
  }
  if (*last >= size) {
    throw invalid_argument(
        "Range specified is not valid for source object of size: " + std::to_string(size),
        "x-amz-copy-source-range", header);
  }
  return {*first, *last - *first + 1};
}

}  // namespace cloudchamber::mock::s3
