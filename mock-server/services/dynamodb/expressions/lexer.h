// The words of an expression. Linear in its length; what is no word becomes a token of one
// character for the parser to complain about.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cloudchamber::mock::dynamodb {

struct Token {
  enum class Kind { kWord, kName, kValue, kNumber, kSymbol, kEnd };
  Kind kind;
  std::string_view text;  // "" at the end
  std::size_t begin;      // in the expression

  [[nodiscard]] bool is(std::string_view symbol) const {
    return kind == Kind::kSymbol && text == symbol;
  }
  // A keyword, in any case; `upper` in upper case.
  [[nodiscard]] bool is_keyword(std::string_view upper) const;
};

// Ends with a kEnd token. The views point into `expression`.
[[nodiscard]] std::vector<Token> tokens_of(std::string_view expression);

// A token position in an expression, with AWS's way to complain.
class TokenReader {
 public:
  // `parameter` names the expression in messages: "FilterExpression". Throws ValidationException
  // for an empty or too long text.
  TokenReader(std::string_view text, std::string_view parameter);

  [[nodiscard]] const Token& peek() const { return tokens_[at_]; }
  // The token after that; the end again at the end.
  [[nodiscard]] const Token& peek_second() const {
    return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_];
  }
  const Token& next() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  // Takes the token when it is this symbol (keyword).
  bool take(std::string_view symbol);
  bool take_keyword(std::string_view upper);
  void expect(std::string_view symbol);

  // "Invalid <parameter>: <problem>".
  [[noreturn]] void fail(const std::string& problem) const;
  // A syntax error at the next token.
  [[noreturn]] void syntax_error() const;
  // Notes an operator or function; fails at the 301st.
  void count_operator();

 private:
  std::string_view text_;
  std::string_view parameter_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int operators_ = 0;
};

}  // namespace cloudchamber::mock::dynamodb
