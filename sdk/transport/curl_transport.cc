#include "cloudchamber/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

#include "cloudchamber/errors.h"
#include "sdk/transport/curl_exchange.h"

namespace cloudchamber {
namespace {

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

  if (options.body.read) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE,
        options.body.size ? static_cast<curl_off_t>(*options.body.size) : curl_off_t{-1});
    // On a connection that turns out to be closed it would have to be sent a second time.
    set(CURLOPT_FRESH_CONNECT, 1L);
    return;
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
    }  // else libcurl asks for the pieces
  }
}

HttpResponse CurlTransport::send(const HttpRequest& request, const SendOptions& options) {
  const std::string url = request.scheme + "://" + request.host + request.target;

  HeaderList headers;
  append(headers, "Host: " + request.host);  // as it was signed
  for (const auto& [name, value] : request.headers) {
    if ((name + value).find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
      throw ConnectionError("The header " + name + " can't be sent: it holds a line break");
    append(headers, value.empty() ? name + ";" : name + ": " + value);
  }
  // What libcurl would add by itself, and nobody signed.
  append(headers, "Expect:");
  if (options.body.read && !options.body.size) append(headers, "Transfer-Encoding: chunked");
  if (!request.headers.contains("Accept")) append(headers, "Accept:");
  if (!request.headers.contains("Content-Type")) append(headers, "Content-Type:");

  char details[CURL_ERROR_SIZE] = "";
  Handle handle = take();
  CURL* curl = handle.get();
  CurlExchange exchange{.curl = curl, .request = request, .options = options};
  configure(curl, request, options);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, details);
  exchange.install();

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
