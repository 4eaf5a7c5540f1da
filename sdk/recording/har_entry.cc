#include <nlohmann/json.hpp>
#include <utility>

#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/timestamps.h"
#include "sdk/recording/har.h"
#include "sdk/recording/json_values.h"

namespace cloudchamber {
namespace {

Headers headers_of(const Json& where) {
  Headers headers;
  for (const char* list : {"headers", "_volatileHeaders"}) {
    for (const Json& field : where.value(list, Json::array()))
      headers.add(field.at("name").get<std::string>(), field.at("value").get<std::string>());
  }
  return headers;
}

constexpr std::uintmax_t kMaxBody = std::uintmax_t{5} << 30;  // S3 takes no more in one request

// The digest is the only name that is taken, so that no recording opens a file of its choice; nor
// does one wait for a pipe or read without end.
Blob body_in_file(const std::string& name, const HarBodies& bodies) {
  if (name.size() != 64 || name.find_first_not_of("0123456789abcdef") != std::string::npos)
    throw RecordingError("_file is \"" + name + "\", not the SHA-256 of a body in hex");
  const std::filesystem::path file = bodies.folder / name;
  try {
    if (!std::filesystem::is_regular_file(file))
      throw RecordingError("the body " + name + " is not in " + bodies.folder.string());
    if (std::filesystem::file_size(file) > kMaxBody)
      throw RecordingError("the body " + name + " is larger than 5 GiB");
    Blob body = Blob::map_file(file);
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

}  // namespace

std::optional<Meaning> meaning_in(const Json& entry) {
  if (!entry.contains("_operation")) return std::nullopt;
  const auto part = [&](const char* name) {
    const auto found = entry.find(name);
    return found == entry.end() ? Json::object() : with_bytes(*found);
  };
  Meaning meaning{.service = entry.at("_service").get<std::string>(),
                  .operation = entry.at("_operation").get<std::string>(),
                  .region = entry.value("_region", std::string()),
                  .parameters = part("_parameters"),
                  .result = part("_result")};
  if (const auto error = entry.find("_error"); error != entry.end()) {
    meaning.error_code = error->value("Code", std::string());
    meaning.error_message = error->value("Message", std::string());
  }
  return meaning;
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
    restore_content_length(interaction.exchange);
    interaction.meaning = meaning_in(entry);
    if (const auto places = entry.find("_redactions"); places != entry.end())
      interaction.redactions = places->get<std::vector<std::string>>();
    return interaction;
  } catch (const Json::exception& error) {
    throw RecordingError(error.what());
  }
}

}  // namespace cloudchamber
