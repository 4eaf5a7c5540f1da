// AWS::IAM::AccessKey
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-accesskey.html
#include "mock-server/services/cloudformation/resource_types/iam_entity.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

void set_status(const ResourceCall& call, const std::string& id) {
  call.invoke("iam", "UpdateAccessKey",
              {{"UserName", call.text("UserName")},
               {"AccessKeyId", id},
               {"Status", call.text_or("Status", "Active")}});
}

Made create(const ResourceCall& call) {
  const Json key =
      call.invoke("iam", "CreateAccessKey", {{"UserName", call.text("UserName")}})["AccessKey"];
  const std::string id = key["AccessKeyId"].get<std::string>();
  if (call.text_or("Status", "Active") != "Active") set_status(call, id);
  return {id, {{"SecretAccessKey", key["SecretAccessKey"]}}};
}

Made update(const ResourceCall& call) {
  set_status(call, call.physical_id());
  return {call.physical_id(), call.context().attributes};
}

void remove(const ResourceCall& call) {
  invoke_unless_gone(call, "DeleteAccessKey",
                     {{"UserName", call.text("UserName")}, {"AccessKeyId", call.physical_id()}});
}

}  // namespace

ResourceType iam_access_key() {
  return {.name = "AWS::IAM::AccessKey",
          .properties = {{"UserName", OnChange::kReplace, true},
                         {"Serial", OnChange::kReplace},
                         {"Status"}},
          .attributes = {"SecretAccessKey"},
          .identifiers = {"Id"},
          .needs_iam_capability = true,
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation
