#include <array>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"
#include "sdk/recording/har.h"
#include "sdk/recording/json_values.h"

namespace cloudchamber {
namespace {

using Ordered = nlohmann::ordered_json;

// What differs between two recordings of the same calls, and says nothing of them.
constexpr std::array kVolatile = {"amz-sdk-invocation-id",
                                  "amz-sdk-request",
                                  "authorization",
                                  "date",
                                  "user-agent",
                                  "x-amz-date",
                                  "x-amz-id-2",
                                  "x-amz-request-id",
                                  "x-amz-security-token",
                                  "x-amzn-requestid"};

bool is_volatile(std::string_view name) {
  return std::find(kVolatile.begin(), kVolatile.end(), lowered(name)) != kVolatile.end();
}

// Header lists, the volatile ones apart so that a diff of two recordings shows what changed.
void put_headers(const Headers& headers, Ordered& where) {
  where["headers"] = Ordered::array();
  Ordered apart = Ordered::array();
  for (const auto& [name, value] : headers)
    (is_volatile(name) ? apart : where["headers"]).push_back({{"name", name}, {"value", value}});
  if (!apart.empty()) where["_volatileHeaders"] = std::move(apart);
}

Headers headers_of(const Json& where) {
  Headers headers;
  for (const char* list : {"headers", "_volatileHeaders"}) {
    for (const Json& field : where.value(list, Json::array()))
      headers.add(field.at("name").get<std::string>(), field.at("value").get<std::string>());
  }
  return headers;
}

void put_text(const Blob& body, const HarBodies& bodies, const char* encoding, Ordered& where) {
  if (body.size() > bodies.max_inline) {
    const std::string name = hex(digest_of(Digest::kSha256, body));
    std::filesystem::create_directories(bodies.folder);
    std::ofstream file(bodies.folder / name, std::ios::binary);
    for (std::size_t i = 0; i < body.piece_count(); ++i) file << body.piece(i);
    if (!file.flush())
      throw RecordingError((bodies.folder / name).string() + ": the body can't be written");
    where["_file"] = name;
    return;
  }
  std::string scratch;
  const std::string_view bytes = body.flat(scratch);
  if (is_utf8(bytes)) {
    where["text"] = bytes;
  } else {
    where["text"] = base64_encode(bytes);
    where[encoding] = "base64";
  }
}

// The digest is the only name that is taken, so that no recording opens a file of its choice.
Blob body_in_file(const std::string& name, const HarBodies& bodies) {
  if (name.size() != 64 || name.find_first_not_of("0123456789abcdef") != std::string::npos)
    throw RecordingError("_file is \"" + name + "\", not the SHA-256 of a body in hex");
  try {
    Blob body = Blob::map_file(bodies.folder / name);
    if (hex(digest_of(Digest::kSha256, body)) == name) return body;
  } catch (const std::system_error&) {
    throw RecordingError("the body " + name + " is not in " + bodies.folder.string());
  }
  throw RecordingError("the body " + name + " is not what its name says");
}

Blob body_of(const Json& where, const HarBodies& bodies, const char* encoding) {
  if (const auto file = where.find("_file"); file != where.end())
    return body_in_file(file->get<std::string>(), bodies);
  std::string text = where.value("text", std::string());
  if (where.value(encoding, std::string()) != "base64") return Blob(std::move(text));
  std::optional<std::string> bytes = base64_decode(text);
  if (!bytes) throw RecordingError("a body is not base64 as its encoding says");
  return Blob(*std::move(bytes));
}

Ordered request_entry(const HttpRequest& request, const HarBodies& bodies) {
  Ordered entry = {{"method", request.method},
                   {"url", request.scheme + "://" + request.host + request.target},
                   {"httpVersion", "HTTP/1.1"},
                   {"cookies", Ordered::array()}};
  put_headers(request.headers, entry);
  entry["queryString"] = Ordered::array();
  for (const auto& [name, value] : parse_query(request.query()))
    entry["queryString"].push_back({{"name", name}, {"value", value}});
  if (!request.body.empty()) {
    Ordered data = {{"mimeType", request.headers.get("Content-Type")}};
    put_text(request.body, bodies, "_encoding", data);
    entry["postData"] = std::move(data);
  }
  entry["headersSize"] = -1;
  entry["bodySize"] = request.body.size();
  return entry;
}

HttpRequest request_of(const Json& entry, const HarBodies& bodies) {
  HttpRequest request;
  request.method = entry.at("method").get<std::string>();
  const auto url = entry.at("url").get<std::string>();
  const std::size_t host = url.find("://");
  if (host == std::string::npos) throw RecordingError("\"" + url + "\" is no absolute URL");
  const std::size_t target = url.find_first_of("/?", host + 3);
  request.scheme = url.substr(0, host);
  request.host = url.substr(host + 3, target == std::string::npos ? target : target - host - 3);
  request.target = target == std::string::npos ? "/" : url.substr(target);
  if (request.target.front() == '?') request.target.insert(0, "/");
  request.target.resize(std::min(request.target.find('#'), request.target.size()));
  request.headers = headers_of(entry);
  request.headers.erase("Host");  // the URL says it
  if (const auto data = entry.find("postData"); data != entry.end())
    request.body = body_of(*data, bodies, "_encoding");
  return request;
}

Ordered response_entry(const HttpResponse& response, const HarBodies& bodies) {
  Ordered entry = {{"status", response.status},
                   {"statusText", ""},
                   {"httpVersion", "HTTP/1.1"},
                   {"cookies", Ordered::array()}};
  Headers headers = response.headers;
  // The answer to HEAD, which the transport would have told so.
  if (response.content_length && response.body.empty() && !headers.contains("Content-Length"))
    headers.add("Content-Length", std::to_string(*response.content_length));
  put_headers(headers, entry);
  Ordered content = {{"size", response.body.size()},
                     {"mimeType", response.headers.get("Content-Type")}};
  if (!response.body.empty()) put_text(response.body, bodies, "encoding", content);
  entry["content"] = std::move(content);
  entry["redirectURL"] = "";
  entry["headersSize"] = -1;
  entry["bodySize"] = response.body.size();
  return entry;
}

HttpResponse response_of(const Json& entry, const HarBodies& bodies) {
  HttpResponse response;
  response.status = entry.at("status").get<int>();
  if (response.status < 100 || response.status > 599)
    throw RecordingError(std::to_string(response.status) + " is no status of a response");
  response.headers = headers_of(entry);
  if (const auto content = entry.find("content"); content != entry.end())
    response.body = body_of(*content, bodies, "encoding");
  return response;
}

// A header may have brought text that is not UTF-8.
Ordered ordered(const Json& value) {
  return Ordered::parse(without_bytes(value).dump(-1, ' ', false, Json::error_handler_t::replace));
}

void put_meaning(const Meaning& meaning, Ordered& entry) {
  entry["_service"] = meaning.service;
  entry["_operation"] = meaning.operation;
  entry["_region"] = meaning.region;
  entry["_parameters"] = ordered(meaning.parameters);
  if (meaning.error_code.empty()) {
    entry["_result"] = ordered(meaning.result);
  } else {
    entry["_error"] = {{"Code", meaning.error_code}, {"Message", meaning.error_message}};
  }
}

std::optional<Meaning> meaning_of(const Json& entry) {
  if (!entry.contains("_operation")) return std::nullopt;
  Meaning meaning{.service = entry.at("_service").get<std::string>(),
                  .operation = entry.at("_operation").get<std::string>(),
                  .region = entry.value("_region", std::string()),
                  .parameters = with_bytes(entry.value("_parameters", Json::object())),
                  .result = with_bytes(entry.value("_result", Json::object()))};
  if (const auto error = entry.find("_error"); error != entry.end()) {
    meaning.error_code = error->value("Code", std::string());
    meaning.error_message = error->value("Message", std::string());
  }
  return meaning;
}

}  // namespace

std::string entry_of(const Interaction& interaction, const HarBodies& bodies) {
  const Exchange& exchange = interaction.exchange;
  const auto took = exchange.took.count();
  Ordered entry = {{"startedDateTime", iso8601_milliseconds(exchange.started)},
                   {"time", took},
                   {"request", request_entry(exchange.request, bodies)},
                   {"response", response_entry(exchange.response, bodies)},
                   {"cache", Ordered::object()},
                   {"timings", {{"send", 0}, {"wait", took}, {"receive", 0}}}};
  if (interaction.meaning) put_meaning(*interaction.meaning, entry);
  return entry.dump(-1, ' ', false, Ordered::error_handler_t::replace);
}

Interaction interaction_of(const Json& entry, const HarBodies& bodies) {
  try {
    Interaction interaction;
    interaction.exchange = {.request = request_of(entry.at("request"), bodies),
                            .response = response_of(entry.at("response"), bodies),
                            .started = TimePoint(),
                            .took = Milliseconds(0)};
    if (const auto started = parse_timestamp(entry.value("startedDateTime", std::string())))
      interaction.exchange.started = *started;
    const double took = entry.value("time", 0.0);
    if (took > 0 && took < 1e12)
      interaction.exchange.took = Milliseconds(static_cast<std::int64_t>(took));
    interaction.meaning = meaning_of(entry);
    return interaction;
  } catch (const Json::exception& error) {
    throw RecordingError(error.what());
  }
}

}  // namespace cloudchamber
