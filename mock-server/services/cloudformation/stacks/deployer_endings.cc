// How what a Deployer began ends: outputs and completion, failure and the way back, deletion.
#include <algorithm>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/registry.h"
#include "mock-server/services/cloudformation/stacks/deployer.h"
#include "mock-server/services/cloudformation/stacks/stack_outputs.h"
#include "mock-server/services/cloudformation/template/structure.h"

namespace cloudchamber::mock::cloudformation {
namespace {

std::string failed_to(const char* what, const std::vector<std::string>& ids) {
  return "The following resource(s) failed to " + std::string(what) + ": " + listed(ids) + ". ";
}

}  // namespace

std::optional<Deployer::Failed> Deployer::make_outputs(Moment moment) {
  const StackScope names = scope();
  try {
    OutputsOfStack made = outputs_of(names, stack_, stacks_, stack_.deployment->conditions);
    stack_.outputs = std::move(made.outputs);
    stack_.exports = std::move(made.exports);
    stack_.imports.insert(names.imported().begin(), names.imported().end());
    return std::nullopt;
  } catch (const StackFailure& failure) {
    return Failed{"", failure.reason, moment};
  } catch (const AwsError& error) {
    return Failed{"", error.message() + ".", moment};
  }
}

void Deployer::complete() {
  const Deployment& deployment = *stack_.deployment;
  Moment end = later(deployment.begun);
  for (const auto& [id, moment] : deployment.finished) end = std::max(end, moment);
  if (const std::optional<Failed> failed = make_outputs(end)) return fail(*failed);
  if (deployment.kind == Deployment::Kind::kCreate) {
    stack_event(end, "CREATE_COMPLETE");
  } else {
    Resources left_over;
    for (const auto& [id, resource] : deployment.resources_before) {
      const bool gone = !deployment.needs.contains(id);
      const bool replaced = std::find(deployment.replaced.begin(), deployment.replaced.end(), id) !=
                            deployment.replaced.end();
      if (gone || replaced) left_over[id] = resource;
      if (gone) stack_.resources.erase(id);
    }
    stack_event(end, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
    end = clean_up(end, "UPDATE_COMPLETE", left_over);
  }
  stack_.deployment.reset();
}

void Deployer::fail(const Failed& failed) {
  cancel_waiting(failed.moment);
  if (stack_.deployment->kind == Deployment::Kind::kCreate) {
    fail_creation(failed);
  } else {
    fail_update(failed);
  }
}

void Deployer::cancel_waiting(Moment moment) {
  const Deployment& deployment = *stack_.deployment;
  for (const auto& [id, waiting] : deployment.waiting) {
    const bool created = std::count(deployment.created.begin(), deployment.created.end(), id) != 0;
    resource_event(moment, id, stack_.resources[id], created ? "CREATE_FAILED" : "UPDATE_FAILED",
                   created ? "Resource creation cancelled" : "Resource update cancelled");
  }
  stack_.deployment->waiting.clear();
}

void Deployer::fail_creation(const Failed& failed) {
  const std::string why =
      failed.logical_id.empty() ? failed.reason + ' ' : failed_to("create", {failed.logical_id});
  Moment end = failed.moment;
  std::vector<std::string> stuck;
  const bool stays = stack_.disable_rollback || stack_.on_failure == "DO_NOTHING";
  // What was never made counts as deleted, too.
  const auto forget_failed = [&] {
    if (failed.logical_id.empty() || stack_.resources.contains(failed.logical_id)) return;
    Resource never_made;
    never_made.type = section(stack_.blueprint.body, "Resources")[failed.logical_id]
                          .at("Type")
                          .get<std::string>();
    resource_event(end, failed.logical_id, never_made, "DELETE_COMPLETE");
  };
  if (stays) {
    stack_event(end, "CREATE_FAILED", why);
  } else if (stack_.on_failure == "DELETE") {
    stack_event(end, "DELETE_IN_PROGRESS", why + "Delete requested by user.");
    stack_.deletion_time = end.at;
    forget_failed();
    end = remove_all(end, {}, true, stuck);
    stack_.deleted = stuck.empty();
    stack_event(end, stuck.empty() ? "DELETE_COMPLETE" : "DELETE_FAILED",
                stuck.empty() ? "" : failed_to("delete", stuck));
  } else {
    stack_event(end, "ROLLBACK_IN_PROGRESS", why + "Rollback requested by user.");
    stack_.deletion_time = end.at;
    forget_failed();
    end = remove_all(end, {}, true, stuck);
    stack_event(end, stuck.empty() ? "ROLLBACK_COMPLETE" : "ROLLBACK_FAILED",
                stuck.empty() ? "" : failed_to("delete", stuck));
  }
  stack_.imports.clear();
  stack_.deployment.reset();
}

void Deployer::fail_update(const Failed& failed) {
  const std::string why =
      failed.logical_id.empty()
          ? failed.reason
          : failed_to(failed.while_creating ? "create" : "update", {failed.logical_id});
  if (stack_.disable_rollback) {
    stack_event(failed.moment, "UPDATE_FAILED", why);
    stack_.deployment.reset();
    return;
  }
  stack_event(failed.moment, "UPDATE_ROLLBACK_IN_PROGRESS", why);
  std::vector<std::string> stuck;
  const Moment end = restore({}, failed.moment, stuck);
  finish_rollback(end, stuck);
}

Moment Deployer::restore(const std::set<std::string>& skipped, Moment start,
                         std::vector<std::string>& failed) {
  const Deployment& deployment = *stack_.deployment;
  stack_.blueprint = deployment.before;
  Moment end = start;
  for (auto id = deployment.replaced.rbegin(); id != deployment.replaced.rend(); ++id) {
    const Resource& former = deployment.resources_before.at(*id);
    resource_event(start, *id, former, "UPDATE_IN_PROGRESS");
    resource_event(later(start), *id, former, "UPDATE_COMPLETE");
    end = std::max(end, later(start));
  }
  for (auto id = deployment.updated.rbegin(); id != deployment.updated.rend(); ++id) {
    const auto former = deployment.resources_before.find(*id);
    if (former == deployment.resources_before.end() || skipped.contains(*id)) continue;
    resource_event(start, *id, former->second, "UPDATE_IN_PROGRESS");
    Resource back = former->second;
    const auto wrong =
        attempt(*id, back, stack_.resources[*id].properties,
                [&](const ResourceType& type, const ResourceCall& call) { type.update(call); });
    end = std::max(end, later(start));
    if (wrong) {
      resource_event(later(start), *id, back, "UPDATE_FAILED", *wrong);
      failed.push_back(*id);
    } else {
      resource_event(later(start), *id, back, "UPDATE_COMPLETE");
      stack_.resources[*id] = std::move(back);
    }
  }
  return end;
}

void Deployer::finish_rollback(Moment moment, const std::vector<std::string>& failed) {
  if (!failed.empty()) {
    // The deployment stays, for ContinueUpdateRollback.
    stack_event(moment, "UPDATE_ROLLBACK_FAILED", failed_to("update", failed));
    return;
  }
  const Deployment deployment = *stack_.deployment;
  Resources left_over;
  for (const std::string& id : deployment.replaced) {
    left_over[id] = stack_.resources[id];
    stack_.resources[id] = deployment.resources_before.at(id);
  }
  stack_event(moment, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
  for (const std::string& id : deployment.created) {
    const auto made = stack_.resources.find(id);
    if (made == stack_.resources.end()) continue;
    left_over[id] = made->second;
    stack_.resources.erase(made);
  }
  for (auto& [id, resource] : left_over) resource.deletion_policy = "Delete";
  clean_up(moment, "UPDATE_ROLLBACK_COMPLETE", left_over);
  stack_.deployment.reset();
}

void Deployer::cancel_update(const std::string& token) {
  stack_.deployment->token = token;
  const Moment now{outer_.now(), false};
  cancel_waiting(now);
  stack_event(now, "UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated");
  std::vector<std::string> stuck;
  const Moment end = restore({}, now, stuck);
  finish_rollback(std::max(end, later(now)), stuck);
}

void Deployer::continue_rollback(const std::set<std::string>& skipped, const std::string& token) {
  stack_.deployment->token = token;
  const Moment now{outer_.now(), false};
  stack_event(now, "UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated");
  std::vector<std::string> stuck;
  const Moment end = restore(skipped, now, stuck);
  finish_rollback(std::max(end, later(now)), stuck);
}

Moment Deployer::clean_up(Moment start, const std::string& status, const Resources& left_over) {
  Moment end = start;
  for (const auto& [id, resource] : left_over) {
    const bool replaced = stack_.resources.contains(id);
    // A former self goes by its UpdateReplacePolicy, what is no longer wanted by its
    // DeletionPolicy.
    const std::string& policy =
        replaced ? resource.update_replace_policy : resource.deletion_policy;
    end = std::max(end, later(start));
    (void)remove_resource(id, resource, start, later(start), policy, replaced);
  }
  stack_event(end, status);
  return end;
}

void Deployer::remove(const std::set<std::string>& retained, const std::string& token) {
  const Moment now{outer_.now(), false};
  if (!stack_.deployment) stack_.deployment.emplace();
  stack_.deployment->token = token;
  const std::string status_before = stack_.status_at(outer_.now());
  stack_event(now, "DELETE_IN_PROGRESS", "User Initiated");
  for (const auto& [name, value] : stack_.exports) {
    const std::vector<std::string> importers = importers_of(stacks_, name);
    if (importers.empty()) continue;
    std::string by;
    for (const std::string& one : importers) by += (by.empty() ? "" : ", ") + one;
    stack_event(later(now), status_before,
                "Export " + name + " cannot be deleted as it is in use by " + by);
    stack_.deployment.reset();
    return;
  }
  stack_.deletion_time = outer_.now();
  stack_.deployment->waiting.clear();
  std::vector<std::string> stuck;
  const Moment end = std::max(remove_all(now, retained, false, stuck), later(now));
  if (stuck.empty()) {
    stack_.deleted = true;
    stack_.exports.clear();
    stack_.imports.clear();
    stack_event(end, "DELETE_COMPLETE");
  } else {
    stack_event(end, "DELETE_FAILED", failed_to("delete", stuck));
  }
  stack_.deployment.reset();
}

Moment Deployer::remove_all(Moment start, const std::set<std::string>& retained,
                            bool of_failed_creation, std::vector<std::string>& failed) {
  std::map<std::string, std::set<std::string>> needed_by;
  for (const auto& [id, resource] : stack_.resources) {
    for (const std::string& one : resource.needs) needed_by[one].insert(id);
  }
  std::map<std::string, Moment> gone;
  std::set<std::string> left;
  for (const auto& [id, resource] : stack_.resources) left.insert(id);
  Moment end = start;
  for (bool progress = true; progress;) {
    progress = false;
    const std::set<std::string> candidates = left;
    for (const std::string& id : candidates) {
      Moment begin = start;
      const std::set<std::string>& users = needed_by[id];
      const bool free = std::all_of(users.begin(), users.end(), [&](const std::string& user) {
        const auto moment = gone.find(user);
        if (moment == gone.end()) return false;
        begin = std::max(begin, moment->second);
        return true;
      });
      if (!free) continue;
      progress = true;
      left.erase(id);
      const Resource resource = stack_.resources[id];
      std::string policy = retained.contains(id) ? "Retain" : resource.deletion_policy;
      if (policy == "RetainExceptOnCreate") policy = of_failed_creation ? "Delete" : "Retain";
      end = std::max(end, later(begin));
      if (remove_resource(id, resource, begin, later(begin), policy, false)) {
        gone[id] = later(begin);
        stack_.resources.erase(id);
      } else {
        failed.push_back(id);
      }
    }
  }
  return end;
}

bool Deployer::remove_resource(const std::string& id, const Resource& resource, Moment start,
                               Moment end, const std::string& policy, bool of_replaced) {
  if (policy.starts_with("Retain")) {
    resource_event(end, id, resource, "DELETE_SKIPPED", "", of_replaced);
    return true;
  }
  resource_event(start, id, resource, "DELETE_IN_PROGRESS", "", of_replaced);
  const auto wrong = attempt(id, resource, resource.properties,
                             [&](const ResourceType& type, const ResourceCall& call) {
                               if (policy == "Snapshot" && type.snapshot != nullptr)
                                 type.snapshot(call);
                               type.remove(call);
                             });
  resource_event(end, id, resource, wrong ? "DELETE_FAILED" : "DELETE_COMPLETE", wrong.value_or(""),
                 of_replaced);
  return !wrong;
}

}  // namespace cloudchamber::mock::cloudformation
