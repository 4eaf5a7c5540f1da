#include "sdk/codec/jmespath_parser.h"

#include <algorithm>
#include <utility>

#include "sdk/codec/jmespath_functions.h"
#include "sdk/codec/jmespath_lexer.h"

namespace cloudchamber {
namespace {

using Node = JmesPath::Node;
using Kind = Node::Kind;
using Token = JmesPathToken;
using T = Token::Kind;

// How tightly a token binds what stands to its left; 0 ends an expression. Below kProjectionStop a
// token ends a projection: what follows works on the whole list again.
constexpr int kProjectionStop = 10;
int binding_power(T token) {
  switch (token) {
    case T::kPipe:
      return 1;
    case T::kOr:
      return 2;
    case T::kAnd:
      return 3;
    case T::kEqual:
    case T::kNotEqual:
    case T::kLess:
    case T::kLessOrEqual:
    case T::kGreater:
    case T::kGreaterOrEqual:
      return 5;
    case T::kFlatten:
      return 9;
    case T::kStar:
      return 20;
    case T::kFilter:
      return 21;
    case T::kDot:
      return 40;
    case T::kNot:
      return 45;
    case T::kOpenBrace:
      return 50;
    case T::kOpenBracket:
      return 55;
    case T::kOpenParen:
      return 60;
    default:
      return 0;
  }
}

Kind comparison(T token) {
  switch (token) {
    case T::kEqual:
      return Kind::kEqual;
    case T::kNotEqual:
      return Kind::kNotEqual;
    case T::kLess:
      return Kind::kLess;
    case T::kLessOrEqual:
      return Kind::kLessOrEqual;
    case T::kGreater:
      return Kind::kGreater;
    default:
      return Kind::kGreaterOrEqual;
  }
}

// A Pratt parser: prefix() reads what begins an expression, infix() what continues one.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), tokens_(jmespath_tokens(text)) {}

  Node run() {
    Node root = expression(0);
    if (peek() != T::kEnd) unexpected();
    return root;
  }

