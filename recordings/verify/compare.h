// Comparison: walks what AWS answered and what the simulated AWS answers together, and tells where
// they differ. Values that each of them made up are bound to each other on the way
// (bind/bindings.h).
//
// Lists are compared in order; one that holds the same in another order is one difference. What the
// recorder took out of an answer and replaced by "<Name of the member>" equals any text, or bytes,
// that the mock gives.
#pragma once

#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "cloudchamber/json.h"
#include "recordings/bind/bindings.h"
#include "recordings/verify/difference.h"
#include "recordings/verify/times.h"
#include "sdk/model/shape.h"

namespace cloudchamber::recordings {

// The texts that what the recording made so far is known by: names, ids.
using Made = std::unordered_set<std::string>;

class Comparison {
 public:
  // `lists_everything`: the operation reads, so that its lists may hold what was made before the
  // recording began: elements in which nothing occurs of what was `made` since.
  Comparison(Bindings& bindings, const Made& made, bool lists_everything)
      : bindings_(bindings), made_(made), lists_everything_(lists_everything) {}

  // `shape` may be null: then a time is known by its look.
  void values(const Shape* shape, const std::string& where, const Json& recorded, const Json& mock);
  void texts(Aspect aspect, const std::string& where, const std::string& recorded,
             const std::string& mock);
  void add(Difference difference) { found_.push_back(std::move(difference)); }

  // What was sent for placeholders of the request (placeholders.h), by these: where the answer
  // says them, it must be that.
  void stands_for(const std::vector<std::pair<std::string, std::string>>& values) {
    sent_ = &values;
  }

  // Else any time may stand for any other.
  void knows_times(const Times& times) { times_ = &times; }

  // `mock` is no digest of what both sides know: AWS's is another one.
  void is_made_up(const std::string& mock) { bindings_.add_hidden_digest(mock); }

  // Lists that AWS gives in no order: an order of its own is no difference.
  void ignore_order() { ignores_order_ = true; }

  [[nodiscard]] Differences take() { return std::move(found_); }

 private:
  void structures(const Shape* shape, const std::string& where, const Json& recorded,
                  const Json& mock);
  void lists(const Shape* shape, const std::string& where, const Json& recorded, const Json& mock);
  void lists_without_strangers(const Shape* element, const std::string& where, const Json& recorded,
                               const Json& mock);
  [[nodiscard]] Differences in_order(const Shape* element, const std::string& where,
                                     const Json& recorded, const Json& mock);
  void add_rest(const std::string& where, const Json& recorded, const Json& mock,
                Differences by_place);
  [[nodiscard]] bool in_another_order(const Shape* element, const Json& recorded, const Json& mock);
  [[nodiscard]] Differences tried(const Shape* shape, const std::string& where,
                                  const Json& recorded, const Json& mock);
  void missing(Aspect aspect, const std::string& where, const Json& value, bool before);
  void times(const std::string& where, TimePoint recorded, TimePoint mock);
  [[nodiscard]] bool is_what_was_sent(const std::string& recorded, const std::string& mock) const;
  [[nodiscard]] bool may_be_of_before(const Json& recorded) const;
  [[nodiscard]] bool is_own(const Json& mock) const;

  Bindings& bindings_;
  const Made& made_;
  const bool lists_everything_;
  bool ignores_order_ = false;
  const std::vector<std::pair<std::string, std::string>>* sent_ = nullptr;
  const Times* times_ = nullptr;
  Differences found_;
  int tries_ = 20'000;  // of elements against elements, so that no list takes for ever
};

// Does any text in `value` stand in `made`?
[[nodiscard]] bool tells_of(const Made& made, const Json& value);
// Puts all texts of `value` there that something may be known by.
void add_texts(const Json& value, Made& made);

}  // namespace cloudchamber::recordings
