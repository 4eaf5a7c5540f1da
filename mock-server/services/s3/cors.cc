#include "mock-server/services/s3/cors.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/limits.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::s3 {
namespace {

// One '*' at most stands for any run of characters.
bool matches(std::string_view pattern, std::string_view text) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  const std::string_view head = pattern.substr(0, star);
  const std::string_view tail = pattern.substr(star + 1);
  return text.size() >= head.size() + tail.size() && text.starts_with(head) && text.ends_with(tail);
}

const std::string* matching(const Json& rule, const char* member, std::string_view text,
                            bool ignore_case) {
  const auto patterns = rule.find(member);
  if (patterns == rule.end()) return nullptr;
  for (const Json& item : *patterns) {
    const std::string& pattern = item.get_ref<const std::string&>();
    const bool found =
        ignore_case ? matches(lowered(pattern), lowered(text)) : matches(pattern, text);
    if (found) return &pattern;
  }
  return nullptr;
}

std::vector<std::string> items_of(std::string_view list) {
  std::vector<std::string> items;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view item = list.substr(0, comma);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (!item.empty()) items.push_back(lowered(item));
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
  return items;
}

std::string joined(const Json& list) {
  std::string text;
  for (const Json& item : list) {
    if (!text.empty()) text += ", ";
    text += item.get_ref<const std::string&>();
  }
  return text;
}

std::size_t stars_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '*'));
}

}  // namespace

void check_cors_rules(const Json& rules) {
  constexpr std::array<std::string_view, 5> kMethods = {"GET", "PUT", "POST", "DELETE", "HEAD"};
  if (!rules.is_array() || rules.empty() || rules.size() > kMaxCorsRules) throw malformed_xml();
  for (const Json& rule : rules) {
    if (!rule.contains("AllowedOrigins") || !rule.contains("AllowedMethods") ||
        rule["AllowedOrigins"].empty() || rule["AllowedMethods"].empty()) {
      throw malformed_xml();
    }
    for (const Json& method : rule["AllowedMethods"]) {
      const std::string& name = method.get_ref<const std::string&>();
      if (std::find(kMethods.begin(), kMethods.end(), name) == kMethods.end()) {
        throw invalid_request(
            "Found unsupported HTTP method in CORS config. Unsupported method is " + name);
      }
    }
    for (const Json& origin : rule["AllowedOrigins"]) {
      if (stars_in(origin.get_ref<const std::string&>()) > 1) {
        throw invalid_request("AllowedOrigin \"" + origin.get<std::string>() +
                              "\" can not have more than one wildcard.");
      }
    }
    if (!rule.contains("AllowedHeaders")) continue;
    for (const Json& header : rule["AllowedHeaders"]) {
      if (stars_in(header.get_ref<const std::string&>()) > 1) {
        throw invalid_request("AllowedHeader \"" + header.get<std::string>() +
                              "\" can not have more than one wildcard.");
      }
    }
  }
}

std::optional<Headers> cors_headers(const Json& rules, std::string_view origin,
                                    std::string_view method, std::string_view request_headers) {
  const std::vector<std::string> wanted = items_of(request_headers);
  for (const Json& rule : rules) {
    const std::string* pattern = matching(rule, "AllowedOrigins", origin, false);
    if (pattern == nullptr || matching(rule, "AllowedMethods", method, false) == nullptr) continue;
    if (!std::all_of(wanted.begin(), wanted.end(), [&](const std::string& header) {
          return matching(rule, "AllowedHeaders", header, true) != nullptr;
        })) {
      continue;
    }
    Headers headers;
    headers.add("Access-Control-Allow-Origin", *pattern == "*" ? "*" : std::string(origin));
    headers.add("Access-Control-Allow-Methods", joined(rule["AllowedMethods"]));
    if (!wanted.empty()) {
      std::string allowed;
      for (const std::string& header : wanted) allowed += (allowed.empty() ? "" : ", ") + header;
      headers.add("Access-Control-Allow-Headers", std::move(allowed));
    }
    if (rule.contains("ExposeHeaders") && !rule["ExposeHeaders"].empty()) {
      headers.add("Access-Control-Expose-Headers", joined(rule["ExposeHeaders"]));
    }
    if (rule.contains("MaxAgeSeconds")) {
      headers.add("Access-Control-Max-Age", std::to_string(rule["MaxAgeSeconds"].get<int>()));
    }
    if (*pattern != "*") headers.add("Access-Control-Allow-Credentials", "true");
    headers.add("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    return headers;
  }
  return std::nullopt;
}

}  // namespace cloudchamber::mock::s3
