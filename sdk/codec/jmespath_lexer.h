// The tokens of a JMESPath expression, private to jmespath_*.cc.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber {

struct JmesPathToken {
  enum class Kind {
    kEnd,
    kName,
    kQuotedName,
    kLiteral,
    kNumber,
    kDot,
    kStar,
    kOpenBracket,
    kCloseBracket,
    kFlatten,  // []
    kFilter,   // [?
    kOpenBrace,
    kCloseBrace,
    kOpenParen,
    kCloseParen,
    kComma,
    kColon,
    kCurrent,
    kAmpersand,
    kPipe,
    kOr,
    kAnd,
    kNot,
    kEqual,
    kNotEqual,
    kLess,
    kLessOrEqual,
    kGreater,
    kGreaterOrEqual,
  };
  Kind kind = Kind::kEnd;
  std::size_t at = 0;  // where it begins in the expression
  std::string text;    // of a name
  Json literal;
  std::int64_t number = 0;
};

// The tokens, kEnd last. Throws JmesPathError "syntax".
[[nodiscard]] std::vector<JmesPathToken> jmespath_tokens(std::string_view expression);

}  // namespace cloudchamber
