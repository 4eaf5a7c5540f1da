#include "mock-server/call/pattern.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cloudchamber::mock {
namespace {

constexpr std::size_t kMaxStates = 8192;
constexpr int kMaxDepth = 32;
constexpr std::uint32_t kLastCodePoint = 0x10ffff;

struct CharacterSet {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
  bool negated = false;

  void add(std::uint32_t first, std::uint32_t last) { ranges.emplace_back(first, last); }
  // All but what `other` has; for \W inside a class.
  void add_complement(const CharacterSet& other) {
    std::uint32_t from = 0;
    for (const auto& [first, last] : other.ranges) {  // in order
      if (first > from) add(from, first - 1);
      from = last + 1;
    }
    if (from <= kLastCodePoint) add(from, kLastCodePoint);
  }
  [[nodiscard]] bool has(std::uint32_t c) const {
    for (const auto& [first, last] : ranges) {
      if (c >= first && c <= last) return !negated;
    }
    return negated;
  }
};

struct Expression {
  enum class Kind { kSet, kSequence, kChoice, kRepeat };
  Kind kind = Kind::kSequence;
  CharacterSet set;
  std::vector<Expression> parts;
  std::size_t least = 0;
  std::optional<std::size_t> most;
};

// Thrown inside this file for a pattern that is not understood.
struct NotUnderstood {};

std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0xc0) return lead;
  int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  std::uint32_t c = lead & (0x3fU >> more);
  for (; more > 0 && at < text.size(); --more) {
    c = c << 6 | (static_cast<unsigned char>(text[at++]) & 0x3fU);
  }
  return c;
}

class Parser {
 public:
  explicit Parser(std::string_view pattern) : pattern_(pattern) {
    if (!pattern_.empty() && pattern_.front() == '^') pattern_.remove_prefix(1);
    if (!pattern_.empty() && pattern_.back() == '$' &&
        (pattern_.size() < 2 || pattern_[pattern_.size() - 2] != '\\')) {
      pattern_.remove_suffix(1);
    }
  }

  Expression parse() {
    Expression whole = choice(0);
    if (at_ != pattern_.size()) throw NotUnderstood{};
    return whole;
  }

 private:
  [[nodiscard]] bool done() const { return at_ >= pattern_.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : pattern_[at_]; }
  bool take(char c) {
    if (done() || pattern_[at_] != c) return false;
    ++at_;
    return true;
  }

  Expression choice(int depth) {
    if (depth > kMaxDepth) throw NotUnderstood{};
    Expression result;
    result.kind = Expression::Kind::kChoice;
    do {
      result.parts.push_back(sequence(depth));
    } while (take('|'));
    return result;
  }

  Expression sequence(int depth) {
    Expression result;
    while (!done() && peek() != '|' && peek() != ')') result.parts.push_back(repeated(depth));
    return result;
  }

  Expression repeated(int depth) {
    Expression inner = atom(depth);
    for (int repeats = 0;; ++repeats) {
      if (repeats > kMaxDepth) throw NotUnderstood{};
      std::size_t least = 0;
      std::optional<std::size_t> most;
      if (take('+')) {
        least = 1;
      } else if (take('?')) {
        most = 1;
      } else if (take('{')) {
        least = number();
        most = least;
        if (take(',')) {
          most = peek() == '}' ? std::nullopt : std::optional(number());
        }
        if (!take('}')) throw NotUnderstood{};
      } else if (!take('*')) {
        return inner;
      }
      take('?');  // a lazy match is a match
      Expression repeat;
      repeat.kind = Expression::Kind::kRepeat;
      repeat.least = least;
      repeat.most = most;
      repeat.parts.push_back(std::move(inner));
      inner = std::move(repeat);
    }
  }

  std::size_t number() {
    std::size_t value = 0;
    if (peek() < '0' || peek() > '9') throw NotUnderstood{};
    while (peek() >= '0' && peek() <= '9') {
      value = value * 10 + static_cast<std::size_t>(pattern_[at_++] - '0');
      if (value > kMaxStates) throw NotUnderstood{};
    }
    return value;
  }

  Expression atom(int depth) {
    if (take('(')) {
      if (take('?') && !take(':')) throw NotUnderstood{};
      Expression group = choice(depth + 1);
      if (!take(')')) throw NotUnderstood{};
      return group;
    }
    Expression result;
    result.kind = Expression::Kind::kSet;
    if (take('[')) {
      result.set = character_class();
    } else if (take('.')) {
      result.set.add('\n', '\n');
      result.set.negated = true;
    } else if (peek() == '\\') {
      result.set = escape();
    } else {
      const char c = peek();
      if (c == '^' || c == '$' || c == '*' || c == '+' || c == '?') throw NotUnderstood{};
      const std::uint32_t code = next_code_point(pattern_, at_);
      result.set.add(code, code);
    }
    return result;
  }

