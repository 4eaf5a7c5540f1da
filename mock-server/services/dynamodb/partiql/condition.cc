#include "mock-server/services/dynamodb/partiql/condition.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mock-server/services/dynamodb/attribute_value.h"
#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/limits.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::dynamodb::partiql {
namespace {

using Kind = Node::Kind;

constexpr int kDeepest = 100;  // ours: parentheses and NOT within each other

Node make(Kind kind, std::vector<Node> children) {
  Node node;
  node.kind = kind;
  node.children = std::move(children);
  return node;
}

Node negated(Node node) {
  std::vector<Node> children;
  children.push_back(std::move(node));
  return make(Kind::kNot, std::move(children));
}

Node call(std::string function, std::vector<Node> arguments) {
  Node node = make(Kind::kFunction, std::move(arguments));
  node.name = std::move(function);
  return node;
}

struct Function {
  std::string_view name;
  std::size_t operands;
  bool is_operand = false;      // gives a value rather than a truth
  bool needs_path = false;      // its first operand
  std::string_view types = "";  // of its second operand, when that is a value
};
constexpr std::array<Function, 6> kFunctions = {{
    {"attribute_exists", 1, false, true},
    {"attribute_not_exists", 1, false, true},
    {"attribute_type", 2, false, true, " S "},
    {"begins_with", 2, false, false, " S B "},
    {"contains", 2},
    {"size", 1, true},
}};

AwsError wrong_type(std::string_view operator_name, const Json& value) {
  return validation_error(
      "Incorrect operand type for operator or function; operator or function: " +
      std::string(operator_name) + ", operand type: " + std::string(type_name(type_of(value))));
}

void check_ordered(std::string_view operator_name, const Node& operand) {
  if (operand.kind != Kind::kValue) return;
  const Type type = type_of(*operand.value);
  if (type != Type::kS && type != Type::kN && type != Type::kB)
    throw wrong_type(operator_name, *operand.value);
}

bool is_truth(const Node& node) {
  return !node.is_operand() || (node.kind == Kind::kFunction && node.name != "size");
}

class Conditions {
 public:
  explicit Conditions(Reader& reader) : reader_(reader) {}

  Node read() {
    Node node = read_or();
    return checked(std::move(node));
  }

 private:
  Node checked(Node node) {
    if (!is_truth(node)) throw not_well_formed("Unexpected token");
    return node;
  }

  Node read_or() { return read_chain("OR", Kind::kOr, &Conditions::read_and); }
  Node read_and() { return read_chain("AND", Kind::kAnd, &Conditions::read_not); }

  Node read_chain(std::string_view word, Kind kind, Node (Conditions::*read_part)()) {
    Node first = (this->*read_part)();
    if (!reader_.peek().is_word(word)) return first;
    std::vector<Node> children;
    children.push_back(checked(std::move(first)));
    while (reader_.take_word(word)) {
      count_operator();
      children.push_back(checked((this->*read_part)()));
    }
    return make(kind, std::move(children));
  }

  Node read_not() {
    if (!reader_.take_word("NOT")) return read_predicate();
    deeper();
    Node node = negated(checked(read_not()));
    --depth_;
    return node;
  }

  Node read_predicate() {
    Node left = read_primary();
    const Token& token = reader_.peek();
    static constexpr std::array<std::pair<std::string_view, Kind>, 7> kComparisons = {
        {{"=", Kind::kEqual},
         {"<>", Kind::kNotEqual},
         {"!=", Kind::kNotEqual},
         {"<", Kind::kLess},
         {"<=", Kind::kLessOrEqual},
         {">", Kind::kGreater},
         {">=", Kind::kGreaterOrEqual}}};
    for (const auto& [symbol, kind] : kComparisons) {
      if (reader_.take(symbol)) return comparison(std::move(left), symbol, kind);
    }
    if (token.is("+") || token.is("-")) throw not_implemented("PartiQL arithmetic in WHERE");
    if (is_truth(left)) return left;
    if (reader_.take_word("IS")) return read_is(std::move(left));
    const bool is_negated = token.is_word("NOT") &&
                            (reader_.peek(1).is_word("IN") || reader_.peek(1).is_word("BETWEEN"));
    if (is_negated) reader_.next();
    if (reader_.take_word("BETWEEN")) return perhaps_negated(is_negated, between(std::move(left)));
    if (reader_.take_word("IN")) return perhaps_negated(is_negated, in_list(std::move(left)));
    return left;
  }

  static Node perhaps_negated(bool is_negated, Node node) {
    return is_negated ? negated(std::move(node)) : node;
  }

  Node comparison(Node left, std::string_view symbol, Kind kind) {
    count_operator();
    Node right = read_operand();
    if (is_truth(left)) {  // attribute_exists(a) = true
      const bool equality = kind == Kind::kEqual || kind == Kind::kNotEqual;
      if (!equality || right.kind != Kind::kValue || type_of(*right.value) != Type::kBool)
        throw not_implemented("PartiQL comparison of conditions");
      const bool wanted = content_of(*right.value).get<bool>() == (kind == Kind::kEqual);
      return perhaps_negated(!wanted, std::move(left));
    }
    if (kind != Kind::kEqual && kind != Kind::kNotEqual) {
      check_ordered(symbol, left);
      check_ordered(symbol, right);
    }
    std::vector<Node> children;
    children.push_back(std::move(left));
    children.push_back(std::move(right));
    return make(kind, std::move(children));
  }

