#include "mock-server/services/dynamodb/partiql/statement.h"

#include <utility>

#include "mock-server/services/dynamodb/attribute_value.h"
#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/expressions/problems.h"
#include "mock-server/services/dynamodb/partiql/condition.h"
#include "mock-server/services/dynamodb/partiql/reader.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::dynamodb::partiql {
namespace {

using Kind = Statement::Kind;
using TokenKind = Token::Kind;

AwsError no_key() {
  return validation_error(
      "Where clause does not contain a mandatory equality on all key attributes");
}

class Parser {
 public:
  Parser(std::string_view text, const Json* parameters) : reader_(text, parameters, said_.values) {}

  Statement parse() {
    if (reader_.take_word("SELECT")) {
      read_select();
    } else if (reader_.take_word("INSERT")) {
      read_insert();
    } else if (reader_.take_word("UPDATE")) {
      read_update();
    } else if (reader_.take_word("DELETE")) {
      read_delete();
    } else if (reader_.take_word("EXISTS")) {
      reader_.expect("(");
      reader_.expect_word("SELECT");
      read_select();
      reader_.expect(")");
      said_.kind = Kind::kExists;
    } else {
      throw not_well_formed("Expected data manipulation");
    }
    reader_.expect_end();
    return std::move(said_);
  }

 private:
  void read_select() {
    said_.kind = Kind::kSelect;
    if (!reader_.take("*")) {
      said_.paths.emplace();
      do {
        const Token& token = reader_.peek();
        if (token.kind == TokenKind::kWord && reader_.peek(1).is("("))
          throw validation_error("Unexpected path component" + reader_.place(token));
        said_.paths->push_back(reader_.path());
        if (said_.paths->back().back().is_index)
          throw not_implemented("PartiQL projection that ends in a list's element");
      } while (reader_.take(","));
    }
    reader_.expect_word("FROM");
    said_.table = reader_.name();
    if (reader_.take(".")) said_.index = reader_.name();
    refuse_alias();
    if (reader_.take_word("WHERE")) said_.where = read_condition(reader_);
    if (!reader_.take_word("ORDER")) return;
    reader_.expect_word("BY");
    do {
      OrderBy order{reader_.name(), false};
      order.descending = reader_.take_word("DESC");
      if (!order.descending) reader_.take_word("ASC");
      said_.order.push_back(std::move(order));
    } while (reader_.take(","));
  }

  void read_insert() {
    said_.kind = Kind::kInsert;
    reader_.expect_word("INTO");
    said_.table = reader_.name();
    const Token& token = reader_.peek();
    if (token.kind == TokenKind::kQuoted || (token.kind == TokenKind::kWord && !token.is_keyword()))
      throw not_well_formed("Unexpected token after expression");
    reader_.expect_word("VALUE");
    reader_.expect("{");
    said_.item = Json::object();
    while (!reader_.take("}")) {
      if (!said_.item.empty()) reader_.expect(",");
      if (reader_.peek().kind != TokenKind::kString) throw not_well_formed("Unexpected token");
      const std::string name = reader_.next().text;
      reader_.expect(":");
      said_.item[name] = reader_.value();
    }
  }

  void read_update() {
    said_.kind = Kind::kUpdate;
    said_.table = reader_.name();
    refuse_alias();
    while (true) {
      if (reader_.take_word("SET")) {
        do read_set();
        while (reader_.take(","));
      } else if (reader_.take_word("REMOVE")) {
        do said_.actions.push_back({UpdateAction::Kind::kRemove, reader_.path(), {}});
        while (reader_.take(","));
      } else {
        break;
      }
    }
    if (said_.actions.empty()) throw not_well_formed("Expected data manipulation");
    std::vector<const Path*> paths;
    for (const UpdateAction& action : said_.actions) paths.push_back(&action.path);
    Problems problems;
    check_disjoint(paths, problems);
    if (problems.worst()) throw validation_error(*problems.worst());
    read_where_and_returning();
  }

  void read_delete() {
    said_.kind = Kind::kDelete;
    reader_.expect_word("FROM");
    said_.table = reader_.name();
    refuse_alias();
    read_where_and_returning();
    if (said_.returning && (said_.returning->after || !said_.returning->whole))
      throw validation_error("DELETE can return ALL OLD * only");
  }

