// Change sets: what an update would do, to be looked at and then carried out.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/operations/change_sets.h"
#include "mock-server/services/cloudformation/operations/new_stack.h"
#include "mock-server/services/cloudformation/operations/operations.h"
#include "mock-server/services/cloudformation/operations/requests.h"
#include "mock-server/services/cloudformation/operations/views.h"
#include "mock-server/services/cloudformation/stacks/plan.h"
#include "mock-server/services/cloudformation/stacks/stack_scope.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::cloudformation {
namespace {

constexpr const char* kNoChanges =
    "The submitted information didn't contain changes. Submit different information to create a "
    "change set.";

Json context_of(const Json& properties) {
  if (properties.is_null() || properties.empty()) return nullptr;
  return Json{{"Properties", properties}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json describe_change(const Change& change, bool with_values) {
  Json shown{{"Action", change.action},
             {"LogicalResourceId", change.logical_id},
             {"ResourceType", change.type},
             {"Scope", change.scope},
             {"Details", change.details}};
  if (!change.physical_id.empty()) shown["PhysicalResourceId"] = change.physical_id;
  if (change.action == "Modify") shown["Replacement"] = change.replacement;
  if (!change.policy_action.empty()) shown["PolicyAction"] = change.policy_action;
  if (with_values) {
    const Json before = context_of(change.before);
    const Json after = context_of(change.after);
    if (!before.is_null()) shown["BeforeContext"] = before;
    if (!after.is_null()) shown["AfterContext"] = after;
    for (Json& detail : shown["Details"]) {
      Json& target = detail["Target"];
      if (!target.contains("Name")) continue;
      const std::string name = target["Name"].get<std::string>();
      target["Path"] = "/Properties/" + name;
      const auto put = [&](const char* key, const Json& from) {
        const auto found = from.is_object() ? from.find(name) : from.end();
        if (!from.is_object() || found == from.end()) return false;
        target[key] = found->is_string() ? found->get<std::string>() : found->dump();
        return true;
      };
      const bool had = put("BeforeValue", change.before);
      const bool has = put("AfterValue", change.after);
      target["AttributeChangeType"] = !had ? "Add" : has ? "Modify" : "Remove";
    }
  }
  return {{"Type", "Resource"}, {"ResourceChange", std::move(shown)}};
}

Json summarize(const Stack& stack, const ChangeSet& set) {
  Json shown{{"StackId", stack.id},
             {"StackName", stack.name},
             {"ChangeSetId", set.id},
             {"ChangeSetName", set.name},
             {"ExecutionStatus", set.execution_status},
             {"Status", set.status},
             {"CreationTime", iso8601(set.created)},
             {"IncludeNestedStacks", set.include_nested}};
  if (!set.status_reason.empty()) shown["StatusReason"] = set.status_reason;
  if (!set.description.empty()) shown["Description"] = set.description;
  return shown;
}

AwsError cannot_be_executed(const ChangeSet& set) {
  const std::string status = set.status == "FAILED" ? set.status : set.execution_status;
  return {
      "InvalidChangeSetStatus",
      "ChangeSet [" + set.id + "] cannot be executed in its current status of [" + status + "]"};
}

const ChangeSet* set_with_name(const Stack& stack, const std::string& name) {
  for (const auto& [id, set] : stack.change_sets) {
    if (set.name == name) return &set;
  }
  return nullptr;
}

// What it would do; a change set that can't be carried out is kept, and says why.
void fill(const Call& call, const Stacks& stacks, const Stack& stack, ChangeSet& set) {
  set.status = "CREATE_COMPLETE";
  set.execution_status = "AVAILABLE";
  const auto fail = [&](const std::string& reason) {
    set.status = "FAILED";
    set.execution_status = "UNAVAILABLE";
    set.status_reason = reason;
  };
  const Conditions conditions = conditions_of(call, stacks, stack.id, stack.name, set.blueprint);
  const Needs needs = resource_needs(set.blueprint.body, conditions);
  try {
    set.changes = plan_changes(call, stacks, stack, set.blueprint, conditions, needs);
  } catch (const StackFailure& failure) {
    return fail(failure.reason);
  }
  const bool changes =
      set.type == "CREATE" || !set.changes.empty() || is_update(call, stacks, stack, set.blueprint);
  if (!changes) fail(kNoChanges);
}

}  // namespace

NamedChangeSet change_set_named(const Call& call, const Stacks& stacks) {
  const std::string& name = call.text("ChangeSetName");
  if (is_arn(name)) {
    for (const auto& [id, stack] : stacks.by_id) {
      if (const ChangeSet* set = stack.change_sets.find(name)) return {&stack, set};
    }
    throw no_change_set(name);
  }
  if (!call.has("StackName")) {
    throw validation_error(
        "StackName must be specified if ChangeSetName is not specified as an ARN.");
  }
  const Stack& stack = existing_stack(call, stacks, no_stack);
  const ChangeSet* set = set_with_name(stack, name);
  if (set == nullptr) throw no_change_set(name);
  return {&stack, set};
}

Json create_change_set(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const std::string& stack_name = call.text("StackName");
  const std::string& name = call.text("ChangeSetName");
  const std::string type = call.text_or("ChangeSetType", "UPDATE");
  if (type == "IMPORT") throw not_implemented("A change set of the type IMPORT");
  const Stack* existing = stacks.find(stack_name, call.now());
  const std::string status = existing == nullptr ? "" : existing->status_at(call.now());
  Stack stack;
  if (type == "CREATE") {
    if (existing != nullptr && status != "REVIEW_IN_PROGRESS") {
      throw validation_error("Stack [" + stack_name +
                             "] already exists and cannot be created again with the changeSet [" +
                             name + "].");
    }
    if (existing == nullptr && is_arn(stack_name)) throw no_stack(stack_name);
    stack = existing != nullptr ? *existing : new_stack(call, stacks, stack_name);
  } else {
    if (existing == nullptr) throw no_stack(stack_name);
    const bool good = status.ends_with("_COMPLETE") && status != "ROLLBACK_COMPLETE" &&
                      status != "DELETE_COMPLETE";
    if (!good && status != "UPDATE_FAILED") throw wrong_state(existing->id, status);
    stack = *existing;
  }
  if (set_with_name(stack, name) != nullptr) {
    throw AwsError("AlreadyExistsException",
                   "ChangeSet " + name +
                       " cannot be created due to a mismatch with existing attribute Template");
  }
  ChangeSet set;
  set.id = "arn:aws:cloudformation:" + call.region() + ':' + call.account() + ":changeSet/" + name +
           '/' + call.ids().uuid();
  set.name = name;
  set.type = type;
  set.description = call.text_or("Description", "");
  set.created = call.now();
  set.on_failure = call.text_or("OnStackFailure", "");
  set.token = call.text_or("ClientToken", "");
  set.include_nested = call.flag_or("IncludeNestedStacks", false);
  set.blueprint = blueprint_of(call, type == "CREATE" ? nullptr : &stack.blueprint);
  fill(call, stacks, stack, set);
  if (existing == nullptr) {
    stack.add_event({call.now(), false}, {.id = call.ids().uuid(),
                                          .logical_id = stack.name,
                                          .physical_id = stack.id,
                                          .type = std::string(kStackType),
                                          .status = "REVIEW_IN_PROGRESS",
                                          .reason = "User Initiated"});
    stacks.id_of_name.put(stack.name, stack.id);
  }
  const Json reply{{"Id", set.id}, {"StackId", stack.id}};
  stack.change_sets.put(reply["Id"].get<std::string>(), std::move(set));
  stacks.store(std::move(stack));
  return reply;
}

Json describe_change_set(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const auto [stack, set] = change_set_named(call, stacks);
  Json shown = summarize(*stack, *set);
  shown["NotificationARNs"] = set->blueprint.notification_arns;
  shown["RollbackConfiguration"] = set->blueprint.rollback_configuration;
  shown["Capabilities"] = set->blueprint.capabilities;
  if (!set->blueprint.tags.empty()) shown["Tags"] = set->blueprint.tags;
  if (Json parameters = parameters_shown(set->blueprint); !parameters.empty())
    shown["Parameters"] = std::move(parameters);
  if (!set->on_failure.empty()) shown["OnStackFailure"] = set->on_failure;
  const Page page = page_of(call, set->changes.size(), 100);
  const bool values = call.flag_or("IncludePropertyValues", false);
  shown["Changes"] = Json::array();
  for (std::size_t i = page.first; i < page.last; ++i)
    shown["Changes"].push_back(describe_change(set->changes[i], values));
  if (!page.next.empty()) shown["NextToken"] = page.next;
  return shown;
}

Json execute_change_set(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const auto [found, set] = change_set_named(call, stacks);
  if (set->execution_status != "AVAILABLE") throw cannot_be_executed(*set);
  const std::string id = found->id;
  const std::string set_id = set->id;
  const std::string token = call.text_or("ClientRequestToken", "");
  const std::string type = set->type;
  const std::string status = found->status_at(call.now());
  if (is_in_progress(status) && status != "REVIEW_IN_PROGRESS") throw wrong_state(id, status);
  Blueprint blueprint = set->blueprint;
  Stack stack = *found;
  ChangeSet& own = *stack.change_sets.change(set_id);
  own.execution_status = "EXECUTE_COMPLETE";
  stack.change_set_id = set_id;
  if (own.on_failure == "DELETE" || own.on_failure == "ROLLBACK" || own.on_failure == "DO_NOTHING")
    stack.on_failure = own.on_failure;
  make_change_sets_obsolete(stack, set_id);
  const bool disable = call.flag_or("DisableRollback", false);
  if (type == "CREATE") {
    stack.blueprint = std::move(blueprint);
    stack.disable_rollback = disable || stack.on_failure == "DO_NOTHING";
    stack.updated = call.now();
    create_now(call, stacks, std::move(stack), token);
  } else {
    stacks.store(std::move(stack));
    update_now(call, stacks, id, std::move(blueprint), token, disable);
  }
  return Json::object();
}

Json delete_change_set(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  NamedChangeSet named;
  try {
    named = change_set_named(call, stacks);
  } catch (const AwsError& error) {
    if (error.code() == "ChangeSetNotFound") return Json::object();
    throw;
  }
  const std::string set_id = named.set->id;
  stacks.by_id.change(named.stack->id)->change_sets.erase(set_id);
  return Json::object();
}

Json list_change_sets(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const Stack& stack = existing_stack(call, stacks, no_stack);
  std::vector<const ChangeSet*> sets;
  for (const auto& [id, set] : stack.change_sets) sets.push_back(&set);
  std::sort(sets.begin(), sets.end(),
            [](const ChangeSet* a, const ChangeSet* b) { return a->created > b->created; });
  const Page page = page_of(call, sets.size(), 100);
  Json summaries = Json::array();
  for (std::size_t i = page.first; i < page.last; ++i)
    summaries.push_back(summarize(stack, *sets[i]));
  Json reply{{"Summaries", std::move(summaries)}};
  if (!page.next.empty()) reply["NextToken"] = page.next;
  return reply;
}

}  // namespace cloudchamber::mock::cloudformation
