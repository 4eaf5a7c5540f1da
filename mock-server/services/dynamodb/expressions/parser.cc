#include "mock-server/services/dynamodb/expressions/parser.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "mock-server/services/dynamodb/attribute_value.h"
#include "mock-server/services/dynamodb/expressions/lexer.h"
#include "mock-server/services/dynamodb/expressions/problems.h"
#include "mock-server/services/dynamodb/limits.h"

namespace cloudchamber::mock::dynamodb {
namespace {

using Rule = Problems::Rule;
using Kind = Node::Kind;

struct Function {
  std::string_view name;
  std::size_t operands;
  bool in_conditions;
};
constexpr std::array<Function, 8> kFunctions = {{{"attribute_exists", 1, true},
                                                 {"attribute_not_exists", 1, true},
                                                 {"attribute_type", 2, true},
                                                 {"begins_with", 2, true},
                                                 {"contains", 2, true},
                                                 {"size", 1, true},
                                                 {"if_not_exists", 2, false},
                                                 {"list_append", 2, false}}};

const Function* find_function(std::string_view name) {
  const auto* found = std::find_if(kFunctions.begin(), kFunctions.end(),
                                   [&](const Function& f) { return f.name == name; });
  return found == kFunctions.end() ? nullptr : found;
}

// The type that an operand has whatever the item: of a value, and of what a function gives.
std::optional<Type> fixed_type(const Node& node) {
  if (node.kind == Kind::kValue && node.value != nullptr) return type_of(*node.value);
  if (node.kind == Kind::kFunction && node.name == "size") return Type::kN;
  if (node.kind == Kind::kFunction && node.name == "list_append") return Type::kL;
  return std::nullopt;
}

bool is_comparable(Type type) { return type == Type::kS || type == Type::kN || type == Type::kB; }

// Reads what conditions and updates share: operands and function calls.
class ExpressionReader {
 public:
  ExpressionReader(std::string_view text, std::string_view parameter, Placeholders& placeholders,
                   bool conditions)
      : reader_(text, parameter), placeholders_(placeholders), conditions_(conditions) {
    problems_.by_condition(conditions);
  }

 protected:
  // A :value, a path or a call; `depth` bounds the recursion.
  Node read_operand(int depth) {
    if (depth > kMaxExpressionDepth) reader_.syntax_error();
    const Token& token = reader_.peek();
    if (token.kind == Token::Kind::kValue) return read_value(reader_, placeholders_, problems_);
    if (token.kind == Token::Kind::kWord && is_clause(token)) reader_.syntax_error();
    if (token.kind == Token::Kind::kWord && reader_.peek_second().is("(")) {
      return read_call(std::string(reader_.next().text), depth);
    }
    Node node;
    node.kind = Kind::kPath;
    node.path = read_path(reader_, placeholders_, problems_);
    return node;
  }

  virtual Node read_argument(int depth) = 0;
  // Whether the word is one of the grammar, that can't be a name here.
  [[nodiscard]] virtual bool is_clause(const Token& token) const = 0;

  void wrong_type(std::string_view operation, std::string_view type) {
    problems_.note(Rule::kOperandType,
                   "Incorrect operand type for operator or function; operator or function: " +
                       std::string(operation) + ", operand type: " + std::string(type));
  }

  ~ExpressionReader() = default;

  TokenReader reader_;
  Placeholders& placeholders_;
  Problems problems_;

 private:
  Node read_call(const std::string& name, int depth) {
    reader_.count_operator();
    Node node;
    node.kind = Kind::kFunction;
    node.name = name;
    reader_.expect("(");
    do {
      node.children.push_back(read_argument(depth + 1));
    } while (reader_.take(","));
    reader_.expect(")");
    check_call(node);
    return node;
  }

