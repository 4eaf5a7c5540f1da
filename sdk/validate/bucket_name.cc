#include "sdk/validate/bucket_name.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cloudchamber/errors.h"

namespace cloudchamber {
namespace {

bool all_in(std::string_view text, std::string_view extra) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           extra.find(c) != std::string_view::npos;
  });
}

// "arn:aws...:s3:REGION:ACCOUNT:accesspoint/NAME", and those of S3 Object Lambda and Outposts.
bool is_access_point_arn(std::string_view text) {
  std::vector<std::string_view> parts;
  for (int i = 0; i < 5; ++i) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return false;
    parts.push_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  const bool outposts = parts[2] == "s3-outposts";
  const bool digits =
      std::all_of(parts[4].begin(), parts[4].end(), [](char c) { return c >= '0' && c <= '9'; });
  if (parts[0] != "arn" || !parts[1].starts_with("aws") ||
      (parts[2] != "s3" && parts[2] != "s3-object-lambda" && !outposts) || !all_in(parts[3], "-") ||
      parts[4].size() != 12 || !digits) {
    return false;
  }
  const auto skip = [&](std::string_view word) {
    if (!text.starts_with(word) || text.size() == word.size()) return false;
    const char separator = text[word.size()];
    if (separator != '/' && separator != ':') return false;
    text.remove_prefix(word.size() + 1);
    return true;
  };
  if (outposts) {
    if (!skip("outpost")) return false;
    const std::size_t end = text.find_first_of("/:");
    if (end == 0 || end == std::string_view::npos || end > 63 || !all_in(text.substr(0, end), "-"))
      return false;
    text.remove_prefix(end + 1);
  }
  return skip("accesspoint") && !text.empty() && text.size() <= 63 && all_in(text, "-.");
}

}  // namespace

void validate_bucket(std::string_view bucket) {
  const bool name = !bucket.empty() && bucket.size() <= 255 && all_in(bucket, ".-_");
  if (name || is_access_point_arn(bucket)) return;
  throw ParamValidationError(
      "Parameter validation failed:\nInvalid bucket name \"" + std::string(bucket) +
      "\": Bucket name must match the regex \"^[a-zA-Z0-9.\\-_]{1,255}$\" or be the ARN of an "
      "access point");
}

}  // namespace cloudchamber
