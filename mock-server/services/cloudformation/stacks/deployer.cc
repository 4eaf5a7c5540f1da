#include "mock-server/services/cloudformation/stacks/deployer.h"

#include <algorithm>

#include "mock-server/services/cloudformation/resource_types/registry.h"
#include "mock-server/services/cloudformation/stacks/durations.h"
#include "mock-server/services/cloudformation/stacks/failure_reason.h"
#include "mock-server/services/cloudformation/stacks/plan.h"

namespace cloudchamber::mock::cloudformation {
namespace {

// What a resource waits for is over before the next one begins, so nothing it does may see a
// transition going on.
Call::Context settled(Call::Context context) {
  context.transition_time = Milliseconds(-1);
  return context;
}

}  // namespace

Deployer::Deployer(const Call& call, Stacks& stacks, Stack stack)
    : outer_(call),
      settled_(settled(call.context())),
      call_(settled_),
      stacks_(stacks),
      stack_(std::move(stack)) {}

Moment Deployer::later(Moment start) const {
  const Milliseconds duration = outer_.transition_time();
  return duration < Milliseconds(0) ? start : Moment{start.at + duration, true};
}

StackScope Deployer::scope() const {
  return StackScope({call_, stacks_, stack_.id, stack_.name, stack_.blueprint,
                     stack_.deployment->conditions, stack_.resources});
}

void Deployer::stack_event(Moment moment, const std::string& status, const std::string& reason) {
  Event event{.id = call_.ids().uuid(),
              .logical_id = stack_.name,
              .physical_id = stack_.id,
              .type = std::string(kStackType),
              .status = status,
              .reason = reason};
  if (stack_.deployment) event.token = stack_.deployment->token;
  stack_.add_event(moment, std::move(event));
}

void Deployer::resource_event(Moment moment, const std::string& id, const Resource& resource,
                              const std::string& status, const std::string& reason,
                              bool of_replaced) {
  Event event{.id = id + '-' + call_.ids().uuid(),
              .logical_id = id,
              .physical_id = resource.physical_id,
              .type = resource.type,
              .status = status,
              .reason = reason,
              .of_replaced = of_replaced};
  if (!status.starts_with("DELETE_")) {
    // Each has an id of its own, though several may fall into one millisecond.
    event.id = id + '-' + status + '-' +
               event_time(moment.at + Milliseconds(static_cast<int>(stack_.next_event % 1000)));
    event.properties = resource.properties.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  if (stack_.deployment) event.token = stack_.deployment->token;
  stack_.add_event(moment, std::move(event));
}

std::optional<std::string> Deployer::attempt(
    const std::string& id, const Resource& resource, const Json& before,
    const std::function<void(const ResourceType&, const ResourceCall&)>& act) const {
  const ResourceType* type = find_type(resource.type);
  if (type == nullptr) return "The resource type " + resource.type + " is not emulated";
  const ResourceCall::Context context{.call = call_,
                                      .stack_id = stack_.id,
                                      .stack_name = stack_.name,
                                      .logical_id = id,
                                      .type = resource.type,
                                      .properties = resource.properties,
                                      .before = before,
                                      .stack_tags = stack_.blueprint.tags,
                                      .physical_id = resource.physical_id,
                                      .attributes = resource.attributes};
  try {
    // Several operations may make a resource; of one that fails nothing is left.
    call_.atomically([&] { act(*type, ResourceCall(context)); });
    return std::nullopt;
  } catch (const AwsError& error) {
    return failure_reason(resource.type, error, call_);
  } catch (const Json::exception&) {
    return "Properties validation failed for resource " + id +
           " with message:\n#: a property is not of the type that it must have";
  }
}

void Deployer::create(const std::string& token) {
  const Moment begun{outer_.now(), false};
  Deployment deployment;
  deployment.begun = begun;
  deployment.token = token;
  deployment.conditions = conditions_of(call_, stacks_, stack_.id, stack_.name, stack_.blueprint);
  deployment.needs = resource_needs(stack_.blueprint.body, deployment.conditions);
  if (stack_.timeout_minutes)
    deployment.deadline = begun.at + std::chrono::minutes(*stack_.timeout_minutes);
  stack_.deployment = std::move(deployment);
  stack_event(begun, "CREATE_IN_PROGRESS", "User Initiated");
  run();
}

void Deployer::update(Blueprint next, const std::string& token, bool disable_rollback) {
  Deployment deployment;
  deployment.kind = Deployment::Kind::kUpdate;
  deployment.begun = {outer_.now(), false};
  deployment.token = token;
  deployment.conditions = conditions_of(call_, stacks_, stack_.id, stack_.name, next);
  deployment.needs = resource_needs(next.body, deployment.conditions);
  deployment.before = stack_.blueprint;
  deployment.resources_before = stack_.resources;
  deployment.outputs_before = stack_.outputs;
  stack_.outputs_before = stack_.outputs;
  stack_.disable_rollback = disable_rollback;
  stack_.deployment = std::move(deployment);
  stack_.blueprint = std::move(next);
  stack_.updated = outer_.now();
  stack_event(stack_.deployment->begun, "UPDATE_IN_PROGRESS", "User Initiated");
  run();
}

void Deployer::advance() {
  if (stack_.deployment) run();
}

void Deployer::run() {
  for (;;) {
    Moment start;
    if (const std::optional<std::string> id = next_ready(start)) {
      if (const std::optional<Failed> failed = carry_out(*id, start)) return fail(*failed);
      continue;
    }
    bool progress = false;
    if (const std::optional<Failed> failed = look_at_waiting(progress)) return fail(*failed);
    if (!progress) break;
  }
  if (stack_.deployment->waiting.empty()) complete();
}

std::optional<std::string> Deployer::next_ready(Moment& start) const {
  const Deployment& deployment = *stack_.deployment;
  std::optional<std::string> best;
  for (const auto& [id, needed] : deployment.needs) {
    if (deployment.finished.contains(id) || deployment.waiting.contains(id)) continue;
    Moment earliest = deployment.begun;
    bool ready = true;
    for (const std::string& one : needed) {
      const auto finished = deployment.finished.find(one);
      ready = finished != deployment.finished.end();
      if (!ready) break;
      earliest = std::max(earliest, finished->second);
    }
    if (!ready || (best && earliest >= start)) continue;
    best = id;
    start = earliest;
  }
  return best;
}

}  // namespace cloudchamber::mock::cloudformation
