// Path: where in a description values stand: "State.Name"; lists on the way are gone through.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::ec2 {

class Path {
 public:
  explicit Path(std::string_view text);

  // Whether a value at the path satisfies `test`. Values are scalars.
  template <class Test>
  [[nodiscard]] bool any(const Json& root, const Test& test) const {
    return any(root, 0, test);
  }

 private:
  template <class Test>
  bool any(const Json& here, std::size_t depth, const Test& test) const {
    if (here.is_array()) {
      for (const Json& element : here) {
        if (any(element, depth, test)) return true;
      }
      return false;
    }
    if (depth == steps_.size()) return !here.is_null() && !here.is_object() && test(here);
    if (!here.is_object()) return false;
    const auto next = here.find(steps_[depth]);
    return next != here.end() && any(*next, depth + 1, test);
  }

  std::vector<std::string> steps_;
};

}  // namespace cloudchamber::mock::ec2
