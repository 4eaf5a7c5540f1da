// Replayer: finds in a recording what a call was answered.
//
// A call is recognised by service, operation, region and comparable parameters (comparable.h): so
// it does not matter who signed it, when, or in what order parallel clients call. UUIDs and times
// that a client makes up anew are recognised by their place (generated_values.h).
//
// Order is kept where it means something, and there alone: per resource. Equal calls that change
// something get their answers in the order recorded. What reads gets the answers that were recorded
// between the same changes of its resource, one after the other and then the last again: a poll
// sees "creating" until it has been seen as often as recorded, then "active" as long as one likes,
// and "deleting" not before the resource was deleted. Thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sdk/model/service_model.h"
#include "sdk/recording/comparable.h"
#include "sdk/recording/generated_values.h"
#include "sdk/recording/recording.h"
#include "sdk/recording/tape.h"

namespace cloudchamber {

class Replayer {
 public:
  // Interactions without a meaning are never found. Throws RecordingError.
  explicit Replayer(std::unique_ptr<const Tape> tape);

  struct Answer {
    HttpResponse response;
    Milliseconds took{0};  // when it was recorded
    std::shared_ptr<const Interaction> recorded;
  };
  // The answer to the call; nothing when the recording has none. Throws RecordingError for an entry
  // that can't be read.
  [[nodiscard]] std::optional<Answer> answer(const LookedUpCall& call);

  // Why answer() found nothing: the recorded call that is nearest, and where it differs.
  [[nodiscard]] std::string explain(const LookedUpCall& call) const;

  // What nobody has asked for yet, by its place, in the order recorded.
  [[nodiscard]] std::vector<std::size_t> unused() const;

  [[nodiscard]] const Tape& tape() const { return *tape_; }

 private:
  // Equal calls that were recorded after the same change of their resource.
  struct Group {
    std::ptrdiff_t after;  // that change's place in the recording, -1 for none
    std::vector<std::size_t> interactions;
    std::size_t next = 0;
  };
  using Sequence = std::vector<Group>;  // by `after`; of a changing call there is one
  // The last change of each resource, by service, region and name; "" of a service.
  using Changes = std::unordered_map<std::string, std::ptrdiff_t>;

  struct Known;  // a call whose model is known
  [[nodiscard]] static std::optional<Known> known(std::optional<Meaning> meaning);
  [[nodiscard]] Json comparable_at(std::size_t place, const Known& call) const;
  void add(std::size_t place, const Known& call);
  [[nodiscard]] std::vector<std::string> resources(const std::string& prefix,
                                                   const std::vector<std::string>& names) const;
  void note_change(std::size_t place, const Known& call, Changes& changes) const;
  [[nodiscard]] static std::ptrdiff_t last_change(const std::vector<std::string>& resources,
                                                  const Changes& changes);
  // mutex_ held.
  [[nodiscard]] std::optional<std::size_t> next_equal(const LookedUpCall& call, const Json& asked);
  [[nodiscard]] std::optional<std::size_t> next_alike(const LookedUpCall& call, const Json& asked);
  [[nodiscard]] Json asked(const LookedUpCall& call) const;

  const std::unique_ptr<const Tape> tape_;
  Comparison comparison_;
  std::unordered_map<std::string, Sequence> by_call_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_form_;  // without generated values
  mutable std::mutex mutex_;
  std::vector<bool> used_;
  Changes played_;
  ClientValues client_values_;
};

}  // namespace cloudchamber
