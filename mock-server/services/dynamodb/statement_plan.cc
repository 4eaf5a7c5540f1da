#include "mock-server/services/dynamodb/statement_plan.h"

#include <algorithm>
#include <utility>

#include "mock-server/services/dynamodb/keys.h"
#include "mock-server/services/dynamodb/limits.h"
#include "mock-server/services/dynamodb/query_operations.h"
#include "mock-server/services/dynamodb/request.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::dynamodb {
namespace {

using Kind = partiql::Statement::Kind;

// Whether the condition is an equality (or IN) on this attribute somewhere.
bool selects(const Node& node, const std::string& attribute) {
  if (node.kind == Node::Kind::kEqual || node.kind == Node::Kind::kIn) {
    const Node& path = node.children[0];
    return path.kind == Node::Kind::kPath && path.path.size() == 1 &&
           path.path[0].name == attribute;
  }
  return (node.kind == Node::Kind::kAnd || node.kind == Node::Kind::kOr) &&
         std::any_of(node.children.begin(), node.children.end(),
                     [&](const Node& child) { return selects(child, attribute); });
}

// Whether the rows are to be read from the front. Throws for an order that AWS refuses.
bool forward_of(const partiql::Statement& statement, const KeySchema& keys,
                const std::vector<const Node*>& conjuncts) {
  if (statement.order.empty()) return true;
  if (!statement.where) {
    throw validation_error("Must have WHERE clause in the statement when using ORDER BY clause.");
  }
  for (const partiql::OrderBy& order : statement.order) {
    if (keys.find(order.attribute) == nullptr) {
      throw validation_error("Attribute " + order.attribute +
                             " in ORDER BY clause must be part of the primary key");
    }
  }
  for (const KeyAttribute& attribute : keys.hash) {
    const bool is_named = std::any_of(conjuncts.begin(), conjuncts.end(), [&](const Node* node) {
      const auto condition = key_condition_of(*node, attribute);
      return condition && condition->comparison == "EQ";
    });
    if (is_named) continue;
    if (selects(*statement.where, attribute.name))
      throw not_implemented("PartiQL ORDER BY over several partitions");
    throw validation_error(
        "Must have at least one non-optional hash key condition in WHERE clause when using ORDER "
        "BY clause.");
  }
  const auto sort = std::find_if(
      statement.order.begin(), statement.order.end(), [&](const partiql::OrderBy& order) {
        return !keys.range.empty() && keys.range.front().name == order.attribute;
      });
  return sort == statement.order.end() || !sort->descending;
}

// A NextToken is the key where the page ended, with what it belongs to.
std::string digest_of(const Json& input) {
  const Json* parameters = member(input, "Parameters");
  return hex(sha256(*text_member(input, "Statement") + '\n' +
                    (parameters == nullptr
                         ? std::string()
                         : parameters->dump(-1, ' ', false, Json::error_handler_t::replace))));
}

std::string next_token(const Json& input, const Json& last_key) {
  Json key = last_key;
  for (Json& value : key) {
    if (Json& content = value.begin().value(); content.is_binary()) {
      content = base64_encode(bytes_of(content));
    }
  }
  return base64_encode(Json{{"statement", digest_of(input)}, {"key", std::move(key)}}.dump());
}

Json key_in_token(const Json& input, const std::string& token) {
  const AwsError wrong = validation_error("NextToken does not match request");
  const auto text = base64_decode(token);
  if (!text) throw AwsError(wrong);
  Json content = Json::parse(*text, nullptr, false);
  if (!content.is_object() || content.value("statement", Json()) != digest_of(input) ||
      !content.value("key", Json()).is_object()) {
    throw AwsError(wrong);
  }
  Json key = content["key"];
  for (Json& value : key) {
    if (!value.is_object() || value.size() != 1 || !value.begin()->is_string()) {
      throw AwsError(wrong);
    }
    if (value.begin().key() != "B") continue;
    const auto bytes = base64_decode(value.begin()->get_ref<const std::string&>());
    if (!bytes) throw AwsError(wrong);
    *value.begin() = binary(*bytes);
  }
  return key;
}

}  // namespace

std::optional<NamedKey> named_key(const partiql::Statement& statement, const KeySchema& keys) {
  NamedKey named{Json::object(), true};
  for (const Node* node : partiql::conjuncts(statement.where)) {
    bool is_key = false;
    keys.each([&](const KeyAttribute& attribute, bool) {
      const auto condition = key_condition_of(*node, attribute);
      if (!condition || condition->comparison != "EQ" || named.key.contains(attribute.name)) return;
      named.key[attribute.name] = *condition->values[0];
      is_key = true;
    });
    if (!is_key) named.only = false;
  }
  if (named.key.size() != keys.size()) return std::nullopt;
  check_key(keys, named.key);
  return named;
}

StatementWrite write_of(partiql::Statement statement, const State& state, const Json& options) {
  StatementWrite result{std::move(statement), std::make_unique<Json>(Json::object()), {}};
  Json& input = *result.input;
  partiql::Statement& said = result.statement;
  input["TableName"] = said.table;
  for (const char* name : {"ReturnConsumedCapacity", "ReturnValuesOnConditionCheckFailure"}) {
    if (const Json* option = member(options, name)) input[name] = *option;
  }
  Write& write = result.write;
  write.input = result.input.get();
  const KeySchema& keys = table_of(state, input).definition->keys;
  if (said.kind == Kind::kInsert) {
    write.kind = Write::Kind::kPut;
    write.is_insert = true;
    write.item = make_item(stored_attributes(said.item));
    if (write.item.bytes > kMaxItemBytes) {
      throw validation_error("Item size has exceeded the maximum allowed size");
    }
    return result;
  }
  auto named = named_key(said, keys);
  if (said.kind == Kind::kExists && (!named || named->only || !said.index.empty())) {
    throw validation_error("EXISTS() must contain a single item read with additional condition");
  }
  if (!named) {
    throw validation_error(
        "Where clause does not contain a mandatory equality on all key attributes");
  }
  input["Key"] = std::move(named->key);
  const bool is_delete = said.kind == Kind::kDelete;
  write.condition = WriteCondition(*said.where, is_delete);
  write.kind = is_delete                    ? Write::Kind::kDelete
               : said.kind == Kind::kUpdate ? Write::Kind::kUpdate
                                            : Write::Kind::kCheck;
  write.actions = std::move(said.actions);
  return result;
}

Json read_page_of(const partiql::Statement& statement, const State& state, const Json& input,
                  TimePoint now) {
  StatementRead read;
  read.input = &input;
  read.table = statement.table;
  read.index = statement.index;
  if (statement.where) read.where = &*statement.where;
  read.conjuncts = partiql::conjuncts(statement.where);
  if (statement.paths) read.paths = &*statement.paths;
  Json start_key;
  if (const std::string* token = text_member(input, "NextToken")) {
    start_key = key_in_token(input, *token);
    read.start_key = &start_key;
  }
  const Definition& definition = *table_of(state, {{"TableName", statement.table}}).definition;
  const Index* index = statement.index.empty() ? nullptr : definition.find_index(statement.index);
  read.forward =
      forward_of(statement, index == nullptr ? definition.keys : index->keys, read.conjuncts);
  Json reply = read_for_statement(read, state, now);
  const auto last = reply.find("LastEvaluatedKey");
  if (last != reply.end()) reply["NextToken"] = next_token(input, *last);
  return reply;
}

}  // namespace cloudchamber::mock::dynamodb
