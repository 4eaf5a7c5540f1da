// HttpRequest and HttpResponse: one exchange as both halves see it, before TCP. The in-process
// transport hands exactly these values to the server; libcurl and cpp-httplib carry the same over a
// socket.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudchamber/blob.h"

namespace cloudchamber {

// Headers in the order of sending; names compare without regard to case and may repeat.
class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  Headers() = default;
  Headers(std::initializer_list<Field> fields) : fields_(fields) {}

  // The first value of that name; null when there is none. Valid until the headers change.
  [[nodiscard]] const std::string* find(std::string_view name) const;
  // The first value of that name, else "".
  [[nodiscard]] std::string_view get(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const { return find(name) != nullptr; }

  void add(std::string name, std::string value);
  // Replaces every value of that name by this one.
  void set(std::string_view name, std::string value);
  void erase(std::string_view name);

  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  [[nodiscard]] bool empty() const { return fields_.empty(); }

 private:
  std::vector<Field> fields_;
};

struct HttpRequest {
  std::string method = "POST";
  std::string scheme = "https";
  std::string host;  // "sqs.us-east-1.amazonaws.com" or "127.0.0.1:4566": authority, what the Host
                     // header says
  std::string target = "/";  // path and query as sent: percent-encoded, never decoded
  Headers headers;           // without Host, which stands above; Content-Length is the transport's
  Blob body;

  [[nodiscard]] std::string_view path() const;   // target up to '?'
  [[nodiscard]] std::string_view query() const;  // target behind '?', else ""
};

struct HttpResponse {
  int status = 200;
  Headers headers;
  Blob body;
  // What Content-Length says where `body` is left out: the answer to HEAD.
  std::optional<std::size_t> content_length;
};

}  // namespace cloudchamber
