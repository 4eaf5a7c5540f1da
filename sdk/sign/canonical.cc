#include "sdk/sign/canonical.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sdk/codec/ascii.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/uri.h"

namespace cloudchamber {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_name(std::string_view name, std::string_view lower_name) {
  return name.size() == lower_name.size() &&
         std::equal(name.begin(), name.end(), lower_name.begin(),
                    [](char a, char b) { return lower(a) == b; });
}

void append_collapsed(std::string& out, std::string_view value) {
  bool gap = false;
  const std::size_t start = out.size();
  for (const char c : value) {
    if (is_space(c)) {
      gap = true;
      continue;
    }
    if (gap && out.size() > start) out += ' ';
    gap = false;
    out += c;
  }
}

// What a header would say that the signer of a URL has put into its query.
bool append_from_query(std::string& out, const HttpRequest& request, std::string_view lower_name) {
  for (const auto& [name, value] : parse_query(request.query())) {
    if (!is_name(name, lower_name)) continue;
    append_collapsed(out, value);
    return true;
  }
  return false;
}

void append_header(std::string& out, const HttpRequest& request, std::string_view lower_name,
                   bool* present) {
  bool found = false;
  for (const auto& [name, value] : request.headers) {
    if (!is_name(name, lower_name)) continue;
    if (found) out += ',';
    append_collapsed(out, value);
    found = true;
  }
  if (!found && lower_name == "host") {
    append_collapsed(out, request.host);
    found = true;
  } else if (!found && lower_name == "content-length") {
    out += std::to_string(request.body.size());
    found = true;
  } else if (!found && lower_name.starts_with("x-amz-") && !request.query().empty()) {
    found = append_from_query(out, request, lower_name);
  }
  if (present != nullptr) *present = found;
}

std::string without_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  const bool trailing = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    if (segment.empty() || segment == ".") continue;
    if (segment != "..")
      kept.push_back(segment);
    else if (!kept.empty())
      kept.pop_back();
  }
  std::string clean;
  for (const std::string_view segment : kept) {
    clean += '/';
    clean += segment;
  }
  if (trailing || clean.empty()) clean += '/';
  return clean;
}

bool is_plain(std::string_view path) {
  return std::all_of(path.begin(), path.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '-' || c == '_' || c == '.' || c == '~';
  });
}

}  // namespace

std::string canonical_header(const HttpRequest& request, std::string_view lower_name,
                             bool* present) {
  std::string value;
  append_header(value, request, lower_name, present);
  return value;
}

std::string canonical_path(std::string_view path, bool s3) {
  if (path.empty() || path == "/") return "/";
  if (s3) return is_plain(path) ? std::string(path) : uri_encode(uri_decode(path), true);
  return uri_encode(without_dots(path), true);
}

std::string canonical_query(std::string_view query, std::string_view without) {
  if (query.empty()) return {};
  std::vector<std::pair<std::string, std::string>> pairs = parse_query(query);
  for (auto& [name, value] : pairs) {
    if (!is_plain(name) || name.find('/') != std::string::npos) name = uri_encode(name);
    if (!is_plain(value) || value.find('/') != std::string::npos) value = uri_encode(value);
  }
  std::sort(pairs.begin(), pairs.end());
  std::string canonical;
  canonical.reserve(query.size());
  for (const auto& [name, value] : pairs) {
    if (!without.empty() && name == without) continue;
    if (!canonical.empty()) canonical += '&';
    canonical += name;
    canonical += '=';
    canonical += value;
  }
  return canonical;
}

std::vector<std::string> headers_to_sign(const HttpRequest& request) {
  static constexpr std::array<std::string_view, 6> kUnsigned = {
      "authorization",     "connection", "expect",
      "transfer-encoding", "user-agent", "x-amzn-trace-id"};
  std::vector<std::string> names;
  names.reserve(request.headers.size() + 1);
  names.emplace_back("host");
  for (const auto& [name, value] : request.headers) {
    std::string lower_name = lowered(name);
    if (std::find(kUnsigned.begin(), kUnsigned.end(), lower_name) == kUnsigned.end())
      names.push_back(std::move(lower_name));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string canonical_request(const HttpRequest& request, std::string_view signed_headers,
                              std::string_view payload_hash, bool s3) {
  std::string text;
  text.reserve(512);
  text += request.method;
  text += '\n';
  text += canonical_path(request.path(), s3);
  text += '\n';
  text += canonical_query(request.query(), "X-Amz-Signature");
  text += '\n';
  for (std::string_view left = signed_headers; !left.empty();) {
    const std::size_t end = left.find(';');
    const std::string_view name = left.substr(0, end);
    left = end == std::string_view::npos ? std::string_view() : left.substr(end + 1);
    text += name;
    text += ':';
    append_header(text, request, name, nullptr);
    text += '\n';
  }
  text += '\n';
  text += signed_headers;
  text += '\n';
  text += payload_hash;
  return text;
}

bool signs_like_s3(std::string_view service) {
  return service == "s3" || service == "s3express" || service == "s3-object-lambda" ||
         service == "s3-outposts";
}

std::string payload_hash_of(const Blob& body) {
  if (body.empty()) return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  return hex(digest_of(Digest::kSha256, body));
}

}  // namespace cloudchamber
