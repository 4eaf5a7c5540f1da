// Bindings: which value of a recording is which value of the world that the recording is played to,
// found by unification. The recorded i-0abc is the world's i-0123 from the answer on in which both
// stand in the same place, also inside ARNs, URLs, messages and later requests.
//
// One recorded value is bound to one value and that to no other; what the client itself had given
// is never bound. Times are bound apart, by who knows which may be which (verify/times.h): here any
// time of the same look may stand for any other. Not thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"
#include "recordings/bind/generated.h"

namespace cloudchamber::recordings {

class Bindings {
 public:
  // All that looks generated in these parameters, as the client sends them, is the client's.
  void remember_given(const Json& parameters);

  // The recorded text with every bound value replaced.
  [[nodiscard]] std::string translate(std::string_view recorded) const;
  // Every text in it translated; true where that changed something.
  bool translate(Json& recorded) const;

  // May `recorded` and `mock` be the same thing? Binds what has to be bound for it; false changes
  // nothing.
  [[nodiscard]] bool unify(std::string_view recorded, std::string_view mock);

  // Binds without asking. For what is known beforehand.
  void bind(std::string_view recorded, std::string_view mock);

  // Digests of what only the mock was sent, since the recording hides what it was in truth: each
  // may stand for any recorded text of the same length.
  void add_hidden_digest(std::string mock) { hidden_digests_.insert(std::move(mock)); }

  // A time that stands for a recorded one; nothing where it is bound already.
  void bind_time(TimePoint recorded, TimePoint mock);
  [[nodiscard]] std::optional<TimePoint> time_of(TimePoint recorded) const;
  // What the nearest recorded times before and after it are bound to.
  [[nodiscard]] std::pair<std::optional<TimePoint>, std::optional<TimePoint>> times_around(
      TimePoint recorded) const;

  // Undoes the bindings made since.
  [[nodiscard]] std::size_t mark() const { return trail_.size(); }
  void undo_to(std::size_t mark);

  // The recorded values bound since, with what they are bound to; without times.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> bound_since(
      std::size_t mark) const;

  // Is no value bound? Times don't count.
  [[nodiscard]] bool empty() const { return to_mock_.empty(); }
  // Is this a recorded value that is bound?
  [[nodiscard]] bool knows(std::string_view recorded) const {
    return to_mock_.contains(std::string(recorded));
  }
  // Is anything bound to this value of the mock's?
  [[nodiscard]] bool knows_mock(std::string_view mock) const {
    return to_recorded_.contains(std::string(mock));
  }
  // Who calls: whatever unique id the recorded caller had, it may stand for this one.
  void caller_is(std::string mock) { caller_ = std::move(mock); }

 private:
  void forget(const std::string& recorded);
  [[nodiscard]] bool unify_whole(std::string_view recorded, std::string_view mock);
  [[nodiscard]] bool unify_pieces(std::string_view recorded, std::string_view mock);
  [[nodiscard]] bool unify_labels(std::string_view recorded, std::string_view mock);
  [[nodiscard]] std::string translate_pieces(std::string_view recorded) const;

  std::unordered_map<std::string, std::string> to_mock_;
  std::unordered_map<std::string, std::string> to_recorded_;
  std::unordered_set<std::string> given_;
  std::unordered_set<std::string> hidden_digests_;
  std::string caller_;
  std::map<TimePoint, TimePoint> times_;
  // The recorded values, and times, in the order of binding.
  std::vector<std::variant<std::string, TimePoint>> trail_;
  std::vector<std::string> compound_;  // those that hold separators
};

}  // namespace cloudchamber::recordings
