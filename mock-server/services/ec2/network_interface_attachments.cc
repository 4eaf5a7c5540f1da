// AttachNetworkInterface, DetachNetworkInterface.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instance_types.h"
#include "mock-server/services/ec2/instances.h"
#include "mock-server/services/ec2/network_interfaces.h"

namespace cloudchamber::mock::ec2 {
namespace {

void check_place(const Ec2& state, const std::string& instance_id, std::int64_t device_index) {
  const Resource& instance = get(state, kInstance, instance_id);
  const std::vector<std::string> ids = interfaces_of(instance);
  for (const std::string& id : ids) {
    const Json& attachment = get(state, kNetworkInterface, id).shown.at("Attachment");
    if (attachment.at("DeviceIndex") == device_index)
      throw invalid_parameter("Instance '" + instance_id +
                              "' already has an interface attached at device index '" +
                              std::to_string(device_index) + "'.");
  }
  const std::string type = instance.shown.at("InstanceType");
  const auto known = find_instance_type(type);
  if (known.has_value() && static_cast<std::int64_t>(ids.size()) >= known->interfaces)
    throw AwsError("AttachmentLimitExceeded", "Interface count " + std::to_string(ids.size() + 1) +
                                                  " exceeds the limit for " + type);
}

Json attach_network_interface(Call& call, Ec2& state) {
  const std::string& id = call.text("NetworkInterfaceId");
  const std::string& instance_id = call.text("InstanceId");
  const std::int64_t index = call.integer("DeviceIndex");
  const Json interface = get(state, kNetworkInterface, id).shown;
  const Resource& instance = instance_at(call, state, instance_id);
  const std::string now = state_of({call, state}, instance);
  if (now != "running" && now != "stopped" && now != "pending" && now != "stopping")
    throw AwsError("IncorrectState", "The instance '" + instance_id +
                                         "' is not in a valid state for this operation.");
  if (interface.contains("Attachment"))
    throw AwsError("InvalidNetworkInterface.InUse", "Interface: [" + id + "] in use.");
  if (interface.at("AvailabilityZone") != instance.shown.at("Placement").at("AvailabilityZone"))
    throw invalid_combination(
        "You may not attach a network interface to an instance if they are not in the same "
        "availability zone");
  check_place(state, instance_id, index);
  const std::string attachment =
      attach_interface(Origin(call), state, id, {instance_id, index, false});
  Json& interfaces = change(state, kInstance, instance_id).kept["NetworkInterfaces"];
  std::vector<std::string> ordered = interfaces.get<std::vector<std::string>>();
  ordered.push_back(id);
  std::stable_sort(ordered.begin(), ordered.end(), [&](const auto& a, const auto& b) {
    const auto place = [&](const std::string& one) {
      return get(state, kNetworkInterface, one)
          .shown.at("Attachment")
          .at("DeviceIndex")
          .template get<std::int64_t>();
    };
    return place(a) < place(b);
  });
  interfaces = ordered;
  return {{"AttachmentId", attachment}, {"NetworkCardIndex", 0}};
}

Json detach_network_interface(Call& call, Ec2& state) {
  const std::string id = interface_attached_as(state, call.text("AttachmentId"));
  const Json attachment = get(state, kNetworkInterface, id).shown.at("Attachment");
  if (attachment.at("DeviceIndex") == 0)
    throw operation_not_permitted(
        "The network interface at device index 0 and networkCard index 0 cannot be detached.");
  detach_interface(Origin(call), state, id);
  Json& interfaces =
      change(state, kInstance, attachment.at("InstanceId")).kept["NetworkInterfaces"];
  interfaces.erase(std::remove(interfaces.begin(), interfaces.end(), id), interfaces.end());
  return Json::object();
}

}  // namespace

Family network_interface_attachments() {
  return {.kinds = {},
          .operations = {{"AttachNetworkInterface", writes<attach_network_interface>},
                         {"DetachNetworkInterface", writes<detach_network_interface>}}};
}

}  // namespace cloudchamber::mock::ec2
