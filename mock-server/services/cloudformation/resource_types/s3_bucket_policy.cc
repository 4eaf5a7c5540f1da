// AWS::S3::BucketPolicy
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-s3-bucketpolicy.html
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

Made put(const ResourceCall& call) {
  const std::string bucket = call.text("Bucket");
  call.invoke("s3", "PutBucketPolicy",
              {{"Bucket", bucket}, {"Policy", call.document("PolicyDocument")}});
  return {bucket};
}

void remove(const ResourceCall& call) {
  try {
    call.invoke("s3", "DeleteBucketPolicy", {{"Bucket", call.physical_id()}});
  } catch (const AwsError& error) {
    if (error.code() != "NoSuchBucket") throw;
  }
}

}  // namespace

ResourceType s3_bucket_policy() {
  return {.name = "AWS::S3::BucketPolicy",
          .properties = {{"Bucket", OnChange::kReplace, true},
                         {"PolicyDocument", OnChange::kUpdate, true}},
          .identifiers = {"Bucket"},
          .create = put,
          .update = put,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation
