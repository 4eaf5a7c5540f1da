#include "mock-server/services/dynamodb/partiql/reader.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>

#include "mock-server/services/dynamodb/attribute_value.h"
#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/limits.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::dynamodb::partiql {
namespace {

using Kind = Token::Kind;

// Java's BigDecimal, which reads the literals on AWS, has a scale and an exponent of 32 bits.
void check_scale(std::string_view literal) {
  const std::size_t e = literal.find_first_of("eE");
  const std::string_view digits = literal.substr(0, e);
  const std::size_t dot = digits.find('.');
  const auto fraction =
      dot == std::string_view::npos ? 0 : static_cast<std::int64_t>(digits.size() - dot - 1);
  std::int64_t exponent = 0;
  if (e != std::string_view::npos) {
    std::string_view text = literal.substr(e + 1);
    if (text.front() == '+') text.remove_prefix(1);
    if (std::from_chars(text.data(), text.data() + text.size(), exponent).ec != std::errc())
      throw not_well_formed("");
  }
  const auto fits = [](std::int64_t number) {
    return number >= std::numeric_limits<std::int32_t>::min() &&
           number <= std::numeric_limits<std::int32_t>::max();
  };
  if (!fits(exponent) || !fits(fraction - exponent)) throw not_well_formed("");
}

}  // namespace

Reader::Reader(std::string_view text, const Json* parameters, std::deque<Json>& values)
    : text_(text), parameters_(parameters), values_(values), tokens_(tokens_of(text)) {}

bool Reader::take(std::string_view symbol) {
  if (!peek().is(symbol)) return false;
  next();
  return true;
}

bool Reader::take_word(std::string_view upper) {
  if (!peek().is_word(upper)) return false;
  next();
  return true;
}

void Reader::expect(std::string_view symbol) {
  if (!take(symbol))
    throw not_well_formed(peek().is_keyword() ? "Unexpected keyword" : "Unexpected token");
}

void Reader::expect_word(std::string_view upper) {
  if (!take_word(upper))
    throw not_well_formed(peek().is_keyword() ? "Unexpected keyword" : "Unexpected token");
}

void Reader::expect_end() {
  take(";");
  if (peek().kind != Kind::kEnd) throw not_well_formed("Unexpected token after expression");
  const std::size_t given = parameters_ == nullptr ? 0 : parameters_->size();
  if (parameters_used_ != given) {
    throw validation_error("Number of parameters in request and statement don't match.");
  }
}

std::string Reader::name() {
  if (peek().kind == Kind::kWord && peek().is_keyword())
    throw not_well_formed("Unexpected keyword");
  if (peek().kind != Kind::kWord && peek().kind != Kind::kQuoted)
    throw not_well_formed("Unexpected token");
  return next().text;
}

Path Reader::path() {
  Path path;
  PathElement step;
  step.name = name();
  check_attribute_name(step.name);
  path.push_back(step);
  while (true) {
    step = {};
    if (take(".")) {
      if ((peek().kind != Kind::kWord || peek().is_keyword()) && peek().kind != Kind::kQuoted)
        throw not_well_formed("Invalid path dot component");
      step.name = next().text;
    } else if (take("[")) {
      const Token& token = next();
      if (token.kind == Kind::kString) {
        step.name = token.text;
      } else {
        step.is_index = true;
        const char* end = token.text.data() + token.text.size();
        const auto [stop, error] = std::from_chars(token.text.data(), end, step.index);
        if (token.kind != Kind::kNumber || stop != end || error != std::errc())
          throw not_well_formed("Unexpected path component");
      }
      expect("]");
    } else {
      break;
    }
    path.push_back(step);
    if (path.size() > kMaxPathLevels) {
      throw validation_error("The document path has too many nesting elements; nesting levels: " +
                             std::to_string(path.size()));
    }
  }
  return path;
}

bool Reader::at_value() const {
  const Token& token = peek();
  return token.kind == Kind::kString || token.kind == Kind::kNumber ||
         token.kind == Kind::kParameter || token.is("-") || token.is("+") || token.is("[") ||
         token.is("{") || token.is("<<") || token.is_word("TRUE") || token.is_word("FALSE") ||
         token.is_word("NULL");
}

Json Reader::value(const std::string& place, int depth) {
  if (depth > kMaxNestingLevels) {
    throw validation_error(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels "
        "beyond supported limit");
  }
  const Token& token = peek();
  if (token.kind == Kind::kParameter) return parameter();
  if (token.kind == Kind::kNumber || token.is("-") || token.is("+")) return number(place);
  if (token.kind == Kind::kString) return {{"S", next().text}};
  if (take_word("TRUE")) return {{"BOOL", true}};
  if (take_word("FALSE")) return {{"BOOL", false}};
  if (take_word("NULL")) return {{"NULL", true}};
  if (take("[")) return list(place, depth);
  if (take("{")) return map(place, depth);
  if (take("<<")) return bag(place, depth);
  if (token.kind == Kind::kWord && peek(1).is("(")) {
    throw validation_error("Unsupported data type: " + lowered(token.text) + " under key " + place +
                           this->place(token));
  }
  throw not_well_formed(token.is_keyword() ? "Unexpected keyword" : "Unexpected token");
}

Json Reader::number(const std::string& place) {
  std::string text;
  if (peek().is("-") || peek().is("+")) text = next().text == "-" ? "-" : "";
  if (peek().kind != Kind::kNumber) throw not_well_formed("Unexpected token");
  text += next().text;
  check_scale(text);
  try {
    return {{"N", Number::parse(text).text()}};
  } catch (const AwsError& error) {
    throw validation_error(error.message() + " under " + place);
  }
}

Json Reader::list(const std::string& place, int depth) {
  Json elements = Json::array();
  while (!take("]")) {
    if (!elements.empty()) expect(",");
    elements.push_back(value(place + "[" + std::to_string(elements.size()) + "]", depth + 1));
  }
  return {{"L", std::move(elements)}};
}

Json Reader::map(const std::string& place, int depth) {
  Json members = Json::object();
  while (!take("}")) {
    if (!members.empty()) expect(",");
    if (peek().kind != Kind::kString) throw not_well_formed("Unexpected token");
    const std::string name = next().text;
    expect(":");
    members[name] = value(place + "." + name, depth + 1);
  }
  return {{"M", std::move(members)}};
}

Json Reader::bag(const std::string& place, int depth) {
  Json elements = Json::array();
  std::string type;
  while (!take(">>")) {
    if (!elements.empty()) expect(",");
    const Json element = value(place, depth + 1);
    const std::string& element_type = element.begin().key();
    if (!type.empty() && type != element_type)
      throw invalid_parameter("The elements of a set are of one type");
    type = element_type;
    if (type != "S" && type != "N" && type != "B")
      throw invalid_parameter("The elements of a set are strings, numbers or binaries");
    elements.push_back(element.begin().value());
  }
  if (elements.empty()) throw validation_error("Empty bags are not supported");
  return stored_value({{type + "S", std::move(elements)}});
}

Json Reader::parameter() {
  next();
  const std::size_t index = parameters_used_++;
  if (parameters_ == nullptr || index >= parameters_->size()) return {{"NULL", true}};
  return stored_value((*parameters_)[index]);
}

Node Reader::value_node() {
  values_.push_back(value());
  Node node;
  node.kind = Node::Kind::kValue;
  node.value = &values_.back();
  return node;
}

Node Reader::path_node(Path path) {
  Node node;
  node.kind = Node::Kind::kPath;
  node.path = std::move(path);
  return node;
}

}  // namespace cloudchamber::mock::dynamodb::partiql
