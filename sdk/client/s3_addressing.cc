#include "sdk/client/s3_addressing.h"

#include <algorithm>

namespace cloudchamber {

bool is_virtual_hostable(std::string_view bucket, bool dots) {
  if (bucket.size() < 3 || bucket.size() > 63) return false;
  const auto letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  if (!letter_or_digit(bucket.front()) || !letter_or_digit(bucket.back())) return false;
  if (is_ip_host(bucket)) return false;
  for (std::size_t i = 0; i < bucket.size(); ++i) {
    const char c = bucket[i];
    if (letter_or_digit(c) || c == '-') continue;
    if (c != '.' || !dots) return false;
    // Every label between dots begins and ends with a letter or digit.
    if (!letter_or_digit(bucket[i - 1]) || !letter_or_digit(bucket[i + 1])) return false;
  }
  return true;
}

bool is_ip_host(std::string_view host) {
  if (host.starts_with('[')) return true;
  host = host.substr(0, host.rfind(':'));
  return std::count(host.begin(), host.end(), '.') == 3 &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

void address_bucket(HttpRequest& request, const Endpoint& endpoint, std::string_view bucket,
                    std::string_view style, bool custom) {
  request.host = endpoint.host;
  // boto3 takes a custom endpoint for one that knows no virtual hosts unless told otherwise; a dot
  // in the name would not match the certificate's "*.".
  const bool wanted = style == "virtual" || (style != "path" && !custom);
  if (!wanted || is_ip_host(endpoint.host) ||
      !is_virtual_hostable(bucket, endpoint.scheme == "http")) {
    return;
  }
  const std::string first = "/" + std::string(bucket);  // needs no percent-encoding
  if (!std::string_view(request.target).starts_with(first)) return;
  request.target.erase(0, first.size());
  if (request.target.empty() || request.target.front() != '/') request.target.insert(0, "/");
  request.host = std::string(bucket) + "." + endpoint.host;
}

}  // namespace cloudchamber
