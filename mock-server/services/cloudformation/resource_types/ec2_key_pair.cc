// AWS::EC2::KeyPair
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-keypair.html
#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

// The private key of a created pair goes to Parameter Store on AWS; here it is not kept.
Made create(const ResourceCall& call) {
  Json input = call.pick({"KeyName"});
  add_tags(call, "key-pair", input);
  Json made;
  if (call.has("PublicKeyMaterial")) {
    input["PublicKeyMaterial"] = call.text("PublicKeyMaterial");
    made = call.invoke("ec2", "ImportKeyPair", input);
  } else {
    input.update(call.pick({"KeyType", "KeyFormat"}));
    made = call.invoke("ec2", "CreateKeyPair", input);
  }
  return {made["KeyName"].get<std::string>(),
          {{"KeyFingerprint", made["KeyFingerprint"]}, {"KeyPairId", made["KeyPairId"]}}};
}

Made update(const ResourceCall& call) {
  update_tags(call, call.context().attributes.value("KeyPairId", std::string()));
  return {call.physical_id(), call.context().attributes};
}

void remove(const ResourceCall& call) {
  delete_if_there(call, "DeleteKeyPair", {{"KeyName", call.physical_id()}});
}

}  // namespace

ResourceType ec2_key_pair() {
  return {.name = "AWS::EC2::KeyPair",
          .properties = {{"KeyName", OnChange::kReplace, true},
                         {"KeyFormat", OnChange::kReplace},
                         {"KeyType", OnChange::kReplace},
                         {"PublicKeyMaterial", OnChange::kReplace},
                         {"Tags"}},
          .attributes = {"KeyFingerprint", "KeyPairId"},
          .identifiers = {"KeyName"},
          .name_property = "KeyName",
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation
