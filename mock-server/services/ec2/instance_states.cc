// StartInstances, StopInstances, RebootInstances, TerminateInstances.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instances.h"
#include "mock-server/services/ec2/network_interfaces.h"
#include "mock-server/services/ec2/volumes.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

std::vector<std::string> ids_given(const Call& call, const Ec2& state) {
  return instance_ids(call, state, instances_named(call));
}

AwsError incorrect_state(const std::string& message) { return {"IncorrectInstanceState", message}; }

Json changed(const std::string& id, const std::string& before, const std::string& now) {
  return {{"InstanceId", id},
          {"CurrentState", instance_state(now)},
          {"PreviousState", instance_state(before)}};
}

// "User initiated (2017-11-21 15:41:16 GMT)"
std::string user_initiated(TimePoint now) {
  std::string time = iso8601(std::chrono::floor<Seconds>(now));
  time[10] = ' ';
  time.pop_back();
  return "User initiated (" + time + " GMT)";
}

void give_reason(Resource& instance, TimePoint now) {
  instance.shown["StateTransitionReason"] = user_initiated(now);
  instance.shown["StateReason"] = {
      {"Code", "Client.UserInitiatedShutdown"},
      {"Message", "Client.UserInitiatedShutdown: User initiated shutdown"}};
}

// The public addresses that Amazon lent: those of the account stay.
void take_public_addresses(Ec2& state, const std::vector<std::string>& interfaces) {
  for (const std::string& id : interfaces) {
    Json& shown = change(state, kNetworkInterface, id).shown;
    const auto association = shown.find("Association");
    if (association == shown.end() || association->value("IpOwnerId", "") != "amazon") continue;
    shown.erase("Association");
    for (Json& address : shown["PrivateIpAddresses"]) address.erase("Association");
  }
}

Json start_instances(Call& call, Ec2& state) {
  const View view{call, state};
  const std::vector<std::string> ids = ids_given(call, state);
  for (const std::string& id : ids) {
    const std::string before = state_of(view, get(state, kInstance, id));
    if (before != "stopped" && before != "running" && before != "pending")
      throw incorrect_state("The instance '" + id +
                            "' is not in a state from which it can be started.");
  }
  Json out = Json::array();
  for (const std::string& id : ids) {
    Resource& instance = change(state, kInstance, id);
    const std::string before = state_of(view, instance);
    if (before != "stopped") {
      out.push_back(changed(id, before, before));
      continue;
    }
    instance.shown["State"] = instance_state("running");
    instance.shown["LaunchTime"] = iso8601_milliseconds(std::chrono::floor<Seconds>(call.now()));
    instance.shown["StateTransitionReason"] = "";
    instance.shown.erase("StateReason");
    begin_change(instance, call.now(),
                 {{"State", instance_state("pending")},
                  {"StateReason", {{"Code", "pending"}, {"Message", "pending"}}}});
    const std::vector<std::string> interfaces = interfaces_of(instance);
    if (instance.kept.value("PublicAddress", false) && !interfaces.empty() &&
        !get(state, kNetworkInterface, interfaces.front()).shown.contains("Association"))
      give_public_address(Origin(call), state, interfaces.front());
    out.push_back(changed(id, before, "pending"));
  }
  return {{"StartingInstances", out}};
}

Json stop_instances(Call& call, Ec2& state) {
  const View view{call, state};
  const std::vector<std::string> ids = ids_given(call, state);
  if (call.flag_or("Hibernate", false))
    throw AwsError("UnsupportedHibernationConfiguration",
                   "The instance '" + ids.front() + "' is not configured for hibernation.");
  for (const std::string& id : ids) {
    const Resource& instance = get(state, kInstance, id);
    const std::string before = state_of(view, instance);
    if (before == "pending" && !instance.kept.value("HasRun", false))
      throw incorrect_state("Instance '" + id +
                            "' cannot be stopped as it has never reached the 'running' state.");
    if (before == "terminated" || before == "shutting-down")
      throw incorrect_state("The instance '" + id +
                            "' is not in a state from which it can be stopped.");
    if (instance.kept.value("DisableApiStop", false))
      throw operation_not_permitted("The instance '" + id +
                                    "' may not be stopped. Modify its 'disableApiStop' instance "
                                    "attribute and try again.");
  }
  Json out = Json::array();
  for (const std::string& id : ids) {
    Resource& instance = change(state, kInstance, id);
    const std::string before = state_of(view, instance);
    if (before == "stopped" || before == "stopping") {
      out.push_back(changed(id, before, before));
      continue;
    }
    instance.kept["HasRun"] = true;
    instance.shown["State"] = instance_state("stopped");
    give_reason(instance, call.now());
    begin_change(instance, call.now(), {{"State", instance_state("stopping")}});
    const std::vector<std::string> interfaces = interfaces_of(instance);
    take_public_addresses(state, interfaces);
    out.push_back(changed(id, before, "stopping"));
  }
  return {{"StoppingInstances", out}};
}

