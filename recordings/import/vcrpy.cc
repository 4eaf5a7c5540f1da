// vcrpy's cassettes, version 1, in YAML or JSON: github.com/kevin1024/vcrpy.
#include <nlohmann/json.hpp>

#include "recordings/import/formats.h"
#include "recordings/import/http_parts.h"

namespace cloudchamber::recordings {
namespace {

// A text (or !!binary), {"string": ...}, {"base64_string": ...}, or null.
Blob body_of(const Node* body) {
  if (body == nullptr || body->is_null()) return {};
  if (!body->is_map()) return Blob(body->text("the body"));
  if (const Node* const base64 = body->find("base64_string"))
    return bytes_of_base64(*base64, "base64_string");
  const Node* const text = body->find("string");
  return text == nullptr ? Blob() : Blob(text->text_or_nothing("the body"));
}

}  // namespace

bool is_vcrpy(const Node& root) {
  const Node* const interactions = root.find("interactions");
  if (interactions == nullptr || !interactions->is_list()) return false;
  if (interactions->items.empty()) return root.find("version") != nullptr;
  const Node* const request = interactions->items.front().find("request");
  return request != nullptr && request->find("uri") != nullptr;
}

void read_vcrpy(const Node& root, const std::string& /*name*/, Imported& imported) {
  imported.format = "vcrpy";
  if (const Node* const version = root.find("version")) (void)version->integer("version", 1, 1);
  for (const Node& interaction : root.at("interactions").list("interactions")) {
    Exchange exchange;
    const Node& asked = interaction.at("request");
    exchange.request.method = asked.at("method").text("the method");
    set_url(asked.at("uri"), exchange.request);
    exchange.request.headers = headers_in(asked);
    exchange.request.body = body_of(asked.find("body"));
    const Node& answer = interaction.at("response");
    // Until vcrpy 5, httpx's responses had members of their own.
    const Node* const code = answer.find("status_code");
    exchange.response.status = status_of(code != nullptr ? *code : answer.at("status").at("code"));
    exchange.response.headers = headers_in(answer);
    const Node* const body = answer.find("body");
    exchange.response.body = body_of(body != nullptr ? body : answer.find("content"));
    imported.recording.interactions.push_back({.exchange = std::move(exchange), .meaning = {}});
  }
}

}  // namespace cloudchamber::recordings
