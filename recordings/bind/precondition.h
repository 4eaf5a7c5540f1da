// A call that is made before a recording is played.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::recordings {

struct Precondition {
  std::string service;
  std::string operation;
  Json input;
  std::string region;
  // Digests that are the recording's only in place of those of what is made: recorded, made.
  std::vector<std::pair<std::string, std::string>> stands_for = {};
};

}  // namespace cloudchamber::recordings
