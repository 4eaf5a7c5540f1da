#include "sdk/codec/yaml_blocks.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace cloudchamber {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Reads no more of YAML than where scalars begin and end, line by line.
class Mover {
 public:
  explicit Mover(std::string_view text) : text_(text) {}

  std::string run() {
    result_.reserve(text_.size() + text_.size() / 16);
    while (at_ < text_.size()) read_line();
    copy_to(text_.size());
    return std::move(result_);
  }

 private:
  // Where on its line the innermost of each stands that the next value belongs to.
  struct Place {
    std::size_t line = 0;  // where the line begins
    std::size_t indent = 0;
    std::size_t dash = kNone;
    std::size_t key = kNone;
    std::size_t tag = kNone;  // or anchor

    // The column that lines of the value stand behind; of the top of a document, none.
    [[nodiscard]] std::optional<std::size_t> parent() const {
      if (key != kNone) return key;
      if (dash != kNone) return dash;
      if (indent == 0) return std::nullopt;
      return indent - 1;
    }
    // By how much they have to be moved.
    [[nodiscard]] std::size_t distance() const {
      return tag == kNone || key != kNone ? 0 : tag - parent().value_or(tag);
    }
  };

  [[nodiscard]] bool ends_at(std::size_t at) const {
    return at >= text_.size() || text_[at] == '\n' || is_space(text_[at]);
  }
  [[nodiscard]] std::size_t end_of_line(std::size_t at) const {
    const std::size_t end = text_.find('\n', at);
    return end == kNone ? text_.size() : end;
  }
  void copy_to(std::size_t end) {
    result_ += text_.substr(copied_, end - copied_);
    copied_ = end;
  }
  void next_line() { at_ = std::min(end_of_line(at_) + 1, text_.size()); }

  void read_line() {
    Place place;
    begin(place);
    while (at_ < text_.size() && read_token(place)) {
    }
  }

  void begin(Place& place) {
    place = Place();
    place.line = at_;
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    place.indent = at_ - place.line;
    if (place.indent != 0) return;
    if (text_.substr(at_, 3) == "\xef\xbb\xbf") at_ += 3;  // the mark of UTF-8
    const std::string_view first = text_.substr(at_, 3);
    if (first == "---" && ends_at(at_ + 3)) at_ += 3;
    if (first == "..." || first.starts_with('%')) at_ = end_of_line(at_);
  }

  // False behind the end of the line.
  bool read_token(Place& place) {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    const char c = at_ < text_.size() ? text_[at_] : '\n';
    const std::size_t column = at_ - place.line;
    if (c == '\n' || c == '#') {
      next_line();
      return false;
    }
    if ((c == '-' || c == '?') && ends_at(at_ + 1)) {
      place.dash = column;
      place.key = place.tag = kNone;
      ++at_;
    } else if (c == '!' || c == '&') {
      if (place.tag == kNone) place.tag = column;
      while (!ends_at(at_)) ++at_;
    } else if ((c == '|' || c == '>') && is_header()) {
      next_line();
      skip_lines_of(place);
      return false;
    } else if (c == '"' || c == '\'') {
      skip_quoted();
      read_colon(place, column);
    } else if (c == '{' || c == '[') {
      skip_flow();
      read_colon(place, column);
    } else {
      return read_plain(place, column);
    }
    return true;
  }

  // "|", ">-", "|2+ # a comment".
  [[nodiscard]] bool is_header() const {
    std::size_t at = at_ + 1;
    while (at < text_.size() &&
           (text_[at] == '+' || text_[at] == '-' || (text_[at] >= '0' && text_[at] <= '9')))
      ++at;
    const std::size_t end = at;
    while (at < text_.size() && is_space(text_[at])) ++at;
    return at >= text_.size() || text_[at] == '\n' || (text_[at] == '#' && at > end);
  }

  void skip_lines_of(const Place& place) {
    const std::optional<std::size_t> parent = place.parent();
    while (at_ < text_.size()) {
      std::size_t first = at_;
      while (first < text_.size() && text_[first] == ' ') ++first;
      const bool blank = first >= text_.size() || text_[first] == '\n' || text_[first] == '\r';
      if (!blank) {
        if (parent && first - at_ <= *parent) return;
        if (!parent && first == at_ && text_.substr(at_, 3) == "---") return;
        copy_to(at_);
        result_.append(place.distance(), ' ');
      }
      next_line();
    }
  }

  void skip_quoted() {
    const char quote = text_[at_];
    for (++at_; at_ < text_.size(); ++at_) {
      if (quote == '"' && text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == quote) {
        // Two of them are one within single quotes.
        const bool twice = quote == '\'' && text_.substr(at_ + 1, 1) == "'";
        if (!twice) break;
        ++at_;
      }
    }
    at_ = std::min(at_ + 1, text_.size());
  }

  void skip_flow() {
    std::size_t open = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const char before = at_ == 0 ? '\n' : text_[at_ - 1];
      const bool starts = std::string_view(" \t\r\n,[{:").find(before) != kNone;
      if ((c == '"' || c == '\'') && starts) {
        skip_quoted();
        continue;
      }
      if (c == '#' && starts) {
        at_ = end_of_line(at_);
        continue;
      }
      if (c == '{' || c == '[') ++open;
      ++at_;
      if ((c == '}' || c == ']') && --open == 0) return;
    }
  }

  // Was what stands before a key?
  void read_colon(Place& place, std::size_t column) {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    if (at_ >= text_.size() || text_[at_] != ':') return;
    place.key = column;
    place.tag = kNone;
    ++at_;
  }

  bool read_plain(Place& place, std::size_t column) {
    for (; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == ':' && ends_at(at_ + 1)) {
        place.key = column;
        place.tag = kNone;
        ++at_;
        return true;
      }
      if (text_[at_] == '#' && is_space(text_[at_ - 1])) {
        next_line();
        return false;
      }
    }
    next_line();
    skip_lines_of(place);  // it may go on there
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t copied_ = 0;
  std::string result_;
};

}  // namespace

std::string with_lines_behind_tags(std::string_view yaml) { return Mover(yaml).run(); }

}  // namespace cloudchamber
