// AWS::EC2::LaunchTemplate
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-launchtemplate.html
#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"
#include "mock-server/services/cloudformation/resource_types/types.h"
#include "mock-server/services/cloudformation/template/functions.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Made made_of(const Json& launch_template) {
  const std::string id = launch_template["LaunchTemplateId"].get<std::string>();
  return {id,
          {{"LaunchTemplateId", id},
           {"LatestVersionNumber", text_of(launch_template["LatestVersionNumber"])},
           {"DefaultVersionNumber", text_of(launch_template["DefaultVersionNumber"])}}};
}

Made create(const ResourceCall& call) {
  Json input = call.pick({"LaunchTemplateData", "VersionDescription", "TagSpecifications"});
  input["LaunchTemplateName"] = call.name_or_generated("LaunchTemplateName", 128);
  return made_of(call.invoke("ec2", "CreateLaunchTemplate", input)["LaunchTemplate"]);
}

Made update(const ResourceCall& call) {
  if (call.changed("LaunchTemplateData") || call.changed("VersionDescription")) {
    Json input = call.pick({"LaunchTemplateData", "VersionDescription"});
    input["LaunchTemplateId"] = call.physical_id();
    call.invoke("ec2", "CreateLaunchTemplateVersion", input);
  }
  const Json found = call.invoke("ec2", "DescribeLaunchTemplates",
                                 {{"LaunchTemplateIds", Json::array({call.physical_id()})}});
  return made_of(found["LaunchTemplates"][0]);
}

void remove(const ResourceCall& call) {
  delete_if_there(call, "DeleteLaunchTemplate", {{"LaunchTemplateId", call.physical_id()}});
}

}  // namespace

ResourceType ec2_launch_template() {
  return {.name = "AWS::EC2::LaunchTemplate",
          .properties = {{"LaunchTemplateData", OnChange::kUpdate, true},
                         {"LaunchTemplateName", OnChange::kReplace},
                         {"TagSpecifications", OnChange::kReplace},
                         {"VersionDescription"}},
          .attributes = {"DefaultVersionNumber", "LatestVersionNumber", "LaunchTemplateId"},
          .identifiers = {"LaunchTemplateId"},
          .name_property = "LaunchTemplateName",
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation
