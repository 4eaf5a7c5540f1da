// The words of a PartiQL statement. Linear in its length.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mock-server/call/aws_error.h"

namespace cloudchamber::mock::dynamodb::partiql {

struct Token {
  enum class Kind { kWord, kQuoted, kString, kNumber, kParameter, kSymbol, kEnd };
  Kind kind;
  std::string text;  // of a quoted name or string: what it means
  std::size_t begin;
  std::size_t length;

  [[nodiscard]] bool is(std::string_view symbol) const {
    return kind == Kind::kSymbol && text == symbol;
  }
  // A word in any case; `upper` in upper case.
  [[nodiscard]] bool is_word(std::string_view upper) const;
  // A word that means something to the grammar and therefore must be quoted to be a name.
  [[nodiscard]] bool is_keyword() const;
};

// Ends with a kEnd token. Comments are left out. ValidationException where no word can be read.
[[nodiscard]] std::vector<Token> tokens_of(std::string_view statement);

// ValidationException: "Statement wasn't well formed, can't be processed: " and `detail`.
[[nodiscard]] AwsError not_well_formed(std::string_view detail);

// " at <line>:<column>:<length>", counted in characters from 1.
[[nodiscard]] std::string place_of(const Token& token, std::string_view statement);

}  // namespace cloudchamber::mock::dynamodb::partiql
