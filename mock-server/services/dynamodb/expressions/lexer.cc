#include "mock-server/services/dynamodb/expressions/lexer.h"

#include <algorithm>

#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/limits.h"

namespace cloudchamber::mock::dynamodb {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_part(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Of a character in UTF-8, so that a message never cuts one.
std::size_t character_length(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) ++end;
  return end - at;
}

}  // namespace

bool Token::is_keyword(std::string_view upper) const {
  return kind == Kind::kWord &&
         std::equal(text.begin(), text.end(), upper.begin(), upper.end(), [](char a, char b) {
           return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 'a' + 'A') : a) == b;
         });
}

std::vector<Token> tokens_of(std::string_view expression) {
  std::vector<Token> tokens;
  const auto while_part = [&](std::size_t from) {
    while (from < expression.size() && is_part(expression[from])) ++from;
    return from;
  };
  for (std::size_t at = 0; at < expression.size();) {
    const char c = expression[at];
    if (is_space(c)) {
      ++at;
      continue;
    }
    Token::Kind kind = Token::Kind::kSymbol;
    std::size_t end = at + character_length(expression, at);
    if (is_letter(c)) {
      kind = Token::Kind::kWord;
      end = while_part(at);
    } else if ((c == '#' || c == ':') && while_part(at + 1) > at + 1) {
      kind = c == '#' ? Token::Kind::kName : Token::Kind::kValue;
      end = while_part(at + 1);
    } else if (is_digit(c)) {
      kind = Token::Kind::kNumber;
      while (end < expression.size() && is_digit(expression[end])) ++end;
    } else if ((c == '<' || c == '>') && end < expression.size() &&
               (expression[end] == '=' || (c == '<' && expression[end] == '>'))) {
      ++end;
    }
    tokens.push_back({kind, expression.substr(at, end - at), at});
    at = end;
  }
  tokens.push_back({Token::Kind::kEnd, {}, expression.size()});
  return tokens;
}

TokenReader::TokenReader(std::string_view text, std::string_view parameter)
    : text_(text), parameter_(parameter) {
  if (text.empty()) fail("The expression can not be empty;");
  if (text.size() > kMaxExpressionBytes) {
    fail("Expression size has exceeded the maximum allowed size; expression size: " +
         std::to_string(text.size()));
  }
  tokens_ = tokens_of(text);
  if (tokens_.size() == 1) fail("The expression can not be empty;");
}

bool TokenReader::take(std::string_view symbol) {
  if (!peek().is(symbol)) return false;
  next();
  return true;
}

bool TokenReader::take_keyword(std::string_view upper) {
  if (!peek().is_keyword(upper)) return false;
  next();
  return true;
}

void TokenReader::expect(std::string_view symbol) {
  if (!take(symbol)) syntax_error();
}

void TokenReader::fail(const std::string& problem) const {
  throw validation_error("Invalid " + std::string(parameter_) + ": " + problem);
}

void TokenReader::syntax_error() const {
  const Token& token = peek();
  // AWS shows the token with its neighbours as they were written.
  const std::size_t begin = at_ == 0 ? token.begin : tokens_[at_ - 1].begin;
  const Token& last = at_ + 1 < tokens_.size() ? tokens_[at_ + 1] : token;
  const std::size_t end = last.begin + last.text.size();
  fail("Syntax error; token: \"" +
       (token.kind == Token::Kind::kEnd ? std::string("<EOF>") : std::string(token.text)) +
       "\", near: \"" + std::string(text_.substr(begin, end - begin)) + "\"");
}

void TokenReader::count_operator() {
  if (++operators_ > kMaxOperators) {
    fail("The expression contains too many operators; operator count: " +
         std::to_string(operators_));
  }
}

}  // namespace cloudchamber::mock::dynamodb
