// Scenario: a story of calls with what is expected of each, read from JSON. docs/scenarios.md
// describes the format.
//
// Values that never change; reading is a pure function.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"

namespace cloudchamber::scenario {

// A file that is no scenario; what() names file, place and what is wrong, and for a misspelt name
// the nearest right one.
class ScenarioError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Step {
  enum class Kind { kCall, kPaginate, kWait, kAdvance };

  Kind kind = Kind::kCall;
  std::string about;
  std::string service;
  std::string name;  // of the operation or waiter
  std::string region;
  Json as;  // null: the session's own credentials
  Json parameters = Json::object();
  Json options = Json::object();            // "paging" or "waiter"
  std::optional<Json> expect;               // of the result, or of what `query` finds in it
  std::optional<Json> pages;                // how many there are
  std::optional<Json> error;                // expected instead of a result
  std::string query;                        // JMESPath, "" for the whole result
  std::map<std::string, std::string> save;  // variable -> JMESPath
  Seconds advance{0};

  // "sqs CreateQueue", "dynamodb wait table_exists", "advance 30 s".
  [[nodiscard]] std::string title() const;
};

struct Scenario {
  std::string file;
  std::string title;
  std::string about;
  std::vector<Step> steps;
};

// Throws ScenarioError. `file` is for messages.
[[nodiscard]] Scenario parse_scenario(std::string_view text, std::string file);
[[nodiscard]] Scenario read_scenario(const std::filesystem::path& path);

// The scenario files that `paths` name, folders searched for *.json, in alphabetical order. Throws
// ScenarioError for a path that does not exist or a folder without any.
[[nodiscard]] std::vector<std::filesystem::path> find_scenarios(
    const std::vector<std::filesystem::path>& paths);

}  // namespace cloudchamber::scenario
