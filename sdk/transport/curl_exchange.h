// One exchange as libcurl's callbacks see it, and what its failures are called.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>

#include "cloudchamber/http.h"
#include "cloudchamber/transport.h"

namespace cloudchamber {

// Lives as long as curl_easy_perform runs. Exceptions must not pass through libcurl: they wait in
// `failure`.
struct CurlExchange {
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

  void install();                        // the callbacks below
  [[nodiscard]] bool connected() const;  // also when an earlier exchange had done it
  void flush_piece();                    // into the response's body

  void header_line(std::string_view line);
  void body_bytes(std::string_view bytes);
  [[nodiscard]] std::size_t next_bytes(char* buffer,
                                       std::size_t capacity);  // of the request's body
  [[nodiscard]] bool seek(std::size_t offset);                 // in it
};

// ConnectionError in botocore's words, so that what users know to search for is what they see.
[[noreturn]] void throw_connection_error(CURLcode code, bool connected, const std::string& url,
                                         const char* details);

}  // namespace cloudchamber
