#include "mock-server/services/cloudformation/operations/new_stack.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/call/pattern.h"
#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/stacks/deployer.h"
#include "mock-server/services/cloudformation/stacks/plan.h"
#include "mock-server/services/cloudformation/template/structure.h"

namespace cloudchamber::mock::cloudformation {
namespace {

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
constexpr std::size_t kMaxStacks = 2000;
// Stacks in stacks: a template that names itself must come to an end.
constexpr int kMaxDepth = 12;

// The model states neither.
void check_name(const Call& call, const std::string& name) {
  constexpr std::size_t kMaxName = 128;
  const bool change_set = call.operation().name == "CreateChangeSet";
  const std::string pattern =
      std::string("[a-zA-Z][-a-zA-Z0-9]*") + (change_set ? "|arn:[-a-zA-Z0-9:/._+]*" : "");
  std::string wrong;
  if (!matches_pattern("[a-zA-Z][-a-zA-Z0-9]*", name))
    wrong = "Member must satisfy regular expression pattern: " + pattern;
  if (name.size() > kMaxName) wrong = "Member must have length less than or equal to 128";
  if (!wrong.empty()) {
    throw validation_error("1 validation error detected: Value '" + name +
                           "' at 'stackName' failed to satisfy constraint: " + wrong);
  }
}

}  // namespace

Stack new_stack(const Call& call, Stacks& stacks, const std::string& name) {
  if (call.context().depth > kMaxDepth)
    throw validation_error("Stacks are nested deeper than they may be");
  check_name(call, name);
  std::size_t count = 0;
  if (stacks.by_id.size() >= kMaxStacks) {
    for (const auto& [id, stack] : stacks.by_id) count += stack.deleted ? 0 : 1;
  }
  if (count >= kMaxStacks)
    throw AwsError("LimitExceededException", "Limit for stack has been exceeded", 400);
  Stack stack;
  stack.name = name;
  stack.id = "arn:aws:cloudformation:" + call.region() + ':' + call.account() + ":stack/" + name +
             '/' + call.ids().uuid();
  stack.created = call.now();
  stack.number = stacks.next_number++;
  return stack;
}

void create_now(const Call& call, Stacks& stacks, Stack stack, const std::string& token) {
  stacks.id_of_name.put(stack.name, stack.id);
  stacks.by_id.put(stack.id, stack);
  Deployer deployer(call, stacks, std::move(stack));
  deployer.create(token);
  stacks.store(deployer.take());
}

void update_now(const Call& call, Stacks& stacks, const std::string& id, Blueprint next,
                const std::string& token, bool disable_rollback) {
  Stack stack = *stacks.by_id.find(id);
  make_change_sets_obsolete(stack, "");
  Deployer deployer(call, stacks, std::move(stack));
  deployer.update(std::move(next), token, disable_rollback);
  stacks.store(deployer.take());
}

bool is_update(const Call& call, const Stacks& stacks, const Stack& stack, const Blueprint& next) {
  const Conditions conditions = conditions_of(call, stacks, stack.id, stack.name, next);
  const Needs needs = resource_needs(next.body, conditions);
  std::vector<std::string> types;
  for (const auto& [id, needed] : needs) {
    const auto now = stack.resources.find(id);
    const std::string type = section(next.body, "Resources")[id].at("Type").get<std::string>();
    if (now != stack.resources.end() && now->second.type != type) types.push_back(id);
  }
  if (!types.empty()) {
    throw validation_error(
        "Update of resource type is not permitted. The new template modifies resource type of the "
        "following resources: " +
        listed(types));
  }
  if (stack.status_at(call.now()).ends_with("_FAILED")) return true;
  if (next.tags != stack.blueprint.tags || next.role_arn != stack.blueprint.role_arn) return true;
  if (section(next.body, "Outputs") != section(stack.blueprint.body, "Outputs")) return true;
  try {
    return !plan_changes(call, stacks, stack, next, conditions, needs).empty();
  } catch (const StackFailure&) {
    return true;  // the update itself will tell
  }
}

void make_change_sets_obsolete(Stack& stack, const std::string& but) {
  std::vector<std::string> ids;
  for (const auto& [id, set] : stack.change_sets) {
    if (id != but && set.execution_status == "AVAILABLE") ids.push_back(id);
  }
  for (const std::string& id : ids) stack.change_sets.change(id)->execution_status = "OBSOLETE";
}

void add_signal(Stack& stack, const std::string& logical_id, Signal signal) {
  std::vector<Signal>& signals = stack.signals[logical_id];
  const bool known = std::any_of(signals.begin(), signals.end(),
                                 [&](const Signal& one) { return one.id == signal.id; });
  if (!known) signals.push_back(std::move(signal));
}

}  // namespace cloudchamber::mock::cloudformation
