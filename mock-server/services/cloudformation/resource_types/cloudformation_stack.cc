// AWS::CloudFormation::Stack: a stack of its own.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-stack.html
#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/types.h"
#include "mock-server/services/cloudformation/template/functions.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Json describe(const ResourceCall& call, const std::string& id) {
  return call.invoke("cloudformation", "DescribeStacks", {{"StackName", id}})["Stacks"][0];
}

Json parameters(const ResourceCall& call) {
  const Json* given = call.find("Parameters");
  Json list = Json::array();
  if (given == nullptr) return list;
  if (!given->is_object()) throw validation_error("#/Parameters: expected type: JSONObject");
  for (const auto& [name, value] : given->items()) {
    std::string text;
    if (value.is_array()) {
      for (const Json& element : value) text += (text.empty() ? "" : ",") + text_of(element);
    } else {
      text = text_of(value);
    }
    list.push_back({{"ParameterKey", name}, {"ParameterValue", text}});
  }
  return list;
}

Json common_input(const ResourceCall& call) {
  Json input = call.pick({"TemplateURL"});
  input["Parameters"] = parameters(call);
  input["Tags"] = call.tags();
  // The parent's capabilities count for its children, and the parent was checked.
  input["Capabilities"] = {"CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"};
  if (call.has("NotificationARNs")) input["NotificationARNs"] = call.list("NotificationARNs");
  return input;
}

Made create(const ResourceCall& call) {
  Json input = common_input(call);
  input["StackName"] = call.generated_name(128);
  if (call.has("TimeoutInMinutes")) input["TimeoutInMinutes"] = *call.find("TimeoutInMinutes");
  return {call.invoke("cloudformation", "CreateStack", input)["StackId"].get<std::string>()};
}

Made update(const ResourceCall& call) {
  Json input = common_input(call);
  input["StackName"] = call.physical_id();
  try {
    call.invoke("cloudformation", "UpdateStack", input);
  } catch (const AwsError& error) {
    if (error.message() != "No updates are to be performed.") throw;
  }
  return {call.physical_id()};
}

bool ready(const ResourceCall& call) {
  const Json stack = describe(call, call.physical_id());
  const std::string status = stack["StackStatus"].get<std::string>();
  if (status == "CREATE_COMPLETE" || status == "UPDATE_COMPLETE") return true;
  // Rolling back goes on at once; only creating and updating can take time.
  if (status == "CREATE_IN_PROGRESS" || status == "UPDATE_IN_PROGRESS") return false;
  const std::string why = stack.value("StackStatusReason", std::string());
  if (status.starts_with("UPDATE_")) {
    throw validation_error("Embedded stack " + call.physical_id() +
                           " was not successfully updated. Currently in " + status +
                           " with reason: " + why);
  }
  throw validation_error("Embedded stack " + call.physical_id() +
                         " was not successfully created: " + why);
}

Json outputs(const ResourceCall& call) {
  Json attributes = Json::object();
  for (const Json& output : describe(call, call.physical_id()).value("Outputs", Json::array()))
    attributes["Outputs." + output["OutputKey"].get<std::string>()] = output["OutputValue"];
  return attributes;
}

void remove(const ResourceCall& call) {
  call.invoke("cloudformation", "DeleteStack", {{"StackName", call.physical_id()}});
  const Json stack = describe(call, call.physical_id());
  if (stack["StackStatus"] != "DELETE_COMPLETE") {
    throw validation_error(
        "Embedded stack " + call.physical_id() +
        " was not successfully deleted: " + stack.value("StackStatusReason", std::string()));
  }
}

}  // namespace

ResourceType cloudformation_stack() {
  return {.name = "AWS::CloudFormation::Stack",
          .properties = {{"TemplateURL", OnChange::kUpdate, true},
                         {"Parameters"},
                         {"Tags"},
                         {"NotificationARNs"},
                         {"TimeoutInMinutes"}},
          .attributes = {"Outputs.*"},
          .identifiers = {"StackId"},
          .create = create,
          .update = update,
          .remove = remove,
          .ready = ready,
          .attributes_of = outputs};
}

}  // namespace cloudchamber::mock::cloudformation
