#include "cloudchamber/waiter.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "cloudchamber/errors.h"
#include "sdk/client/client_state.h"
#include "sdk/client/waiter_state.h"
#include "sdk/codec/jmespath.h"
#include "sdk/model/names.h"
#include "sdk/validate/did_you_mean.h"

namespace cloudchamber {
namespace {

enum class Matcher { kPath, kPathAll, kPathAny, kStatus, kError };

// As Python prints it, since users know these messages from boto3.
std::string shown(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
  return value.dump();
}

// One line of a waiter's description: what a response must say for the wait to end, or go on.
struct Acceptor {
  std::string state;  // "success", "failure", "retry"
  Matcher matcher = Matcher::kPath;
  std::optional<JmesPath> path;
  Json expected;

  [[nodiscard]] bool matches(const Json& response) const;
  [[nodiscard]] std::string explanation() const;
};

const Json* error_code_of(const Json& response) {
  const auto error = response.find("Error");
  if (error == response.end() || !error->is_object()) return nullptr;
  const auto code = error->find("Code");
  return code == error->end() ? nullptr : &*code;
}

bool Acceptor::matches(const Json& response) const {
  const Json* error_code = error_code_of(response);
  switch (matcher) {
    case Matcher::kStatus: {
      const auto metadata = response.find("ResponseMetadata");
      return metadata != response.end() && metadata->value("HTTPStatusCode", Json()) == expected;
    }
    case Matcher::kError:
      if (expected.is_boolean()) return (error_code != nullptr) == expected.get<bool>();
      return error_code != nullptr && *error_code == expected;
    case Matcher::kPath:
      return error_code == nullptr && path->search(response) == expected;
    case Matcher::kPathAll:
    case Matcher::kPathAny: {
      if (error_code != nullptr) return false;
      const Json found = path->search(response);
      if (!found.is_array() || found.empty()) return false;
      const auto equal = [&](const Json& element) { return element == expected; };
      return matcher == Matcher::kPathAll ? std::all_of(found.begin(), found.end(), equal)
                                          : std::any_of(found.begin(), found.end(), equal);
    }
  }
  return false;
}

std::string Acceptor::explanation() const {
  const std::string value = shown(expected);
  const std::string expression = path ? "For expression \"" + path->text() + "\" " : "";
  switch (matcher) {
    case Matcher::kPath:
      return expression + "we matched expected path: \"" + value + "\"";
    case Matcher::kPathAll:
      return expression + "all members matched expected path: \"" + value + "\"";
    case Matcher::kPathAny:
      return expression + "we matched expected path: \"" + value + "\" at least once";
    case Matcher::kStatus:
      return "Matched expected HTTP status code: " + value;
    case Matcher::kError:
      return "Matched expected service error code: " + value;
  }
  return {};
}

Matcher matcher_named(const std::string& name) {
  if (name == "path") return Matcher::kPath;
  if (name == "pathAll") return Matcher::kPathAll;
  if (name == "pathAny") return Matcher::kPathAny;
  if (name == "status") return Matcher::kStatus;
  if (name == "error") return Matcher::kError;
  throw ModelError("Error processing waiter config: Unknown acceptor: " + name);
}

Acceptor read_acceptor(const Json& description) {
  Acceptor acceptor;
  acceptor.state = description.at("state").get<std::string>();
  acceptor.matcher = matcher_named(description.at("matcher").get<std::string>());
  acceptor.expected = description.at("expected");
  const auto argument = description.find("argument");
  if (argument != description.end()) acceptor.path.emplace(argument->get<std::string>());
  const bool needs_path =
      acceptor.matcher != Matcher::kStatus && acceptor.matcher != Matcher::kError;
  if (needs_path && !acceptor.path)
    throw ModelError("Error processing waiter config: an acceptor has no argument");
  return acceptor;
}

}  // namespace

struct Waiter::State {
  Client client;
  std::string name;
  std::string operation;
  Milliseconds delay{0};
  int max_attempts = 0;
  std::vector<Acceptor> acceptors;
};

Waiter make_waiter(const Client& client, std::string_view name) {
  const Json& waiters = client.state().service().waiters();
  std::vector<std::string> snake_names;
  auto found = waiters.find(std::string(name));
  for (auto it = waiters.begin(); it != waiters.end() && found == waiters.end(); ++it) {
    snake_names.push_back(xform_name(it.key()));
    if (snake_names.back() == name) found = it;
  }
  if (found == waiters.end()) {
    throw Error("Waiter does not exist: " + std::string(name) +
                did_you_mean(name, {snake_names.begin(), snake_names.end()}));
  }
  auto state = std::make_shared<Waiter::State>(Waiter::State{client, found.key(), {}, {}, 0, {}});
  try {
    state->operation = found->at("operation").get<std::string>();
    state->delay = Seconds(found->at("delay").get<int>());
    state->max_attempts = found->at("maxAttempts").get<int>();
    for (const Json& acceptor : found->at("acceptors"))
      state->acceptors.push_back(read_acceptor(acceptor));
  } catch (const Json::exception& error) {
    throw ModelError("The waiter " + state->name + " can't be read: " + error.what());
  }
  return Waiter(std::move(state));
}

namespace {

// "WaiterConfig" in the parameters, boto3's place for the options.
WaitOptions take_waiter_config(Json& parameters, WaitOptions options) {
  const auto config = parameters.find("WaiterConfig");
  if (config == parameters.end()) return options;
  if (!config->is_object())
    throw ParamValidationError("Parameter validation failed:\nWaiterConfig must be an object");
  for (const auto& [name, value] : config->items()) {
    if (name == "Delay" && value.is_number()) {
      if (!options.delay)
        options.delay = Milliseconds(static_cast<Milliseconds::rep>(value.get<double>() * 1000));
    } else if (name == "MaxAttempts" && value.is_number_integer()) {
      if (!options.max_attempts) options.max_attempts = value.get<int>();
    } else {
      throw ParamValidationError(
          "Parameter validation failed:\nWaiterConfig takes the numbers \"Delay\" and "
          "\"MaxAttempts\", not \"" +
          name + "\": " + value.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
  }
  parameters.erase(config);
  return options;
}

}  // namespace

Json Waiter::wait(const Json& given, const WaitOptions& given_options) const {
  Json parameters = given.is_null() ? Json::object() : given;
  const WaitOptions options = take_waiter_config(parameters, given_options);
  const Milliseconds pause = options.delay.value_or(state_->delay);
  const int attempts = options.max_attempts.value_or(state_->max_attempts);
  const Acceptor* last_matched = nullptr;
  for (int attempt = 1;; ++attempt) {
    Json response;
    try {
      response = state_->client.call(state_->operation, parameters);
    } catch (const ClientError& error) {
      response = error.response();
    }
    const auto& acceptors = state_->acceptors;
    const auto matched = std::find_if(acceptors.begin(), acceptors.end(),
                                      [&](const Acceptor& a) { return a.matches(response); });
    if (matched != acceptors.end()) {
      last_matched = &*matched;
      if (matched->state == "success") return response;
      if (matched->state == "failure") {
        throw WaiterError(state_->name,
                          "Waiter encountered a terminal failure state: " + matched->explanation(),
                          response);
      }
    } else if (const Json* code = error_code_of(response)) {
      throw WaiterError(state_->name,
                        "An error occurred (" + shown(*code) +
                            "): " + shown(response["Error"].value("Message", Json("Unknown"))),
                        response);
    }
    if (attempt >= attempts) {
      const std::string reason =
          last_matched == nullptr
              ? "Max attempts exceeded"
              : "Max attempts exceeded. Previously accepted state: " + last_matched->explanation();
      throw WaiterError(state_->name, reason, response);
    }
    state_->client.state().clock->sleep_for(pause);
  }
}

const std::string& Waiter::name() const { return state_->name; }
Milliseconds Waiter::delay() const { return state_->delay; }
int Waiter::max_attempts() const { return state_->max_attempts; }

}  // namespace cloudchamber
