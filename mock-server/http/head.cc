#include "mock-server/http/head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "sdk/codec/ascii.h"
#include "sdk/codec/reason_phrases.h"

namespace cloudchamber::mock {
namespace {

// RFC 9110's token characters.
constexpr std::array<bool, 256> token_characters() {
  std::array<bool, 256> is_token{};
  for (char c = 'a'; c <= 'z'; ++c) is_token[static_cast<unsigned char>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c) is_token[static_cast<unsigned char>(c)] = true;
  for (char c = '0'; c <= '9'; ++c) is_token[static_cast<unsigned char>(c)] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
    is_token[static_cast<unsigned char>(c)] = true;
  return is_token;
}
constexpr std::array<bool, 256> kToken = token_characters();

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return kToken[static_cast<unsigned char>(c)]; });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The next line without its end; `text` goes on behind it. A bare \n ends a line too, as RFC 9112
// lets a recipient do.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

template <class Visit>
void for_each_token(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    visit(trimmed(list.substr(0, comma)));
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
}

// "http://host/path": how a proxy is addressed. The host stands in the target then.
bool split_absolute(std::string_view target, HttpRequest& request) {
  const std::size_t colon = target.find("://");
  if (colon == std::string_view::npos) return false;
  const std::string_view scheme = target.substr(0, colon);
  if (!equal_ignoring_case(scheme, "http") && !equal_ignoring_case(scheme, "https")) return false;
  target.remove_prefix(colon + 3);
  const std::size_t end = target.find_first_of("/?");
  const std::string_view host = target.substr(0, end);
  if (host.empty()) return false;
  const std::string_view rest = end == std::string_view::npos ? "" : target.substr(end);
  request.scheme.clear();
  for (const char c : scheme) request.scheme.push_back(lower(c));
  request.host = host;
  request.target =
      rest.empty() || rest.front() == '?' ? "/" + std::string(rest) : std::string(rest);
  return true;
}

bool parse_request_line(std::string_view line, Head& head, bool& host_in_target) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return false;
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(method)) return false;
  head.request.method = method;
  if (version == "HTTP/1.0") {
    head.http_1_0 = true;
    head.keep_alive = false;
  } else if (version != "HTTP/1.1") {
    return false;
  }
  if (target.empty() || std::any_of(target.begin(), target.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
      }))
    return false;
  head.asks_for_tunnel = method == "CONNECT" && target.find('/') == std::string_view::npos;
  if (target.front() == '/' || target == "*" || head.asks_for_tunnel) {
    head.request.target = target;
    return true;
  }
  host_in_target = split_absolute(target, head.request);
  return host_in_target;
}

// Digits alone: no sign, no space.
bool parse_length(std::string_view value, Head& head) {
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (error != std::errc() || end != value.data() + value.size() || value.empty()) return false;
  if (head.content_length && *head.content_length != length) return false;
  head.content_length = length;
  return true;
}

// A value that would end its line would forge headers: S3 lets callers choose some of them.
void append_value(std::string& out, std::string_view value) {
  if (value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos) {
    out.append(value);
    return;
  }
  for (const char c : value) out.push_back(c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
}

// These the connection decides.
bool is_framing(std::string_view name) {
  return equal_ignoring_case(name, "content-length") || equal_ignoring_case(name, "connection") ||
         equal_ignoring_case(name, "transfer-encoding") || equal_ignoring_case(name, "keep-alive");
}

}  // namespace

std::size_t find_head_end(std::string_view input, std::size_t from) {
  for (std::size_t at = input.find('\n', from); at != std::string_view::npos;
       at = input.find('\n', at + 1)) {
    const std::string_view rest = input.substr(at + 1);
    if (rest.starts_with('\n')) return at + 2;
    if (rest.starts_with("\r\n")) return at + 3;
  }
  return std::string_view::npos;
}

std::optional<HttpFault> parse_head(std::string_view text, Head& head) {
  bool host_in_target = false;
  bool has_host = false;
  HttpRequest& request = head.request;
  request.scheme = "http";
  if (!parse_request_line(take_line(text), head, host_in_target)) return HttpFault::kMalformed;
  bool unsupported = false;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    // Also what begins with a space: a header that goes on over several lines, obsolete since 2014.
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
      return HttpFault::kMalformed;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (value.find('\0') != std::string_view::npos || value.find('\r') != std::string_view::npos)
      return HttpFault::kMalformed;
    if (equal_ignoring_case(name, "host")) {
      if (has_host) return HttpFault::kMalformed;
      has_host = true;
      if (!host_in_target) request.host = value;
      continue;
    }
    if (equal_ignoring_case(name, "content-length")) {
      if (!parse_length(value, head)) return HttpFault::kMalformed;
    } else if (equal_ignoring_case(name, "transfer-encoding")) {
      for_each_token(value, [&](std::string_view token) {
        if (equal_ignoring_case(token, "chunked"))
          head.chunked = true;
        else if (!equal_ignoring_case(token, "identity"))
          unsupported = true;
      });
    } else if (equal_ignoring_case(name, "connection")) {
      for_each_token(value, [&](std::string_view token) {
        if (equal_ignoring_case(token, "close")) head.keep_alive = false;
        if (equal_ignoring_case(token, "keep-alive") && head.http_1_0) head.keep_alive = true;
      });
    } else if (equal_ignoring_case(name, "expect")) {
      head.expects_continue = equal_ignoring_case(value, "100-continue");
    }
    request.headers.add(std::string(name), std::string(value));
  }
  if (!has_host && !host_in_target && !head.http_1_0) return HttpFault::kMalformed;
  if (head.http_1_0) head.expects_continue = false;  // 1.0 knows of no interim responses
  // Whoever states two lengths may have been understood by somebody in between in the other way.
  if (head.chunked && head.content_length) head.keep_alive = false;
  if (unsupported) return HttpFault::kUnsupportedEncoding;
  return std::nullopt;
}

std::optional<std::uint64_t> parse_chunk_size(std::string_view line) {
  const std::string_view digits = trimmed(line.substr(0, line.find(';')));
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.empty())
    return std::nullopt;
  return size;
}

void append_response_head(std::string& out, const HttpResponse& response,
                          const BodyFraming& framing, bool keep_alive, bool http_1_0) {
  out.append("HTTP/1.1 ");
  out.append(std::to_string(response.status));
  out.push_back(' ');
  out.append(reason_phrase(response.status));
  out.append("\r\n");
  for (const auto& [name, value] : response.headers) {
    if (is_framing(name)) continue;
    out.append(name);
    out.append(": ");
    append_value(out, value);
    out.append("\r\n");
  }
  if (framing.chunked) {
    out.append("Transfer-Encoding: chunked\r\n");
  } else if (framing.length) {
    out.append("Content-Length: ");
    out.append(std::to_string(*framing.length));
    out.append("\r\n");
  }
  if (!keep_alive)
    out.append("Connection: close\r\n");
  else if (http_1_0)
    out.append("Connection: keep-alive\r\n");
  out.append("\r\n");
}

}  // namespace cloudchamber::mock
