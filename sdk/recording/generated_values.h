// Values that a client makes up anew in every run: UUIDs and times. A call that is recorded with
// one of them is recognised though it now has another, and from then on the one stands for the
// other, in later calls and in the answers.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"

namespace cloudchamber {

// The UUIDs and times (20260101T000000Z, 2026-01-01T00:00:00Z, seconds and milliseconds since 1970)
// in a text, as they stand there, in order. Pure; thread-safe.
[[nodiscard]] std::vector<std::string_view> generated_values_in(std::string_view text);

// The same of all texts in a value, each of which becomes a mark in it: two calls that differ in
// nothing else become equal, and their lists belong together one by one.
[[nodiscard]] Json without_generated_values(const Json& value, std::vector<std::string>& taken);

// Which value of now stands for which recorded one. Not thread-safe.
class ClientValues {
 public:
  // What an answer holds is known: a client that sends it means it.
  void learn(const HttpResponse& answer);

  // Could all of `now` stand for all of `recorded`? So if each is equal, bound to it, or both are
  // new. Lists of the same length.
  [[nodiscard]] bool fits(const std::vector<std::string>& now,
                          const std::vector<std::string>& recorded) const;
  void bind(const std::vector<std::string>& now, const std::vector<std::string>& recorded);

  [[nodiscard]] bool empty() const { return recorded_of_.empty(); }
  // The value with what is bound replaced by the recorded values.
  [[nodiscard]] Json as_recorded(const Json& value) const;
  // The answer with recorded values replaced by those of now.
  void put_into(HttpResponse& answer) const;

 private:
  std::map<std::string, std::string, std::less<>> recorded_of_;
  std::map<std::string, std::string, std::less<>> now_of_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace cloudchamber
