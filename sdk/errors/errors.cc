#include "cloudchamber/errors.h"

#include <nlohmann/json.hpp>

namespace cloudchamber {
namespace {

std::string describe(const ClientError::Details& details, const Json& response) {
  std::string text = "An error occurred (" + (details.code.empty() ? "Unknown" : details.code) +
                     ") when calling the " + details.operation + " operation";
  const auto metadata = response.find("ResponseMetadata");
  if (metadata != response.end() && metadata->is_object() &&
      metadata->contains("MaxAttemptsReached")) {
    text += " (reached max retries: " + std::to_string(details.retry_attempts) + ")";
  }
  return text + ": " + (details.message.empty() ? "Unknown" : details.message);
}

}  // namespace

ClientError::ClientError(Details details, const Json& response)
    : Error(describe(details, response)),
      details_(std::move(details)),
      response_(std::make_shared<const Json>(response)) {}

WaiterError::WaiterError(const std::string& waiter, const std::string& reason,
                         const Json& last_response)
    : Error("Waiter " + waiter + " failed: " + reason),
      reason_(reason),
      last_response_(std::make_shared<const Json>(last_response)) {}

}  // namespace cloudchamber
