// GetTemplate, GetTemplateSummary, ValidateTemplate.
#include <map>
#include <nlohmann/json.hpp>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/operations/change_sets.h"
#include "mock-server/services/cloudformation/operations/operations.h"
#include "mock-server/services/cloudformation/operations/requests.h"
#include "mock-server/services/cloudformation/resource_types/registry.h"
#include "mock-server/services/cloudformation/template/functions.h"
#include "mock-server/services/cloudformation/template/structure.h"
#include "mock-server/services/cloudformation/template/template.h"

namespace cloudchamber::mock::cloudformation {
namespace {

void add_capabilities(Json& reply, const Json& body) {
  const NeededCapabilities needed = capabilities_needed(body);
  if (!needed.capabilities.empty()) reply["Capabilities"] = needed.capabilities;
  if (!needed.reason.empty()) reply["CapabilitiesReason"] = needed.reason;
}

void add_common(Json& reply, const Json& body) {
  if (const Json& description = member(body, "Description"); description.is_string())
    reply["Description"] = description;
  if (const std::vector<std::string> transforms = transforms_of(body); !transforms.empty())
    reply["DeclaredTransforms"] = transforms;
  add_capabilities(reply, body);
}

Json parameter_declaration(const std::string& name, const Json& definition) {
  Json shown{{"ParameterKey", name}, {"NoEcho", is_hidden(definition)}};
  if (const Json& fallback = member(definition, "Default"); !fallback.is_null())
    shown["DefaultValue"] = text_of(fallback);
  if (const Json& description = member(definition, "Description"); description.is_string())
    shown["Description"] = description;
  return shown;
}

Json summary_of_parameter(const std::string& name, const Json& definition) {
  Json shown = parameter_declaration(name, definition);
  shown["ParameterType"] = definition.at("Type");
  Json constraints = Json::object();
  if (const Json& allowed = member(definition, "AllowedValues"); allowed.is_array()) {
    for (const Json& one : allowed) constraints["AllowedValues"].push_back(text_of(one));
  }
  shown["ParameterConstraints"] = std::move(constraints);
  return shown;
}

Json identifier_summaries(const Json& body) {
  std::map<std::string, Json> by_type;
  for (const auto& [id, definition] : section(body, "Resources").items())
    by_type[definition.at("Type").get<std::string>()].push_back(id);
  Json list = Json::array();
  for (auto& [type, ids] : by_type) {
    Json summary{{"ResourceType", type}, {"LogicalResourceIds", ids}};
    const ResourceType* known = find_type(type);
    if (known != nullptr && !known->identifiers.empty()) {
      for (const std::string_view one : known->identifiers)
        summary["ResourceIdentifiers"].push_back(std::string(one));
    }
    list.push_back(std::move(summary));
  }
  return list;
}

Json summary_of(const Json& body) {
  Json reply{{"ResourceTypes", resource_types(body)},
             {"Version", "2010-09-09"},
             {"ResourceIdentifierSummaries", identifier_summaries(body)},
             {"Parameters", Json::array()}};
  for (const auto& [name, definition] : section(body, "Parameters").items())
    reply["Parameters"].push_back(summary_of_parameter(name, definition));
  if (const Json& metadata = member(body, "Metadata"); metadata.is_object())
    reply["Metadata"] = metadata.dump(-1, ' ', false, Json::error_handler_t::replace);
  add_common(reply, body);
  return reply;
}

}  // namespace

Json get_template(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const Blueprint* blueprint = nullptr;
  if (call.has("ChangeSetName")) {
    const std::string& name = call.text("ChangeSetName");
    if (!call.has("StackName") && !is_arn(name))
      throw validation_error("StackName is a required parameter.");
    blueprint = &change_set_named(call, stacks).set->blueprint;
  } else {
    if (!call.has("StackName"))
      throw validation_error("StackName is required if ChangeSetName is not specified.");
    blueprint = &existing_stack(call, stacks, no_stack_with_id).blueprint;
  }
  const bool processed = call.text_or("TemplateStage", "Original") == "Processed" &&
                         !transforms_of(blueprint->body).empty();
  return {{"TemplateBody",
           processed ? blueprint->body.dump(-1, ' ', false, Json::error_handler_t::replace)
                     : blueprint->text},
          {"StagesAvailable", {"Original", "Processed"}}};
}

Json get_template_summary(Call& call, Stacks& stacks) {
  go_on(call, stacks);
  const int named = (call.has("StackName") ? 1 : 0) + (call.has("TemplateBody") ? 1 : 0) +
                    (call.has("TemplateURL") ? 1 : 0);
  if (named != 1) {
    throw validation_error(
        "Exactly one of StackName, StackSetName, TemplateBody, or TemplateURL must be specified");
  }
  if (call.has("StackName")) {
    const Stack& stack = existing_stack(call, stacks, no_stack_with_id);
    if (stack.status_at(call.now()) == "REVIEW_IN_PROGRESS") {
      throw validation_error("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.");
    }
    return summary_of(stack.blueprint.body);
  }
  const Json body = read_template(template_text(call));
  check_types_are_known(resource_types(body));
  return summary_of(body);
}

Json validate_template(Call& call) {
  const Json body = read_template(template_text(call));
  check_types_are_known(resource_types(body));
  check_attributes(body);
  Json reply{{"Parameters", Json::array()}};
  for (const auto& [name, definition] : section(body, "Parameters").items())
    reply["Parameters"].push_back(parameter_declaration(name, definition));
  add_common(reply, body);
  return reply;
}

}  // namespace cloudchamber::mock::cloudformation
