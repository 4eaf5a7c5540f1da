#include "mock-server/services/cloudformation/stacks/deployer.h"

#include <algorithm>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/convert.h"
#include "mock-server/services/cloudformation/resource_types/registry.h"
#include "mock-server/services/cloudformation/stacks/durations.h"
#include "mock-server/services/cloudformation/stacks/failure_reason.h"
#include "mock-server/services/cloudformation/stacks/plan.h"
#include "mock-server/services/cloudformation/template/structure.h"

namespace cloudchamber::mock::cloudformation {
namespace {

// What a resource waits for is over before the next one begins, so nothing it does may see a
// transition going on.
Call::Context settled(Call::Context context) {
  context.transition_time = Milliseconds(-1);
  return context;
}

void refuse_dynamic_references(const Json& value) {
  if (value.is_string() &&
      value.get_ref<const std::string&>().find("{{resolve:") != std::string::npos)
    throw not_implemented("A dynamic reference, {{resolve:...}},");
  if (!value.is_structured()) return;
  for (const Json& inner : value) refuse_dynamic_references(inner);
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

Resource Deployer::resolved(const std::string& id) {
  const Json& definition = section(stack_.blueprint.body, "Resources")[id];
  const StackScope names = scope();
  Resolver resolver(names);
  Resource resource;
  resource.type = definition.at("Type").get<std::string>();
  resource.definition = definition;
  resource.properties = resolver.value_of(section(definition, "Properties"));
  if (resource.properties.is_null()) resource.properties = Json::object();
  refuse_dynamic_references(resource.properties);
  resource.metadata = resolver.value_of(member(definition, "Metadata"));
  const auto policy = [&](const char* name, std::string fallback) {
    const Json value = resolver.value_of(member(definition, name));
    return value.is_string() ? value.get<std::string>() : std::move(fallback);
  };
  resource.deletion_policy = policy("DeletionPolicy", "Delete");
  resource.update_replace_policy = policy("UpdateReplacePolicy", "Delete");
  resource.needs = stack_.deployment->needs.at(id);
  stack_.imports.insert(names.imported().begin(), names.imported().end());
  return resource;
}

std::optional<Deployer::Failed> Deployer::carry_out(const std::string& id, Moment start) {
  const auto existing = stack_.resources.find(id);
  const bool is_new = existing == stack_.resources.end();
  Resource resource;
  try {
    resource = resolved(id);
  } catch (const StackFailure& failure) {
    return Failed{"", failure.reason, later(start)};
  } catch (const AwsError& error) {
    Resource shown;
    shown.type = section(stack_.blueprint.body, "Resources")[id].at("Type").get<std::string>();
    if (!is_new) shown = existing->second;
    resource_event(later(start), id, shown, is_new ? "CREATE_FAILED" : "UPDATE_FAILED",
                   error.message());
    return Failed{id, error.message(), later(start), is_new};
  }
  if (is_new) return create_resource(id, std::move(resource), start);

  Resource& now = existing->second;
  resource.physical_id = now.physical_id;
  resource.attributes = now.attributes;
  const bool same_tags = stack_.deployment->before.tags == stack_.blueprint.tags;
  const ResourceType* type = find_type(resource.type);
  const bool takes_tags = type != nullptr && type->find("Tags") != nullptr;
  if (now.type == resource.type && now.properties == resource.properties &&
      (same_tags || !takes_tags) && now.type != kStackType) {
    const bool metadata = now.metadata != resource.metadata;
    now = std::move(resource);
    if (metadata) {
      resource_event(start, id, now, "UPDATE_IN_PROGRESS");
      resource_event(later(start), id, now, "UPDATE_COMPLETE");
    }
    stack_.deployment->finished[id] = metadata ? later(start) : start;
    return std::nullopt;
  }
  if (now.type != resource.type ||
      needs_replacement(resource.type, now.properties, resource.properties))
    return replace_resource(id, std::move(resource), start);
  return update_resource(id, std::move(resource), start);
}

std::optional<Deployer::Failed> Deployer::create_resource(const std::string& id, Resource resource,
                                                          Moment start) {
  resource_event(start, id, resource, "CREATE_IN_PROGRESS");
  const auto wrong = attempt(id, resource, Json::object(),
                             [&](const ResourceType& type, const ResourceCall& call) {
                               check_properties(type, id, call.properties());
                               Made made = type.create(call);
                               resource.physical_id = std::move(made.physical_id);
                               resource.attributes = std::move(made.attributes);
                             });
  if (wrong) {
    resource_event(later(start), id, resource, "CREATE_FAILED", *wrong);
    return Failed{id, *wrong, later(start)};
  }
  stack_.deployment->created.push_back(id);
  resource_event(start, id, resource, "CREATE_IN_PROGRESS", "Resource creation Initiated");
  if (resource.type == kStackType) {
    if (Stack* child = stacks_.by_id.change(resource.physical_id)) {
      child->parent_id = stack_.id;
      child->root_id = stack_.root_id.empty() ? stack_.id : stack_.root_id;
    }
  }
  const Resource& kept = stack_.resources[id] = std::move(resource);
  try {
    if (const auto waiting = what_to_wait_for(*find_type(kept.type), kept, id, start)) {
      stack_.deployment->waiting[id] = *waiting;
      return std::nullopt;
    }
  } catch (const AwsError& error) {
    resource_event(later(start), id, kept, "CREATE_FAILED", error.message());
    return Failed{id, error.message(), later(start)};
  }
  resource_event(later(start), id, kept, "CREATE_COMPLETE");
  stack_.deployment->finished[id] = later(start);
  return std::nullopt;
}

std::optional<Deployer::Failed> Deployer::update_resource(const std::string& id, Resource resource,
                                                          Moment start) {
  Resource& now = stack_.resources[id];
  resource_event(start, id, resource, "UPDATE_IN_PROGRESS");
  const auto wrong = attempt(id, resource, now.properties,
                             [&](const ResourceType& type, const ResourceCall& call) {
                               check_properties(type, id, call.properties());
                               Made made = type.update(call);
                               resource.physical_id = std::move(made.physical_id);
                               if (!made.attributes.empty())
                                 resource.attributes = std::move(made.attributes);
                             });
  if (wrong) {
    resource_event(later(start), id, resource, "UPDATE_FAILED", *wrong);
    stack_.deployment->updated.push_back(id);
    return Failed{id, *wrong, later(start), false};
  }
  now = std::move(resource);
  stack_.deployment->updated.push_back(id);
  if (find_type(now.type)->ready != nullptr) {
    stack_.deployment->waiting[id] = {.since = start};
    return std::nullopt;
  }
  resource_event(later(start), id, now, "UPDATE_COMPLETE");
  stack_.deployment->finished[id] = later(start);
  return std::nullopt;
}

std::optional<Deployer::Failed> Deployer::replace_resource(const std::string& id, Resource resource,
                                                           Moment start) {
  Resource& now = stack_.resources[id];
  const Resource shown = now;
  const ResourceType* type = find_type(resource.type);
  const auto fail_with = [&](const std::string& reason) {
    resource_event(later(start), id, shown, "UPDATE_FAILED", reason);
    return Failed{id, reason, later(start), false};
  };
  if (type != nullptr && !type->name_property.empty() && now.type == resource.type) {
    const Json& name = member(resource.properties, type->name_property);
    if (!name.is_null() && name == member(now.properties, type->name_property)) {
      return fail_with(
          "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
          "Rename " +
          (name.is_string() ? name.get<std::string>() : id) + " and update the stack again.");
    }
  }
  Resource event_shape = resource;
  event_shape.physical_id = now.physical_id;
  resource_event(start, id, event_shape, "UPDATE_IN_PROGRESS",
                 "Requested update requires the creation of a new physical resource; hence "
                 "creating one.");
  resource.physical_id.clear();
  resource.attributes = Json::object();
  const auto wrong =
      attempt(id, resource, Json::object(), [&](const ResourceType& of, const ResourceCall& call) {
        check_properties(of, id, call.properties());
        Made made = of.create(call);
        resource.physical_id = std::move(made.physical_id);
        resource.attributes = std::move(made.attributes);
      });
  if (wrong) return fail_with(*wrong);
  stack_.deployment->replaced.push_back(id);
  stack_.signals.erase(id);
  now = std::move(resource);
  resource_event(start, id, now, "UPDATE_IN_PROGRESS", "Resource creation Initiated");
  if (const auto waiting = what_to_wait_for(*type, now, id, start)) {
    stack_.deployment->waiting[id] = *waiting;
    stack_.deployment->waiting[id].replaces = true;
    return std::nullopt;
  }
  resource_event(later(start), id, now, "UPDATE_COMPLETE");
  stack_.deployment->finished[id] = later(start);
  return std::nullopt;
}

std::optional<Waiting> Deployer::what_to_wait_for(const ResourceType& type,
                                                  const Resource& resource, const std::string& id,
                                                  Moment start) const {
  if (type.ready != nullptr) return Waiting{.since = start};
  const StackScope names = scope();
  const Json policy = Resolver(names).value_of(
      member(member(resource.definition, "CreationPolicy"), "ResourceSignal"));
  if (policy.is_object()) {
    const auto count = integer_in(policy.value("Count", Json(1)));
    const auto timeout = duration_in(policy.value("Timeout", std::string("PT5M")));
    if (!count || *count < 0 || !timeout)
      throw validation_error("CreationPolicy of " + id + ": invalid Count or Timeout");
    if (*count == 0) return std::nullopt;
    return Waiting{start, start.at + *timeout, *count, id, false};
  }
  if (resource.type != "AWS::CloudFormation::WaitCondition") return std::nullopt;
  const Json& handle = member(resource.properties, "Handle");
  const auto timeout = integer_in(member(resource.properties, "Timeout"));
  const auto count = integer_in(resource.properties.value("Count", Json(1)));
  if (handle.is_null()) throw validation_error("Property Handle cannot be empty.");
  if (!timeout) throw validation_error("Property Timeout cannot be empty.");
  if (*timeout < 0 || *timeout > 43'200 || !count || *count < 0)
    throw validation_error("WaitCondition Timeout or Count is out of range");
  for (const auto& [other, candidate] : stack_.resources) {
    if (Json(candidate.physical_id) != handle) continue;
    if (*count == 0) return std::nullopt;
    return Waiting{start, start.at + Seconds(*timeout), *count, other, false};
  }
  throw validation_error("WaitCondition handle is no handle of this stack");
}

std::optional<Deployer::Failed> Deployer::look_at_waiting(bool& progress) {
  const TimePoint now = outer_.now();
  std::vector<std::string> ids;
  for (const auto& [id, waiting] : stack_.deployment->waiting) ids.push_back(id);
  for (const std::string& id : ids) {
    const Waiting waiting = stack_.deployment->waiting[id];
    const bool is_update =
        !std::count(stack_.deployment->created.begin(), stack_.deployment->created.end(), id);
    const auto fail_with = [&](const std::string& reason, Moment moment) {
      resource_event(moment, id, stack_.resources[id],
                     is_update ? "UPDATE_FAILED" : "CREATE_FAILED", reason);
      stack_.deployment->waiting.erase(id);
      return Failed{id, reason, moment, !is_update};
    };
    if (waiting.needed == 0) {
      bool ready = false;
      Resource& resource = stack_.resources[id];
      Json attributes = resource.attributes;
      const auto wrong = attempt(id, resource, Json::object(),
                                 [&](const ResourceType& type, const ResourceCall& call) {
                                   ready = type.ready(call);
                                   if (ready && type.attributes_of != nullptr)
                                     attributes = type.attributes_of(call);
                                 });
      const Moment moment = std::max(later(waiting.since), Moment{now, false});
      if (wrong) return fail_with(*wrong, moment);
      if (!ready) continue;
      resource.attributes = std::move(attributes);
      finish_waiting(id, moment);
      progress = true;
      continue;
    }
    std::int64_t received = 0;
    for (const Signal& signal : stack_.signals[waiting.source]) {
      if (!signal.success) {
        const std::string what = stack_.resources[id].type == "AWS::CloudFormation::WaitCondition"
                                     ? "WaitCondition received failed message: '" + signal.reason +
                                           "' for uniqueId: " + signal.id
                                     : "Received 1 FAILURE signal(s) out of " +
                                           std::to_string(waiting.needed) +
                                           ". Unable to satisfy 100% MinSuccessfulInstancesPercent "
                                           "requirement";
        return fail_with(what, {now, false});
      }
      ++received;
    }
    if (received >= waiting.needed) {
      finish_waiting(id, std::max(later(waiting.since), Moment{now, false}));
      progress = true;
    } else if (waiting.deadline && now >= *waiting.deadline) {
      const bool condition = stack_.resources[id].type == "AWS::CloudFormation::WaitCondition";
      const std::string counts =
          "Received " + std::to_string(received) +
          (condition ? " conditions when expecting " : " SUCCESS signal(s) out of ") +
          std::to_string(waiting.needed);
      return fail_with(condition ? "WaitCondition timed out. " + counts
                                 : "Failed to receive " + std::to_string(waiting.needed) +
                                       " resource signal(s) within the specified duration",
                       {*waiting.deadline, false});
    }
  }
  return timed_out();
}

std::optional<Deployer::Failed> Deployer::timed_out() const {
  const Deployment& deployment = *stack_.deployment;
  if (deployment.waiting.empty() || !deployment.deadline || outer_.now() < *deployment.deadline)
    return std::nullopt;
  return Failed{
      "", "Stack creation time exceeded the specified timeout.", {*deployment.deadline, false}};
}

void Deployer::finish_waiting(const std::string& id, Moment moment) {
  const Waiting waiting = stack_.deployment->waiting[id];
  Resource& resource = stack_.resources[id];
  if (resource.type == "AWS::CloudFormation::WaitCondition") {
    Json data = Json::object();
    for (const Signal& signal : stack_.signals[waiting.source]) data[signal.id] = signal.data;
    resource.attributes["Data"] = data.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  const bool created =
      std::count(stack_.deployment->created.begin(), stack_.deployment->created.end(), id) != 0;
  resource_event(moment, id, resource, created ? "CREATE_COMPLETE" : "UPDATE_COMPLETE");
  stack_.deployment->finished[id] = moment;
  stack_.deployment->waiting.erase(id);
}

}  // namespace cloudchamber::mock::cloudformation