  void check_call(const Node& call) {
    const Function* function = find_function(call.name);
    if (function == nullptr) {
      problems_.note(Rule::kUnknownFunction, "Invalid function name; function: " + call.name);
      return;
    }
    if (function->in_conditions != conditions_) {
      problems_.note(Rule::kUnknownFunction, std::string("The function is not allowed in ") +
                                                 (conditions_ ? "a condition" : "an update") +
                                                 " expression; function: " + call.name);
      return;
    }
    for (const Node& argument : call.children) {
      const bool nests = conditions_ ? argument.name == "size" : argument.name == "if_not_exists";
      if (argument.kind == Kind::kFunction && !nests) {
        problems_.note(Rule::kMisusedFunction,
                       "The function is not allowed to be used this way in an expression; "
                       "function: " +
                           argument.name);
      }
    }
    if (call.children.size() != function->operands) {
      problems_.note(Rule::kOperandCount,
                     "Incorrect number of operands for operator or function; operator or "
                     "function: " +
                         call.name +
                         ", number of operands: " + std::to_string(call.children.size()));
      return;
    }
    check_arguments(call);
  }

  void check_arguments(const Node& call) {
    const Node& first = call.children[0];
    const std::string& name = call.name;
    if (name == "attribute_exists" || name == "attribute_not_exists" || name == "if_not_exists") {
      if (first.kind != Kind::kPath) {
        problems_.note(
            Rule::kOperandType,
            "Operator or function requires a document path; operator or function: " + name);
      }
    } else if (name == "begins_with") {
      for (const Node& argument : call.children) {
        const std::optional<Type> type = fixed_type(argument);
        if (type && *type != Type::kS && *type != Type::kB) wrong_type(name, type_name(*type));
      }
    } else if (name == "attribute_type") {
      check_attribute_type(call);
    } else if (name == "size") {
      const std::optional<Type> type = fixed_type(first);
      if (type && (*type == Type::kN || *type == Type::kBool || *type == Type::kNull)) {
        wrong_type(name, type_name(*type));
      }
    } else if (name == "list_append") {
      for (const Node& argument : call.children) {
        const std::optional<Type> type = fixed_type(argument);
        if (type && *type != Type::kL) wrong_type(name, type_name(*type));
      }
    }
  }

