#include "mock-server/services/dynamodb/expressions/problems.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "mock-server/services/dynamodb/expressions/reserved_words.h"
#include "mock-server/services/dynamodb/limits.h"

namespace cloudchamber::mock::dynamodb {

void Problems::note(Rule rule, const std::string& problem) {
  const bool inner = by_condition_ && rule > Rule::kCondition;
  const std::tuple<Rule, int, Rule> rank{inner ? Rule::kCondition : rule, inner ? condition_ : 0,
                                         rule};
  if (worst_ && rank_ <= rank) return;
  rank_ = rank;
  worst_ = problem;
}

Path read_path(TokenReader& reader, Placeholders& placeholders, Problems& problems) {
  Path path;
  const auto read_name = [&] {
    const Token& token = reader.peek();
    PathElement element;
    if (token.kind == Token::Kind::kName) {
      if (const std::string* name = placeholders.name(token.text)) {
        element.name = *name;
      } else {
        problems.note(Problems::Rule::kUndefined,
                      "An expression attribute name used in the document path is not defined; "
                      "attribute name: " +
                          std::string(token.text));
      }
    } else if (token.kind == Token::Kind::kWord) {
      element.name = token.text;
      if (is_reserved_word(token.text)) {
        problems.note(
            Problems::Rule::kReservedWord,
            "Attribute name is a reserved keyword; reserved keyword: " + std::string(token.text));
      }
    } else {
      reader.syntax_error();
    }
    reader.next();
    path.push_back(std::move(element));
  };
  read_name();
  for (;;) {
    if (reader.take(".")) {
      read_name();
    } else if (reader.take("[")) {
      const Token token = reader.peek();
      if (token.kind != Token::Kind::kNumber) reader.syntax_error();
      PathElement element;
      element.is_index = true;
      std::int32_t index = 0;
      const auto result =
          std::from_chars(token.text.data(), token.text.data() + token.text.size(), index);
      if (result.ec != std::errc()) {
        reader.fail("List index is not within the allowable range; index: [" +
                    std::string(token.text) + "]");
      }
      element.index = static_cast<std::size_t>(index);
      reader.next();
      reader.expect("]");
      path.push_back(std::move(element));
    } else {
      break;
    }
  }
  if (path.size() > kMaxPathLevels) {
    reader.fail("The document path has too many nesting elements; nesting levels: " +
                std::to_string(path.size()));
  }
  return path;
}

Node read_value(TokenReader& reader, Placeholders& placeholders, Problems& problems) {
  const Token& token = reader.next();
  Node node;
  node.kind = Node::Kind::kValue;
  node.value = placeholders.value(token.text);
  if (node.value == nullptr) {
    problems.note(Problems::Rule::kUndefined,
                  "An expression attribute value used in expression is not defined; attribute "
                  "value: " +
                      std::string(token.text));
  }
  return node;
}

namespace {

// The paths as one tree: linear in their total length where comparing all pairs would not be.
struct Trie {
  std::map<std::string, Trie> names;
  std::map<std::size_t, Trie> indexes;
  const Path* through = nullptr;  // the first path that passes here
  const Path* ends = nullptr;     // the path that ends here
};

void insert(Trie& root, const Path& path, Problems& problems) {
  const auto tell = [&](Problems::Rule rule, const char* how, const Path& other) {
    problems.note(rule, std::string("Two document paths ") + how +
                            " with each other; must remove or rewrite one of these paths; path "
                            "one: " +
                            printed(other) + ", path two: " + printed(path));
  };
  Trie* node = &root;
  for (const PathElement& element : path) {
    if (element.is_index ? !node->names.empty() : !node->indexes.empty()) {
      const Trie& other =
          element.is_index ? node->names.begin()->second : node->indexes.begin()->second;
      tell(Problems::Rule::kConflict, "conflict", *other.through);
      return;
    }
    node = element.is_index ? &node->indexes[element.index] : &node->names[element.name];
    if (node->through == nullptr) node->through = &path;
    if (node->ends != nullptr) {
      tell(Problems::Rule::kOverlap, "overlap", *node->ends);
      return;
    }
  }
  if (node->through != &path) {
    tell(Problems::Rule::kOverlap, "overlap", *node->through);
    return;
  }
  node->ends = &path;
}

}  // namespace

void check_disjoint(const std::vector<const Path*>& paths, Problems& problems) {
  Trie root;
  for (const Path* path : paths) insert(root, *path, problems);
}

}  // namespace cloudchamber::mock::dynamodb
