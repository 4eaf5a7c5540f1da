#include "mock-server/control/control.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "cloudchamber/json.h"
#include "cloudchamber/version.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock {
namespace {

// Ten years: a step further than anyone means, and far from where times overflow.
constexpr double kMaxAdvance = 10.0 * 366 * 24 * 3600;
constexpr std::size_t kMaxBody = 64 * 1024;

HttpResponse reply(int status, const Json& value) {
  HttpResponse response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.body = value.dump() + "\n";
  return response;
}

HttpResponse bad(const std::string& message, int status = 400) {
  return reply(status, {{"error", message}});
}

std::string query_parameter(const HttpRequest& request, std::string_view name) {
  for (const auto& [key, value] : parse_query(request.query())) {
    if (key == name) return value;
  }
  return "";
}

}  // namespace

Control::Control(Effects effects, std::shared_ptr<AdvanceableClock> clock,
                 std::vector<std::string> services)
    : effects_(std::move(effects)), clock_(std::move(clock)), services_(std::move(services)) {}

std::optional<HttpResponse> Control::answer(const HttpRequest& request) const {
  const std::string_view path = request.path();
  const bool get = request.method == "GET" || request.method == "HEAD";
  const bool post = request.method == "POST";
  // A bucket may be called moto-api: only these two are ours.
  if (post && (path == "/moto-api/reset" || path == "/_chamber/reset")) {
    effects_.reset();
    return reply(200, {{"status", "ok"}});
  }
  if (post && path == "/moto-api/seed") return seed(request, "a");
  // No bucket's name begins so.
  if (!path.starts_with("/_chamber/") && !path.starts_with("/_localstack/")) return std::nullopt;
  if (get && path == "/_chamber/health") return health(false);
  if (get && path == "/_localstack/health") return health(true);
  if (post && path == "/_chamber/seed") return seed(request, "seed");
  if (get && path == "/_chamber/clock") return tell_time();
  if (post && path == "/_chamber/clock") return advance(request);
  for (const std::string_view known : {"/_chamber/health", "/_localstack/health", "/_chamber/seed",
                                       "/_chamber/clock", "/_chamber/reset"}) {
    if (path == known) return bad(request.method + " is not for " + std::string(path), 405);
  }
  return bad("There is nothing at " + std::string(path), 404);
}

HttpResponse Control::health(bool localstack) const {
  Json services = Json::object();
  for (const std::string& service : services_) services[service] = "available";
  if (localstack)
    return reply(200, {{"services", services}, {"edition", "cloudchamber"}, {"version", kVersion}});
  return reply(200, {{"status", "running"}, {"services", services}, {"version", kVersion}});
}

HttpResponse Control::seed(const HttpRequest& request, const char* parameter) const {
  const std::string text = query_parameter(request, parameter);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size())
    return bad(std::string("The seed is a number: ?") + parameter + "=42");
  effects_.reseed(number);
  return reply(200, {{"status", "ok"}});
}

HttpResponse Control::tell_time() const {
  if (clock_ == nullptr) return bad("The clock can't be asked here", 404);
  return reply(200, {{"now", iso8601(clock_->now())}});
}

HttpResponse Control::advance(const HttpRequest& request) const {
  if (clock_ == nullptr) return bad("The clock can't be moved here", 404);
  double seconds = -1;
  const std::string text = query_parameter(request, "advance");
  if (!text.empty()) {
    char* end = nullptr;
    seconds = std::strtod(text.c_str(), &end);
    if (*end != '\0') seconds = -1;
  } else if (request.body.size() <= kMaxBody) {
    const Json body = Json::parse(request.body.to_string(), nullptr, false);
    if (body.is_object() && body.contains("advance") && body["advance"].is_number())
      seconds = body["advance"].get<double>();
  }
  if (!(seconds >= 0 && seconds <= kMaxAdvance))
    return bad("Say by how many seconds: {\"advance\": 90}");
  clock_->advance(Milliseconds(std::llround(seconds * 1000)));
  return tell_time();
}

}  // namespace cloudchamber::mock
