#include "mock-server/services/dynamodb/transact_operations.h"

#include <unordered_set>

#include "mock-server/services/dynamodb/item_operations.h"
#include "mock-server/services/dynamodb/keys.h"
#include "mock-server/services/dynamodb/limits.h"
#include "mock-server/services/dynamodb/request.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::dynamodb {
namespace {

// A client request token is good for so long:
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
constexpr Seconds kTokenLifetime{600};

struct Action {
  const Write& write;
  std::string table;
  std::string key;
};

// Why an action of a transaction did not take place; "None" where it could have.
struct Reason {
  std::string code = "None";
  std::string message;
  std::shared_ptr<const Json> item;
};

AwsError canceled(const std::vector<Reason>& reasons) {
  std::string codes;
  Json list = Json::array();
  for (const Reason& reason : reasons) {
    codes += (codes.empty() ? "" : ", ") + reason.code;
    Json entry = {{"Code", reason.code}};
    if (!reason.message.empty()) entry["Message"] = reason.message;
    if (reason.item != nullptr) entry["Item"] = *reason.item;
    list.push_back(std::move(entry));
  }
  AwsError error("TransactionCanceledException",
                 "Transaction cancelled, please refer cancellation reasons for specific reasons [" +
                     codes + "]",
                 400);
  error.with("CancellationReasons", std::move(list));
  return error;
}

Write read_action(const Json& action) {
  if (const Json* put = member(action, "Put")) return read_put(*put);
  if (const Json* update = member(action, "Update")) return read_update(*update);
  if (const Json* remove = member(action, "Delete")) return read_delete(*remove);
  return read_condition_check(*member(action, "ConditionCheck"));
}

void check_one_action(const Json& action) {
  if (action.size() == 1) return;
  throw validation_error("TransactItems can only contain one of Check, Put, Update or Delete");
}

std::size_t payload_of(const Write& write) {
  // Of what the request carries, not of the items it means.
  if (write.kind == Write::Kind::kPut) return write.item.bytes;
  std::size_t bytes = size_of_attributes(*member(*write.input, "Key"));
  if (const Json* values = member(*write.input, "ExpressionAttributeValues")) {
    bytes += size_of_attributes(*values);
  }
  return bytes;
}

// Tables by their names; else ResourceNotFoundException for the whole transaction.
std::string named_table(const State& state, const Json& input) {
  return table_of(state, input).definition->name;
}

// The first action whose keys or values don't fit its table cancels the transaction, and hides what
// may be wrong with later ones.
void check_actions(const State& state, std::vector<Action>& actions) {
  for (std::size_t i = 0; i < actions.size(); ++i) {
    Action& action = actions[i];
    try {
      action.key = check_write(action.write, *state.tables.find(action.table)->definition);
    } catch (const AwsError& error) {
      std::vector<Reason> reasons(actions.size());
      reasons[i] = {"ValidationError", error.message(), nullptr};
      throw canceled(reasons);
    }
  }
  std::unordered_set<std::string> seen;
  for (const Action& action : actions) {
    if (!seen.insert(action.table + '/' + action.key).second) {
      throw validation_error("Transaction request cannot include multiple operations on one item");
    }
  }
}

// Tries every action on the state before the transaction; throws what failed.
std::vector<Written> try_actions(const State& state, const std::vector<Action>& actions,
                                 TimePoint now) {
  std::vector<Reason> reasons(actions.size());
  std::vector<Written> results(actions.size());
  bool failed = false;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const Action& action = actions[i];
    const TableData& table = *state.tables.find(action.table);
    const Item* found = find_item(table, action.key, now);
    if (found != nullptr) results[i].before = *found;
    if (action.write.is_insert && found != nullptr) {
      failed = true;
      reasons[i] = {"DuplicateItem", duplicate_item().message(), nullptr};
      continue;
    }
    if (!action.write.condition.met(found)) {
      failed = true;
      reasons[i] = {"ConditionalCheckFailed", "The conditional request failed", nullptr};
      const std::string* tell =
          text_member(*action.write.input, "ReturnValuesOnConditionCheckFailure");
      if (tell != nullptr && *tell == "ALL_OLD" && found != nullptr) {
        reasons[i].item = found->attributes;
      }
      continue;
    }
    try {
      results[i].after = outcome(action.write, *table.definition, found);
    } catch (const AwsError& error) {
      failed = true;
      reasons[i] = {"ValidationError", error.message(), nullptr};
    }
  }
  if (failed) throw canceled(reasons);
  return results;
}

