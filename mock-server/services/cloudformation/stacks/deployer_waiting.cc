// What resources wait for before they are complete: their service, signals, conditions; and how
// long.
#include <algorithm>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/convert.h"
#include "mock-server/services/cloudformation/resource_types/registry.h"
#include "mock-server/services/cloudformation/stacks/deployer.h"
#include "mock-server/services/cloudformation/stacks/durations.h"
#include "mock-server/services/cloudformation/template/structure.h"

namespace cloudchamber::mock::cloudformation {

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