  CharacterSet character_class() {
    CharacterSet set;
    set.negated = take('^');
    bool first = true;
    while (first || peek() != ']') {
      if (done() || peek() == '[' || pattern_.substr(at_, 2) == "&&") throw NotUnderstood{};
      first = false;
      const CharacterSet low = class_element();
      if (peek() == '-' && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']' &&
          is_single(low)) {
        ++at_;
        const CharacterSet high = class_element();
        if (!is_single(high) || high.ranges[0].first < low.ranges[0].first) throw NotUnderstood{};
        set.add(low.ranges[0].first, high.ranges[0].first);
      } else {
        set.ranges.insert(set.ranges.end(), low.ranges.begin(), low.ranges.end());
      }
    }
    ++at_;
    return set;
  }

  static bool is_single(const CharacterSet& set) {
    return !set.negated && set.ranges.size() == 1 && set.ranges[0].first == set.ranges[0].second;
  }

  CharacterSet class_element() {
    if (done()) throw NotUnderstood{};
    if (peek() == '\\') {
      CharacterSet set = escape();
      if (!set.negated) return set;
      CharacterSet all;
      set.negated = false;
      all.add_complement(set);
      return all;
    }
    CharacterSet set;
    const std::uint32_t code = next_code_point(pattern_, at_);
    set.add(code, code);
    return set;
  }

  CharacterSet escape() {
    ++at_;
    if (done()) throw NotUnderstood{};
    const char c = pattern_[at_++];
    CharacterSet set;
    switch (c) {
      case 'D':
        set.negated = true;
        [[fallthrough]];
      case 'd':
        set.add('0', '9');
        return set;
      case 'W':
        set.negated = true;
        [[fallthrough]];
      case 'w':
        set.add('0', '9');
        set.add('A', 'Z');
        set.add('_', '_');
        set.add('a', 'z');
        return set;
      case 'S':
        set.negated = true;
        [[fallthrough]];
      case 's':
        set.add('\t', '\r');
        set.add(' ', ' ');
        return set;
      case 'n':
        set.add('\n', '\n');
        return set;
      case 'r':
        set.add('\r', '\r');
        return set;
      case 't':
        set.add('\t', '\t');
        return set;
      case 'p':
        return property();
      case 'x':
      case 'u': {
        std::uint32_t code = hex(c == 'x' ? 2 : 4);
        // A surrogate pair is one character.
        if (code >= 0xd800 && code < 0xdc00 && pattern_.substr(at_, 2) == "\\u") {
          at_ += 2;
          code = 0x10000 + ((code - 0xd800) << 10) + (hex(4) & 0x3ffU);
        }
        set.add(code, code);
        return set;
      }
      default:
        break;
    }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
      throw NotUnderstood{};
    }
    const auto code = static_cast<unsigned char>(c);
    set.add(code, code);
    return set;
  }

  std::uint32_t hex(int digits) {
    std::uint32_t value = 0;
    for (; digits > 0; --digits) {
      const char c = peek();
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) throw NotUnderstood{};
      value = value * 16 + static_cast<std::uint32_t>(digit);
      ++at_;
    }
    return value;
  }

  CharacterSet property() {
    std::string name;
    if (take('{')) {
      while (!done() && peek() != '}') name += pattern_[at_++];
      if (!take('}')) throw NotUnderstood{};
    } else if (!done()) {
      name = pattern_[at_++];
    }
    CharacterSet set;
    if (name == "L" || name == "IsL" || name == "Alpha") {
      set.add('A', 'Z');
      set.add('a', 'z');
      if (name != "Alpha") set.add(0xaa, kLastCodePoint);
    } else if (name == "N" || name == "Nd" || name == "Digit") {
      set.add('0', '9');
    } else if (name == "Z" || name == "Zs") {
      set.add(' ', ' ');
      set.add(0xa0, 0xa0);
      set.add(0x2000, 0x200a);
      set.add(0x202f, 0x202f);
      set.add(0x3000, 0x3000);
    } else if (name == "Print") {
      set.add(' ', '~');
    } else if (name == "Graph") {
      set.add('!', '~');
    } else if (name == "ASCII") {
      set.add(0, 0x7f);
    } else if (name == "Alnum") {
      set.add('0', '9');
      set.add('A', 'Z');
      set.add('a', 'z');
    } else if (name == "Punct" || name == "P") {
      set.add('!', '/');
      set.add(':', '@');
      set.add('[', '`');
      set.add('{', '~');
    } else {
      throw NotUnderstood{};
    }
    return set;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
};

