// Page: one page of a list, as every list of IAM is cut: MaxItems (100 unless told) from behind
// Marker.
//
//   Page page(call, "Users");
//   for (const auto& [key, user] : iam.users) {
//     if (!page.add(key, [&, &user = user] { return shown(user); })) break;
//   }
//   return page.result();
//
// A marker names the last item shown, so that items may go between two pages and none is skipped.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "mock-server/call/call.h"

namespace cloudchamber::mock::iam {

class Page {
 public:
  // `call` has the members Marker and MaxItems, or lacks them. Throws ValidationError for a marker
  // that is none.
  Page(const Call& call, std::string member);

  // The next item, with a key greater than that of the item before it; `show` gives it as the
  // answer has it, and is asked only where it is on the page. False once no more is wanted.
  template <class Show>
  bool add(const std::string& key, Show show) {
    if (!wants(key)) return !truncated_;
    items_.push_back(show());
    last_ = key;
    return true;
  }

  [[nodiscard]] Json result();

 private:
  bool wants(const std::string& key);

  std::string member_;
  std::string after_;  // "" from the beginning
  std::size_t max_items_;
  bool truncated_ = false;
  std::string last_;
  Json items_ = Json::array();
};

}  // namespace cloudchamber::mock::iam
