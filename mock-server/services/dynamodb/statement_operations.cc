#include "mock-server/services/dynamodb/statement_operations.h"

#include <algorithm>
#include <utility>

#include "mock-server/services/dynamodb/keys.h"
#include "mock-server/services/dynamodb/limits.h"
#include "mock-server/services/dynamodb/statement_plan.h"
#include "mock-server/services/dynamodb/transact_operations.h"

namespace cloudchamber::mock::dynamodb {
namespace {

using partiql::Statement;

Statement parse_request(const Json& request) {
  const Json* parameters = member(request, "Parameters");
  if (parameters != nullptr) {
    for (const Json& parameter : *parameters) check_value(parameter);
  }
  return partiql::parse(*text_member(request, "Statement"), parameters);
}

// What a writing statement returns of the item: nothing, or one item.
Json returned_items(const StatementWrite& statement, const Written& written) {
  Json items = Json::array();
  const auto& returning = statement.statement.returning;
  if (!returning) return items;
  const std::optional<Item>& item = returning->after ? written.after : written.before;
  if (!item) return items;
  items.push_back(returning->whole ? *item->attributes : updated_part(statement.write, *item));
  return items;
}

void refuse_exists(const Statement& statement) {
  if (statement.kind == Statement::Kind::kExists) {
    throw validation_error("EXISTS() can only be used in transactions");
  }
}

// The item that a SELECT within a batch or transaction reads.
struct SingleRead {
  const TableData* table;
  const Item* item;  // null when it is not there
};
SingleRead read_single(const Statement& statement, const State& state, std::string_view operation,
                       TimePoint now) {
  const TableData& table = table_of(state, {{"TableName", statement.table}});
  const auto named = named_key(statement, table.definition->keys);
  if (!named || !named->only || !statement.index.empty()) {
    throw validation_error("Select statements within " + std::string(operation) +
                           " must specify the primary key in the where clause.");
  }
  return {&table, find_item(table, key_bytes(table.definition->keys, named->key), now)};
}

Json selected(const Statement& statement, const Item& item) {
  if (!statement.paths) return *item.attributes;
  Json result = Json::object();
  for (const Path& path : *statement.paths) {
    if (const Json* found = find(*item.attributes, path)) result[path.back().name] = *found;
  }
  return result;
}

std::string error_code_in_batch(const std::string& code) {
  if (code == "ValidationException") return "ValidationError";
  constexpr std::string_view kException = "Exception";
  const bool is_exception =
      code.size() > kException.size() &&
      code.compare(code.size() - kException.size(), kException.size(), kException) == 0;
  return is_exception ? code.substr(0, code.size() - kException.size()) : code;
}

// One statement of a batch: its response, and what it consumed.
Json run_in_batch(Statement statement, const Json& request, State& state, TimePoint now,
                  Json& consumed_list) {
  const std::string table_name = statement.table;
  Json response = {{"TableName", table_name}};
  if (!statement.reads()) {
    refuse_exists(statement);
    const StatementWrite write = write_of(std::move(statement), state, request);
    Done done = perform(write.write, state, *write.input, now);
    const Json items = returned_items(write, done.written);
    if (!items.empty()) response["Item"] = items[0];
    if (done.reply.contains("ConsumedCapacity")) {
      consumed_list.push_back(std::move(done.reply["ConsumedCapacity"]));
    }
    return response;
  }
  const SingleRead read = read_single(statement, state, "BatchExecuteStatement", now);
  if (read.item != nullptr) response["Item"] = selected(statement, *read.item);
  if (wants_consumed(request)) {
    Consumed consumed(*read.table->definition);
    consumed.add_table(Consumed::read_units(read.item == nullptr ? 0 : read.item->bytes,
                                            flag_member(request, "ConsistentRead")));
    consumed_list.push_back(consumed.to_json(wants_consumed_by_index(request)));
  }
  return response;
}

// AWS names the statement at fault where it is the statement's plan that is wrong.
template <class F>
auto in_transaction(std::size_t index, F f) {
  try {
    return f();
  } catch (const AwsError& error) {
    if (error.code() != "ValidationException") throw;
    throw validation_error("Validation failed in TransactStatements[" + std::to_string(index) +
                           "]: " + error.message());
  }
}

Json read_in_transaction(const std::vector<Statement>& statements, const State& state,
                         const Json& input, TimePoint now) {
  Json responses = Json::array();
  std::map<std::string, Consumed> consumed;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Statement& statement = statements[i];
    const SingleRead read = in_transaction(i, [&] {
      if (!statement.index.empty()) {
        throw validation_error("Reads on indices are not supported within transactions.");
      }
      return read_single(statement, state, "ExecuteTransaction", now);
    });
    Json response = Json::object();
    if (read.item != nullptr) {
      bytes += read.item->bytes;
      response["Item"] = selected(statement, *read.item);
    }
    responses.push_back(std::move(response));
    const Definition& definition = *read.table->definition;
    consumed.try_emplace(definition.name, definition)
        .first->second.add_table(
            Consumed::read_units(read.item == nullptr ? 0 : read.item->bytes, true));
  }
  if (bytes > kMaxTransactionBytes) {
    throw validation_error("Aggregate size of the items in the transaction exceeds 4 MB");
  }
  Json reply = {{"Responses", std::move(responses)}};
  if (wants_consumed(input)) {
    reply["ConsumedCapacity"] = consumed_by_transaction(input, consumed, "ReadCapacityUnits");
  }
  return reply;
}

}  // namespace

Json execute_statement(Call& call, State& state) {
  const Json& input = call.input();
  Statement statement = parse_request(input);
  if (statement.reads()) return read_page_of(statement, state, input, call.now());
  refuse_exists(statement);
  const StatementWrite write = write_of(std::move(statement), state, input);
  Done done = perform(write.write, state, *write.input, call.now());
  done.reply["Items"] = returned_items(write, done.written);
  return std::move(done.reply);
}

Json batch_execute_statement(Call& call, State& state) {
  const Json& input = call.input();
  Json responses = Json::array();
  Json consumed = Json::array();
  std::optional<bool> reads;
  for (const Json& given : call.at("Statements")) {
    Json request = given;
    if (const Json* option = member(input, "ReturnConsumedCapacity")) {
      request["ReturnConsumedCapacity"] = *option;
    }
    std::string table;
    try {
      Statement statement = parse_request(request);
      if (state.tables.find(statement.table) != nullptr) table = statement.table;
      if (reads.value_or(statement.reads()) != statement.reads()) {
        throw validation_error(
            "A batch consists of either read statements or write statements: they can't be mixed");
      }
      reads = statement.reads();
      responses.push_back(run_in_batch(std::move(statement), request, state, call.now(), consumed));
    } catch (const AwsError& error) {
      if (error.status() == 501) throw;  // what is not emulated is no statement's fault
      Json response = {
          {"Error", {{"Code", error_code_in_batch(error.code())}, {"Message", error.message()}}}};
      if (error.members().contains("Item")) response["Error"]["Item"] = error.members()["Item"];
      if (!table.empty()) response["TableName"] = table;
      responses.push_back(std::move(response));
    }
  }
  Json reply = {{"Responses", std::move(responses)}};
  if (wants_consumed(input)) reply["ConsumedCapacity"] = std::move(consumed);
  return reply;
}

Json execute_transaction(Call& call, State& state) {
  const Json& input = call.input();
  const Json& requests = call.at("TransactStatements");
  std::vector<Statement> statements;
  for (const Json& request : requests) statements.push_back(parse_request(request));
  const bool reads = statements.front().reads();
  if (std::any_of(statements.begin(), statements.end(),
                  [&](const Statement& each) { return each.reads() != reads; })) {
    throw validation_error(
        "A transaction consists of either read statements or write statements: they can't be "
        "mixed");
  }
  if (reads) return read_in_transaction(statements, state, input, call.now());
  if (const Json* reply = replayed(state, input, requests, call.now())) return *reply;
  std::vector<StatementWrite> planned;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    planned.push_back(
        in_transaction(i, [&] { return write_of(std::move(statements[i]), state, requests[i]); }));
  }
  std::vector<Write> writes;
  for (StatementWrite& each : planned) writes.push_back(std::move(each.write));
  Json reply = transact(state, writes, input, call.now());
  reply["Responses"] = Json::array();
  remember(state, input, requests, reply, call.now());
  return reply;
}

}  // namespace cloudchamber::mock::dynamodb