  Node between(Node left) {
    count_operator();
    std::vector<Node> children;
    children.push_back(std::move(left));
    children.push_back(read_operand());
    reader_.expect_word("AND");
    children.push_back(read_operand());
    for (const Node& child : children) check_ordered("BETWEEN", child);
    return make(Kind::kBetween, std::move(children));
  }

  Node in_list(Node left) {
    count_operator();
    const bool brackets = reader_.take("[");
    if (!brackets) reader_.expect("(");
    const char* end = brackets ? "]" : ")";
    std::vector<Node> children;
    children.push_back(std::move(left));
    do {
      children.push_back(read_operand());
      if (children.size() > kMaxInOperands + 1) {
        throw validation_error(
            "Incorrect number of operands for operator or function; operator or function: IN, "
            "number of operands: " +
            std::to_string(children.size()));
      }
    } while (reader_.take(","));
    reader_.expect(end);
    return make(Kind::kIn, std::move(children));
  }

  Node read_is(Node left) {
    count_operator();
    const bool is_negated = reader_.take_word("NOT");
    if (left.kind != Kind::kPath) throw not_well_formed("Unexpected token");
    std::vector<Node> arguments;
    arguments.push_back(std::move(left));
    if (reader_.take_word("MISSING"))
      return call(is_negated ? "attribute_exists" : "attribute_not_exists", std::move(arguments));
    static constexpr std::array<std::pair<std::string_view, const char*>, 3> kTypes = {
        {{"NULL", "NULL"}, {"BOOL", "BOOL"}, {"STRING", "S"}}};
    for (const auto& [word, type] : kTypes) {
      if (!reader_.take_word(word)) continue;
      arguments.push_back(type_literal(type));
      return perhaps_negated(is_negated, call("attribute_type", std::move(arguments)));
    }
    if (reader_.peek().kind != Token::Kind::kWord) throw not_well_formed("Unexpected token");
    throw not_implemented("PartiQL IS " + reader_.peek().text);
  }

  static Node type_literal(const char* type) {
    static const Json kNames = {
        {"NULL", {{"S", "NULL"}}}, {"BOOL", {{"S", "BOOL"}}}, {"S", {{"S", "S"}}}};
    Node node;
    node.kind = Kind::kValue;
    node.value = &*kNames.find(type);
    return node;
  }

  Node read_primary() {
    if (!reader_.take("(")) return read_operand_or_call();
    deeper();
    Node node = read_or();
    --depth_;
    reader_.expect(")");
    return node;
  }

  Node read_operand() {
    Node node = read_operand_or_call();
    if (is_truth(node)) throw not_implemented("PartiQL comparison of conditions");
    if (reader_.peek().is("+") || reader_.peek().is("-"))
      throw not_implemented("PartiQL arithmetic in WHERE");
    return node;
  }

  Node read_operand_or_call() {
    if (reader_.at_value()) return reader_.value_node();
    const Token& token = reader_.peek();
    const bool is_call = token.kind == Token::Kind::kWord && reader_.peek(1).is("(");
    return is_call ? read_call() : Reader::path_node(reader_.path());
  }

  Node read_call() {
    const Token& token = reader_.next();
    const std::string name = lowered(token.text);
    const auto found = std::find_if(kFunctions.begin(), kFunctions.end(),
                                    [&](const Function& each) { return each.name == name; });
    if (found == kFunctions.end())
      throw validation_error("Unrecognized function: " + name + reader_.place(token));
    count_operator();
    deeper();
    reader_.expect("(");
    std::vector<Node> arguments;
    while (!reader_.take(")")) {
      if (!arguments.empty()) reader_.expect(",");
      arguments.push_back(read_operand());
    }
    --depth_;
    if (arguments.size() != found->operands) {
      throw validation_error(
          "Incorrect number of operands for operator or function; operator or function: " + name +
          ", number of operands: " + std::to_string(arguments.size()));
    }
    if (found->needs_path && arguments[0].kind != Kind::kPath) {
      throw validation_error(
          "Operator or function requires a document path; operator or function: " + name);
    }
    if (!found->types.empty()) check_second(*found, arguments[1]);
    return call(name, std::move(arguments));
  }

  static void check_second(const Function& function, const Node& operand) {
    if (operand.kind != Kind::kValue) {
      if (function.name != "attribute_type") return;
      throw not_implemented("PartiQL attribute_type of a type that is no value");
    }
    const std::string type = " " + std::string(type_name(type_of(*operand.value))) + " ";
    if (function.types.find(type) == std::string_view::npos)
      throw wrong_type(function.name, *operand.value);
  }

  void deeper() {
    if (++depth_ > kDeepest) throw not_well_formed("");
  }
  void count_operator() {
    if (++operators_ > kMaxOperators) {
      throw validation_error("The expression contains too many operators; operator count: " +
                             std::to_string(operators_));
    }
  }

  Reader& reader_;
  int depth_ = 0;
  int operators_ = 0;
};

}  // namespace

Node read_condition(Reader& reader) { return Conditions(reader).read(); }

}  // namespace cloudchamber::mock::dynamodb::partiql
