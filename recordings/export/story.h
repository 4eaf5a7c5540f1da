// A recording as a story: its calls, and which values of results the later ones use.
#pragma once

#include <list>
#include <map>
#include <string>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"
#include "sdk/recording/recording.h"

namespace cloudchamber::recordings {

// A value of a result that a later call gives back: AWS made it up.
struct Saved {
  std::string variable;            // "queue_url"
  std::string value;               // as it was recorded
  std::vector<std::string> steps;  // its place: members and indices, "Messages", "0", "Body"
};

struct Told {
  const Meaning* meaning = nullptr;  // lives as long as the recording
  int status = 0;
  Seconds before{0};         // how long ago the call before it was
  std::vector<Saved> saves;  // of its result, for later calls
};

struct Story {
  // First, what makes the buckets, queues and tables that the recording uses without having made
  // them.
  std::vector<Told> calls;
  std::list<Meaning> made;   // of calls that are not as they were recorded
  std::size_t left_out = 0;  // interactions without a meaning
};

[[nodiscard]] Story story_of(const Recording& recording);

// The pieces of a text, in order: what stands in it, and variables in its place.
struct Piece {
  std::string text;
  bool is_variable = false;
};
// `saved` are those of the calls before, the longest value first taken.
[[nodiscard]] std::vector<Piece> pieces_of(const std::string& text,
                                           const std::vector<Saved>& saved);

// What the callers wrote themselves, up to a call: texts and numbers of parameters.
class Chosen {
 public:
  void add(const Json& parameters);
  [[nodiscard]] bool contains(const Json& value) const;

 private:
  std::map<std::string, bool> values_;
};

}  // namespace cloudchamber::recordings