  void read_where_and_returning() {
    if (!reader_.take_word("WHERE")) throw no_key();
    said_.where = read_condition(reader_);
    if (!reader_.take_word("RETURNING")) return;
    Returning returning;
    returning.whole = reader_.take_word("ALL");
    if (!returning.whole) reader_.expect_word("MODIFIED");
    returning.after = reader_.take_word("NEW");
    if (!returning.after) reader_.expect_word("OLD");
    reader_.expect("*");
    said_.returning = returning;
  }

  void refuse_alias() {
    const Token& token = reader_.peek();
    const bool is_name =
        token.kind == TokenKind::kQuoted || (token.kind == TokenKind::kWord && !token.is_keyword());
    if (is_name || token.is_word("AS")) throw validation_error("Aliasing is not supported");
  }

  void read_set() {
    UpdateAction action{UpdateAction::Kind::kSet, reader_.path(), {}};
    reader_.expect("=");
    const Token& token = reader_.peek();
    const std::string function = reader_.peek(1).is("(") ? lowered(token.text) : "";
    if (token.kind == TokenKind::kWord && (function == "set_add" || function == "set_delete")) {
      action.kind = function == "set_add" ? UpdateAction::Kind::kAdd : UpdateAction::Kind::kDelete;
      action.value =
          read_set_function(function == "set_add" ? "SET_ADD" : "SET_DELETE", action.path);
    } else {
      action.value = read_sum();
    }
    said_.actions.push_back(std::move(action));
  }

  // set_add(path, <<...>>): the set.
  Node read_set_function(const std::string& name, const Path& target) {
    const Token function = reader_.next();
    reader_.expect("(");
    const Token first = reader_.peek();
    std::vector<Node> arguments;
    while (!reader_.take(")")) {
      if (!arguments.empty()) reader_.expect(",");
      arguments.push_back(reader_.at_value() ? reader_.value_node()
                                             : Reader::path_node(reader_.path()));
    }
    if (arguments.size() != 2)
      throw validation_error(name + " must have exactly two arguments" + reader_.place(function));
    if (arguments[0].kind != Node::Kind::kPath || arguments[0].path != target) {
      throw validation_error("The first argument to " + name + " must equal the assignment value" +
                             reader_.place(function));
    }
    const Node& set = arguments[1];
    const bool is_set = set.kind == Node::Kind::kValue &&
                        (type_of(*set.value) == Type::kSs || type_of(*set.value) == Type::kNs ||
                         type_of(*set.value) == Type::kBs);
    if (!is_set) {
      throw validation_error("The second argument to " + name + " must be a value with type SET" +
                             reader_.place(first));
    }
    return std::move(arguments[1]);
  }

  Node read_sum() {
    Node left = read_operand();
    const bool minus = reader_.peek().is("-");
    if (!minus && !reader_.peek().is("+")) return left;
    reader_.next();
    Node sum;
    sum.kind = minus ? Node::Kind::kMinus : Node::Kind::kPlus;
    sum.children.push_back(std::move(left));
    sum.children.push_back(read_operand());
    return sum;
  }

  Node read_operand() {
    if (reader_.at_value()) return reader_.value_node();
    const Token token = reader_.peek();
    if (token.kind != TokenKind::kWord || !reader_.peek(1).is("("))
      return Reader::path_node(reader_.path());
    Node call;
    call.kind = Node::Kind::kFunction;
    call.name = lowered(token.text);
    if (call.name != "list_append")
      throw validation_error("Unrecognized function: " + call.name + reader_.place(token));
    reader_.next();
    reader_.expect("(");
    for (int i = 0; i < 2; ++i) {
      if (i > 0) reader_.expect(",");
      call.children.push_back(reader_.at_value() ? reader_.value_node()
                                                 : Reader::path_node(reader_.path()));
    }
    reader_.expect(")");
    return call;
  }

  Statement said_;
  Reader reader_;
};

void collect(const Node& node, std::vector<const Node*>& parts) {
  if (node.kind != Node::Kind::kAnd) {
    parts.push_back(&node);
    return;
  }
  for (const Node& child : node.children) collect(child, parts);
}

}  // namespace

Statement parse(std::string_view text, const Json* parameters) {
  return Parser(text, parameters).parse();
}

std::vector<const Node*> conjuncts(const std::optional<Node>& where) {
  std::vector<const Node*> parts;
  if (where) collect(*where, parts);
  return parts;
}

}  // namespace cloudchamber::mock::dynamodb::partiql
