#include "mock-server/services/cloudformation/operations/requests.h"

#include <algorithm>
#include <charconv>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/operations/template_url.h"
#include "mock-server/services/cloudformation/resource_types/registry.h"
#include "mock-server/services/cloudformation/template/structure.h"
#include "mock-server/services/cloudformation/template/template.h"
#include "mock-server/services/cloudformation/template/template_text.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::cloudformation {
namespace {

constexpr std::size_t kMaxTags = 50;

bool matches_type(const std::string& pattern, const std::string& type) {
  if (pattern.ends_with('*')) return type.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == type;
}

void check_allowed_types(const Call& call, const Json& body) {
  const Json* allowed = call.find("ResourceTypes");
  if (allowed == nullptr || allowed->empty()) return;
  const auto names = allowed->get<std::vector<std::string>>();
  for (const std::string& type : resource_types(body)) {
    const bool found = std::any_of(names.begin(), names.end(), [&](const std::string& pattern) {
      return matches_type(pattern, type);
    });
    if (!found) {
      throw validation_error("Resource type " + type +
                             " is not allowed by parameter ResourceTypes " + listed(names));
    }
  }
}

void check_capabilities(const Json& body, const Json& given) {
  const auto has = [&](const char* name) {
    return std::find(given.begin(), given.end(), name) != given.end();
  };
  std::vector<std::string> missing;
  for (const std::string& one : capabilities_needed(body).capabilities) {
    const bool covered = one == "CAPABILITY_IAM" && has("CAPABILITY_NAMED_IAM");
    if (!covered && !has(one.c_str())) missing.push_back(one);
  }
  if (!missing.empty())
    throw AwsError("InsufficientCapabilitiesException",
                   "Requires capabilities : " + listed(missing));
}

void check_tags(const Json& tags) {
  if (tags.size() > kMaxTags)
    throw validation_error("Number of tags exceeds maximum allowed of 50");
  std::set<std::string> keys;
  for (const Json& tag : tags) {
    const std::string key = tag.value("Key", std::string());
    if (key.starts_with("aws:")) {
      throw validation_error("aws: prefixed tag key names are not allowed for external use.");
    }
    if (!keys.insert(key).second)
      throw validation_error(
          "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
}

void check_rollback_triggers(const Json& configuration) {
  for (const Json& trigger : configuration.value("RollbackTriggers", Json::array())) {
    const std::string type = trigger.value("Type", std::string());
    if (type != "AWS::CloudWatch::Alarm" && type != "AWS::CloudWatch::CompositeAlarm")
      throw validation_error("Rollback Trigger Type not supported");
    if (trigger.value("Arn", std::string()).find(":alarm:") == std::string::npos)
      throw validation_error("RelativeId of a Rollback Trigger's ARN is incorrect");
  }
}

// Parameters of types such as AWS::EC2::Subnet::Id name what EC2 has.
void check_existing(const Call& call, const Json& body, const ParameterValues& parameters) {
  struct Lookup {
    std::string_view type;
    const char* operation;
    const char* member;
  };
  constexpr Lookup kLookups[] = {
      {"AWS::EC2::AvailabilityZone::Name", "DescribeAvailabilityZones", "ZoneNames"},
      {"AWS::EC2::Image::Id", "DescribeImages", "ImageIds"},
      {"AWS::EC2::Instance::Id", "DescribeInstances", "InstanceIds"},
      {"AWS::EC2::KeyPair::KeyName", "DescribeKeyPairs", "KeyNames"},
      {"AWS::EC2::SecurityGroup::GroupName", "DescribeSecurityGroups", "GroupNames"},
      {"AWS::EC2::SecurityGroup::Id", "DescribeSecurityGroups", "GroupIds"},
      {"AWS::EC2::Subnet::Id", "DescribeSubnets", "SubnetIds"},
      {"AWS::EC2::VPC::Id", "DescribeVpcs", "VpcIds"},
      {"AWS::EC2::Volume::Id", "DescribeVolumes", "VolumeIds"}};
  for (const ExistingValue& one : existing_values(body, parameters)) {
    for (const Lookup& lookup : kLookups) {
      if (one.type != lookup.type) continue;
      try {
        (void)call.invoke("ec2", lookup.operation, {{lookup.member, Json::array({one.value})}});
      } catch (const AwsError& error) {
        if (error.code() == "NotImplemented") throw;
        throw validation_error("Parameter validation failed: parameter value " + one.value +
                               " for parameter name " + one.parameter + " does not exist");
      }
    }
  }
}

// An option that an update keeps unless the call says it anew.
Json option(const Call& call, const char* member, const Json* previous, const Json& fallback) {
  if (const Json* given = call.find(member)) return *given;
  return previous != nullptr ? *previous : fallback;
}

}  // namespace

std::string template_text(const Call& call, bool required) {
  const bool body = call.has("TemplateBody");
  const bool url = call.has("TemplateURL");
  if (body && url) throw validation_error("You cannot specify both TemplateBody and TemplateURL");
  if (url) return fetch_template(call, call.text("TemplateURL"));
  if (!body) {
    if (required) throw validation_error("Either Template URL or Template Body must be specified.");
    return "";
  }
  const std::string& text = call.text("TemplateBody");
  if (text.size() > kMaxTemplateBody) {
    throw validation_error(
        "1 validation error detected: Value '" + text +
        "' at 'templateBody' failed to satisfy constraint: Member must have length less than or "
        "equal to 51200");
  }
  return text;
}

Blueprint blueprint_of(const Call& call, const Blueprint* previous) {
  Blueprint next;
  if (previous != nullptr && call.flag_or("UsePreviousTemplate", false)) {
    if (call.has("TemplateBody") || call.has("TemplateURL")) {
      throw validation_error(
          "You cannot specify both usePreviousTemplate and Template Body/Template URL.");
    }
    next.text = previous->text;
    next.body = previous->body;
  } else {
    next.text = template_text(call);
    next.body = read_template(next.text);
  }
  check_types_are_emulated(resource_types(next.body));
  check_allowed_types(call, next.body);
  const ParameterValues none;
  const Json no_parameters = Json::array();
  const Json* given = call.find("Parameters");
  next.parameters = parameter_values(next.body, given == nullptr ? no_parameters : *given,
                                     previous == nullptr ? none : previous->parameters);
  check_existing(call, next.body, next.parameters);
  next.tags = option(call, "Tags", previous == nullptr ? nullptr : &previous->tags, Json::array());
  check_tags(next.tags);
  next.capabilities = call.has("Capabilities") ? call.at("Capabilities") : Json::array();
  check_capabilities(next.body, next.capabilities);
  next.notification_arns =
      option(call, "NotificationARNs", previous == nullptr ? nullptr : &previous->notification_arns,
             Json::array());
  next.rollback_configuration =
      option(call, "RollbackConfiguration",
             previous == nullptr ? nullptr : &previous->rollback_configuration, Json::object());
  check_rollback_triggers(next.rollback_configuration);
  next.role_arn = call.text_or("RoleARN", previous == nullptr ? "" : previous->role_arn);
  const Json& description = member(next.body, "Description");
  if (description.is_string()) next.description = description.get<std::string>();
  return next;
}

void check_attributes(const Json& body) {
  const Json& resources = section(body, "Resources");
  for (const Reference& one : references_in(body, nullptr)) {
    if (one.attribute.empty() || !resources.contains(one.name)) continue;
    const ResourceType* type = find_type(resources[one.name].at("Type").get<std::string>());
    if (type == nullptr || type->has_attribute(one.attribute)) continue;
    throw template_error("resource " + one.name + " does not support attribute type " +
                         one.attribute + " in Fn::GetAtt");
  }
}

NeededCapabilities capabilities_needed(const Json& body) {
  NeededCapabilities needed;
  std::set<std::string> types;
  bool named = false;
  for (const auto& [id, definition] : section(body, "Resources").items()) {
    const ResourceType* type = find_type(definition.at("Type").get<std::string>());
    if (type == nullptr || !type->needs_iam_capability) continue;
    types.insert(std::string(type->name));
    named = named || (!type->name_property.empty() &&
                      section(definition, "Properties").contains(type->name_property));
  }
  if (!transforms_of(body).empty()) needed.capabilities.push_back("CAPABILITY_AUTO_EXPAND");
  if (!types.empty()) {
    needed.capabilities.push_back(named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM");
    needed.reason =
        "The following resource(s) require capabilities: " + listed({types.begin(), types.end()});
  }
  return needed;
}

const Stack& existing_stack(const Call& call, const Stacks& stacks,
                            AwsError (*missing)(const std::string&), const char* member) {
  const std::string& name = call.text(member);
  const Stack* stack = stacks.find(name, call.now());
  if (stack == nullptr) throw missing(name);
  return *stack;
}

Page page_of(const Call& call, std::size_t count, std::size_t page_size) {
  Page page;
  if (call.has("NextToken")) {
    const auto token = base64_decode(call.text("NextToken"));
    std::size_t first = 0;
    const char* end = token ? token->data() + token->size() : nullptr;
    if (!token || std::from_chars(token->data(), end, first).ptr != end || first > count)
      throw validation_error("Invalid next token");
    page.first = first;
  }
  page.last = std::min(count, page.first + page_size);
  if (page.last < count) page.next = base64_encode(std::to_string(page.last));
  return page;
}

}  // namespace cloudchamber::mock::cloudformation