Json reboot_instances(Call& call, Ec2& state) {
  const View view{call, state};
  for (const std::string& id : ids_given(call, state)) {
    const std::string now = state_of(view, get(state, kInstance, id));
    if (now != "running" && now != "pending")
      throw incorrect_state("The instance '" + id +
                            "' is not in a state from which it can be rebooted.");
  }
  return Json::object();
}

void release_interfaces(const Origin& origin, Ec2& state, const std::vector<std::string>& ids) {
  take_public_addresses(state, ids);
  for (const std::string& id : ids) {
    const bool goes =
        get(state, kNetworkInterface, id).shown.at("Attachment").at("DeleteOnTermination");
    detach_interface(origin, state, id);
    if (goes) erase(origin, state, kNetworkInterface, id);
  }
}

void release_volumes(const Origin& origin, Ec2& state, const std::string& instance_id,
                     const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    bool goes = false;
    for (const Json& attachment : get(state, kVolume, id).shown.at("Attachments")) {
      if (attachment.at("InstanceId") == instance_id) goes = attachment.at("DeleteOnTermination");
    }
    detach_volume_from(origin, state, id, instance_id);
    if (goes) erase(origin, state, kVolume, id);
  }
}

// Its interfaces and volumes are let go at once, also where AWS takes a moment.
void terminate(const Call& call, Ec2& state, const std::string& id) {
  const Origin origin(call);
  release_interfaces(origin, state, interfaces_of(get(state, kInstance, id)));
  release_volumes(origin, state, id, volumes_of(get(state, kInstance, id)));
  Resource& instance = change(state, kInstance, id);
  Json meanwhile{{"State", instance_state("shutting-down")}};
  for (const char* member : {"SubnetId", "VpcId", "PrivateIpAddress"}) {
    if (!instance.shown.contains(member)) continue;
    meanwhile[member] = instance.shown.at(member);
    instance.shown.erase(member);
  }
  meanwhile["PrivateDnsName"] = instance.shown.at("PrivateDnsName");
  instance.shown["PrivateDnsName"] = "";
  instance.shown["State"] = instance_state("terminated");
  instance.kept.erase("NetworkInterfaces");
  instance.kept.erase("Volumes");
  give_reason(instance, call.now());
  begin_change(instance, call.now(), std::move(meanwhile));
}

// Takes out those that are shown no more.
void forget_the_gone(const Call& call, Ec2& state) {
  std::vector<std::string> gone;
  for (const auto& [id, instance] : state.of(kInstance)) {
    if (kInstance.gone({call, state}, instance)) gone.push_back(id);
  }
  for (const std::string& id : gone) erase(Origin(call), state, kInstance, id);
}

// One that may not be terminated keeps the others of its call alive.
Json terminate_instances(Call& call, Ec2& state) {
  const View view{call, state};
  const std::vector<std::string> ids = ids_given(call, state);
  for (const std::string& id : ids) {
    if (get(state, kInstance, id).kept.value("DisableApiTermination", false))
      throw operation_not_permitted(
          "The instance '" + id +
          "' may not be terminated. Modify its 'disableApiTermination' instance attribute and try "
          "again.");
  }
  Json out = Json::array();
  for (const std::string& id : ids) {
    const std::string before = state_of(view, get(state, kInstance, id));
    if (before == "terminated" || before == "shutting-down") {
      out.push_back(changed(id, before, before));
      continue;
    }
    terminate(call, state, id);
    out.push_back(changed(id, before, "shutting-down"));
  }
  forget_the_gone(call, state);
  return {{"TerminatingInstances", out}};
}

}  // namespace

Family instance_states() {
  return {.kinds = {},
          .operations = {{"StartInstances", writes<start_instances>},
                         {"StopInstances", writes<stop_instances>},
                         {"RebootInstances", writes<reboot_instances>},
                         {"TerminateInstances", writes<terminate_instances>}}};
}

}  // namespace cloudchamber::mock::ec2
