// DescribeInstanceStatus, MonitorInstances, UnmonitorInstances, GetConsoleOutput,
// DescribeInstanceCreditSpecifications.
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instance_types.h"
#include "mock-server/services/ec2/instances.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {
    {"attached-ebs-status.status", "AttachedEbsStatus.Status"},
    {"availability-zone", "AvailabilityZone"},
    {"availability-zone-id", "AvailabilityZoneId"},
    {"event.code", "Events.Code"},
    {"event.description", "Events.Description"},
    {"event.instance-event-id", "Events.InstanceEventId"},
    {"event.not-after", "Events.NotAfter"},
    {"event.not-before", "Events.NotBefore"},
    {"event.not-before-deadline", "Events.NotBeforeDeadline"},
    {"instance-state-code", "InstanceState.Code"},
    {"instance-state-name", "InstanceState.Name"},
    {"instance-status.reachability", "InstanceStatus.Details.Status"},
    {"instance-status.status", "InstanceStatus.Status"},
    {"operator.managed", "Operator.Managed"},
    {"operator.principal", "Operator.Principal"},
    {"system-status.reachability", "SystemStatus.Details.Status"},
    {"system-status.status", "SystemStatus.Status"}};

// Rows for the engine of Describe alone.
const Kind kInstanceStatus{.type = "instance-status",
                           .prefix = "i-",
                           .id_member = "InstanceId",
                           .list = "InstanceStatuses",
                           .ids = "InstanceIds",
                           .not_found_code = "InvalidInstanceID.NotFound",
                           .not_found = "The instance ID '{}' does not exist",
                           .several_not_found = "The instance IDs '{}' do not exist",
                           .malformed_code = "InvalidInstanceID.Malformed",
                           .malformed = "Invalid id: \"{}\"",
                           .exact_ids = true,
                           .filters = kFilters,
                           .ids_exclude_paging = "instancesSet",
                           .min_results = 5,
                           .max_results = 1000,
                           .has_owner = false,
                           .taggable = false};

// The checks begin when it runs, and take as long as AWS's background work does.
Json summary(bool running, bool checked) {
  if (!running) return {{"Status", "not-applicable"}};
  return {{"Status", checked ? "ok" : "initializing"},
          {"Details", Json::array({Json{{"Name", "reachability"},
                                        {"Status", checked ? "passed" : "initializing"}}})}};
}

Json status_of(const View& view, const std::string& id, const Resource& instance) {
  const std::string now = state_of(view, instance);
  const bool running = now == "running";
  const bool checked = view.call.now() > instance.changed + 2 * view.call.transition_time();
  const Json& placement = instance.shown.at("Placement");
  return {{"InstanceId", id},
          {"AvailabilityZone", placement.at("AvailabilityZone")},
          {"AvailabilityZoneId", placement.at("AvailabilityZoneId")},
          {"InstanceState", instance_state(now)},
          {"InstanceStatus", summary(running, checked)},
          {"SystemStatus", summary(running, checked)},
          {"AttachedEbsStatus", summary(running, checked)},
          {"Operator", {{"Managed", false}}}};
}

// Running ones alone, unless all are asked for.
Json describe_instance_status(Call& call, const Ec2& state) {
  const View view{call, state};
  Ec2 statuses;
  Resources& rows = statuses.of(kInstanceStatus);
  for (const auto& [id, instance] : state.of(kInstance)) {
    if (kInstance.gone(view, instance)) continue;
    Resource row;
    row.shown = status_of(view, id, instance);
    rows.put(id, std::move(row));
  }
  const bool all = call.flag_or("IncludeAllInstances", false);
  return describe(call, statuses, kInstanceStatus, [&](const Resource& row) {
    return all || row.shown.at("InstanceState").at("Name") == "running";
  });
}

Json set_monitoring(const Call& call, Ec2& state, bool on) {
  Json out = Json::array();
  for (const std::string& id : instance_ids(call, state, instances_named(call))) {
    Resource& instance = change(state, kInstance, id);
    const std::string wanted = on ? "enabled" : "disabled";
    const bool is_so = instance.shown.at("Monitoring").at("State") == wanted;
    instance.shown["Monitoring"] = {{"State", wanted}};
    out.push_back({{"InstanceId", id},
                   {"Monitoring",
                    {{"State", is_so ? wanted
                               : on  ? "pending"
                                     : "disabling"}}}});
  }
  return {{"InstanceMonitorings", out}};
}
Json monitor_instances(Call& call, Ec2& state) { return set_monitoring(call, state, true); }
Json unmonitor_instances(Call& call, Ec2& state) { return set_monitoring(call, state, false); }

