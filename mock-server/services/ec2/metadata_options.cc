// ModifyInstanceMetadataOptions.
#include "mock-server/services/ec2/metadata_options.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instances.h"

namespace cloudchamber::mock::ec2 {
namespace {

Json modify_instance_metadata_options(Call& call, Ec2& state) {
  const std::string& id = call.text("InstanceId");
  Resource& instance = instance_to_change(call, state, id);
  if (state_of({call, state}, instance) == "terminated")
    throw AwsError("IncorrectInstanceState", "The instance '" + id + "' is terminated.");
  const Json changed = metadata_options(instance.shown, call.input());
  instance.shown["MetadataOptions"] = changed;
  Json answered = changed;
  answered["State"] = "pending";
  return {{"InstanceId", id}, {"InstanceMetadataOptions", answered}};
}

}  // namespace

Json metadata_options(const Json& before, const Json& given) {
  const bool v2 = before.value("ImdsSupport", "") == "v2.0";
  Json options = before.value("MetadataOptions", Json{{"HttpTokens", v2 ? "required" : "optional"},
                                                      {"HttpPutResponseHopLimit", v2 ? 2 : 1},
                                                      {"HttpEndpoint", "enabled"},
                                                      {"HttpProtocolIpv6", "disabled"},
                                                      {"InstanceMetadataTags", "disabled"}});
  for (const char* member : {"HttpTokens", "HttpPutResponseHopLimit", "HttpEndpoint",
                             "HttpProtocolIpv6", "InstanceMetadataTags"}) {
    if (given.contains(member)) options[member] = given.at(member);
  }
  const std::int64_t hops = options.at("HttpPutResponseHopLimit");
  if (hops < 1 || hops > 64)
    throw invalid_value(std::to_string(hops), "HttpPutResponseHopLimit",
                        "It must be between 1 and 64.");
  options["State"] = "applied";
  return options;
}

Family metadata_options_family() {
  return {
      .kinds = {},
      .operations = {{"ModifyInstanceMetadataOptions", writes<modify_instance_metadata_options>}}};
}

}  // namespace cloudchamber::mock::ec2
