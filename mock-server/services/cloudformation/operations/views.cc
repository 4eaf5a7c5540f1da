#include "mock-server/services/cloudformation/operations/views.h"

#include "mock-server/services/cloudformation/template/structure.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::cloudformation {
namespace {

void put_if(Json& object, const char* name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}

}  // namespace

Json parameters_shown(const Blueprint& blueprint) {
  const Json& definitions = section(blueprint.body, "Parameters");
  Json list = Json::array();
  for (const auto& [name, value] : blueprint.parameters) {
    const bool hidden = is_hidden(member(definitions, name));
    list.push_back({{"ParameterKey", name}, {"ParameterValue", hidden ? "****" : value}});
  }
  return list;
}

const Json& outputs_at(const Stack& stack, TimePoint now) {
  static const Json kNone = Json::array();
  const std::string status = stack.status_at(now);
  if (status.starts_with("CREATE_IN") || status.starts_with("REVIEW") ||
      status.starts_with("ROLLBACK"))
    return kNone;
  return status == "UPDATE_IN_PROGRESS" ? stack.outputs_before : stack.outputs;
}

Json describe_stack(const Stack& stack, TimePoint now) {
  const Event* state = stack.state_at(now);
  Json shown{{"StackId", stack.id},
             {"StackName", stack.name},
             {"CreationTime", iso8601(stack.created)},
             {"RollbackConfiguration", stack.blueprint.rollback_configuration},
             {"StackStatus", state == nullptr ? "" : state->status},
             {"DisableRollback", stack.disable_rollback},
             {"NotificationARNs", stack.blueprint.notification_arns},
             {"Tags", stack.blueprint.tags},
             {"DriftInformation", {{"StackDriftStatus", "NOT_CHECKED"}}}};
  const std::string status = state == nullptr ? "" : state->status;
  // "User Initiated" is said of a review, but not of what goes on.
  if (state != nullptr && (state->reason != "User Initiated" || status == "REVIEW_IN_PROGRESS"))
    put_if(shown, "StackStatusReason", state->reason);
  const bool gone = status == "DELETE_COMPLETE";
  if (!gone) {
    shown["EnableTerminationProtection"] = stack.termination_protection;
    put_if(shown, "ChangeSetId", stack.change_set_id);
  }
  if (stack.updated) shown["LastUpdatedTime"] = iso8601(*stack.updated);
  if (stack.deletion_time &&
      (gone || status.find("ROLLBACK") != std::string::npos || status.starts_with("DELETE")))
    shown["DeletionTime"] = iso8601(*stack.deletion_time);
  put_if(shown, "Description", stack.blueprint.description);
  put_if(shown, "RoleARN", stack.blueprint.role_arn);
  put_if(shown, "ParentId", stack.parent_id);
  put_if(shown, "RootId", stack.root_id);
  if (stack.timeout_minutes) shown["TimeoutInMinutes"] = *stack.timeout_minutes;
  if (!stack.blueprint.capabilities.empty()) shown["Capabilities"] = stack.blueprint.capabilities;
  if (Json parameters = parameters_shown(stack.blueprint); !parameters.empty())
    shown["Parameters"] = std::move(parameters);
  if (const Json& outputs = outputs_at(stack, now); !outputs.empty()) shown["Outputs"] = outputs;
  return shown;
}

Json summarize_stack(const Stack& stack, TimePoint now) {
  const Json full = describe_stack(stack, now);
  Json summary = Json::object();
  for (const char* name :
       {"StackId", "StackName", "CreationTime", "LastUpdatedTime", "DeletionTime", "StackStatus",
        "StackStatusReason", "ParentId", "RootId", "DriftInformation"}) {
    if (full.contains(name)) summary[name] = full[name];
  }
  put_if(summary, "TemplateDescription", stack.blueprint.description);
  return summary;
}

Json describe_event(const Stack& stack, const EventKey& key, const Event& event) {
  Json shown{{"StackId", stack.id},
             {"EventId", event.id},
             {"StackName", stack.name},
             {"LogicalResourceId", event.logical_id},
             {"PhysicalResourceId", event.physical_id},
             {"ResourceType", event.type},
             {"Timestamp", iso8601(key.moment.at)},
             {"ResourceStatus", event.status}};
  put_if(shown, "ResourceStatusReason", event.reason);
  put_if(shown, "ResourceProperties", event.properties);
  put_if(shown, "ClientRequestToken", event.token);
  return shown;
}

Json describe_resource(const Stack& stack, const Stack::Shown& shown) {
  Json resource{{"StackName", stack.name},
                {"StackId", stack.id},
                {"LogicalResourceId", shown.event.logical_id},
                {"ResourceType", shown.event.type},
                {"ResourceStatus", shown.event.status},
                {"Timestamp", iso8601(shown.at)},
                {"DriftInformation", {{"StackResourceDriftStatus", "NOT_CHECKED"}}}};
  put_if(resource, "PhysicalResourceId", shown.event.physical_id);
  if (shown.event.reason != "Resource creation Initiated")
    put_if(resource, "ResourceStatusReason", shown.event.reason);
  return resource;
}

std::vector<Stack::Shown> resources_shown(const Stack& stack, TimePoint now) {
  std::vector<Stack::Shown> shown;
  const bool deleted = stack.status_at(now).starts_with("DELETE");
  for (auto& [id, one] : stack.resources_at(now)) {
    if (deleted || one.event.status != "DELETE_COMPLETE") shown.push_back(one);
  }
  return shown;
}

}  // namespace cloudchamber::mock::cloudformation