 private:
  [[nodiscard]] T peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)].kind;
  }
  Token take() {
    Token& token = tokens_[at_];
    if (token.kind != T::kEnd) ++at_;
    return std::move(token);
  }
  void expect(T kind) {
    if (peek() != kind) unexpected();
    ++at_;
  }

  [[noreturn]] void fail(const std::string& kind, const std::string& what) const {
    throw JmesPathError(kind, what + " in '" + std::string(text_) + "'");
  }
  [[noreturn]] void unexpected() const {
    fail("syntax", peek() == T::kEnd
                       ? "the expression ends too early"
                       : "unexpected token at column " + std::to_string(tokens_[at_].at + 1));
  }

  Node make(Kind kind, std::vector<Node> children) const {
    Node node;
    node.kind = kind;
    for (const Node& child : children) node.depth = std::max(node.depth, child.depth + 1);
    if (node.depth > kMaxJmesPathDepth) fail("syntax", "nested too deeply");
    node.children = std::move(children);
    return node;
  }
  template <class... Children>
  Node make_of(Kind kind, Children... children) const {
    std::vector<Node> all;
    all.reserve(sizeof...(children));
    (all.push_back(std::move(children)), ...);
    return make(kind, std::move(all));
  }
  Node chain(Node left, Node right) const {
    if (left.kind != Kind::kChain) return make_of(Kind::kChain, std::move(left), std::move(right));
    // Long paths stay flat: "a.b.c" is one chain of three.
    left.depth = std::max(left.depth, right.depth + 1);
    left.children.push_back(std::move(right));
    return left;
  }

  Node expression(int power) {
    if (++depth_ > kMaxJmesPathDepth) fail("syntax", "nested too deeply");
    Node left = prefix();
    while (power < binding_power(peek())) left = infix(std::move(left));
    --depth_;
    return left;
  }

  Node prefix() {
    Node node;
    switch (peek()) {
      case T::kLiteral:
        node.kind = Kind::kLiteral;
        node.literal = take().literal;
        return node;
      case T::kName:
        node.kind = Kind::kField;
        node.text = take().text;
        return peek() == T::kOpenParen ? function(node.text) : node;
      case T::kQuotedName:
        node.kind = Kind::kField;
        node.text = take().text;
        return node;
      case T::kCurrent:
        take();
        return node;
      case T::kStar:
        take();
        return make_of(Kind::kValueProjection, Node(),
                       peek() == T::kCloseBracket ? Node() : projected(T::kStar));
      case T::kFilter:
      case T::kFlatten:
        return infix(Node());
      case T::kNot:
        take();
        return make_of(Kind::kNot, expression(binding_power(T::kNot)));
      case T::kOpenParen: {
        take();
        Node inner = expression(0);
        expect(T::kCloseParen);
        return inner;
      }
      case T::kOpenBrace:
        take();
        return object();
      case T::kOpenBracket:
        take();
        if (begins_index() || begins_wildcard()) return bracket(Node());
        return list();
      default:
        unexpected();
    }
  }

  Node infix(Node left) {
    const T token = peek();
    ++at_;
    switch (token) {
      case T::kDot:
        if (peek() != T::kStar) return chain(std::move(left), behind_dot(binding_power(T::kDot)));
        take();
        return make_of(Kind::kValueProjection, std::move(left), projected(T::kDot));
      case T::kPipe:
        return chain(std::move(left), expression(binding_power(token)));
      case T::kOr:
        return make_of(Kind::kOr, std::move(left), expression(binding_power(token)));
      case T::kAnd:
        return make_of(Kind::kAnd, std::move(left), expression(binding_power(token)));
      case T::kFlatten:
        return make_of(Kind::kProjection, make_of(Kind::kFlatten, std::move(left)),
                       projected(token));
      case T::kFilter: {
        Node condition = expression(0);
        expect(T::kCloseBracket);
        Node right = peek() == T::kFlatten ? Node() : projected(token);
        return make_of(Kind::kFilterProjection, std::move(left), std::move(right),
                       std::move(condition));
      }
      case T::kOpenBracket:
        if (!begins_index() && !begins_wildcard()) unexpected();
        return bracket(std::move(left));
      case T::kEqual:
      case T::kNotEqual:
      case T::kLess:
      case T::kLessOrEqual:
      case T::kGreater:
      case T::kGreaterOrEqual:
        return make_of(comparison(token), std::move(left), expression(binding_power(token)));
      default:
        --at_;
        unexpected();
    }
  }

  // What a projection does to each element.
  Node projected(T by) {
    if (binding_power(peek()) < kProjectionStop) return {};
    if (peek() == T::kOpenBracket || peek() == T::kFilter) return expression(binding_power(by));
    expect(T::kDot);
    return behind_dot(binding_power(by));
  }

  Node behind_dot(int power) {
    switch (peek()) {
      case T::kName:
      case T::kQuotedName:
      case T::kStar:
        return expression(power);
      case T::kOpenBracket:
        take();
        return list();
      case T::kOpenBrace:
        take();
        return object();
      default:
        unexpected();
    }
  }

  [[nodiscard]] bool begins_index() const { return peek() == T::kNumber || peek() == T::kColon; }
  [[nodiscard]] bool begins_wildcard() const {
    return peek() == T::kStar && peek(1) == T::kCloseBracket;
  }

  // Behind "[": "*]", "1]" or a slice.
  Node bracket(Node left) {
    if (peek() == T::kStar) {
      at_ += 2;
      return make_of(Kind::kProjection, std::move(left), projected(T::kStar));
    }
    Node node;
    if (peek() == T::kNumber && peek(1) != T::kColon) {
      node.kind = Kind::kIndex;
      node.index = take().number;
      expect(T::kCloseBracket);
      return chain(std::move(left), std::move(node));
    }
    node.kind = Kind::kSlice;
    if (peek() == T::kNumber) node.start = take().number;
    expect(T::kColon);
    if (peek() == T::kNumber) node.stop = take().number;
    if (peek() == T::kColon) {
      take();
      if (peek() == T::kNumber) node.step = take().number;
    }
    expect(T::kCloseBracket);
    if (node.step == 0) fail("invalid-value", "a slice with step 0");
    return make_of(Kind::kProjection, chain(std::move(left), std::move(node)), projected(T::kStar));
  }

  Node list() {
    std::vector<Node> elements;
    do {
      elements.push_back(expression(0));
    } while (separated(T::kCloseBracket));
    return make(Kind::kList, std::move(elements));
  }

  Node object() {
    std::vector<std::string> keys;
    std::vector<Node> values;
    do {
      if (peek() != T::kName && peek() != T::kQuotedName) unexpected();
      keys.push_back(take().text);
      expect(T::kColon);
      values.push_back(expression(0));
    } while (separated(T::kCloseBrace));
    Node node = make(Kind::kObject, std::move(values));
    node.keys = std::move(keys);
    return node;
  }

  Node function(const std::string& name) {
    take();
    std::vector<Node> arguments;
    if (peek() == T::kCloseParen) {
      take();
    } else {
      do {
        if (peek() == T::kAmpersand) {
          take();
          arguments.push_back(make_of(Kind::kExpression, expression(0)));
        } else {
          arguments.push_back(expression(0));
        }
      } while (separated(T::kCloseParen));
    }
    const JmesPathFunction* const found = find_jmespath_function(name);
    if (found == nullptr) fail("unknown-function", "no function " + name + "()");
    const std::size_t wanted = found->parameters.size();
    if (arguments.size() < wanted || (arguments.size() > wanted && !found->variadic))
      fail("invalid-arity", name + "() takes " + (found->variadic ? "at least " : "") +
                                std::to_string(wanted) + " argument(s), not " +
                                std::to_string(arguments.size()));
    Node node = make(Kind::kFunction, std::move(arguments));
    node.function = found;
    return node;
  }

  // Takes a comma (true), or the end (false).
  bool separated(T end) {
    if (peek() == T::kComma) {
      ++at_;
      return true;
    }
    expect(end);
    return false;
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

Node parse_jmespath(std::string_view expression) { return Parser(expression).run(); }

}  // namespace cloudchamber
