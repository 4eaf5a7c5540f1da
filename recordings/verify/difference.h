// Difference: one thing in which the simulated AWS's answer is not the recorded one.
#pragma once

#include <string>
#include <vector>

namespace cloudchamber::recordings {

enum class Aspect {
  kStatus,
  kCode,        // of an error
  kMessage,     // of an error
  kHeader,      // that no member of the result is read from
  kMember,      // its value is another
  kMissing,     // a member or an element of a list that AWS gave
  kAdditional,  // one that AWS did not give
  kOrder,       // the elements of a list are the same in another order
  kBody,        // the content of what was asked for
  kTime,        // one that can't stand for the other (times.h)
};

// "status", "code", ..., as reports write it.
[[nodiscard]] const char* name_of(Aspect aspect);

struct Difference {
  Aspect aspect;
  std::string where;     // "Reservations[0].Instances[0].State.Name", "Content-Type"; "" at the top
  std::string recorded;  // "" where AWS gave nothing
  std::string mock;      // "" where the simulated AWS gives nothing
  // It tells of something that the recording never made, or that only the simulated AWS has.
  bool before = false;
  // A count, a flag or a token: what it is follows from something else.
  bool derived = false;
};

using Differences = std::vector<Difference>;

}  // namespace cloudchamber::recordings
