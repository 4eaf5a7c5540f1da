#include "sdk/codec/jmespath_lexer.h"

#include <charconv>

#include "sdk/codec/jmespath_node.h"

namespace cloudchamber {
namespace {

using Kind = JmesPathToken::Kind;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// nlohmann's parser does not recurse, but what reads its values later does.
bool too_deep(std::string_view json) {
  std::size_t depth = 0;
  for (const char c : json) {
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (depth > kMaxJmesPathDepth) return true;
  }
  return false;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<JmesPathToken> run() {
    std::vector<JmesPathToken> tokens;
    for (;;) {
      while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != npos) ++at_;
      tokens.push_back(next());
      if (tokens.back().kind == Kind::kEnd) return tokens;
    }
  }

 private:
  static constexpr std::size_t npos = std::string_view::npos;

  JmesPathToken next() {
    start_ = at_;
    JmesPathToken token;
    token.at = at_;
    if (at_ == text_.size()) return token;
    const char c = text_[at_];
    if (begins_name(c)) {
      while (at_ < text_.size() && (begins_name(text_[at_]) || is_digit(text_[at_]))) ++at_;
      token.kind = Kind::kName;
      token.text = text_.substr(start_, at_ - start_);
    } else if (c == '-' || is_digit(c)) {
      number(token);
    } else if (c == '"') {
      token.kind = Kind::kQuotedName;
      const std::string_view inside = delimited('"');
      token.text = json('"' + std::string(inside) + '"').get<std::string>();
    } else if (c == '\'') {
      token.kind = Kind::kLiteral;
      token.literal = unescaped(delimited('\''), '\'');
    } else if (c == '`') {
      token.kind = Kind::kLiteral;
      token.literal = json(unescaped(delimited('`'), '`'));
    } else {
      token.kind = symbol(c);
    }
    return token;
  }

  Kind symbol(char c) {
    ++at_;
    const auto followed_by = [this](char second) {
      if (at_ >= text_.size() || text_[at_] != second) return false;
      ++at_;
      return true;
    };
    switch (c) {
      case '.':
        return Kind::kDot;
      case '*':
        return Kind::kStar;
      case ']':
        return Kind::kCloseBracket;
      case '{':
        return Kind::kOpenBrace;
      case '}':
        return Kind::kCloseBrace;
      case '(':
        return Kind::kOpenParen;
      case ')':
        return Kind::kCloseParen;
      case ',':
        return Kind::kComma;
      case ':':
        return Kind::kColon;
      case '@':
        return Kind::kCurrent;
      case '[':
        return followed_by(']')   ? Kind::kFlatten
               : followed_by('?') ? Kind::kFilter
                                  : Kind::kOpenBracket;
      case '|':
        return followed_by('|') ? Kind::kOr : Kind::kPipe;
      case '&':
        return followed_by('&') ? Kind::kAnd : Kind::kAmpersand;
      case '!':
        return followed_by('=') ? Kind::kNotEqual : Kind::kNot;
      case '<':
        return followed_by('=') ? Kind::kLessOrEqual : Kind::kLess;
      case '>':
        return followed_by('=') ? Kind::kGreaterOrEqual : Kind::kGreater;
      case '=':
        if (followed_by('=')) return Kind::kEqual;
        break;
      default:
        break;
    }
    fail(std::string("unexpected '") + c + "'");
  }

  void number(JmesPathToken& token) {
    token.kind = Kind::kNumber;
    const char* const end = text_.data() + text_.size();
    const auto [stop, error] = std::from_chars(text_.data() + at_, end, token.number);
    if (error != std::errc()) fail("not a number that fits");
    at_ = static_cast<std::size_t>(stop - text_.data());
  }

  // What stands between this delimiter and the next one that no backslash precedes.
  std::string_view delimited(char delimiter) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == delimiter) {
        ++at_;
        return text_.substr(start_ + 1, at_ - start_ - 2);
      }
      if (text_[at_] == '\\') ++at_;
    }
    fail(std::string("no closing ") + delimiter);
  }

  // A backslash hides the delimiter and nothing else.
  static std::string unescaped(std::string_view text, char delimiter) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) {
        if (text[i + 1] != delimiter) result += '\\';
        ++i;
      }
      result += text[i];
    }
    return result;
  }

  Json json(const std::string& text) const {
    if (too_deep(text)) fail("a literal is nested too deeply");
    Json value = Json::parse(text, nullptr, false);
    if (value.is_discarded()) fail("not a JSON value");
    return value;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw JmesPathError("syntax", what + " at column " + std::to_string(start_ + 1) + " of '" +
                                      std::string(text_) + "'");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
};

}  // namespace

std::vector<JmesPathToken> jmespath_tokens(std::string_view expression) {
  return Lexer(expression).run();
}

}  // namespace cloudchamber
