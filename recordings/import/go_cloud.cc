// go-cloud's .replay files: Go's httpreplay, version 0.2, by github.com/google/go-replayers.
#include <nlohmann/json.hpp>

#include "recordings/import/formats.h"
#include "recordings/import/http_parts.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::recordings {
namespace {

// Go's binary form of a time: a version, seconds since the year 1, nanoseconds, the zone.
std::optional<TimePoint> time_of(const Node* initial) {
  if (initial == nullptr || !initial->is_text()) return std::nullopt;
  const std::optional<std::string> bytes = base64_decode(initial->text("Initial"));
  if (!bytes || bytes->size() < 13 || bytes->front() != 1) return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = from; i < from + size; ++i)
      value = value << 8 | static_cast<unsigned char>((*bytes)[i]);
    return value;
  };
  constexpr std::int64_t kSecondsTo1970 = 62'135'596'800;
  constexpr std::int64_t kSecondsTo10000 = 315'537'897'600;
  const auto seconds = static_cast<std::int64_t>(number(1, 8));
  if (seconds < 0 || seconds >= kSecondsTo10000) return std::nullopt;
  return TimePoint(Milliseconds((seconds - kSecondsTo1970) * 1000 +
                                static_cast<std::int64_t>(number(9, 4) / 1'000'000)));
}

Exchange exchange_of(const Node& entry) {
  Exchange exchange;
  const Node& asked = entry.at("Request");
  HttpRequest& request = exchange.request;
  request.method = asked.at("Method").text("the method");
  set_url(asked.at("URL"), request);
  if (const Node* const header = asked.find("Header")) request.headers = headers_of(*header);
  if (const Node* const type = asked.find("MediaType"); type != nullptr && !type->is_null()) {
    const std::string media_type = type->text("MediaType");
    if (!media_type.empty() && !request.headers.contains("Content-Type"))
      request.headers.add("Content-Type", media_type);
  }
  if (const Node* const parts = asked.find("BodyParts"); parts != nullptr && !parts->is_null()) {
    for (const Node& part : parts->list("BodyParts"))
      request.body.append(bytes_of_base64(part, "a part of the body"));
  }
  const Node& answer = entry.at("Response");
  exchange.response.status = status_of(answer.at("StatusCode"));
  if (const Node* const header = answer.find("Header"))
    exchange.response.headers = headers_of(*header);
  if (const Node* const body = answer.find("Body"))
    exchange.response.body = bytes_of_base64(*body, "the body");
  return exchange;
}

}  // namespace

bool is_go_cloud(const Node& root) {
  return root.find("Version") != nullptr && root.find("Entries") != nullptr;
}

void read_go_cloud(const Node& root, const std::string& /*name*/, Imported& imported) {
  imported.format = "go-cloud";
  const Node& version = root.at("Version");
  if (version.text("Version") != "0.2")
    throw Refusal(version.line, "version " + version.text("Version") + ", not 0.2");
  imported.recording.clock = time_of(root.find("Initial"));
  const Node& entries = root.at("Entries");
  if (entries.is_null()) return;  // a test that sent nothing
  for (const Node& entry : entries.list("Entries"))
    imported.recording.interactions.push_back({.exchange = exchange_of(entry), .meaning = {}});
}

}  // namespace cloudchamber::recordings
