#include "mock-server/services/dynamodb/item_operations.h"

#include <algorithm>

#include "mock-server/services/dynamodb/expressions/parser.h"
#include "mock-server/services/dynamodb/keys.h"
#include "mock-server/services/dynamodb/limits.h"

namespace cloudchamber::mock::dynamodb {
namespace {

Path path_to(const std::string& attribute) {
  PathElement element;
  element.name = attribute;
  return {std::move(element)};
}

void check_return_values(const Json& input) {
  const std::string* wanted = text_member(input, "ReturnValues");
  if (wanted != nullptr && *wanted != "NONE" && *wanted != "ALL_OLD") {
    throw validation_error("ReturnValues can only be ALL_OLD or NONE");
  }
}

LegacyUpdate read_legacy_update(const std::string& attribute, const Json& update) {
  const std::string* action = text_member(update, "Action");
  LegacyUpdate result{attribute, action == nullptr ? "PUT" : *action, member(update, "Value")};
  check_attribute_name(attribute);
  if (result.value == nullptr) {
    if (result.action != "DELETE") {
      throw invalid_parameter("Only DELETE action is allowed when no attribute value is specified");
    }
    return result;
  }
  check_value(*result.value);
  const Type type = type_of(*result.value);
  const bool is_set = type == Type::kSs || type == Type::kNs || type == Type::kBs;
  if (result.action == "DELETE" && !is_set) {
    throw invalid_parameter("DELETE action with value is not supported for the type " +
                            std::string(type_name(type)));
  }
  if (result.action == "ADD" && !is_set && type != Type::kN && type != Type::kL) {
    throw invalid_parameter("ADD action is not supported for the type " +
                            std::string(type_name(type)));
  }
  return result;
}

void apply_legacy(const LegacyUpdate& update, Json& attributes) {
  const auto existing = attributes.find(update.attribute);
  if (update.value == nullptr) {
    attributes.erase(update.attribute);
    return;
  }
  if (update.action == "PUT") {
    attributes[update.attribute] = stored_value(*update.value);
    return;
  }
  const bool add = update.action == "ADD";
  if (existing == attributes.end()) {
    if (add) attributes[update.attribute] = stored_value(*update.value);
    return;
  }
  const Type type = type_of(*update.value);
  if (type_of(*existing) != type) throw validation_error("Type mismatch for attribute to update");
  if (!add) {
    Json rest = set_difference(*existing, *update.value);
    if (rest.is_null()) {
      attributes.erase(existing);
    } else {
      *existing = std::move(rest);
    }
  } else if (type == Type::kN) {
    *existing = Json{{"N", (number_of(*existing) + number_of(*update.value)).text()}};
  } else if (type == Type::kL) {
    Json value = stored_value(*update.value);
    Json& list = existing->begin().value();
    for (Json& element : value.begin().value()) list.push_back(std::move(element));
  } else {
    *existing = set_union(*existing, *update.value);
  }
}

std::vector<const Path*> paths_of(const Write& write) {
  std::vector<const Path*> paths;
  for (const UpdateAction& action : write.actions) {
    paths.push_back(&action.path);
    collect_paths(action.value, paths);
  }
  return paths;
}

void check_not_key(const Definition& table, const std::string& attribute) {
  if (table.keys.find(attribute) != nullptr) {
    throw invalid_parameter("Cannot update attribute " + attribute +
                            ". This attribute is part of the key");
  }
}

// A write that only takes away does not bring an item into being.
bool creates(const Write& write) {
  if (write.is_legacy_update) {
    return write.updates.empty() ||
           std::any_of(write.updates.begin(), write.updates.end(),
                       [](const LegacyUpdate& u) { return u.action != "DELETE"; });
  }
  return write.actions.empty() ||
         std::any_of(write.actions.begin(), write.actions.end(), [](const UpdateAction& a) {
           return a.kind == UpdateAction::Kind::kSet || a.kind == UpdateAction::Kind::kAdd;
         });
}

bool wants(const Json& input, std::string_view returned) {
  const std::string* wanted = text_member(input, "ReturnValues");
  return wanted != nullptr && *wanted == returned;
}

}  // namespace

Done perform(const Write& write, State& state, const Json& input, TimePoint now) {
  TableData& table = table_of(state, input);
  const std::string key = check_write(write, *table.definition);
  const Item* found = find_item(table, key, now);
  if (write.is_insert && found != nullptr) throw duplicate_item();
  write.condition.check(found, input);
  Done done;
  if (found != nullptr) done.written.before = *found;
  done.written.after = outcome(write, *table.definition, found);
  const Item* before = done.written.before ? &*done.written.before : nullptr;
  const Item* after = done.written.after ? &*done.written.after : nullptr;
  write_item(state, table, key, after == nullptr ? Item{} : *after, now);
  if (wants_consumed(input)) {
    Consumed consumed(*table.definition);
    consumed.add_write(before, after);
    report_consumed(input, consumed, done.reply);
  }
  const Json& keys =
      write.kind == Write::Kind::kPut ? *write.item.attributes : *member(input, "Key");
  report_collection(input, table, keys, done.reply);
  return done;
}

Json updated_part(const Write& write, const Item& item) {
  std::vector<Path> paths;
  for (const UpdateAction& action : write.actions) paths.push_back(action.path);
  for (const LegacyUpdate& update : write.updates) paths.push_back(path_to(update.attribute));
  return paths.empty() ? Json::object() : project(*item.attributes, paths);
}

Selection read_selection(const Json& input) {
  check_parameters(input, {"ProjectionExpression"}, {"AttributesToGet"});
  Selection selection;
  if (const Json* names = member(input, "AttributesToGet")) {
    selection.paths = attributes_to_get(*names);
  }
  Placeholders placeholders = placeholders_of(input);
  if (const std::string* text = text_member(input, "ProjectionExpression")) {
    selection.paths = parse_projection(*text, placeholders);
  }
  placeholders.check_all_used();
  return selection;
}

Write read_put(const Json& input) {
  check_parameters(input, {"ConditionExpression"}, {"Expected", "ConditionalOperator"});
  Write write;
  write.kind = Write::Kind::kPut;
  write.input = &input;
  write.item = make_item(stored_attributes(*member(input, "Item")));
  check_return_values(input);
  if (write.item.bytes > kMaxItemBytes) {
    throw validation_error("Item size has exceeded the maximum allowed size");
  }
  Placeholders placeholders = placeholders_of(input);
  write.condition = WriteCondition(input, placeholders);
  placeholders.check_all_used();
  return write;
}

Write read_update(const Json& input) {
  check_parameters(input, {"UpdateExpression", "ConditionExpression"},
                   {"AttributeUpdates", "Expected", "ConditionalOperator"});
  Write write;
  write.kind = Write::Kind::kUpdate;
  write.input = &input;
  check_attributes(*member(input, "Key"));
  write.is_legacy_update = member(input, "UpdateExpression") == nullptr;
  if (const Json* updates = member(input, "AttributeUpdates")) {
    for (const auto& [attribute, update] : *updates->get_ptr<const Json::object_t*>()) {
      write.updates.push_back(read_legacy_update(attribute, update));
    }
  }
  Placeholders placeholders = placeholders_of(input);
  if (const std::string* text = text_member(input, "UpdateExpression")) {
    write.actions = parse_update(*text, placeholders);
  }
  write.condition = WriteCondition(input, placeholders);
  placeholders.check_all_used();
  return write;
}

Write read_delete(const Json& input) {
  check_parameters(input, {"ConditionExpression"}, {"Expected", "ConditionalOperator"});
  Write write;
  write.kind = Write::Kind::kDelete;
  write.input = &input;
  check_attributes(*member(input, "Key"));
  check_return_values(input);
  Placeholders placeholders = placeholders_of(input);
  write.condition = WriteCondition(input, placeholders);
  placeholders.check_all_used();
  return write;
}

Write read_condition_check(const Json& input) {
  Write write;
  write.kind = Write::Kind::kCheck;
  write.input = &input;
  check_attributes(*member(input, "Key"));
  Placeholders placeholders = placeholders_of(input);
  write.condition = WriteCondition(input, placeholders);
  placeholders.check_all_used();
  return write;
}

std::string check_write(const Write& write, const Definition& table) {
  if (write.kind == Write::Kind::kPut) {
    check_item_keys(table, *write.item.attributes);
    return key_bytes(table.keys, *write.item.attributes);
  }
  const Json& key = *member(*write.input, "Key");
  check_key(table.keys, key);
  for (const UpdateAction& action : write.actions) check_not_key(table, action.path[0].name);
  for (const LegacyUpdate& update : write.updates) check_not_key(table, update.attribute);
  check_scalar_keys(table, paths_of(write));
  return key_bytes(table.keys, key);
}

std::optional<Item> outcome(const Write& write, const Definition& table, const Item* before) {
  switch (write.kind) {
    case Write::Kind::kPut:
      return write.item;
    case Write::Kind::kDelete:
      return std::nullopt;
    case Write::Kind::kCheck:
      return before == nullptr ? std::nullopt : std::optional(*before);
    case Write::Kind::kUpdate:
      break;
  }
  if (before == nullptr && !creates(write)) {
    Json nothing = stored_attributes(*member(*write.input, "Key"));
    apply(write.actions, nothing, false);  // for what it may refuse
    return std::nullopt;
  }
  Json attributes =
      before == nullptr ? stored_attributes(*member(*write.input, "Key")) : *before->attributes;
  apply(write.actions, attributes, before != nullptr);
  for (const LegacyUpdate& update : write.updates) apply_legacy(update, attributes);
  check_index_keys(table, attributes, !write.is_legacy_update);
  if (std::any_of(write.actions.begin(), write.actions.end(),
                  [](const UpdateAction& action) { return action.path.size() > 1; })) {
    check_attributes(attributes);  // a nested place may make it too deep
  }
  Item item = make_item(std::move(attributes));
  if (item.bytes > kMaxItemBytes) {
    throw validation_error("Item size to update has exceeded the maximum allowed size");
  }
  return item;
}

Json get_item(Call& call, const State& state) {
  const Json& input = call.input();
  const Json& key = call.at("Key");
  check_parameters(input, {"ProjectionExpression"}, {"AttributesToGet"});
  check_attributes(key);
  const Selection selection = read_selection(input);
  const TableData& table = table_of(state, input);
  check_key(table.definition->keys, key);
  if (selection.paths) {
    std::vector<const Path*> paths;
    for (const Path& path : *selection.paths) paths.push_back(&path);
    check_scalar_keys(*table.definition, paths);
  }
  const Item* item = find_item(table, key_bytes(table.definition->keys, key), call.now());
  Json reply = Json::object();
  if (item != nullptr) reply["Item"] = selection.of(*item->attributes);
  if (wants_consumed(input)) {
    Consumed consumed(*table.definition);
    consumed.add_table(Consumed::read_units(item == nullptr ? 0 : item->bytes,
                                            flag_member(input, "ConsistentRead")));
    report_consumed(input, consumed, reply);
  }
  return reply;
}

Json put_item(Call& call, State& state) {
  const Json& input = call.input();
  Done done = perform(read_put(input), state, input, call.now());
  if (done.written.before && wants(input, "ALL_OLD")) {
    done.reply["Attributes"] = *done.written.before->attributes;
  }
  return std::move(done.reply);
}

Json delete_item(Call& call, State& state) {
  const Json& input = call.input();
  Done done = perform(read_delete(input), state, input, call.now());
  if (done.written.before && wants(input, "ALL_OLD")) {
    done.reply["Attributes"] = *done.written.before->attributes;
  }
  return std::move(done.reply);
}

Json update_item(Call& call, State& state) {
  const Json& input = call.input();
  const Write write = read_update(input);
  Done done = perform(write, state, input, call.now());
  const auto tell = [&](const std::optional<Item>& item, bool whole) {
    if (!item) return;
    Json attributes = whole ? *item->attributes : updated_part(write, *item);
    if (!attributes.empty()) done.reply["Attributes"] = std::move(attributes);
  };
  if (wants(input, "ALL_OLD")) tell(done.written.before, true);
  if (wants(input, "UPDATED_OLD")) tell(done.written.before, false);
  if (wants(input, "ALL_NEW")) tell(done.written.after, true);
  if (wants(input, "UPDATED_NEW")) tell(done.written.after, false);
  return std::move(done.reply);
}

}  // namespace cloudchamber::mock::dynamodb
