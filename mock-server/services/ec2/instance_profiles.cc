// AssociateIamInstanceProfile, DisassociateIamInstanceProfile,
// ReplaceIamInstanceProfileAssociation, DescribeIamInstanceProfileAssociations.
#include "mock-server/services/ec2/instance_profiles.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/instances.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {{"instance-id", "InstanceId"}, {"state", "State"}};

// It goes with its instance, whatever the instance has become.
bool is_gone(const View& view, const Resource& association) {
  const Resource* instance =
      view.state.of(kInstance).find(association.shown.at("InstanceId").get<std::string>());
  return instance == nullptr || instance->shown.at("State").at("Name") == "terminated";
}

const Kind kAssociation{.type = "iam-instance-profile-association",
                        .prefix = "iip-assoc-",
                        .id_member = "AssociationId",
                        .list = "IamInstanceProfileAssociations",
                        .ids = "AssociationIds",
                        .not_found_code = "InvalidAssociationID.NotFound",
                        .not_found = "An invalid association-id of '{}' was given",
                        .malformed_code = "InvalidAssociationID.NotFound",
                        .malformed = "An invalid association-id of '{}' was given",
                        .in_use = "",
                        .filters = kFilters,
                        .has_owner = false,
                        .taggable = false,
                        .at_present = changing_at_first,
                        .gone = is_gone};

// The association of an instance, "" for none.
std::string association_of(const Ec2& state, const std::string& instance_id) {
  for (const auto& [id, one] : state.of(kAssociation)) {
    if (one.shown.at("InstanceId") == instance_id) return id;
  }
  return "";
}

Json answered(const Call& call, const Ec2& state, const std::string& id) {
  return {{"IamInstanceProfileAssociation", shown(call, state, kAssociation, id)}};
}

Json associate_iam_instance_profile(Call& call, Ec2& state) {
  const std::string& instance_id = call.text("InstanceId");
  (void)instance_at(call, state, instance_id);
  const Json profile = instance_profile(call, call.at("IamInstanceProfile"));
  if (!association_of(state, instance_id).empty())
    throw AwsError("IncorrectState",
                   "There is an existing association for instance " + instance_id);
  return answered(call, state, associate_profile(Origin(call), state, instance_id, profile));
}

void take_profile(Ec2& state, const std::string& instance_id) {
  if (state.of(kInstance).contains(instance_id))
    change(state, kInstance, instance_id).shown.erase("IamInstanceProfile");
}

Json disassociate_iam_instance_profile(Call& call, Ec2& state) {
  const std::string& id = call.text("AssociationId");
  Json before = shown(call, state, kAssociation, id);
  take_profile(state, before.at("InstanceId"));
  remove(Origin(call), state, kAssociation, id);
  before["State"] = "disassociating";
  return {{"IamInstanceProfileAssociation", before}};
}

Json replace_iam_instance_profile_association(Call& call, Ec2& state) {
  const std::string& id = call.text("AssociationId");
  const std::string instance_id = get(state, kAssociation, id).shown.at("InstanceId");
  const Json profile = instance_profile(call, call.at("IamInstanceProfile"));
  remove(Origin(call), state, kAssociation, id);
  return answered(call, state, associate_profile(Origin(call), state, instance_id, profile));
}

// The name at the end of "arn:aws:iam::123456789012:instance-profile/path/name".
std::string name_in_arn(const std::string& arn) {
  const std::size_t slash = arn.rfind('/');
  if (arn.find(":instance-profile/") == std::string::npos || slash == std::string::npos)
    throw invalid_value(arn, "iamInstanceProfile.arn", "Invalid IAM Instance Profile ARN");
  return arn.substr(slash + 1);
}

}  // namespace

Json instance_profile(const Call& call, const Json& specification) {
  const std::string arn = specification.value("Arn", "");
  const std::string given = specification.value("Name", "");
  if (!arn.empty() && !given.empty())
    throw invalid_combination(
        "The parameter 'iamInstanceProfile.name' may not be used in combination with "
        "'iamInstanceProfile.arn'");
  const std::string name = arn.empty() ? given : name_in_arn(arn);
  if (name.empty()) throw missing_parameter("iamInstanceProfile");
  try {
    const Json found = call.invoke("iam", "GetInstanceProfile", {{"InstanceProfileName", name}});
    const Json& profile = found.at("InstanceProfile");
    if (arn.empty() || profile.at("Arn") == arn)
      return {{"Arn", profile.at("Arn")}, {"Id", profile.at("InstanceProfileId")}};
  } catch (const AwsError& error) {
    if (!error.code().starts_with("NoSuchEntity") && error.code() != "ValidationError") throw;
  }
  if (arn.empty())
    throw invalid_value(name, "iamInstanceProfile.name", "Invalid IAM Instance Profile name");
  throw invalid_value(arn, "iamInstanceProfile.arn", "Invalid IAM Instance Profile ARN");
}

std::string associate_profile(const Origin& origin, Ec2& state, const std::string& instance_id,
                              const Json& profile) {
  change(state, kInstance, instance_id).shown["IamInstanceProfile"] = profile;
  Resource made;
  made.shown = {{"InstanceId", instance_id},
                {"IamInstanceProfile", profile},
                {"State", "associated"},
                {"Timestamp", iso8601_milliseconds(origin.now())}};
  begin_change(made, origin.now(), {{"State", "associating"}});
  return create(origin, state, kAssociation, std::move(made));
}

Family instance_profiles() {
  return {
      .kinds = {&kAssociation},
      .operations = {{"AssociateIamInstanceProfile", writes<associate_iam_instance_profile>},
                     {"DisassociateIamInstanceProfile", writes<disassociate_iam_instance_profile>},
                     {"ReplaceIamInstanceProfileAssociation",
                      writes<replace_iam_instance_profile_association>},
                     {"DescribeIamInstanceProfileAssociations", describes<kAssociation>}}};
}

}  // namespace cloudchamber::mock::ec2
