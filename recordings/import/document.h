// Document: YAML or JSON as a tree of values that know their lines, so that whoever reads a format
// from it can refuse what is wrong by line and reason.
//
// Nothing in a text makes it larger than the text allows: nesting is bounded, aliases may repeat
// only so much, and tags that construct objects are refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::recordings {

// Why a file is not read, and the line where this shows.
class Refusal : public std::runtime_error {
 public:
  Refusal(std::size_t line, const std::string& reason) : std::runtime_error(reason), line_(line) {}
  [[nodiscard]] std::size_t line() const { return line_; }

 private:
  std::size_t line_;
};

class Node {
 public:
  struct Member;  // {name, value}
  enum class Kind { kScalar, kList, kMap };

  Kind kind = Kind::kScalar;
  std::size_t line = 1;
  Json scalar;  // of YAML: null, string or (!!binary) binary; of JSON any but structures
  std::vector<Node> items;      // of a list
  std::vector<Member> members;  // of a map, in order; names may repeat

  [[nodiscard]] bool is_null() const { return kind == Kind::kScalar && scalar.is_null(); }
  [[nodiscard]] bool is_list() const { return kind == Kind::kList; }
  [[nodiscard]] bool is_map() const { return kind == Kind::kMap; }
  [[nodiscard]] bool is_text() const {
    return kind == Kind::kScalar && (scalar.is_string() || scalar.is_binary());
  }

  // The member of that name; null where there is none, or where this is no map.
  [[nodiscard]] const Node* find(std::string_view name) const;
  // That must be there. Throws Refusal.
  [[nodiscard]] const Node& at(std::string_view name) const;

  // As which a value must be read, else Refusal. `what` names it in the reason.
  [[nodiscard]] std::string text(std::string_view what) const;  // numbers as they are written
  [[nodiscard]] std::string text_or_nothing(std::string_view what) const;  // null is ""
  [[nodiscard]] std::int64_t integer(std::string_view what, std::int64_t least,
                                     std::int64_t most) const;
  [[nodiscard]] const std::vector<Node>& list(std::string_view what) const;
  [[nodiscard]] const std::vector<Member>& map(std::string_view what) const;

  // The value without its lines.
  [[nodiscard]] Json json() const;
};

struct Node::Member {
  std::string name;
  Node value;
};

// What a text holds: one document, or in YAML one or several. Throw Refusal. Both read at most
// kMaxDepth levels.
[[nodiscard]] Node read_json(std::string_view text);
[[nodiscard]] std::vector<Node> read_yaml(std::string_view text);

inline constexpr std::size_t kMaxDepth = 200;  // DynamoDB's items nest 32 levels, two each
// What aliases may add to a document.
inline constexpr std::size_t kMaxRepeatedNodes = 100'000;
inline constexpr std::size_t kMaxRepeatedBytes = std::size_t{64} << 20;

}  // namespace cloudchamber::recordings
