// DescribeStacks, ListStacks, events, resources, exports.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/operations/operations.h"
#include "mock-server/services/cloudformation/operations/requests.h"
#include "mock-server/services/cloudformation/operations/views.h"
#include "mock-server/services/cloudformation/stacks/stack_scope.h"

namespace cloudchamber::mock::cloudformation {
namespace {

constexpr std::size_t kPage = 100;

// Newest first.
template <class Accept>
std::vector<const Stack*> stacks_that(const Stacks& stacks, const Accept& accept) {
  std::vector<const Stack*> found;
  for (const auto& [id, stack] : stacks.by_id) {
    if (accept(stack)) found.push_back(&stack);
  }
  std::sort(found.begin(), found.end(),
            [](const Stack* a, const Stack* b) { return a->number > b->number; });
  return found;
}

template <class Item, class Show>
Json paged(const Call& call, const char* member, const std::vector<Item>& items, const Show& show,
           std::size_t size = kPage) {
  const Page page = page_of(call, items.size(), size);
  Json list = Json::array();
  for (std::size_t i = page.first; i < page.last; ++i) list.push_back(show(items[i]));
  Json reply{{member, std::move(list)}};
  if (!page.next.empty()) reply["NextToken"] = page.next;
  return reply;
}

}  // namespace

Json describe_stacks(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const TimePoint now = call.now();
  if (call.has("StackName")) {
    const Stack& stack = existing_stack(call, stacks, no_stack_with_id);
    return {{"Stacks", Json::array({describe_stack(stack, now)})}};
  }
  const auto all = stacks_that(
      stacks, [&](const Stack& stack) { return stack.status_at(now) != "DELETE_COMPLETE"; });
  return paged(call, "Stacks", all, [&](const Stack* one) { return describe_stack(*one, now); });
}

Json list_stacks(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const TimePoint now = call.now();
  const Json* filter = call.find("StackStatusFilter");
  const auto all = stacks_that(stacks, [&](const Stack& stack) {
    if (stacks.find(stack.id, now) == nullptr) return false;  // deleted too long ago
    if (filter == nullptr || filter->empty()) return true;
    return std::find(filter->begin(), filter->end(), stack.status_at(now)) != filter->end();
  });
  return paged(call, "StackSummaries", all,
               [&](const Stack* one) { return summarize_stack(*one, now); });
}

Json describe_stack_events(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  if (!call.has("StackName")) throw validation_error("StackName is required");
  const Stack& stack = existing_stack(call, stacks, no_stack);
  std::vector<const Table<EventKey, Event>::value_type*> shown;
  for (const auto& entry : stack.events) {
    if (!entry.first.moment.shows(call.now())) break;
    shown.push_back(&entry);
  }
  std::reverse(shown.begin(), shown.end());
  return paged(call, "StackEvents", shown, [&](const auto* entry) {
    return describe_event(stack, entry->first, entry->second);
  });
}

Json describe_stack_resource(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const Stack& stack = existing_stack(call, stacks, no_quoted_stack);
  const std::string& id = call.text("LogicalResourceId");
  for (const Stack::Shown& one : resources_shown(stack, call.now())) {
    if (one.event.logical_id != id) continue;
    Json detail = describe_resource(stack, one);
    detail["LastUpdatedTimestamp"] = detail["Timestamp"];
    detail.erase("Timestamp");
    const auto resource = stack.resources.find(id);
    const bool has_metadata =
        resource != stack.resources.end() && resource->second.metadata.is_object();
    detail["Metadata"] = has_metadata ? resource->second.metadata.dump(
                                            -1, ' ', false, Json::error_handler_t::replace)
                                      : "{}";
    return {{"StackResourceDetail", std::move(detail)}};
  }
  throw no_resource(id, call.text("StackName"));
}

Json describe_stack_resources(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const bool by_stack = call.has("StackName");
  const bool by_physical = call.has("PhysicalResourceId");
  if (by_stack == by_physical) {
    throw validation_error("Exactly one of StackName and PhysicalResourceId must be specified");
  }
  const Stack* stack = nullptr;
  if (by_stack) {
    stack = &existing_stack(call, stacks, no_stack_with_id);
  } else {
    const std::string& physical = call.text("PhysicalResourceId");
    for (const auto& [id, one] : stacks.by_id) {
      if (one.deleted) continue;
      for (const auto& [logical, resource] : one.resources) {
        if (resource.physical_id == physical) stack = &one;
      }
    }
    if (stack == nullptr) throw validation_error("Stack for " + physical + " does not exist");
  }
  Json resources = Json::array();
  const std::string wanted = call.text_or("LogicalResourceId", "");
  for (const Stack::Shown& one : resources_shown(*stack, call.now())) {
    if (wanted.empty() || one.event.logical_id == wanted)
      resources.push_back(describe_resource(*stack, one));
  }
  return {{"StackResources", std::move(resources)}};
}

Json list_stack_resources(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const Stack& stack = existing_stack(call, stacks, no_stack_with_id);
  return paged(call, "StackResourceSummaries", resources_shown(stack, call.now()),
               [&](const Stack::Shown& one) {
                 Json summary = describe_resource(stack, one);
                 summary["LastUpdatedTimestamp"] = summary["Timestamp"];
                 for (const char* name : {"Timestamp", "StackName", "StackId"}) summary.erase(name);
                 return summary;
               });
}

Json list_exports(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  std::map<std::string, Json> exports;
  for (const auto& [id, stack] : stacks.by_id) {
    if (stack.deleted) continue;
    for (const Json& output : outputs_at(stack, call.now())) {
      if (!output.contains("ExportName")) continue;
      const std::string name = output["ExportName"].get<std::string>();
      exports[name] = {{"ExportingStackId", id}, {"Name", name}, {"Value", output["OutputValue"]}};
    }
  }
  const std::vector<std::pair<std::string, Json>> list(exports.begin(), exports.end());
  return paged(call, "Exports", list, [](const auto& entry) { return entry.second; });
}

Json list_imports(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const std::string& name = call.text("ExportName");
  const std::vector<std::string> importers = importers_of(stacks, name);
  if (importers.empty())
    throw validation_error("Export '" + name + "' is not imported by any stack.");
  return paged(call, "Imports", importers, [](const std::string& one) { return Json(one); });
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
Json describe_account_limits(Call&) {
  return {{"AccountLimits",
           {{{"Name", "StackLimit"}, {"Value", 2000}},
            {{"Name", "StackOutputsLimit"}, {"Value", 200}},
            {{"Name", "ConcurrentResourcesLimit"}, {"Value", 2500}}}}};
}

}  // namespace cloudchamber::mock::cloudformation
