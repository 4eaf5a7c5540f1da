// A recorded request made ready to be sent again, to a simulated AWS: its ids are those of that
// world, and it is signed anew, since a signature never outlives its day, or its recording.
#pragma once

#include <map>
#include <string>

#include "cloudchamber/clock.h"
#include "cloudchamber/http.h"
#include "recordings/bind/bindings.h"
#include "recordings/understand.h"
#include "sdk/sign/signing_keys.h"

namespace cloudchamber::recordings {

// Was it signed, as far as a recording still tells? Recorders leave out Authorization headers.
[[nodiscard]] bool was_signed(const HttpRequest& recorded, const Understood& call);

// Finds the account, 12 digits, that a recording's calls were made in: the one that its ARNs and
// URLs name most often.
class AccountSearch {
 public:
  void look_at(const Json& value);               // parameters or a result
  [[nodiscard]] std::string most_named() const;  // "" when none was
 private:
  std::map<std::string, int> counts_;
};

// Makes requests for one recording. Not thread-safe.
class Resender {
 public:
  // All requests are signed for the root user of `account`.
  explicit Resender(std::string account) : account_(std::move(account)) {}

  [[nodiscard]] HttpRequest resend(const HttpRequest& recorded, const Understood& call,
                                   const Bindings& bindings, TimePoint now);

 private:
  const std::string account_;
  SigningKeys keys_;
};

}  // namespace cloudchamber::recordings
