#include "cloudchamber/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <exception>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

#include "cloudchamber/errors.h"

namespace cloudchamber {
namespace {

// Bodies are collected in pieces of this size, so that a large one never moves while it grows.
constexpr std::size_t kPieceSize = std::size_t{1} << 20;
// More idle connections than this are closed rather than kept.
constexpr std::size_t kMaxIdleHandles = 64;

// curl_global_init before the first handle. Not undone: other users of libcurl in the process may
// be left.
void initialise_curl() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw ConnectionError("libcurl can't be initialised");
}

struct HandleDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, HandleDeleter>;

struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListDeleter>;

void append(HeaderList& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// One exchange as libcurl's callbacks see it. Exceptions must not pass through libcurl: they wait
// in `failure`.
struct Exchange {
  CURL* curl;
  const HttpRequest& request;
  const SendOptions& options;
  HttpResponse response;
  std::string piece;  // of the body, not yet in the response
  std::size_t sent_piece = 0;
  std::size_t sent_offset = 0;
  bool head_seen = false;
  bool timed_out = false;
  curl_off_t moved = 0;  // bytes in both directions, when last one came or went:
  std::chrono::steady_clock::time_point moved_at = std::chrono::steady_clock::now();
  std::exception_ptr failure;

  [[nodiscard]] bool connected() const {  // also when an earlier exchange had done it
    curl_off_t begun = 0;
    curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &begun);
    return begun > 0;
  }

  [[nodiscard]] bool to_sink() const {
    return options.sink && response.status >= 200 && response.status <= 299;
  }

  void flush_piece() {
    if (piece.empty()) return;
    response.body.append(std::move(piece));
    piece.clear();
  }

  void header_line(std::string_view line) {
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

  void body_bytes(std::string_view bytes) {
    if (to_sink()) {
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

  std::size_t next_bytes(char* buffer, std::size_t capacity) {
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

  bool seek(std::size_t offset) {
    sent_piece = 0;
    while (sent_piece < request.body.piece_count() &&
           offset >= request.body.piece(sent_piece).size()) {
      offset -= request.body.piece(sent_piece++).size();
    }
    sent_offset = sent_piece < request.body.piece_count() ? offset : 0;
    return sent_piece < request.body.piece_count() || offset == 0;
  }
};

template <class Action>
std::size_t guarded(Exchange& exchange, std::size_t done, const Action& action) {
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
  auto& exchange = *static_cast<Exchange*>(user);
  return guarded(exchange, size, [&] { exchange.header_line({data, size}); });
}
std::size_t chamber_curl_body(char* data, std::size_t, std::size_t size, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (size == 0) return 0;
  return guarded(exchange, size, [&] { exchange.body_bytes({data, size}); });
}
std::size_t chamber_curl_read(char* data, std::size_t size, std::size_t count, void* user) {
  return static_cast<Exchange*>(user)->next_bytes(data, size * count);
}
// Called at least once a second. libcurl has no timeout for a single read: its "low speed" looks at
// an average and so fires seconds late.
int chamber_curl_progress(void* user, curl_off_t, curl_off_t down, curl_off_t, curl_off_t up) {
  auto& exchange = *static_cast<Exchange*>(user);
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
  return static_cast<Exchange*>(user)->seek(static_cast<std::size_t>(offset)) ? CURL_SEEKFUNC_OK
                                                                              : CURL_SEEKFUNC_FAIL;
}
}

// The words are botocore's, so that what users know to search for is what they see.
[[noreturn]] void throw_connection_error(CURLcode code, bool connected, const std::string& url,
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

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(CurlOptions options) : options_(std::move(options)) { initialise_curl(); }

  HttpResponse send(const HttpRequest& request, const SendOptions& options) override;

 private:
  // A handle is one connection (or more, kept by libcurl); it goes back when the exchange is over.
  Handle take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        Handle handle = std::move(idle_.back());
        idle_.pop_back();
        return handle;
      }
    }
    Handle handle(curl_easy_init());
    if (handle == nullptr) throw ConnectionError("libcurl gives no handle");
    return handle;
  }
  void give_back(Handle handle) {
    curl_easy_reset(handle.get());  // keeps connections, DNS and TLS caches
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMaxIdleHandles) idle_.push_back(std::move(handle));
  }
  void configure(CURL* curl, const HttpRequest& request, const SendOptions& options) const;

