// go-vcr's cassettes, versions 1 and 2: github.com/dnaeon/go-vcr. Bodies are text.
#include <nlohmann/json.hpp>

#include "recordings/import/formats.h"
#include "recordings/import/http_parts.h"

namespace cloudchamber::recordings {
namespace {

const Node* first_request(const Node& root) {
  const Node* const interactions = root.find("interactions");
  if (interactions == nullptr || interactions->items.empty()) return nullptr;
  return interactions->items.front().find("request");
}

Blob body_of(const Node& message) {
  const Node* const body = message.find("body");
  return body == nullptr ? Blob() : Blob(body->text_or_nothing("the body"));
}

// Go's spelling of a duration, as far as answers take: "87.3ms", "1.2s". Else nothing.
Milliseconds duration_of(const Node* duration) {
  if (duration == nullptr || !duration->is_text()) return Milliseconds(0);
  const std::string text = duration->text("the duration");
  std::size_t read = 0;
  double number = 0;
  try {
    number = std::stod(text, &read);
  } catch (const std::logic_error&) {
    return Milliseconds(0);
  }
  const std::string unit = text.substr(read);
  const double ms = unit == "ms" ? number : unit == "s" ? number * 1000 : 0;
  return Milliseconds(ms > 0 && ms < 1e9 ? static_cast<std::int64_t>(ms) : 0);
}

}  // namespace

bool is_go_vcr(const Node& root) {
  const Node* const request = first_request(root);
  if (request != nullptr) return request->find("url") != nullptr;
  // A test that sent nothing. vcrpy knows no version 2.
  const Node* const interactions = root.find("interactions");
  const Node* const version = root.find("version");
  return interactions != nullptr && interactions->is_list() && version != nullptr &&
         version->is_text() && version->text("version") == "2";
}

void read_go_vcr(const Node& root, const std::string& /*name*/, Imported& imported) {
  imported.format = "go-vcr";
  if (const Node* const version = root.find("version")) (void)version->integer("version", 1, 2);
  for (const Node& interaction : root.at("interactions").list("interactions")) {
    Exchange exchange;
    const Node& asked = interaction.at("request");
    exchange.request.method = asked.at("method").text("the method");
    set_url(asked.at("url"), exchange.request);
    exchange.request.headers = headers_in(asked);
    exchange.request.body = body_of(asked);
    const Node& answer = interaction.at("response");
    exchange.response.status = status_of(answer.at("code"));
    exchange.response.headers = headers_in(answer);
    exchange.response.body = body_of(answer);
    exchange.took = duration_of(answer.find("duration"));
    imported.recording.interactions.push_back({.exchange = std::move(exchange), .meaning = {}});
  }
}

}  // namespace cloudchamber::recordings
