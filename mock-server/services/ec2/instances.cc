// DescribeInstances.
#include "mock-server/services/ec2/instances.h"

#include <algorithm>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instance_filters.h"
#include "mock-server/services/ec2/network_interfaces.h"
#include "mock-server/services/ec2/volumes.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

// How long an instance is still shown after its end.
constexpr Seconds kShownAfterItsEnd{3600};

bool is_gone(const View& view, const Resource& instance) {
  return view.call.now() > instance.changed + kShownAfterItsEnd &&
         instance.shown.at("State").at("Name") == "terminated";
}

Json interface_of_instance(const Json& one) {
  Json out = Json::object();
  for (const char* member : {"Association", "Attachment", "Description", "Groups", "InterfaceType",
                             "Ipv6Addresses", "MacAddress", "NetworkInterfaceId", "Operator",
                             "OwnerId", "PrivateDnsName", "PrivateIpAddress", "PrivateIpAddresses",
                             "SourceDestCheck", "Status", "SubnetId", "VpcId"}) {
    if (const auto found = one.find(member); found != one.end()) out[member] = *found;
  }
  if (out.contains("Attachment")) {
    out["Attachment"].erase("InstanceId");
    out["Attachment"].erase("InstanceOwnerId");
  }
  return out;
}

Json interfaces_shown(const View& view, const Resource& instance) {
  Json out = Json::array();
  for (const std::string& id : interfaces_of(instance)) {
    const Resource* one = view.state.of(kNetworkInterface).find(id);
    Json scratch;
    if (one != nullptr)
      out.push_back(interface_of_instance(at_present(view, kNetworkInterface, *one, scratch)));
  }
  return out;
}

Json volumes_shown(const View& view, const std::string& instance_id, const Resource& instance) {
  Json out = Json::array();
  for (const std::string& id : volumes_of(instance)) {
    const Resource* volume = view.state.of(kVolume).find(id);
    if (volume == nullptr) continue;
    Json scratch;
    for (const Json& attachment : at_present(view, kVolume, *volume, scratch).at("Attachments")) {
      if (attachment.at("InstanceId") != instance_id) continue;
      out.push_back({{"DeviceName", attachment.at("Device")},
                     {"Ebs",
                      {{"AttachTime", attachment.at("AttachTime")},
                       {"DeleteOnTermination", attachment.at("DeleteOnTermination")},
                       {"Status", attachment.at("State")},
                       {"VolumeId", id}}}});
    }
  }
  return out;
}

// What other resources tell: the interfaces with the addresses and groups, and the volumes.
void complete(const View& view, const std::string& id, const Resource& instance, Json& out) {
  Json interfaces = interfaces_shown(view, instance);
  out["PublicDnsName"] = "";
  out["SecurityGroups"] = Json::array();
  if (!interfaces.empty()) {
    const Json& primary = interfaces[0];
    out["SecurityGroups"] = primary.at("Groups");
    out["SourceDestCheck"] = primary.at("SourceDestCheck");
    if (primary.contains("Association")) {
      out["PublicIpAddress"] = primary.at("Association").at("PublicIp");
      out["PublicDnsName"] = primary.at("Association").value("PublicDnsName", "");
    }
  }
  out["NetworkInterfaces"] = std::move(interfaces);
  out["BlockDeviceMappings"] = volumes_shown(view, id, instance);
}

Json describe_instances(Call& call, const Ec2& state) {
  const View view{call, state};
  const Selection selection = select(view, kInstance);
  Json reservations = Json::array();
  std::map<std::string, std::size_t> places;  // in the list, by reservation
  for (const auto* row : selection.rows) {
    const std::string reservation_id = row->second.kept.at("ReservationId");
    const auto [place, is_new] = places.emplace(reservation_id, reservations.size());
    if (is_new) reservations.push_back(reservation_of(call, row->second));
    reservations[place->second]["Instances"].push_back(
        shown(view, kInstance, row->first, row->second));
  }
  Json output{{"Reservations", std::move(reservations)}};
  if (selection.next_token.has_value()) output["NextToken"] = *selection.next_token;
  return output;
}

}  // namespace

// An instance that has ended refers to nothing, since it is shown without SubnetId and VpcId.
constexpr Reference kReferences[] = {{"subnet", "SubnetId"}, {"vpc", "VpcId"}};

const Kind kInstance{.type = "instance",
                     .prefix = "i-",
                     .id_member = "InstanceId",
                     .list = "Instances",
                     .ids = "InstanceIds",
                     .not_found_code = "InvalidInstanceID.NotFound",
                     .not_found = "The instance ID '{}' does not exist",
                     .several_not_found = "The instance IDs '{}' do not exist",
                     .malformed_code = "InvalidInstanceID.Malformed",
                     .malformed = "Invalid id: \"{}\"",
                     .exact_ids = true,
                     .in_use = "The instance '{}' has dependencies and cannot be deleted.",
                     .filters = instance_filters(),
                     .references = kReferences,
                     .ids_exclude_paging = "instancesSet",
                     .min_results = 5,
                     .max_results = 1000,
                     .has_owner = false,
                     .at_present = changing_at_first,
                     .complete = complete,
                     .gone = is_gone};

Json instance_state(const std::string& name) {
  static const std::map<std::string, int> kCodes{{"pending", 0},        {"running", 16},
                                                 {"shutting-down", 32}, {"terminated", 48},
                                                 {"stopping", 64},      {"stopped", 80}};
  return {{"Code", kCodes.at(name)}, {"Name", name}};
}

std::string state_of(const View& view, const Resource& instance) {
  Json scratch;
  return changing_at_first(view, instance, scratch).at("State").at("Name");
}

const Resource& instance_at(const Call& call, const Ec2& state, const std::string& id) {
  const Resource& found = get(state, kInstance, id);
  if (is_gone({call, state}, found)) throw_not_found(kInstance, {id});
  return found;
}

Resource& instance_to_change(const Call& call, Ec2& state, const std::string& id) {
  (void)instance_at(call, state, id);
  return change(state, kInstance, id);
}

const Json& instances_named(const Call& call) {
  const Json* list = call.find("InstanceIds");
  if (list == nullptr || list->empty()) throw invalid_combination("No instances specified");
  return *list;
}

std::vector<std::string> instance_ids(const Call& call, const Ec2& state, const Json& list) {
  std::vector<std::string> ids;
  std::vector<std::string> missing;
  for (const Json& one : list) check_form(kInstance, one.get_ref<const std::string&>());
  for (const Json& one : list) {
    const std::string& id = one.get_ref<const std::string&>();
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) continue;
    const Resource* found = state.of(kInstance).find(id);
    if (found == nullptr || is_gone({call, state}, *found)) missing.push_back(id);
    ids.push_back(id);
  }
  if (!missing.empty()) throw_not_found(kInstance, missing);
  return ids;
}

Json reservation_of(const Call& call, const Resource& instance) {
  return {{"ReservationId", instance.kept.at("ReservationId")},
          {"OwnerId", call.account()},
          {"Groups", Json::array()},
          {"Instances", Json::array()}};
}

Family instances() {
  return {.kinds = {&kInstance}, .operations = {{"DescribeInstances", reads<describe_instances>}}};
}

}  // namespace cloudchamber::mock::ec2
