#include "mock-server/services/dynamodb/partiql/lexer.h"

#include <algorithm>
#include <array>

#include "mock-server/services/dynamodb/errors.h"

namespace cloudchamber::mock::dynamodb::partiql {
namespace {

using Kind = Token::Kind;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

constexpr std::array<std::string_view, 34> kKeywords = {
    "ALL",     "AND",  "AS",     "ASC",   "BETWEEN", "BY",    "DELETE", "DESC",      "EXISTS",
    "FALSE",   "FROM", "IN",     "INNER", "INSERT",  "INTO",  "IS",     "LIKE",      "LIMIT",
    "MISSING", "NOT",  "NULL",   "ON",    "OR",      "ORDER", "REMOVE", "RETURNING", "SELECT",
    "SET",     "TRUE", "UPDATE", "VALUE", "VALUES",  "WHERE", "JOIN"};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> read() {
    while (skip_space()) read_token();
    tokens_.push_back({Kind::kEnd, "", text_.size(), 0});
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] bool at(std::string_view what) const {
    return text_.compare(at_, what.size(), what) == 0;
  }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  // Space and comments. False at the end.
  bool skip_space() {
    while (at_ < text_.size()) {
      if (is_space(text_[at_])) {
        ++at_;
      } else if (at("--")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (at("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) throw not_well_formed("");
        at_ = end + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  void read_token() {
    const std::size_t begin = at_;
    const char c = peek();
    if (c == '\'' || c == '"') {
      std::string content = quoted(c);
      add(c == '"' ? Kind::kQuoted : Kind::kString, std::move(content), begin);
    } else if (begins_word(c)) {
      while (begins_word(peek()) || is_digit(peek())) ++at_;
      add(Kind::kWord, std::string(text_.substr(begin, at_ - begin)), begin);
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)) && !follows_path())) {
      number();
      add(Kind::kNumber, std::string(text_.substr(begin, at_ - begin)), begin);
    } else if (c == '?') {
      ++at_;
      add(Kind::kParameter, "?", begin);
    } else {
      symbol(begin);
    }
  }

  // In "a.1" the dot is the path's.
  [[nodiscard]] bool follows_path() const {
    if (tokens_.empty()) return false;
    const Token& last = tokens_.back();
    return last.begin + last.length == at_ &&
           (last.kind == Kind::kWord || last.kind == Kind::kQuoted || last.is("]"));
  }

  // Doubled quotes stand for one.
  std::string quoted(char quote) {
    std::string content;
    for (++at_;; ++at_) {
      if (at_ >= text_.size()) throw not_well_formed("");
      if (text_[at_] == quote) {
        ++at_;
        if (peek() != quote) return content;
      }
      content += text_[at_];
    }
  }

  void number() {
    while (is_digit(peek())) ++at_;
    if (peek() == '.') ++at_;
    while (is_digit(peek())) ++at_;
    if (upper(peek()) != 'E') return;
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
    if (!is_digit(peek(sign))) throw not_well_formed("");
    for (at_ += sign; is_digit(peek());) ++at_;
  }

  void symbol(std::size_t begin) {
    static constexpr std::array<std::string_view, 20> kSymbols = {
        "<<", ">>", "<=", ">=", "<>", "!=", "=", "<", ">", "(",
        ")",  "[",  "]",  "{",  "}",  ",",  ".", ":", "*", ";"};
    for (const std::string_view candidate : kSymbols) {
      if (!at(candidate)) continue;
      at_ += candidate.size();
      add(Kind::kSymbol, std::string(candidate), begin);
      return;
    }
    if (peek() != '+' && peek() != '-') throw not_well_formed("");
    ++at_;
    add(Kind::kSymbol, std::string(text_.substr(begin, 1)), begin);
  }

  void add(Kind kind, std::string content, std::size_t begin) {
    tokens_.push_back({kind, std::move(content), begin, at_ - begin});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

bool Token::is_word(std::string_view upper_word) const {
  return kind == Kind::kWord &&
         std::equal(text.begin(), text.end(), upper_word.begin(), upper_word.end(),
                    [](char a, char b) { return upper(a) == b; });
}

bool Token::is_keyword() const {
  return std::any_of(kKeywords.begin(), kKeywords.end(),
                     [this](std::string_view keyword) { return is_word(keyword); });
}

std::vector<Token> tokens_of(std::string_view statement) { return Lexer(statement).read(); }

AwsError not_well_formed(std::string_view detail) {
  return validation_error("Statement wasn't well formed, can't be processed: " +
                          std::string(detail));
}

std::string place_of(const Token& token, std::string_view statement) {
  const auto characters = [](std::string_view text) {
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
  };
  const std::string_view before = statement.substr(0, token.begin);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return " at " + std::to_string(std::count(before.begin(), before.end(), '\n') + 1) + ":" +
         std::to_string(characters(before.substr(line_begin)) + 1) + ":" +
         std::to_string(characters(statement.substr(token.begin, token.length)));
}

}  // namespace cloudchamber::mock::dynamodb::partiql
