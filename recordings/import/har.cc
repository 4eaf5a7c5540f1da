// HAR 1.2, ours and others': browsers, mitmproxy, Playwright, Polly.js. What sdk/recording reads
// strictly is read here as others write it.
#include "sdk/recording/har.h"

#include <nlohmann/json.hpp>

#include "recordings/import/formats.h"
#include "recordings/import/http_parts.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::recordings {
namespace {

// A browser may keep what a form holds without its text.
void write_form(Json& entry) {
  Json& request = entry["request"];
  if (!request.is_object() || !request.contains("postData")) return;
  Json& data = request["postData"];
  if (!data.is_object() || data.contains("text") || data.contains("_file") ||
      !data.contains("params") || !data["params"].is_array())
    return;
  std::string form;
  for (const Json& parameter : data["params"]) {
    if (!parameter.is_object()) continue;
    const auto text = [&](const char* member) {
      const auto found = parameter.find(member);
      return found != parameter.end() && found->is_string() ? found->get<std::string>() : "";
    };
    form += (form.empty() ? "" : "&") + uri_encode(text("name")) + "=" + uri_encode(text("value"));
  }
  data["text"] = std::move(form);
}

// Polly.js keeps values that came in a list as one.
void split_headers(Json& message) {
  if (!message.is_object() || !message.contains("headers") || !message["headers"].is_array())
    return;
  Json fields = Json::array();
  for (Json& field : message["headers"]) {
    if (!field.is_object() || !field.contains("value") || !field["value"].is_array()) {
      fields.push_back(std::move(field));
      continue;
    }
    for (const Json& value : field["value"]) {
      fields.push_back(field);
      fields.back()["value"] = value;
    }
  }
  message["headers"] = std::move(fields);
}

void leave_out_http2(Headers& headers) {
  Headers kept;
  for (const auto& [name, value] : headers)
    if (!name.empty() && name.front() != ':') kept.add(name, value);
  headers = std::move(kept);
}

void read_head(const Node& log, Recording& recording) {
  if (const Node* const creator = log.find("creator"))
    if (const Node* const name = creator->find("name"))
      recording.creator = name->text_or_nothing("the creator's name");
  if (const Node* const seed = log.find("_seed"))
    recording.seed = static_cast<std::uint64_t>(seed->integer("_seed", 0, INT64_MAX));
  if (const Node* const clock = log.find("_clock"))
    recording.clock = parse_timestamp(clock->text("_clock"));
}

}  // namespace

bool is_har(const Node& root) {
  const Node* const log = root.find("log");
  return log != nullptr && log->find("entries") != nullptr;
}

void read_har_document(const Node& root, const std::string& name, Imported& imported) {
  imported.format = "HAR";
  const Node& log = root.at("log");
  if (const Node* const format = log.find("_format")) (void)format->integer("_format", 1, 1);
  read_head(log, imported.recording);
  const HarBodies bodies = bodies_of(name);
  std::size_t unanswered = 0;
  for (const Node& entry : log.at("entries").list("entries")) {
    // As browsers write what was blocked or aborted.
    const Node& status = entry.at("response").at("status");
    if (status.integer("the status", 0, 599) == 0) {
      ++unanswered;
      continue;
    }
    Json value = entry.json();
    write_form(value);
    split_headers(value["request"]);
    split_headers(value["response"]);
    try {
      Interaction interaction = interaction_of(value, bodies);
      leave_out_http2(interaction.exchange.request.headers);
      leave_out_http2(interaction.exchange.response.headers);
      imported.recording.interactions.push_back(std::move(interaction));
    } catch (const RecordingError& error) {
      throw Refusal(entry.line, error.what());
    }
  }
  if (unanswered != 0)
    imported.notes.push_back(std::to_string(unanswered) +
                             " requests got no response and are left out");
}

}  // namespace cloudchamber::recordings