  const CurlOptions options_;
  std::mutex mutex_;
  std::vector<Handle> idle_;
};

void CurlTransport::configure(CURL* curl, const HttpRequest& request,
                              const SendOptions& options) const {
  const auto set = [curl](CURLoption option, auto value) {
    const CURLcode code = curl_easy_setopt(curl, option, value);
    if (code != CURLE_OK) throw ConnectionError(curl_easy_strerror(code));
  };
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PATH_AS_IS, 1L);  // "/bucket/../key" is a key, and it was signed as it stands
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(std::max<Milliseconds::rep>(1, options.connect_timeout.count())));
  set(CURLOPT_TCP_NODELAY, 1L);
  if (options_.tcp_keepalive) set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_XFERINFOFUNCTION, chamber_curl_progress);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_BUFFERSIZE, 128L * 1024);
  set(CURLOPT_UPLOAD_BUFFERSIZE, 128L * 1024);

  if (!options_.verify.enabled()) {
    set(CURLOPT_SSL_VERIFYPEER, 0L);
    set(CURLOPT_SSL_VERIFYHOST, 0L);
  } else if (!options_.verify.ca_bundle().empty()) {
    set(CURLOPT_CAINFO, options_.verify.ca_bundle().c_str());
  }
  if (!options_.client_cert.empty()) set(CURLOPT_SSLCERT, options_.client_cert.c_str());
  const auto proxy = options_.proxies.find(request.scheme);
  if (proxy != options_.proxies.end()) {
    set(CURLOPT_PROXY, proxy->second.c_str());
  } else if (!options_.proxies.empty()) {
    set(CURLOPT_PROXY, "");
  }

  const std::size_t size = request.body.size();
  if (request.method == "HEAD") {
    set(CURLOPT_NOBODY, 1L);
  } else if (size == 0 && (request.method == "GET" || request.method == "DELETE")) {
    set(CURLOPT_HTTPGET, 1L);
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  } else {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(size));
    if (request.body.piece_count() == 0) {
      set(CURLOPT_POSTFIELDS, "");
    } else if (request.body.piece_count() == 1) {
      set(CURLOPT_POSTFIELDS, request.body.piece(0).data());
    } else {
      set(CURLOPT_READFUNCTION, chamber_curl_read);
      set(CURLOPT_SEEKFUNCTION, chamber_curl_seek);
    }
  }
}

HttpResponse CurlTransport::send(const HttpRequest& request, const SendOptions& options) {
  const std::string url = request.scheme + "://" + request.host + request.target;

  HeaderList headers;
  append(headers, "Host: " + request.host);  // as it was signed
  for (const auto& [name, value] : request.headers)
    append(headers, value.empty() ? name + ";" : name + ": " + value);
  // What libcurl would add by itself, and nobody signed.
  append(headers, "Expect:");
  if (!request.headers.contains("Accept")) append(headers, "Accept:");
  if (!request.headers.contains("Content-Type")) append(headers, "Content-Type:");

  char details[CURL_ERROR_SIZE] = "";
  Handle handle = take();
  CURL* curl = handle.get();
  Exchange exchange{.curl = curl, .request = request, .options = options};
  configure(curl, request, options);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, details);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, chamber_curl_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, chamber_curl_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_READDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_SEEKDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &exchange);

  const CURLcode code = curl_easy_perform(curl);
  if (exchange.failure) std::rethrow_exception(exchange.failure);
  if (code != CURLE_OK) {
    throw_connection_error(exchange.timed_out ? CURLE_OPERATION_TIMEDOUT : code,
                           exchange.connected(), url, details);
  }
  exchange.flush_piece();
  if (request.method == "HEAD") {
    curl_off_t length = -1;
    curl_easy_getinfo(curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    if (length >= 0) exchange.response.content_length = static_cast<std::size_t>(length);
  }
  give_back(std::move(handle));
  return std::move(exchange.response);
}

}  // namespace

std::shared_ptr<Transport> make_curl_transport(const CurlOptions& options) {
  return std::make_shared<CurlTransport>(options);
}

}  // namespace cloudchamber
