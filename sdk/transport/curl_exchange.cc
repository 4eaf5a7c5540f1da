#include "sdk/transport/curl_exchange.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "cloudchamber/errors.h"

namespace cloudchamber {
namespace {

// Bodies are collected in pieces of this size, so that a large one never moves while it grows.
constexpr std::size_t kPieceSize = std::size_t{1} << 20;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

template <class Action>
std::size_t guarded(CurlExchange& exchange, std::size_t done, const Action& action) {
  try {
    action();
    return done;
  } catch (...) {
    exchange.failure = std::current_exception();
    return 0;  // libcurl gives up
  }
}

extern "C" {
std::size_t chamber_curl_header(char* data, std::size_t, std::size_t size, void* user) {
  auto& exchange = *static_cast<CurlExchange*>(user);
  return guarded(exchange, size, [&] { exchange.header_line({data, size}); });
}
std::size_t chamber_curl_body(char* data, std::size_t, std::size_t size, void* user) {
  auto& exchange = *static_cast<CurlExchange*>(user);
  if (size == 0) return 0;
  return guarded(exchange, size, [&] { exchange.body_bytes({data, size}); });
}
std::size_t chamber_curl_read(char* data, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<CurlExchange*>(user);
  if (!exchange.options.body.read) return exchange.next_bytes(data, size * count);
  try {
    return exchange.options.body.read(data, size * count);
  } catch (...) {
    exchange.failure = std::current_exception();
    return CURL_READFUNC_ABORT;
  }
}
// Called at least once a second. libcurl has no timeout for a single read: its "low speed" looks at
// an average and so fires seconds late.
int chamber_curl_progress(void* user, curl_off_t, curl_off_t down, curl_off_t, curl_off_t up) {
  auto& exchange = *static_cast<CurlExchange*>(user);
  const auto now = std::chrono::steady_clock::now();
  if (down + up != exchange.moved || !exchange.connected()) {
    exchange.moved = down + up;
    exchange.moved_at = now;
  }
  exchange.timed_out = now - exchange.moved_at > exchange.options.read_timeout;
  return exchange.timed_out ? 1 : 0;
}
int chamber_curl_seek(void* user, curl_off_t offset, int origin) {
  if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_CANTSEEK;
  return static_cast<CurlExchange*>(user)->seek(static_cast<std::size_t>(offset))
             ? CURL_SEEKFUNC_OK
             : CURL_SEEKFUNC_FAIL;
}
}

}  // namespace

void CurlExchange::install() {
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, chamber_curl_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, chamber_curl_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, chamber_curl_read);
  curl_easy_setopt(curl, CURLOPT_READDATA, this);
  curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, chamber_curl_seek);
  curl_easy_setopt(curl, CURLOPT_SEEKDATA, this);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, chamber_curl_progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

bool CurlExchange::connected() const {  // also when an earlier exchange had done it
  curl_off_t begun = 0;
  curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &begun);
  return begun > 0;
}

void CurlExchange::flush_piece() {
  if (piece.empty()) return;
  response.body.append(std::move(piece));
  piece.clear();
}

void CurlExchange::header_line(std::string_view line) {
  if (line.starts_with("HTTP/")) {  // also after "100 Continue" and a proxy's answer: begin anew
    response.headers = Headers();
    const std::size_t space = line.find(' ');
    response.status = 0;
    for (std::size_t i = space + 1; i < line.size() && i < space + 4; ++i) {
      if (line[i] >= '0' && line[i] <= '9')
        response.status = response.status * 10 + (line[i] - '0');
    }
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  response.headers.add(std::string(trimmed(line.substr(0, colon))),
                       std::string(trimmed(line.substr(colon + 1))));
}

void CurlExchange::body_bytes(std::string_view bytes) {
  const bool success = response.status >= 200 && response.status <= 299;
  if (options.sink && success) {
    if (options.head && !head_seen) options.head(response);
    head_seen = true;
    options.sink(bytes);
    return;
  }
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, kPieceSize - piece.size());
    piece.append(part);
    bytes.remove_prefix(part.size());
    if (piece.size() == kPieceSize) flush_piece();
  }
}

std::size_t CurlExchange::next_bytes(char* buffer, std::size_t capacity) {
  std::size_t written = 0;
  while (written < capacity && sent_piece < request.body.piece_count()) {
    const std::string_view rest = request.body.piece(sent_piece).substr(sent_offset);
    const std::size_t step = std::min(rest.size(), capacity - written);
    std::memcpy(buffer + written, rest.data(), step);
    written += step;
    sent_offset += step;
    if (step == rest.size()) ++sent_piece, sent_offset = 0;
  }
  return written;
}

bool CurlExchange::seek(std::size_t offset) {
  sent_piece = 0;
  while (sent_piece < request.body.piece_count() &&
         offset >= request.body.piece(sent_piece).size()) {
    offset -= request.body.piece(sent_piece++).size();
  }
  sent_offset = sent_piece < request.body.piece_count() ? offset : 0;
  return sent_piece < request.body.piece_count() || offset == 0;
}

void throw_connection_error(CURLcode code, bool connected, const std::string& url,
                            const char* details) {
  const std::string quoted = "\"" + url + "\"";
  const std::string reason = details[0] != '\0' ? details : curl_easy_strerror(code);
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      if (connected) throw ConnectionError("Read timeout on endpoint URL: " + quoted);
      throw ConnectionError("Connect timeout on endpoint URL: " + quoted);
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
      throw ConnectionError("Failed to connect to proxy: " + reason);
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      throw ConnectionError("Could not connect to the endpoint URL: " + quoted + ": " + reason);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
      throw ConnectionError("SSL validation failed for " + url + " " + reason);
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      throw ConnectionError(
          "Connection was closed before we received a valid response from endpoint URL: " + quoted);
    case CURLE_PARTIAL_FILE:
      throw ConnectionError("An error occurred while reading from response stream: " + reason);
    default:
      throw ConnectionError("An HTTP client raised an error for " + quoted + ": " + reason);
  }
}

}  // namespace cloudchamber
