// Report: how close the simulated AWS came to recordings, call by call, and in sums by service and
// operation. Values.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "recordings/verify/difference.h"

namespace cloudchamber::recordings {

enum class Outcome {
  kSame,            // nothing differs
  kMore,            // the same, with members or headers that the recording lacks
  kDifferent,       //
  kNotEmulated,     // answered with NotImplemented
  kBefore,          // it is about what was made before the recording began
  kFollows,         // it asks with what an earlier answer gave that differs itself
  kUnreproducible,  // AWS refused who called, was too busy, or chose at random
};
inline constexpr std::size_t kOutcomes = 7;

// "same", "more", ...: in JSON.
[[nodiscard]] const char* name_of(Outcome outcome);

struct VerifiedCall {
  std::string file;
  std::size_t number = 0;  // of the interaction in its recording, from 1
  std::string service;
  std::string operation;
  Outcome outcome = Outcome::kSame;
  Differences differences;
};

struct CallCounts {
  std::array<std::size_t, kOutcomes> counts{};

  [[nodiscard]] std::size_t of(Outcome outcome) const {
    return counts[static_cast<std::size_t>(outcome)];
  }
  void add(const CallCounts& other) {
    for (std::size_t i = 0; i < kOutcomes; ++i) counts[i] += other.counts[i];
  }
  [[nodiscard]] std::size_t calls() const;
  // Those that could be compared, and of them those that agree.
  [[nodiscard]] std::size_t compared() const;
  [[nodiscard]] std::size_t agreeing() const { return of(Outcome::kSame) + of(Outcome::kMore); }
};

using Operations = std::map<std::string, CallCounts>;

// The same difference in several calls of an operation.
struct Repeated {
  std::string service;
  std::string operation;
  Difference
      difference;    // the first of them; in `where`, list indices are left out: "Buckets[].Name"
  std::string file;  // of the first
  std::size_t number = 0;
  std::size_t times = 0;
};

struct Report {
  std::size_t recordings = 0;
  std::vector<VerifiedCall> calls;
  struct Refused {
    std::string file;
    std::string reason;
  };
  std::vector<Refused> refused;                // files that are no recording of requests
  std::map<std::string, std::size_t> unknown;  // requests that no model knows, by host

  [[nodiscard]] std::map<std::string, Operations> by_service() const;
  [[nodiscard]] CallCounts total() const;
  // The most frequent first; of calls that differ, and of those that have more.
  [[nodiscard]] std::vector<Repeated> repeated() const;
};

}  // namespace cloudchamber::recordings
