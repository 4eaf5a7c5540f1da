// A string or an array of strings, as IAM's language lets one write most things.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "cloudchamber/json.h"

namespace cloudchamber::mock {

// Does the predicate hold for any of them? False for what is neither.
template <class Predicate>
bool any_text(const Json& value, Predicate predicate) {
  if (value.is_string()) return predicate(value.get_ref<const std::string&>());
  if (!value.is_array()) return false;
  return std::any_of(value.begin(), value.end(), [&](const Json& item) {
    return item.is_string() && predicate(item.get_ref<const std::string&>());
  });
}

}  // namespace cloudchamber::mock
