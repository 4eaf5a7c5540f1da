// DescribeInstanceAttribute, ModifyInstanceAttribute, ResetInstanceAttribute.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instance_types.h"
#include "mock-server/services/ec2/instances.h"
#include "mock-server/services/ec2/network_interfaces.h"
#include "mock-server/services/ec2/security_group_names.h"
#include "mock-server/services/ec2/user_data.h"
#include "mock-server/services/ec2/volumes.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"

namespace cloudchamber::mock::ec2 {
namespace {

// An attribute: its name in Describe's Attribute (and Modify's), and its member in both.
struct Attribute {
  std::string_view name;
  const char* member;
  enum class From { kShown, kKept } from;
  bool only_when_stopped = false;
};
constexpr auto kShown = Attribute::From::kShown;
constexpr auto kKept = Attribute::From::kKept;
constexpr Attribute kAttributes[] = {
    {"instanceType", "InstanceType", kShown, true},
    {"userData", "UserData", kKept, true},
    {"disableApiTermination", "DisableApiTermination", kKept},
    {"disableApiStop", "DisableApiStop", kKept},
    {"instanceInitiatedShutdownBehavior", "InstanceInitiatedShutdownBehavior", kKept},
    {"rootDeviceName", "RootDeviceName", kShown},
    {"sourceDestCheck", "SourceDestCheck", kShown},
    {"ebsOptimized", "EbsOptimized", kShown, true},
    {"enaSupport", "EnaSupport", kShown, true},
    {"sriovNetSupport", "SriovNetSupport", kKept, true},
};

const Attribute* named(std::string_view name) {
  const auto found = std::find_if(std::begin(kAttributes), std::end(kAttributes),
                                  [&](const Attribute& one) { return one.name == name; });
  return found == std::end(kAttributes) ? nullptr : found;
}

Json describe_instance_attribute(Call& call, const Ec2& state) {
  const std::string& id = call.text("InstanceId");
  const Resource& instance = instance_at(call, state, id);
  const Json at_present = shown({call, state}, kInstance, id, instance);
  const std::string& name = call.text("Attribute");
  Json out{{"InstanceId", id}};
  if (name == "groupSet") {
    out["Groups"] = at_present.at("SecurityGroups");
  } else if (name == "blockDeviceMapping") {
    out["BlockDeviceMappings"] = at_present.at("BlockDeviceMappings");
  } else if (name == "productCodes") {
    out["ProductCodes"] = Json::array();
  } else if (name == "enclaveOptions") {
    out["EnclaveOptions"] = at_present.at("EnclaveOptions");
  } else if (name == "kernel" || name == "ramdisk") {
    out[name == "kernel" ? "KernelId" : "RamdiskId"] = Json::object();
  } else if (const Attribute* one = named(name)) {
    const Json& from = one->from == kShown ? at_present : instance.kept;
    Json& value = out[one->member] = Json::object();
    const auto found = from.find(one->member);
    if (found != from.end() && *found != "") value["Value"] = *found;
  }
  return out;
}

// What Modify's older form, Attribute and Value, says in the newer.
Json in_newer_form(const Call& call) {
  Json input = call.input();
  const std::string name = call.text_or("Attribute", "");
  if (name.empty() || !call.has("Value")) return input;
  const Attribute* one = named(name);
  if (one == nullptr) throw invalid_value(name, "attribute");
  const std::string& text = call.text("Value");
  const bool is_flag = name == "disableApiTermination" || name == "disableApiStop" ||
                       name == "sourceDestCheck" || name == "ebsOptimized" || name == "enaSupport";
  if (is_flag && text != "true" && text != "false") throw invalid_value(text, "value");
  input[one->member] = {{"Value", is_flag ? Json(text == "true") : Json(text)}};
  if (name == "userData") {
    check_user_data(text);
    input["UserData"] = {{"Value", binary(base64_decode(text).value_or(""))}};
  }
  return input;
}

void check_type(const Call& call, const Resource& instance, const std::string& type) {
  if (!is_instance_type(call, type))
    throw invalid_parameter("Invalid value '" + type + "' for InstanceType.");
  const std::vector<std::string> runs = architectures_of(type);
  const std::string needed = instance.shown.at("Architecture");
  if (std::find(runs.begin(), runs.end(), needed) == runs.end())
    throw invalid_parameter("The architecture '" + needed +
                            "' of the instance does not match the architecture '" + runs.front() +
                            "' of the specified instance type.");
}

void modify_groups(const Call& call, Ec2& state, const Resource& instance) {
  if (!instance.shown.contains("SubnetId"))
    throw AwsError("IncorrectInstanceState",
                   "The instance '" + call.text("InstanceId") + "' is terminated.");
  if (call.at("Groups").empty())
    throw invalid_parameter("You must specify at least one security group.");
  const Json groups =
      security_groups_of_ids(state, instance.shown.at("SubnetId"), call.at("Groups"));
  const std::vector<std::string> interfaces = interfaces_of(instance);
  if (interfaces.size() > 1)
    throw AwsError("InvalidInstanceID", "There are multiple interfaces attached to instance '" +
                                            call.text("InstanceId") +
                                            "'. Please specify an interface ID for the operation "
                                            "instead.");
  for (const std::string& id : interfaces)
    change(state, kNetworkInterface, id).shown["Groups"] = groups;
}

void modify_block_devices(Ec2& state, const Resource& instance, const std::string& instance_id,
                          const Json& mappings) {
  for (const Json& mapping : mappings) {
    const std::string device = mapping.value("DeviceName", "");
    bool found = false;
    for (const std::string& id : volumes_of(instance)) {
      for (Json& attachment : change(state, kVolume, id).shown["Attachments"]) {
        if (attachment.at("InstanceId") != instance_id || attachment.at("Device") != device)
          continue;
        found = true;
        const Json ebs = mapping.value("Ebs", Json::object());
        if (ebs.contains("DeleteOnTermination"))
          attachment["DeleteOnTermination"] = ebs.at("DeleteOnTermination");
      }
    }
    if (!found)
      throw AwsError("InvalidInstanceAttributeValue", "No device is currently mapped at " + device);
  }
}

void modify_source_dest_check(Ec2& state, const Resource& instance, bool value) {
  const std::vector<std::string> interfaces = interfaces_of(instance);
  for (const std::string& id : interfaces)
    change(state, kNetworkInterface, id).shown["SourceDestCheck"] = value;
}

void modify_one(const Call& call, Ec2& state, const std::string& id, const Attribute& attribute,
                const Json& given) {
  if (attribute.only_when_stopped &&
      state_of({call, state}, get(state, kInstance, id)) != "stopped")
    throw AwsError("IncorrectInstanceState",
                   "The instance '" + id + "' is not in the 'stopped' state.");
  Json value = given.value("Value", Json());
  if (attribute.name == "userData") {
    value = base64_encode(bytes_of(value));
    check_user_data(value);
  } else if (attribute.name == "instanceType") {
    check_type(call, get(state, kInstance, id), value);
  } else if (attribute.name == "instanceInitiatedShutdownBehavior" && value != "stop" &&
             value != "terminate") {
    throw AwsError("InvalidInstanceAttributeValue",
                   "The value '" + (value.is_string() ? value.get<std::string>() : "") +
                       "' is not a valid value for instanceInitiatedShutdownBehavior.");
  } else if (attribute.name == "sourceDestCheck") {
    return modify_source_dest_check(state, get(state, kInstance, id), value == true);
  }
  Resource& instance = change(state, kInstance, id);
  (attribute.from == kShown ? instance.shown : instance.kept)[attribute.member] = std::move(value);
}

Json modify_instance_attribute(Call& call, Ec2& state) {
  const std::string& id = call.text("InstanceId");
  const Resource instance = instance_at(call, state, id);
  const Json input = in_newer_form(call);
  for (const char* member : {"Kernel", "Ramdisk", "EnclaveOptions"}) {
    if (call.has(member))
      throw not_implemented(std::string(member) + " of ModifyInstanceAttribute");
  }
  int given = call.has("Groups") + call.has("BlockDeviceMappings");
  for (const Attribute& one : kAttributes)
    given += one.name != "rootDeviceName" && input.contains(one.member) ? 1 : 0;
  if (given == 0) throw invalid_combination("No attributes specified.");
  if (given > 1) throw invalid_combination("Fields for multiple attribute types specified");
  if (call.has("Groups")) modify_groups(call, state, instance);
  if (call.has("BlockDeviceMappings"))
    modify_block_devices(state, instance, id, call.at("BlockDeviceMappings"));
  for (const Attribute& one : kAttributes) {
    if (input.contains(one.member)) modify_one(call, state, id, one, input.at(one.member));
  }
  return Json::object();
}

Json reset_instance_attribute(Call& call, Ec2& state) {
  const std::string& id = call.text("InstanceId");
  const Resource instance = instance_at(call, state, id);
  if (call.text("Attribute") != "sourceDestCheck")
    throw not_implemented("Attribute '" + call.text("Attribute") + "' of ResetInstanceAttribute");
  modify_source_dest_check(state, instance, true);
  return Json::object();
}

}  // namespace

Family instance_attributes() {
  return {.kinds = {},
          .operations = {{"DescribeInstanceAttribute", reads<describe_instance_attribute>},
                         {"ModifyInstanceAttribute", writes<modify_instance_attribute>},
                         {"ResetInstanceAttribute", writes<reset_instance_attribute>}}};
}

}  // namespace cloudchamber::mock::ec2
