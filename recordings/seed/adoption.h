// Adoption: which of the texts that a world drew for a call have to be others, so that its answer
// is the recorded one. Pure functions: thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::recordings {

// A text in two answers at the same place, where it differs.
struct Pair {
  std::string where;
  std::string recorded;
  std::string here;
};
[[nodiscard]] std::vector<Pair> differing_texts(const Json& recorded, const Json& here);

// The texts to draw instead, by the place of the draw among `drawn`.
[[nodiscard]] std::map<std::size_t, std::string> texts_to_draw(
    const std::vector<std::string>& drawn, const std::vector<Pair>& pairs);

}  // namespace cloudchamber::recordings
