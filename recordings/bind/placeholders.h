// Placeholders: "<Password>" stands in a recording where a secret was (sdk/recording/redaction.h).
// Who sends such a request again sends a value that is well-formed in its place: a password that
// meets any policy, Base64 where Base64 is wanted, a key that goes with the MD5 beside it, else the
// member's name, cut to what the model states.
//
// The same recording gives the same values. The recorded MD5 of an SSE-C key tells which keys were
// the same, passwords are new ones each time they are set, and every other placeholder stands for
// one value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"
#include "sdk/recording/recording.h"

namespace cloudchamber::recordings {

// "Password" of "<Password>"; "" of all that is no placeholder.
[[nodiscard]] std::string_view placeholder_name(std::string_view text);

// What a recorder left of a text, of which a rule of the user's hid a part or all.
[[nodiscard]] bool holds_hidden_text(std::string_view text);

struct Filled {
  HttpRequest request;
  std::vector<std::pair<std::string, std::string>> values;  // placeholder, what is sent for it
  // Recorded, and of what is sent; "" for whichever the recording has in the same place.
  std::vector<std::pair<std::string, std::string>> digests;
};

// Fills the requests of one recording, in their order. Not thread-safe.
class PlaceholderFiller {
 public:
  // `parameters` as they were recorded, else as they are decoded. Nothing where the request holds
  // no placeholder that stands for a member.
  [[nodiscard]] std::optional<Filled> fill(const Exchange& recorded, const ServiceModel& service,
                                           const Operation& operation, Json parameters);

 private:
  struct Found {
    std::string text;  // "<Password>"
    std::string name;
    const Shape* shape = nullptr;
  };
  // `names` are those of the members that `value` stands in.
  static void find(const Shape& shape, const Json& value, std::vector<std::string_view>& names,
                   std::vector<Found>& found);
  static void find_in_headers(const HttpRequest& recorded, const Operation& operation,
                              std::vector<Found>& found);
  std::string value_for(const Found& found, const Operation& operation, const Json& parameters,
                        const HttpRequest& recorded, Filled& filled);
  std::string password_for(const std::string& name);

  int passwords_ = 0;
  std::string last_password_;
};

}  // namespace cloudchamber::recordings
