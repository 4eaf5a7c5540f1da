// Entries as text, appended member by member: a recorder writes one while a client waits.
#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "cloudchamber/errors.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/json_text.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"
#include "sdk/recording/har.h"
#include "sdk/recording/json_values.h"

namespace cloudchamber {
namespace {

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
  return std::any_of(kVolatile.begin(), kVolatile.end(), [&](std::string_view one) {
    return one.size() == name.size() && equal_ignoring_case(one, name);
  });
}

void put(std::string& out, std::string_view text) {
  if (is_utf8(text))
    append_json_string(out, text);
  else
    out += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

void put_pair(std::string& out, std::string_view name, std::string_view value) {
  out += "{\"name\":";
  put(out, name);
  out += ",\"value\":";
  put(out, value);
  out += '}';
}

// The volatile ones stand apart, so that a diff of two recordings shows what changed.
void put_headers(std::string& out, const Headers& headers) {
  std::string apart;
  const char* separator = "";
  out += "\"headers\":[";
  for (const auto& [name, value] : headers) {
    if (is_volatile(name)) {
      if (!apart.empty()) apart += ',';
      put_pair(apart, name, value);
      continue;
    }
    out += separator;
    put_pair(out, name, value);
    separator = ",";
  }
  out += ']';
  if (!apart.empty()) out.append(",\"_volatileHeaders\":[").append(apart).append("]");
}

std::string keep_in_file(const Blob& body, const HarBodies& bodies) {
  const std::string name = hex(digest_of(Digest::kSha256, body));
  const std::filesystem::path kept = bodies.folder / name;
  std::error_code missing;
  // It may be in use: a file that is mapped must not be cut off.
  if (std::filesystem::file_size(kept, missing) == body.size() && !missing) return name;
  std::filesystem::create_directories(bodies.folder);
  std::ofstream file(kept, std::ios::binary);
  for (std::size_t i = 0; i < body.piece_count(); ++i) file << body.piece(i);
  if (!file.flush()) throw RecordingError(kept.string() + ": the body can't be written");
  return name;
}

void put_body(std::string& out, const Blob& body, const HarBodies& bodies, const char* encoding) {
  if (body.size() > bodies.max_inline) {
    out += ",\"_file\":";
    put(out, keep_in_file(body, bodies));
    return;
  }
  std::string scratch;
  const std::string_view bytes = body.flat(scratch);
  out += ",\"text\":";
  if (is_utf8(bytes)) {
    append_json_string(out, bytes);
  } else {
    put(out, base64_encode(bytes));
    out.append(",\"").append(encoding).append("\":\"base64\"");
  }
}

void put_request(std::string& out, const HttpRequest& request, const HarBodies& bodies) {
  out += "{\"method\":";
  put(out, request.method);
  out += ",\"url\":";
  put(out, request.scheme + "://" + request.host + request.target);
  out += ",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],";
  put_headers(out, request.headers);
  out += ",\"queryString\":[";
  const char* separator = "";
  for (const auto& [name, value] : parse_query(request.query())) {
    out += separator;
    put_pair(out, name, value);
    separator = ",";
  }
  out += ']';
  if (!request.body.empty()) {
    out += ",\"postData\":{\"mimeType\":";
    put(out, request.headers.get("Content-Type"));
    put_body(out, request.body, bodies, "_encoding");
    out += '}';
  }
  out.append(",\"headersSize\":-1,\"bodySize\":")
      .append(std::to_string(request.body.size()))
      .append("}");
}

void put_response(std::string& out, const HttpResponse& response, const HarBodies& bodies) {
  out += "{\"status\":" + std::to_string(response.status) +
         ",\"statusText\":\"\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],";
  // The answer to HEAD, which the transport would have told so.
  if (response.content_length && response.body.empty() &&
      !response.headers.contains("Content-Length")) {
    Headers headers = response.headers;
    headers.add("Content-Length", std::to_string(*response.content_length));
    put_headers(out, headers);
  } else {
    put_headers(out, response.headers);
  }
  const std::string size = std::to_string(response.body.size());
  out += ",\"content\":{\"size\":" + size + ",\"mimeType\":";
  put(out, response.headers.get("Content-Type"));
  if (!response.body.empty()) put_body(out, response.body, bodies, "encoding");
  out += "},\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":" + size + "}";
}

bool has_bytes(const Json& value) {
  return value.is_binary() ||
         (value.is_structured() && std::any_of(value.begin(), value.end(), has_bytes));
}

// As Json::dump, which looks at each character of a text for itself and takes four times as long.
void put_json(std::string& out, const Json& value) {
  if (value.is_string()) return put(out, value.get_ref<const std::string&>());
  if (!value.is_structured()) {
    out += value.dump();
    return;
  }
  const bool object = value.is_object();
  out += object ? '{' : '[';
  const char* separator = "";
  for (auto part = value.begin(); part != value.end(); ++part) {
    out += separator;
    if (object) {
      put(out, part.key());
      out += ':';
    }
    put_json(out, *part);
    separator = ",";
  }
  out += object ? '}' : ']';
}

void put_value(std::string& out, const Json& value) {
  put_json(out, has_bytes(value) ? without_bytes(value) : value);
}

void put_redactions(std::string& out, const std::vector<std::string>& places) {
  const char* separator = ",\"_redactions\":[";
  for (const std::string& place : places) {
    out += separator;
    put(out, place);
    separator = ",";
  }
  if (!places.empty()) out += ']';
}

void put_meaning(std::string& out, const Meaning& meaning) {
  out += ",\"_service\":";
  put(out, meaning.service);
  out += ",\"_operation\":";
  put(out, meaning.operation);
  out += ",\"_region\":";
  put(out, meaning.region);
  out += ",\"_parameters\":";
  put_value(out, meaning.parameters);
  if (meaning.error_code.empty()) {
    out += ",\"_result\":";
    put_value(out, meaning.result);
  } else {
    out += ",\"_error\":{\"Code\":";
    put(out, meaning.error_code);
    out += ",\"Message\":";
    put(out, meaning.error_message);
    out += '}';
  }
}

}  // namespace

std::string entry_of(const Interaction& interaction, const HarBodies& bodies) {
  const Exchange& exchange = interaction.exchange;
  const std::string took = std::to_string(exchange.took.count());
  std::string out = "{\"startedDateTime\":\"" + iso8601_milliseconds(exchange.started) +
                    "\",\"time\":" + took + ",\"request\":";
  put_request(out, exchange.request, bodies);
  out += ",\"response\":";
  put_response(out, exchange.response, bodies);
  out.append(",\"cache\":{},\"timings\":{\"send\":0,\"wait\":")
      .append(took)
      .append(",\"receive\":0}");
  put_redactions(out, interaction.redactions);
  if (interaction.meaning) put_meaning(out, *interaction.meaning);
  out += '}';
  return out;
}

}  // namespace cloudchamber
