// AWS::CDK::Metadata: what CDK puts into every template for AWS's statistics. Makes nothing.
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Made create(const ResourceCall& call) { return {call.call().ids().uuid()}; }
Made update(const ResourceCall& call) { return {call.physical_id()}; }
void remove(const ResourceCall&) {}

}  // namespace

ResourceType cdk_metadata() {
  return {.name = "AWS::CDK::Metadata",
          .properties = {{"Analytics"}, {"Modules"}},
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation
