#include "recordings/verify/report.h"

#include <algorithm>
#include <tuple>

namespace cloudchamber::recordings {
namespace {

std::string without_indices(const std::string& where) {
  std::string result;
  bool inside = false;
  for (const char c : where) {
    if (c == ']') inside = false;
    if (!inside) result += c;
    if (c == '[') inside = true;
  }
  return result;
}

}  // namespace

const char* name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSame:
      return "same";
    case Outcome::kMore:
      return "more";
    case Outcome::kDifferent:
      return "different";
    case Outcome::kNotEmulated:
      return "not emulated";
    case Outcome::kBefore:
      return "before";
    case Outcome::kFollows:
      return "follows";
    case Outcome::kUnreproducible:
      return "unreproducible";
  }
  return "";
}

std::size_t CallCounts::calls() const {
  std::size_t all = 0;
  for (const std::size_t count : counts) all += count;
  return all;
}

std::size_t CallCounts::compared() const {
  return agreeing() + of(Outcome::kDifferent) + of(Outcome::kNotEmulated);
}

std::map<std::string, Operations> Report::by_service() const {
  std::map<std::string, Operations> services;
  for (const VerifiedCall& call : calls)
    ++services[call.service][call.operation].counts[static_cast<std::size_t>(call.outcome)];
  return services;
}

CallCounts Report::total() const {
  CallCounts tally;
  for (const auto& [service, operations] : by_service())
    for (const auto& [operation, counts] : operations) tally.add(counts);
  return tally;
}

std::vector<Repeated> Report::repeated() const {
  std::map<std::tuple<std::string, std::string, Aspect, std::string>, Repeated> found;
  for (const VerifiedCall& call : calls) {
    if (call.outcome != Outcome::kDifferent && call.outcome != Outcome::kMore) continue;
    for (const Difference& difference : call.differences) {
      if (difference.before) continue;
      std::string where = without_indices(difference.where);
      Repeated& one = found[{call.service, call.operation, difference.aspect, where}];
      if (one.times++ != 0) continue;
      one.service = call.service;
      one.operation = call.operation;
      one.difference = difference;
      one.difference.where = std::move(where);
      one.file = call.file;
      one.number = call.number;
    }
  }
  std::vector<Repeated> result;
  for (auto& [key, one] : found) result.push_back(std::move(one));
  std::stable_sort(result.begin(), result.end(), [](const Repeated& a, const Repeated& b) {
    const bool a_adds = a.difference.aspect == Aspect::kAdditional;
    const bool b_adds = b.difference.aspect == Aspect::kAdditional;
    return a_adds != b_adds ? b_adds : a.times > b.times;
  });
  return result;
}

}  // namespace cloudchamber::recordings
