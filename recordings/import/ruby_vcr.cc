// Ruby VCR's cassettes: github.com/vcr/vcr, "http_interactions" since version 2.
#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "recordings/import/formats.h"
#include "recordings/import/http_parts.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::recordings {
namespace {

// {encoding, string} or {encoding, base64_string}.
Blob body_of(const Node& message) {
  const Node* const body = message.find("body");
  if (body == nullptr || body->is_null()) return {};
  if (body->is_text()) return Blob(body->text("the body"));
  if (const Node* const base64 = body->find("base64_string"))
    return bytes_of_base64(*base64, "base64_string");
  const Node* const text = body->find("string");
  return text == nullptr ? Blob() : Blob(text->text_or_nothing("the body"));
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  return text;
}

}  // namespace

bool is_ruby_vcr(const Node& root) { return root.find("http_interactions") != nullptr; }

void read_ruby_vcr(const Node& root, const std::string& /*name*/, Imported& imported) {
  imported.format = "Ruby VCR";
  for (const Node& interaction : root.at("http_interactions").list("http_interactions")) {
    Exchange exchange;
    const Node& asked = interaction.at("request");
    exchange.request.method = upper(asked.at("method").text("the method"));
    set_url(asked.at("uri"), exchange.request);
    exchange.request.headers = headers_in(asked);
    exchange.request.body = body_of(asked);
    const Node& answer = interaction.at("response");
    exchange.response.status = status_of(answer.at("status").at("code"));
    exchange.response.headers = headers_in(answer);
    exchange.response.body = body_of(answer);
    if (const Node* const when = interaction.find("recorded_at"); when != nullptr)
      exchange.started =
          parse_timestamp(when->text_or_nothing("recorded_at")).value_or(TimePoint());
    imported.recording.interactions.push_back({.exchange = std::move(exchange), .meaning = {}});
  }
}

}  // namespace cloudchamber::recordings