// A nondeterministic automaton after Thompson.
class Automaton {
 public:
  explicit Automaton(const Expression& expression) {
    start_ = emit(expression, add({State::Kind::kMatch, 0, 0, {}}));
  }

  [[nodiscard]] bool matches(std::string_view text) const {
    std::vector<std::size_t> current;
    std::vector<std::size_t> next;
    std::vector<std::size_t> seen(states_.size(), 0);  // the step in which a state was entered
    std::size_t step = 1;
    enter(start_, current, seen, step);
    for (std::size_t at = 0; at < text.size();) {
      const std::uint32_t c = next_code_point(text, at);
      ++step;
      next.clear();
      for (const std::size_t index : current) {
        const State& state = states_[index];
        if (state.kind == State::Kind::kSet && state.set.has(c)) {
          enter(state.next, next, seen, step);
        }
      }
      current.swap(next);
      if (current.empty()) return false;
    }
    for (const std::size_t index : current) {
      if (states_[index].kind == State::Kind::kMatch) return true;
    }
    return false;
  }

 private:
  struct State {
    enum class Kind { kSet, kSplit, kMatch };
    Kind kind;
    std::size_t next;
    std::size_t other;
    CharacterSet set;
  };

  std::size_t add(State state) {
    if (states_.size() >= kMaxStates) throw NotUnderstood{};
    states_.push_back(std::move(state));
    return states_.size() - 1;
  }

  // The state from which `expression` leads to `next`.
  std::size_t emit(const Expression& expression, std::size_t next) {
    switch (expression.kind) {
      case Expression::Kind::kSet:
        return add({State::Kind::kSet, next, 0, expression.set});
      case Expression::Kind::kSequence:
        for (auto part = expression.parts.rbegin(); part != expression.parts.rend(); ++part) {
          next = emit(*part, next);
        }
        return next;
      case Expression::Kind::kChoice: {
        std::size_t result = emit(expression.parts.back(), next);
        for (std::size_t i = expression.parts.size() - 1; i-- > 0;) {
          const std::size_t branch = emit(expression.parts[i], next);
          result = add({State::Kind::kSplit, branch, result, {}});
        }
        return result;
      }
      case Expression::Kind::kRepeat:
        return emit_repeat(expression, next);
    }
    return next;
  }

  std::size_t emit_repeat(const Expression& repeat, std::size_t next) {
    const Expression& part = repeat.parts[0];
    if (!repeat.most) {
      const std::size_t loop = add({State::Kind::kSplit, 0, next, {}});
      states_[loop].next = emit(part, loop);
      next = loop;
    } else {
      const std::size_t end = next;
      for (std::size_t i = repeat.least; i < *repeat.most; ++i) {
        next = add({State::Kind::kSplit, emit(part, next), end, {}});
      }
    }
    for (std::size_t i = 0; i < repeat.least; ++i) next = emit(part, next);
    return next;
  }

  void enter(std::size_t first, std::vector<std::size_t>& set, std::vector<std::size_t>& seen,
             std::size_t step) const {
    std::vector<std::size_t> open = {first};
    while (!open.empty()) {
      const std::size_t index = open.back();
      open.pop_back();
      if (std::exchange(seen[index], step) == step) continue;
      const State& state = states_[index];
      if (state.kind == State::Kind::kSplit) {
        open.push_back(state.other);
        open.push_back(state.next);
      } else {
        set.push_back(index);
      }
    }
  }

  std::vector<State> states_;
  std::size_t start_ = 0;
};

// Null where the pattern is not understood.
std::shared_ptr<const Automaton> compile(const std::string& pattern) {
  try {
    return std::make_shared<const Automaton>(Parser(pattern).parse());
  } catch (const NotUnderstood&) {
    return nullptr;
  }
}

// The same, remembered.
std::shared_ptr<const Automaton> compiled(const std::string& pattern) {
  static std::shared_mutex mutex;
  static std::unordered_map<std::string, std::shared_ptr<const Automaton>> known;
  {
    const std::shared_lock lock(mutex);
    if (const auto found = known.find(pattern); found != known.end()) return found->second;
  }
  std::shared_ptr<const Automaton> automaton = compile(pattern);
  const std::unique_lock lock(mutex);
  return known.emplace(pattern, std::move(automaton)).first->second;
}

}  // namespace

bool matches_pattern(const std::string& pattern, std::string_view text) {
  const std::shared_ptr<const Automaton> automaton = compiled(pattern);
  return automaton == nullptr || automaton->matches(text);
}

bool matches_strangers_pattern(const std::string& pattern, std::string_view text) {
  const std::shared_ptr<const Automaton> automaton = compile(pattern);
  return automaton == nullptr || automaton->matches(text);
}

bool understands_pattern(const std::string& pattern) { return compiled(pattern) != nullptr; }

}  // namespace cloudchamber::mock
