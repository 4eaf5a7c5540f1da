// What all listings have in common: prefixes, delimiters, limits, encodings. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mock-server/call/call.h"

namespace cloudchamber::mock::s3 {

// The part of `key` up to and with the first `delimiter` behind `prefix`; nothing when there is
// none.
[[nodiscard]] std::optional<std::string> common_prefix(std::string_view key,
                                                       std::string_view prefix,
                                                       std::string_view delimiter);

// The smallest string behind all that begin with `prefix`; nothing when there is none.
[[nodiscard]] std::optional<std::string> successor(std::string prefix);

// MaxKeys and its like: 0 to 1000, more is 1000. Throws InvalidArgument. `parameter` is its name on
// the wire.
[[nodiscard]] std::int64_t page_limit(const Call& call, const char* member, const char* parameter);

// How keys are written in the answer: as they are, or percent-encoded for EncodingType=url. Throws
// InvalidArgument for another type.
class KeyEncoding {
 public:
  explicit KeyEncoding(const Call& call);
  [[nodiscard]] std::string operator()(std::string_view key) const;
  [[nodiscard]] bool url() const { return url_; }

 private:
  bool url_ = false;
};

}  // namespace cloudchamber::mock::s3
