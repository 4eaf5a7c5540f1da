#include "sdk/validate/nearest.h"

#include <algorithm>
#include <cstddef>

namespace cloudchamber {
namespace {

// Names longer than this are not typing errors, and comparing them costs the product of lengths.
constexpr std::size_t kLongestName = 128;

std::string folded(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (c == '_' || c == '-' || c == ' ') continue;
    result.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return result;
}

// Damerau-Levenshtein (optimal string alignment): a swap of neighbours is one slip.
std::size_t slips(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> two_ago(width), previous(width), row(width);
  for (std::size_t j = 0; j < width; ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t wrong = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({row[j - 1] + 1, previous[j] + 1, previous[j - 1] + wrong});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two_ago[j - 2] + 1);
    }
    std::swap(two_ago, previous);
    std::swap(previous, row);
  }
  return previous[b.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view name,
                              const std::vector<std::string_view>& candidates) {
  if (name.size() > kLongestName) return {};
  const std::string wanted = folded(name);
  const std::size_t limit = std::max<std::size_t>(1, wanted.size() / 3);
  std::string_view best;
  std::size_t best_slips = limit + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongestName) continue;
    const std::string given = folded(candidate);
    const std::size_t difference =
        given.size() > wanted.size() ? given.size() - wanted.size() : wanted.size() - given.size();
    if (difference >= best_slips) continue;
    const std::size_t count = slips(wanted, given);
    if (count < best_slips) best_slips = count, best = candidate;
  }
  return best;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& candidates) {
  const std::string_view near = nearest_name(name, candidates);
  return near.empty() ? std::string() : "; did you mean \"" + std::string(near) + "\"?";
}

}  // namespace cloudchamber
