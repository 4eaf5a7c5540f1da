#include "recordings/import/http_parts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::recordings {

void set_url(const Node& node, HttpRequest& request) {
  std::string url = node.text("the URL");
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos || scheme == 0)
    throw Refusal(node.line, "\"" + url.substr(0, 200) + "\" is no absolute URL");
  const bool clean = std::none_of(url.begin(), url.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
  });
  if (!clean) throw Refusal(node.line, "the URL holds white space or control characters");
  url.resize(std::min(url.find('#'), url.size()));
  const std::size_t target = std::min(url.find_first_of("/?", scheme + 3), url.size());
  request.scheme = lowered(url.substr(0, scheme));
  request.host = url.substr(scheme + 3, target - scheme - 3);
  if (request.host.empty()) throw Refusal(node.line, "the URL names no host");
  // Some recorders write the port that everybody knows.
  for (const auto& [known, port] : {std::pair{"https", ":443"}, std::pair{"http", ":80"}})
    if (request.scheme == known && request.host.ends_with(port))
      request.host.resize(request.host.size() - std::string_view(port).size());
  request.target = url.substr(target);
  if (!request.target.starts_with('/')) request.target.insert(0, "/");
}

namespace {

void add_header(const std::string& name, const Node& values, Headers& headers) {
  if (name.empty() || name.front() == ':') return;
  if (!values.is_list()) {
    headers.add(name, values.text_or_nothing("a header"));
    return;
  }
  for (const Node& value : values.items) headers.add(name, value.text_or_nothing("a header"));
}

}  // namespace

Headers headers_of(const Node& all) {
  Headers headers;
  if (all.is_null()) return headers;
  if (all.is_list()) {
    for (const Node& pair : all.items) {
      if (!pair.is_list() || pair.items.size() != 2)
        throw Refusal(pair.line, "a header that is no pair of name and value");
      add_header(pair.items[0].text("a header's name"), pair.items[1], headers);
    }
    return headers;
  }
  for (const auto& [name, values] : all.map("the headers")) add_header(name, values, headers);
  return headers;
}

Headers headers_in(const Node& message) {
  const Node* const headers = message.find("headers");
  return headers == nullptr ? Headers() : headers_of(*headers);
}

Blob bytes_of_base64(const Node& node, std::string_view what) {
  std::string text = node.text_or_nothing(what);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  std::optional<std::string> bytes = base64_decode(text);
  if (!bytes) throw Refusal(node.line, std::string(what) + " is not base64");
  return Blob(*std::move(bytes));
}

int status_of(const Node& status) {
  return static_cast<int>(status.integer("the status", 100, 599));
}

void tidy(Exchange& exchange) {
  HttpRequest& request = exchange.request;
  request.headers.erase("Host");
  request.headers.erase("Content-Length");
  request.headers.erase("Transfer-Encoding");
  HttpResponse& response = exchange.response;
  if (exchange.started == TimePoint()) {
    if (const std::string* const date = response.headers.find("Date"))
      exchange.started = parse_timestamp(*date).value_or(TimePoint());
  }
  // Go and Ruby write all names with capitals; S3 answers an object's own metadata without.
  Headers headers;
  for (const auto& [name, value] : response.headers) {
    const bool metadata = lowered(name).starts_with("x-amz-meta-");
    headers.add(metadata ? lowered(name) : name, value);
  }
  response.headers = std::move(headers);
  restore_content_length(exchange);
}

}  // namespace cloudchamber::recordings
