// Tags, time to live, backups, limits and endpoints.
#include <nlohmann/json.hpp>

#include "mock-server/services/dynamodb/request.h"
#include "mock-server/services/dynamodb/table_definition.h"
#include "mock-server/services/dynamodb/table_operations.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::dynamodb {
namespace {

// Time to live may change once in so long:
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
constexpr Seconds kTimeToLiveInterval{3600};

// The name in "arn:aws:dynamodb:us-east-1:123456789012:table/name".
std::string name_in_arn(const Call& call, const std::string& arn) {
  if (arn.compare(0, 4, "arn:") != 0) {
    throw invalid_parameter("Invalid ResourceArn: ARNs must start with 'arn:': " + arn);
  }
  const std::string prefix = "arn:aws:dynamodb:" + call.region() + ":" + call.account() + ":table/";
  if (arn.compare(0, prefix.size(), prefix) != 0 || arn.find('/', prefix.size()) != arn.npos) {
    throw invalid_parameter("Invalid TableArn: Invalid ResourceArn provided as input " + arn);
  }
  return arn.substr(prefix.size());
}

const TableData& tagged(const Call& call, const State& state) {
  const std::string& arn = call.text("ResourceArn");
  const TableData* table = state.tables.find(name_in_arn(call, arn));
  if (table == nullptr) {
    throw resource_not_found("Requested resource not found: ResourcArn: " + arn + " not found");
  }
  return *table;
}

template <class F>
void change_definition(State& state, const std::string& name, F change) {
  TableData* table = state.tables.change(name);
  Definition definition = *table->definition;
  change(definition);
  table->definition = std::make_shared<const Definition>(std::move(definition));
}

Json describe_backups(const Definition& table, TimePoint now) {
  Json recovery = {
      {"PointInTimeRecoveryStatus", table.point_in_time_recovery ? "ENABLED" : "DISABLED"}};
  if (table.point_in_time_recovery) {
    recovery["RecoveryPeriodInDays"] = table.recovery_days;
    recovery["EarliestRestorableDateTime"] = iso8601(*table.recovery_since);
    recovery["LatestRestorableDateTime"] = iso8601(now);
  }
  return {{"ContinuousBackupsDescription",
           {{"ContinuousBackupsStatus", table.point_in_time_recovery ? "ENABLED" : "DISABLED"},
            {"PointInTimeRecoveryDescription", std::move(recovery)}}}};
}

const TableData& backed_up(const Call& call, const State& state) {
  const std::string name = table_name(call.text("TableName"));
  const TableData* table = state.tables.find(name);
  if (table == nullptr) throw AwsError("TableNotFoundException", "Table not found: " + name, 400);
  return *table;
}

}  // namespace

Json tag_resource(Call& call, State& state) {
  const TableData& table = tagged(call, state);
  const Json& tags = call.at("Tags");
  if (tags.empty()) {
    throw invalid_parameter("Atleast one Tag needs to be provided as Input.");
  }
  std::map<std::string, std::string> merged = table.definition->tags;
  add_tags(tags, merged);
  change_definition(state, table.definition->name,
                    [&](Definition& definition) { definition.tags = std::move(merged); });
  return Json::object();
}

Json untag_resource(Call& call, State& state) {
  const TableData& table = tagged(call, state);
  const Json& keys = call.at("TagKeys");
  if (keys.empty()) {
    throw invalid_parameter("Atleast one Tag Key needs to be provided as Input.");
  }
  change_definition(state, table.definition->name, [&](Definition& definition) {
    for (const Json& key : keys) definition.tags.erase(key.get<std::string>());
  });
  return Json::object();
}

Json list_tags_of_resource(Call& call, const State& state) {
  Json tags = Json::array();
  for (const auto& [key, value] : tagged(call, state).definition->tags) {
    tags.push_back({{"Key", key}, {"Value", value}});
  }
  return {{"Tags", std::move(tags)}};
}

Json describe_time_to_live(Call& call, const State& state) {
  const std::string name = table_name(call.text("TableName"));
  const TableData* table = state.tables.find(name);
  if (table == nullptr) throw table_not_found(name);
  const std::string& attribute = table->definition->ttl_attribute;
  if (attribute.empty()) {
    return {{"TimeToLiveDescription", {{"TimeToLiveStatus", "DISABLED"}}}};
  }
  return {
      {"TimeToLiveDescription", {{"TimeToLiveStatus", "ENABLED"}, {"AttributeName", attribute}}}};
}

Json update_time_to_live(Call& call, State& state) {
  const std::string name = table_name(call.text("TableName"));
  const Json& specification = call.at("TimeToLiveSpecification");
  const std::string attribute = specification["AttributeName"];
  const bool enable = specification["Enabled"];
  const TableData* table = state.tables.find(name);
  if (table == nullptr) throw table_not_found(name);
  const Definition& current = *table->definition;
  if (enable && current.ttl_attribute == attribute) {
    throw validation_error("TimeToLive is already enabled");
  }
  if (enable && !current.ttl_attribute.empty()) {
    throw validation_error(
        "TimeToLive is active on a different AttributeName: current "
        "AttributeName is " +
        current.ttl_attribute);
  }
  if (!enable && current.ttl_attribute.empty()) {
    throw validation_error("TimeToLive is already disabled");
  }
  if (!enable && current.ttl_attribute != attribute) {
    throw validation_error(
        "TimeToLive is active on a different AttributeName: current "
        "AttributeName is " +
        current.ttl_attribute);
  }
  if (current.ttl_changed && call.now() - *current.ttl_changed < kTimeToLiveInterval) {
    throw validation_error("Time to live has been modified multiple times within a fixed interval");
  }
  change_definition(state, name, [&](Definition& definition) {
    definition.ttl_attribute = enable ? attribute : "";
    definition.ttl_changed = call.now();
  });
  return {{"TimeToLiveSpecification", specification}};
}

Json describe_continuous_backups(Call& call, const State& state) {
  return describe_backups(*backed_up(call, state).definition, call.now());
}

Json update_continuous_backups(Call& call, State& state) {
  const Json& specification = call.at("PointInTimeRecoverySpecification");
  const std::string name = backed_up(call, state).definition->name;
  change_definition(state, name, [&](Definition& definition) {
    const bool enable = flag_member(specification, "PointInTimeRecoveryEnabled");
    if (enable && !definition.point_in_time_recovery) definition.recovery_since = call.now();
    definition.point_in_time_recovery = enable;
    if (const Json* days = member(specification, "RecoveryPeriodInDays")) {
      definition.recovery_days = *days;
    }
  });
  return describe_backups(*state.tables.find(name)->definition, call.now());
}

Json describe_limits(Call&) {
  return {{"AccountMaxReadCapacityUnits", 80000},
          {"AccountMaxWriteCapacityUnits", 80000},
          {"TableMaxReadCapacityUnits", 40000},
          {"TableMaxWriteCapacityUnits", 40000}};
}

Json describe_endpoints(Call& call) {
  std::string address = call.endpoint();
  if (const std::size_t scheme = address.find("://"); scheme != std::string::npos) {
    address.erase(0, scheme + 3);
  }
  return {{"Endpoints", Json::array({{{"Address", address}, {"CachePeriodInMinutes", 1440}}})}};
}

}  // namespace cloudchamber::mock::dynamodb
