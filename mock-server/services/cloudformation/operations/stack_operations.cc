// CreateStack, UpdateStack, DeleteStack and what else is done to a stack as a whole.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/operations/new_stack.h"
#include "mock-server/services/cloudformation/operations/operations.h"
#include "mock-server/services/cloudformation/operations/requests.h"
#include "mock-server/services/cloudformation/operations/template_url.h"
#include "mock-server/services/cloudformation/stacks/deployer.h"
#include "mock-server/services/cloudformation/stacks/plan.h"

namespace cloudchamber::mock::cloudformation {
namespace {

constexpr std::array<std::string_view, 8> kUpdatable = {
    "CREATE_COMPLETE", "UPDATE_COMPLETE",          "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE",
    "UPDATE_FAILED",   "IMPORT_ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "CREATE_FAILED"};

void check_updatable(const Stack& stack, TimePoint now) {
  const std::string status = stack.status_at(now);
  const bool good = std::find(kUpdatable.begin(), kUpdatable.end(), status) != kUpdatable.end();
  if (!good || (status == "CREATE_FAILED" && !stack.disable_rollback))
    throw wrong_state(stack.id, status);
}

std::string checked_policy(const Call& call) {
  const bool body = call.has("StackPolicyBody");
  if (body && call.has("StackPolicyURL"))
    throw validation_error("You cannot specify both StackPolicyURL and StackPolicyBody");
  const std::string text = body ? call.text("StackPolicyBody")
                           : call.has("StackPolicyURL")
                               ? fetch_template(call, call.text("StackPolicyURL"))
                               : "";
  const Json policy = Json::parse(text, nullptr, false);
  const bool good = policy.is_object() && policy.size() == 1 && policy.contains("Statement") &&
                    (policy["Statement"].is_array() || policy["Statement"].is_object());
  if (!good) throw validation_error("Error validating stack policy: Invalid stack policy");
  return text;
}

}  // namespace

Json create_stack(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const std::string& name = call.text("StackName");
  if (call.has("OnFailure") && call.has("DisableRollback"))
    throw validation_error("You can specify either DisableRollback or OnFailure, but not both.");
  const Stack* existing = stacks.find(name, call.now());
  const std::string token = call.text_or("ClientRequestToken", "");
  if (existing != nullptr && !token.empty() && existing->create_token == token)
    return {{"StackId", existing->id}};
  Blueprint blueprint = blueprint_of(call, nullptr);
  check_attributes(blueprint.body);
  const bool in_review =
      existing != nullptr && existing->status_at(call.now()) == "REVIEW_IN_PROGRESS";
  if (existing != nullptr && !in_review) throw stack_exists(name);

  Stack stack = in_review ? *existing : new_stack(call, stacks, name);
  if (in_review) make_change_sets_obsolete(stack, "");
  stack.blueprint = std::move(blueprint);
  stack.create_token = token;
  stack.on_failure = call.text_or("OnFailure", "ROLLBACK");
  stack.disable_rollback =
      call.flag_or("DisableRollback", false) || stack.on_failure == "DO_NOTHING";
  stack.termination_protection = call.flag_or("EnableTerminationProtection", false);
  if (call.has("TimeoutInMinutes")) stack.timeout_minutes = call.integer("TimeoutInMinutes");
  if (call.has("StackPolicyBody") || call.has("StackPolicyURL"))
    stack.policy = checked_policy(call);
  const std::string id = stack.id;
  create_now(call, stacks, std::move(stack), token);
  return {{"StackId", id}};
}

Json update_stack(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const Stack& stack = existing_stack(call, stacks, no_stack);
  const std::string id = stack.id;
  check_updatable(stack, call.now());
  Blueprint next = blueprint_of(call, &stack.blueprint);
  check_attributes(next.body);
  if (call.has("StackPolicyBody") || call.has("StackPolicyURL"))
    stacks.by_id.change(id)->policy = checked_policy(call);
  if (!is_update(call, stacks, *stacks.by_id.find(id), next))
    throw validation_error("No updates are to be performed.");
  update_now(call, stacks, id, std::move(next), call.text_or("ClientRequestToken", ""),
             call.flag_or("DisableRollback", false));
  return {{"StackId", id}};
}

Json delete_stack(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const std::string& name = call.text("StackName");
  const Stack* found = stacks.find(name, call.now());
  if (found == nullptr) {
    // To delete what is not there is no error; an id that never was is.
    if (is_arn(name)) throw no_stack(name);
    return Json::object();
  }
  const std::string status = found->status_at(call.now());
  if (status == "DELETE_COMPLETE" || status == "DELETE_IN_PROGRESS") return Json::object();
  if (found->termination_protection) {
    throw validation_error("Stack [" + found->name +
                           "] cannot be deleted while TerminationProtection is enabled");
  }
  if (status.starts_with("UPDATE_") && is_in_progress(status)) {
    throw validation_error("Stack [" + found->id + "] cannot be deleted while in status " + status);
  }
  std::set<std::string> retained;
  if (const Json* given = call.find("RetainResources"); given != nullptr && !given->empty()) {
    if (status != "DELETE_FAILED") {
      throw validation_error("Invalid operation on stack [" + found->id +
                             "]. Stack status must be DELETE_FAILED to retain resources.");
    }
    retained = given->get<std::set<std::string>>();
    for (const std::string& id : retained) {
      if (!found->resources.contains(id)) throw no_resource(id, found->name);
    }
  }
  // What a stack was at to create or update ends at once.
  Stack stack = *found;
  Deployer deployer(call, stacks, std::move(stack));
  deployer.remove(retained, call.text_or("ClientRequestToken", ""));
  stacks.store(deployer.take());
  return Json::object();
}

Json cancel_update_stack(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const Stack& stack = existing_stack(call, stacks, no_stack);
  if (stack.status_at(call.now()) != "UPDATE_IN_PROGRESS" || !stack.deployment) {
    throw validation_error("CancelUpdateStack cannot be called from current stack status");
  }
  Deployer deployer(call, stacks, stack);
  deployer.cancel_update(call.text_or("ClientRequestToken", ""));
  stacks.store(deployer.take());
  return Json::object();
}

Json continue_update_rollback(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const Stack& stack = existing_stack(call, stacks, no_stack);
  const std::string status = stack.status_at(call.now());
  if (status != "UPDATE_ROLLBACK_FAILED" || !stack.deployment)
    throw validation_error("Stack:" + stack.id + " is in " + status +
                           " state and can not continue rolling back.");
  std::set<std::string> skipped;
  if (const Json* given = call.find("ResourcesToSkip"))
    skipped = given->get<std::set<std::string>>();
  Deployer deployer(call, stacks, stack);
  deployer.continue_rollback(skipped, call.text_or("ClientRequestToken", ""));
  stacks.store(deployer.take());
  return Json::object();
}

Json update_termination_protection(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const Stack& stack = existing_stack(call, stacks, no_stack);
  if (!stack.parent_id.empty()) {
    throw validation_error(
        "Cannot update termination protection on nested stack. Update the root stack instead.");
  }
  const std::string id = stack.id;
  stacks.by_id.change(id)->termination_protection =
      call.flag_or("EnableTerminationProtection", false);
  return {{"StackId", id}};
}

Json set_stack_policy(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const std::string& name = call.text("StackName");
  const Stack* stack = stacks.find(name, call.now());
  if (stack == nullptr) throw validation_error("Stack: " + name + " does not exist");
  const std::string policy = checked_policy(call);
  stacks.by_id.change(stack->id)->policy = policy;
  return Json::object();
}

Json get_stack_policy(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const std::string& name = call.text("StackName");
  const Stack* stack = stacks.find(name, call.now());
  if (stack == nullptr) throw validation_error("Stack: " + name + " does not exist");
  if (stack->policy.empty()) return Json::object();
  return {{"StackPolicyBody", stack->policy}};
}

Json signal_resource(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const Stack& stack = existing_stack(call, stacks, no_stack);
  const std::string id = stack.id;
  const std::string& logical = call.text("LogicalResourceId");
  const std::string status = stack.status_at(call.now());
  if (!is_in_progress(status) || !stack.deployment) {
    throw validation_error("Stack " + stack.id + " is in " + status +
                           " state and cannot be signaled");
  }
  if (!stack.deployment->waiting.contains(logical))
    throw validation_error("Resource " + logical + " is not in a state to be signaled");
  add_signal(*stacks.by_id.change(id), logical,
             {call.text("UniqueId"), call.text("Status") == "SUCCESS", "", ""});
  go_on(call, stacks);
  return Json::object();
}

}  // namespace cloudchamber::mock::cloudformation