// No machine runs here: a console that nothing was written to.
Json get_console_output(Call& call, const Ec2& state) {
  const std::string& id = call.text("InstanceId");
  const Resource& instance = instance_at(call, state, id);
  return {{"InstanceId", id}, {"Timestamp", iso8601_milliseconds(instance.changed)}};
}

constexpr FilterField kCreditFilters[] = {{"instance-id", "InstanceId"}};
const Kind kCredits{.type = "instance-credit-specification",
                    .prefix = "i-",
                    .id_member = "InstanceId",
                    .list = "InstanceCreditSpecifications",
                    .ids = "InstanceIds",
                    .not_found_code = "InvalidInstanceID.NotFound",
                    .not_found = "The instance ID '{}' does not exist",
                    .several_not_found = "The instance IDs '{}' do not exist",
                    .malformed_code = "InvalidInstanceID.Malformed",
                    .malformed = "Invalid id: \"{}\"",
                    .exact_ids = true,
                    .filters = kCreditFilters,
                    .ids_exclude_paging = "instancesSet",
                    .has_owner = false,
                    .taggable = false};

// T2 begins with "standard", later ones with "unlimited". Without ids only those that are
// unlimited.
std::string credits_of(const Resource& instance) {
  const std::string type = instance.shown.at("InstanceType");
  const std::string given = instance.kept.value("CpuCredits", "");
  if (!given.empty()) return given;
  return type.starts_with("t2.") ? "standard" : "unlimited";
}

Json describe_instance_credit_specifications(Call& call, const Ec2& state) {
  const View view{call, state};
  const Json* ids = call.find("InstanceIds");
  const bool named = ids != nullptr && !ids->empty();
  if (named) {
    for (const std::string& id : instance_ids(call, state, *ids)) {
      const std::string type = get(state, kInstance, id).shown.at("InstanceType");
      if (!type.starts_with("t"))
        throw AwsError("InvalidInstanceID.NotBurstable",
                       "The instance '" + id + "' is not a burstable performance instance.");
    }
  }
  Ec2 credits;
  Resources& rows = credits.of(kCredits);
  for (const auto& [id, instance] : state.of(kInstance)) {
    const std::string type = instance.shown.at("InstanceType");
    if (kInstance.gone(view, instance) || !type.starts_with("t")) continue;
    Resource row;
    row.shown = {{"InstanceId", id}, {"CpuCredits", credits_of(instance)}};
    rows.put(id, std::move(row));
  }
  return describe(call, credits, kCredits, [&](const Resource& row) {
    return named || row.shown.at("CpuCredits") == "unlimited";
  });
}

Json modify_instance_credit_specification(Call& call, Ec2& state) {
  Json done = Json::array();
  Json failed = Json::array();
  for (const Json& wanted : call.at("InstanceCreditSpecifications")) {
    const std::string id = wanted.value("InstanceId", "");
    const std::string credits = wanted.value("CpuCredits", "");
    const Resource* instance = state.of(kInstance).find(id);
    Json error;
    if (instance == nullptr) {
      error = {{"Code", "InvalidInstanceID.NotFound"},
               {"Message", "The instance ID '" + id + "' does not exist"}};
    } else if (credits != "standard" && credits != "unlimited") {
      throw invalid_value(credits, "cpuCredits");
    } else if (!instance->shown.at("InstanceType").get<std::string>().starts_with("t")) {
      error = {{"Code", "InstanceCreditSpecification.NotSupported"},
               {"Message", "The instance '" + id + "' is not a burstable performance instance."}};
    }
    if (error.is_null()) {
      change(state, kInstance, id).kept["CpuCredits"] = credits;
      done.push_back({{"InstanceId", id}});
    } else {
      failed.push_back({{"InstanceId", id}, {"Error", error}});
    }
  }
  return {{"SuccessfulInstanceCreditSpecifications", done},
          {"UnsuccessfulInstanceCreditSpecifications", failed}};
}

}  // namespace

Family instance_status() {
  return {
      .kinds = {},
      .operations = {
          {"DescribeInstanceStatus", reads<describe_instance_status>},
          {"MonitorInstances", writes<monitor_instances>},
          {"UnmonitorInstances", writes<unmonitor_instances>},
          {"GetConsoleOutput", reads<get_console_output>},
          {"DescribeInstanceCreditSpecifications", reads<describe_instance_credit_specifications>},
          {"ModifyInstanceCreditSpecification", writes<modify_instance_credit_specification>}}};
}

}  // namespace cloudchamber::mock::ec2
