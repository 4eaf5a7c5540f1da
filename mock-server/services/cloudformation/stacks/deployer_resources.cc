// What is done for one resource: created, updated, replaced, or left as it is.
#include "mock-server/services/cloudformation/resource_types/registry.h"
#include "mock-server/services/cloudformation/stacks/deployer.h"
#include "mock-server/services/cloudformation/stacks/plan.h"
#include "mock-server/services/cloudformation/template/structure.h"

namespace cloudchamber::mock::cloudformation {
namespace {

void refuse_dynamic_references(const Json& value) {
  if (value.is_string() &&
      value.get_ref<const std::string&>().find("{{resolve:") != std::string::npos)
    throw not_implemented("A dynamic reference, {{resolve:...}},");
  if (!value.is_structured()) return;
  for (const Json& inner : value) refuse_dynamic_references(inner);
}

}  // namespace

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

}  // namespace cloudchamber::mock::cloudformation