  void check_attribute_type(const Node& call) {
    const Node& wanted = call.children[1];
    const std::optional<Type> type = fixed_type(wanted);
    if (wanted.kind == Kind::kValue && !type) return;  // undefined: noted already
    if (!type || *type != Type::kS || wanted.kind != Kind::kValue) {
      wrong_type(call.name, type ? type_name(*type) : "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
      return;
    }
    const std::string name(bytes_of_scalar(*wanted.value));
    if (!type_of_name(name)) {
      problems_.note(Rule::kOperandType, "Invalid attribute type name found; type: " + name +
                                             ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
    }
  }

  bool conditions_;
};

class ConditionReader final : public ExpressionReader {
 public:
  ConditionReader(std::string_view text, std::string_view parameter, Placeholders& placeholders)
      : ExpressionReader(text, parameter, placeholders, true) {}

  Node read() {
    Node node = read_or(0);
    require_condition(node);
    if (reader_.peek().kind != Token::Kind::kEnd) reader_.syntax_error();
    if (problems_.worst()) reader_.fail(*problems_.worst());
    return node;
  }

 private:
  Node read_or(int depth) { return read_chain("OR", Kind::kOr, depth); }
  Node read_and(int depth) { return read_chain("AND", Kind::kAnd, depth); }

  Node read_chain(std::string_view keyword, Kind kind, int depth) {
    const auto read_part = [&] { return kind == Kind::kOr ? read_and(depth) : read_not(depth); };
    Node first = read_part();
    if (!reader_.peek().is_keyword(keyword)) return first;
    require_condition(first);
    Node chain;
    chain.kind = kind;
    chain.children.push_back(std::move(first));
    while (reader_.take_keyword(keyword)) {
      reader_.count_operator();
      chain.children.push_back(read_part());
      require_condition(chain.children.back());
    }
    return chain;
  }

  Node read_not(int depth) {
    // A loop, so that a row of NOTs takes no stack.
    int negations = 0;
    while (reader_.take_keyword("NOT")) {
      reader_.count_operator();
      ++negations;
    }
    Node node = read_comparison(depth);
    if (negations == 0) return node;
    require_condition(node);
    Node negated;
    negated.kind = Kind::kNot;
    negated.children.push_back(std::move(node));
    if (negations % 2 == 1) return negated;
    Node twice;
    twice.kind = Kind::kNot;
    twice.children.push_back(std::move(negated));
    return twice;
  }

  Node read_comparison(int depth) {
    Node left = read_primary(depth);
    const std::optional<Kind> kind = take_comparator(left);
    if (!kind) return left;
    reader_.count_operator();
    Node node;
    node.kind = *kind;
    node.children.push_back(std::move(left));
    if (*kind == Kind::kBetween) {
      node.children.push_back(read_side(depth));
      if (!reader_.take_keyword("AND")) reader_.syntax_error();
      node.children.push_back(read_side(depth));
    } else if (*kind == Kind::kIn) {
      reader_.expect("(");
      do {
        node.children.push_back(read_side(depth));
      } while (reader_.take(","));
      reader_.expect(")");
    } else {
      node.children.push_back(read_side(depth));
    }
    check_comparison(node);
    problems_.next_condition();
    return node;
  }

  Node read_side(int depth) {
    Node node = read_primary(depth);
    if (!node.is_operand()) reader_.syntax_error();
    return node;
  }

  // An operand, or anything in parentheses.
  Node read_primary(int depth) {
    if (!reader_.take("(")) return read_operand(depth);
    // Deeper than operators are allowed, some parentheses hold nothing but others.
    if (depth > kMaxExpressionDepth) reader_.fail("The expression has redundant parentheses;");
    Node node = read_or(depth + 1);
    reader_.expect(")");
    if (node.parenthesised) {
      problems_.note(Rule::kParentheses, "The expression has redundant parentheses;");
    }
    node.parenthesised = true;
    // Parentheses may group the head of a path: (a).b
    if (node.kind == Kind::kPath && (reader_.peek().is(".") || reader_.peek().is("["))) {
      reader_.syntax_error();
    }
    return node;
  }

  Node read_argument(int depth) override { return read_side(depth); }

  bool is_clause(const Token& token) const override {
    return token.is_keyword("AND") || token.is_keyword("OR") || token.is_keyword("NOT") ||
           token.is_keyword("BETWEEN") || token.is_keyword("IN");
  }

  std::optional<Kind> take_comparator(const Node& left) {
    static constexpr std::array<std::pair<std::string_view, Kind>, 6> kComparators = {
        {{"=", Kind::kEqual},
         {"<>", Kind::kNotEqual},
         {"<", Kind::kLess},
         {"<=", Kind::kLessOrEqual},
         {">", Kind::kGreater},
         {">=", Kind::kGreaterOrEqual}}};
    if (!left.is_operand()) return std::nullopt;
    for (const auto& [symbol, kind] : kComparators) {
      if (reader_.take(symbol)) return kind;
    }
    if (reader_.take_keyword("BETWEEN")) return Kind::kBetween;
    if (reader_.take_keyword("IN")) return Kind::kIn;
    return std::nullopt;
  }

  // A condition is a comparison or a call; a lone operand is a syntax error at what follows it.
  void require_condition(const Node& node) {
    if (!node.is_operand()) return;
    if (node.kind != Kind::kFunction) reader_.syntax_error();
    if (node.name == "size") note_misuse(node);
    check_distinct(node);
    problems_.next_condition();
  }

  void note_misuse(const Node& function) {
    problems_.note(Rule::kMisusedFunction,
                   "The function is not allowed to be used this way in an expression; function: " +
                       function.name);
  }

  void check_comparison(const Node& node) {
    for (const Node& child : node.children) {
      if (child.kind == Kind::kFunction && child.name != "size") note_misuse(child);
    }
    if (node.kind == Kind::kIn && node.children.size() - 1 > kMaxInOperands) {
      problems_.note(Rule::kOperandCount,
                     "The IN operator is provided with too many operands; number of operands: " +
                         std::to_string(node.children.size() - 1));
    }
    if (node.kind >= Kind::kLess && node.kind <= Kind::kBetween) {
      for (const Node& child : node.children) {
        const std::optional<Type> type = fixed_type(child);
        if (type && !is_comparable(*type)) wrong_type(name_of(node), type_name(*type));
      }
    }
    if (node.kind == Kind::kBetween) {
      check_bounds(node.children[1], node.children[2]);
    } else if (node.kind != Kind::kIn) {
      check_distinct(node);
    }
  }

  void check_distinct(const Node& node) {
    if (node.children.size() != 2 || node.children[0].kind != Kind::kPath ||
        node.children[1].kind != Kind::kPath || node.children[0].path != node.children[1].path) {
      return;
    }
    problems_.note(Rule::kDistinct,
                   "The first operand must be distinct from the remaining operands for this "
                   "operator or function; operator: " +
                       std::string(name_of(node)) +
                       ", first operand: " + printed(node.children[0].path));
  }

  void check_bounds(const Node& low, const Node& high) {
    if (low.kind != Kind::kValue || high.kind != Kind::kValue || low.value == nullptr ||
        high.value == nullptr) {
      return;
    }
    const std::string bounds =
        "lower bound operand: AttributeValue: " + dynamodb::printed(*low.value) +
        ", upper bound operand: AttributeValue: " + dynamodb::printed(*high.value);
    if (type_of(*low.value) != type_of(*high.value)) {
      problems_.note(
          Rule::kOperandType,
          "The BETWEEN operator requires same data type for lower and upper bounds; " + bounds);
    } else if (const auto order = compare(*low.value, *high.value); order && *order > 0) {
      problems_.note(Rule::kOperandType,
                     "The BETWEEN operator requires upper bound to be greater than or equal to "
                     "lower bound; " +
                         bounds);
    }
  }
};

class UpdateReader final : public ExpressionReader {
 public:
  UpdateReader(std::string_view text, Placeholders& placeholders)
      : ExpressionReader(text, "UpdateExpression", placeholders, false) {}

  std::vector<UpdateAction> read() {
    static constexpr std::array<std::string_view, 4> kSections = {"SET", "REMOVE", "ADD", "DELETE"};
    std::array<bool, 4> seen{};
    while (reader_.peek().kind != Token::Kind::kEnd) {
      const auto* section =
          std::find_if(kSections.begin(), kSections.end(),
                       [&](std::string_view name) { return reader_.take_keyword(name); });
      if (section == kSections.end()) reader_.syntax_error();
      const auto index = static_cast<std::size_t>(section - kSections.begin());
      if (std::exchange(seen[index], true)) {
        problems_.note(Rule::kSection, "The \"" + std::string(*section) +
                                           "\" section can only be used once in an update "
                                           "expression;");
      }
      do {
        read_action(static_cast<UpdateAction::Kind>(index));
      } while (reader_.take(","));
    }
    std::vector<const Path*> paths;
    for (const UpdateAction& action : actions_) paths.push_back(&action.path);
    if (!problems_.worst()) check_disjoint(paths, problems_);
    if (problems_.worst()) reader_.fail(*problems_.worst());
    return std::move(actions_);
  }

 private:
  void read_action(UpdateAction::Kind kind) {
    UpdateAction action;
    action.kind = kind;
    if (reader_.peek().kind == Token::Kind::kWord && is_clause(reader_.peek())) {
      reader_.syntax_error();
    }
    action.path = read_path(reader_, placeholders_, problems_);
    if (kind == UpdateAction::Kind::kSet) {
      reader_.expect("=");
      action.value = read_set_value();
    } else if (kind != UpdateAction::Kind::kRemove) {
      if (reader_.peek().kind != Token::Kind::kValue) reader_.syntax_error();
      action.value = read_value(reader_, placeholders_, problems_);
      check_set_operand(action);
    }
    actions_.push_back(std::move(action));
  }

  // operand, operand + operand or operand - operand; one pair of parentheses around it may stand.
  Node read_set_value() {
    if (!reader_.peek().is("(")) return read_sum(0);
    reader_.next();
    Node first = read_sum(1);
    reader_.expect(")");
    if (first.kind == Kind::kPlus || first.kind == Kind::kMinus) return first;
    return read_rest_of_sum(std::move(first), 0);
  }

  Node read_sum(int depth) { return read_rest_of_sum(read_argument(depth), depth); }

  Node read_rest_of_sum(Node first, int depth) {
    const bool plus = reader_.peek().is("+");
    if (!plus && !reader_.peek().is("-")) return first;
    reader_.next();
    reader_.count_operator();
    Node sum;
    sum.kind = plus ? Kind::kPlus : Kind::kMinus;
    sum.children.push_back(std::move(first));
    sum.children.push_back(read_argument(depth));
    for (const Node& child : sum.children) {
      const std::optional<Type> type = fixed_type(child);
      if (type && *type != Type::kN) wrong_type(name_of(sum), type_name(*type));
    }
    return sum;
  }

  Node read_argument(int depth) override {
    if (!reader_.take("(")) return read_operand(depth);
    if (depth > kMaxExpressionDepth) reader_.syntax_error();
    Node node = read_operand(depth + 1);
    reader_.expect(")");
    return node;
  }

  bool is_clause(const Token& token) const override {
    return token.is_keyword("SET") || token.is_keyword("REMOVE") || token.is_keyword("ADD") ||
           token.is_keyword("DELETE");
  }

  void check_set_operand(const UpdateAction& action) {
    if (action.value.value == nullptr) return;
    const Type type = type_of(*action.value.value);
    const bool add = action.kind == UpdateAction::Kind::kAdd;
    if (type == Type::kSs || type == Type::kNs || type == Type::kBs || (add && type == Type::kN)) {
      return;
    }
    static constexpr std::array<std::string_view, 10> kLongNames = {
        "STRING", "NUMBER", "BINARY", "BOOLEAN", "NULL", "", "", "", "LIST", "MAP"};
    problems_.note(Rule::kOperandType,
                   std::string("Incorrect operand type for operator or function; operator: ") +
                       (add ? "ADD" : "DELETE") + ", operand type: " +
                       std::string(kLongNames[static_cast<std::size_t>(type)]));
  }

  std::vector<UpdateAction> actions_;
};

}  // namespace

Node parse_condition(std::string_view text, std::string_view parameter,
                     Placeholders& placeholders) {
  return ConditionReader(text, parameter, placeholders).read();
}

std::vector<UpdateAction> parse_update(std::string_view text, Placeholders& placeholders) {
  return UpdateReader(text, placeholders).read();
}

std::vector<Path> parse_projection(std::string_view text, Placeholders& placeholders) {
  TokenReader reader(text, "ProjectionExpression");
  Problems problems;
  std::vector<Path> paths;
  do {
    paths.push_back(read_path(reader, placeholders, problems));
  } while (reader.take(","));
  if (reader.peek().kind != Token::Kind::kEnd) reader.syntax_error();
  std::vector<const Path*> all;
  for (const Path& path : paths) all.push_back(&path);
  if (!problems.worst()) check_disjoint(all, problems);
  if (problems.worst()) reader.fail(*problems.worst());
  return paths;
}

}  // namespace cloudchamber::mock::dynamodb
