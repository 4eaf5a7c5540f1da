#include "mock-server/services/cloudformation/stacks/stack_scope.h"

#include <algorithm>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/template/language_extensions.h"
#include "mock-server/services/cloudformation/template/structure.h"
#include "mock-server/services/cloudformation/template/template.h"

namespace cloudchamber::mock::cloudformation {

StackScope::StackScope(const Of& of) : of_(of) {
  const Json& definitions = section(of.blueprint.body, "Parameters");
  for (const auto& [name, value] : of.blueprint.parameters) {
    const auto definition = definitions.find(name);
    if (definition != definitions.end())
      parameters_[name] = parameter_reference(*definition, value);
  }
  parameters_["AWS::AccountId"] = of.call.account();
  parameters_["AWS::NotificationARNs"] = of.blueprint.notification_arns;
  parameters_["AWS::Partition"] = "aws";
  parameters_["AWS::Region"] = of.call.region();
  parameters_["AWS::StackId"] = of.stack_id;
  parameters_["AWS::StackName"] = of.stack_name;
  parameters_["AWS::URLSuffix"] = "amazonaws.com";
  const std::vector<std::string> transforms = transforms_of(of.blueprint.body);
  extensions_ =
      std::find(transforms.begin(), transforms.end(), kLanguageExtensions) != transforms.end();
}

const Json* StackScope::parameter(const std::string& name) const {
  const auto found = parameters_.find(name);
  return found == parameters_.end() ? nullptr : &found->second;
}

Json StackScope::resource(const std::string& logical_id) const {
  const auto found = of_.resources.find(logical_id);
  if (found == of_.resources.end()) {
    throw template_format_error("Unresolved resource dependencies [" + logical_id +
                                "] in the Resources block of the template");
  }
  return found->second.physical_id;
}

Json StackScope::attribute(const std::string& logical_id, const std::string& name) const {
  const auto found = of_.resources.find(logical_id);
  if (found == of_.resources.end())
    throw template_error("instance of Fn::GetAtt references undefined resource " + logical_id);
  const auto value = found->second.attributes.find(name);
  if (value == found->second.attributes.end()) {
    throw template_error("resource " + logical_id + " does not support attribute type " + name +
                         " in Fn::GetAtt");
  }
  return *value;
}

bool StackScope::condition(const std::string& name) const {
  const auto found = of_.conditions.find(name);
  if (found == of_.conditions.end())
    throw template_error("unresolved condition dependency " + name + " in Fn::If");
  return found->second;
}

Json StackScope::import_value(const std::string& export_name) const {
  const Export found = find_export(of_.stacks, export_name);
  if (found.stack == nullptr) throw StackFailure{"No export named " + export_name + " found."};
  imported_.insert(export_name);
  return found.value;
}

Json StackScope::availability_zones(const std::string& region) const {
  const std::string of = region.empty() ? of_.call.region() : region;
  Json zones = Json::array();
  if (of == of_.call.region()) {
    const Json answer = of_.call.invoke("ec2", "DescribeAvailabilityZones", Json::object());
    for (const Json& zone : answer.value("AvailabilityZones", Json::array()))
      zones.push_back(zone.value("ZoneName", std::string()));
    return zones;
  }
  throw not_implemented("Fn::GetAZs of another region");
}

const Json& StackScope::mappings() const { return section(of_.blueprint.body, "Mappings"); }

Conditions conditions_of(const Call& call, const Stacks& stacks, const std::string& stack_id,
                         const std::string& stack_name, const Blueprint& blueprint) {
  const Conditions none;
  const Resources no_resources;
  const StackScope scope({call, stacks, stack_id, stack_name, blueprint, none, no_resources});
  try {
    return evaluate_conditions(blueprint.body, scope);
  } catch (const StackFailure& failure) {
    throw validation_error(failure.reason);
  }
}

Export find_export(const Stacks& stacks, const std::string& name) {
  for (const auto& [id, stack] : stacks.by_id) {
    if (stack.deleted) continue;
    const auto found = stack.exports.find(name);
    if (found != stack.exports.end()) return {&stack, found->second};
  }
  return {};
}

std::vector<std::string> importers_of(const Stacks& stacks, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& [id, stack] : stacks.by_id) {
    if (!stack.deleted && stack.imports.contains(name)) names.push_back(stack.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace cloudchamber::mock::cloudformation
