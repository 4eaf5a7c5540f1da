#include "mock-server/services/cloudformation/service.h"

#include <nlohmann/json.hpp>

#include "mock-server/call/constraints.h"
#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/operations/operations.h"
#include "mock-server/services/cloudformation/operations/signals.h"

namespace cloudchamber::mock::cloudformation {
namespace {

void check_constraints(const Call& call) {
  if (call.operation().input == nullptr) return;
  if (const auto message = constraint_message(*call.operation().input, call.input()))
    throw validation_error(*message);
}

}  // namespace

// What is emulated, on one screen. An operation of the model that has no line here is answered with
// NotImplemented, by name.
Service make_service() {
  return Service("cloudformation")
      .validated_by(check_constraints)
      .with_hooks(make_hooks())
      .on("CreateStack", create_stack)
      .on("UpdateStack", update_stack)
      .on("DeleteStack", delete_stack)
      .on("CancelUpdateStack", cancel_update_stack)
      .on("ContinueUpdateRollback", continue_update_rollback)
      .on("UpdateTerminationProtection", update_termination_protection)
      .on("SetStackPolicy", set_stack_policy)
      .on("GetStackPolicy", get_stack_policy)
      .on("SignalResource", signal_resource)
      .on("DescribeStacks", describe_stacks)
      .on("ListStacks", list_stacks)
      .on("DescribeStackEvents", describe_stack_events)
      .on("DescribeStackResource", describe_stack_resource)
      .on("DescribeStackResources", describe_stack_resources)
      .on("ListStackResources", list_stack_resources)
      .on("ListExports", list_exports)
      .on("ListImports", list_imports)
      .on("DescribeAccountLimits", describe_account_limits)
      .on("GetTemplate", get_template)
      .on("GetTemplateSummary", get_template_summary)
      .on("ValidateTemplate", validate_template)
      .on("CreateChangeSet", create_change_set)
      .on("DescribeChangeSet", describe_change_set)
      .on("ExecuteChangeSet", execute_change_set)
      .on("DeleteChangeSet", delete_change_set)
      .on("ListChangeSets", list_change_sets);
}

}  // namespace cloudchamber::mock::cloudformation
