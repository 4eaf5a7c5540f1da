// Control: what the server can be told and asked beside AWS: its health, its clock, to forget
// everything. Under /_chamber/, and under the paths that LocalStack's and moto's users know.
//
// Replies are JSON. It never touches a service.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/http.h"

namespace cloudchamber::mock {

class Control {
 public:
  struct Effects {
    std::function<void()> reset;
    std::function<void(std::uint64_t seed)> reseed;
  };

  // `services` are those emulated, for health. The clock may be one that can't be moved, or null.
  Control(Effects effects, std::shared_ptr<AdvanceableClock> clock,
          std::vector<std::string> services);

  // Nothing when the request is none for us. Thread-safe.
  //
  //   GET  /_chamber/health, /_localstack/health
  //   POST /_chamber/reset, /moto-api/reset
  //   POST /_chamber/seed?seed=42, /moto-api/seed?a=42
  //   GET  /_chamber/clock                      {"now": "2026-01-01T00:00:00Z"}
  //   POST /_chamber/clock {"advance": 90.5}    in seconds, or ?advance=90.5
  [[nodiscard]] std::optional<HttpResponse> answer(const HttpRequest& request) const;

 private:
  [[nodiscard]] HttpResponse health(bool localstack) const;
  [[nodiscard]] HttpResponse seed(const HttpRequest& request, const char* parameter) const;
  [[nodiscard]] HttpResponse tell_time() const;
  [[nodiscard]] HttpResponse advance(const HttpRequest& request) const;

  Effects effects_;
  std::shared_ptr<AdvanceableClock> clock_;
  std::vector<std::string> services_;
};

}  // namespace cloudchamber::mock
