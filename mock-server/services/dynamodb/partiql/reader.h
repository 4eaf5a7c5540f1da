// Reader: a position in a statement's tokens, and what all clauses are made of: names, paths,
// values.
#pragma once

#include <deque>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "mock-server/services/dynamodb/expressions/tree.h"
#include "mock-server/services/dynamodb/partiql/lexer.h"

namespace cloudchamber::mock::dynamodb::partiql {

class Reader {
 public:
  // Values go to `values`; `parameters` is an array or null, its elements not yet checked.
  Reader(std::string_view text, const Json* parameters, std::deque<Json>& values);

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  const Token& next() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool take(std::string_view symbol);
  bool take_word(std::string_view upper);
  // ValidationException when something else stands there.
  void expect(std::string_view symbol);
  void expect_word(std::string_view upper);
  // Throws unless all has been read and as many parameters were used as given.
  void expect_end();

  [[nodiscard]] std::string name();
  [[nodiscard]] Path path();
  [[nodiscard]] bool at_value() const;
  // A literal or parameter as an attribute value; `place` is where it stands in the outermost one.
  [[nodiscard]] Json value(const std::string& place = "root", int depth = 0);
  [[nodiscard]] Node value_node();
  [[nodiscard]] static Node path_node(Path path);

  [[nodiscard]] std::string place(const Token& token) const { return place_of(token, text_); }

 private:
  [[nodiscard]] Json number(const std::string& place);
  [[nodiscard]] Json list(const std::string& place, int depth);
  [[nodiscard]] Json map(const std::string& place, int depth);
  [[nodiscard]] Json bag(const std::string& place, int depth);
  [[nodiscard]] Json parameter();

  std::string_view text_;
  const Json* parameters_;
  std::deque<Json>& values_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t parameters_used_ = 0;
};

}  // namespace cloudchamber::mock::dynamodb::partiql