std::string digest_of(const Json& request) {
  return sha256(request.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

const Json* replayed(const State& state, const Json& input, const Json& request, TimePoint now) {
  const std::string* token = text_member(input, "ClientRequestToken");
  const Replay* known = token == nullptr ? nullptr : state.transactions.find(*token);
  if (known == nullptr || now - known->at > kTokenLifetime) return nullptr;
  if (known->request_digest != digest_of(request)) {
    throw AwsError("IdempotentParameterMismatchException",
                   "The request uses the same client token as a previous, but non-identical "
                   "request.",
                   400);
  }
  return known->consumed.get();
}

void remember(State& state, const Json& input, const Json& request, const Json& reply,
              TimePoint now) {
  const std::string* token = text_member(input, "ClientRequestToken");
  if (token == nullptr) return;
  state.transactions.put(*token, {now, digest_of(request), std::make_shared<const Json>(reply)});
}

Json consumed_by_transaction(const Json& input, std::map<std::string, Consumed>& consumed,
                             std::string_view kind) {
  Json list = Json::array();
  for (auto& [name, one] : consumed) {
    one.multiply(2);  // a transaction reads or writes everything twice
    list.push_back(one.to_json(wants_consumed_by_index(input), kind));
  }
  return list;
}

Json transact_get_items(Call& call, const State& state) {
  struct Get {
    const Json* input;
    Selection selection;
    const TableData* table = nullptr;
    std::string key;
  };
  std::vector<Get> gets;
  for (const Json& item : call.at("TransactItems")) {
    const Json& get = *member(item, "Get");
    check_attributes(*member(get, "Key"));
    gets.push_back({&get, read_selection(get), nullptr, ""});
  }
  for (std::size_t i = 0; i < gets.size(); ++i) {
    Get& get = gets[i];
    get.table = &table_of(state, *get.input);
    const Json& key = *member(*get.input, "Key");
    try {
      check_key(get.table->definition->keys, key);
    } catch (const AwsError& error) {
      std::vector<Reason> reasons(gets.size());
      reasons[i] = {"ValidationError", error.message(), nullptr};
      throw canceled(reasons);
    }
    get.key = key_bytes(get.table->definition->keys, key);
  }
  std::unordered_set<std::string> seen;
  Json responses = Json::array();
  std::map<std::string, Consumed> consumed;
  std::size_t bytes = 0;
  for (const Get& get : gets) {
    const Definition& definition = *get.table->definition;
    if (!seen.insert(definition.name + '/' + get.key).second) {
      throw validation_error("Transaction request cannot include multiple operations on one item");
    }
    const Item* item = find_item(*get.table, get.key, call.now());
    Json response = Json::object();
    if (item != nullptr) {
      bytes += item->bytes;
      response["Item"] = get.selection.of(*item->attributes);
    }
    responses.push_back(std::move(response));
    consumed.try_emplace(definition.name, definition)
        .first->second.add_table(Consumed::read_units(item == nullptr ? 0 : item->bytes, true));
  }
  if (bytes > kMaxTransactionBytes) {
    throw validation_error("Aggregate size of the items in the transaction exceeds 4 MB");
  }
  Json reply = {{"Responses", std::move(responses)}};
  if (wants_consumed(call.input())) {
    reply["ConsumedCapacity"] =
        consumed_by_transaction(call.input(), consumed, "ReadCapacityUnits");
  }
  return reply;
}

Json transact(State& state, const std::vector<Write>& writes, const Json& input, TimePoint now) {
  std::vector<Action> actions;
  std::size_t payload = 0;
  for (const Write& write : writes) {
    actions.push_back({write, "", ""});
    payload += payload_of(write);
  }
  if (payload > kMaxTransactionBytes) {
    throw validation_error("Transaction payload size cannot exceed 4 MB");
  }
  for (Action& action : actions) action.table = named_table(state, *action.write.input);
  check_actions(state, actions);
  const std::vector<Written> results = try_actions(state, actions, now);

  std::map<std::string, Consumed> consumed;
  Json metrics = Json::object();
  const std::string* wants_metrics = text_member(input, "ReturnItemCollectionMetrics");
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const Action& action = actions[i];
    TableData& table = *state.tables.change(action.table);
    const Written& written = results[i];
    consumed.try_emplace(action.table, *table.definition)
        .first->second.add_write(written.before ? &*written.before : nullptr,
                                 written.after ? &*written.after : nullptr);
    if (action.write.kind == Write::Kind::kCheck) continue;
    write_item(state, table, action.key, written.after.value_or(Item{}), now);
    if (wants_metrics != nullptr && *wants_metrics == "SIZE" &&
        table.definition->has_local_indexes()) {
      const Json& key =
          written.after ? *written.after->attributes : *member(*action.write.input, "Key");
      Json& list = metrics[action.table];
      if (list.is_null()) list = Json::array();
      list.push_back(collection_metrics(table, key));
    }
  }
  Json reply = Json::object();
  if (wants_consumed(input)) {
    reply["ConsumedCapacity"] = consumed_by_transaction(input, consumed, "WriteCapacityUnits");
  }
  if (!metrics.empty()) reply["ItemCollectionMetrics"] = std::move(metrics);
  return reply;
}

Json transact_write_items(Call& call, State& state) {
  const Json& input = call.input();
  const Json& items = call.at("TransactItems");
  if (const Json* reply = replayed(state, input, items, call.now())) return *reply;
  std::vector<Write> writes;
  for (const Json& item : items) check_one_action(item);
  for (const Json& item : items) writes.push_back(read_action(item));
  const Json reply = transact(state, writes, input, call.now());
  remember(state, input, items, reply, call.now());
  return reply;
}

}  // namespace cloudchamber::mock::dynamodb
