// Put- and GetBucketLifecycleConfiguration, DeleteBucketLifecycle.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/lifecycle.h"

namespace cloudchamber::mock::s3 {

Json put_bucket_lifecycle_configuration(Call& call, Buckets& buckets) {
  constexpr const char* kDefaultSize = "all_storage_classes_128K";
  Bucket& bucket = bucket_for(call, buckets, "s3:PutLifecycleConfiguration");
  const std::string size = call.text_or("TransitionDefaultMinimumObjectSize", kDefaultSize);
  if (size != kDefaultSize && size != "varies_by_storage_class") {
    throw invalid_request("Invalid TransitionDefaultMinimumObjectSize found: " + size);
  }
  const Json* configuration = call.find("LifecycleConfiguration");
  if (configuration == nullptr || !configuration->contains("Rules")) throw malformed_xml();
  bucket.configurations.put(
      "Lifecycle", {{"Rules", checked_lifecycle_rules((*configuration)["Rules"], call.ids())},
                    {"TransitionDefaultMinimumObjectSize", size}});
  return {{"TransitionDefaultMinimumObjectSize", size}};
}

Json get_bucket_lifecycle_configuration(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetLifecycleConfiguration");
  const Json* configuration = bucket.configuration("Lifecycle");
  if (configuration == nullptr) {
    throw missing_configuration("NoSuchLifecycleConfiguration",
                                "The lifecycle configuration does not exist", bucket.name);
  }
  return *configuration;
}

Json delete_bucket_lifecycle(Call& call, Buckets& buckets) {
  bucket_for(call, buckets, "s3:PutLifecycleConfiguration").configurations.erase("Lifecycle");
  return Json::object();
}

}  // namespace cloudchamber::mock::s3
