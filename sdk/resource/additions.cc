// What boto3 adds to resources in code rather than in their descriptions, said in the language of
// the descriptions where that can say it. What it can't say stands in custom.cc.
#include <array>

#include "sdk/resource/resource_model.h"

namespace cloudchamber {
namespace {

struct Addition {
  std::string_view service;
  std::string_view json;  // merged into the description
};

constexpr std::array kAdditions = {
    // create_tags of the service gives a Tag for each resource with each tag; delete_tags of an
    // instance.
    Addition{"ec2", R"json({
      "service": {"actions": {"CreateTags": {
        "request": {"operation": "CreateTags"},
        "resource": {"type": "Tag", "identifiers": [
          {"target": "ResourceId", "source": "requestParameter", "path": "Resources[]"},
          {"target": "Key", "source": "requestParameter", "path": "Tags[].Key"},
          {"target": "Value", "source": "requestParameter", "path": "Tags[].Value"}]}}}},
      "resources": {"Instance": {"actions": {"DeleteTags": {"request": {
        "operation": "DeleteTags",
        "params": [{"target": "Resources[0]", "source": "identifier", "name": "Id"}]}}}}}})json"},
    // A bucket's creation date stands in the list of buckets only; a summary is loaded by
    // HeadObject, which calls its size otherwise.
    Addition{"s3", R"json({"resources": {
      "Bucket": {"load": {"request": {"operation": "ListBuckets"}, "path": "Buckets"}},
      "ObjectSummary": {"load": {
        "request": {"operation": "HeadObject", "params": [
          {"target": "Bucket", "source": "identifier", "name": "BucketName"},
          {"target": "Key", "source": "identifier", "name": "Key"}]},
        "path": "merge(@, {Size: ContentLength})"}}}})json"},
};

}  // namespace

Json with_additions(const ServiceModel& service) {
  Json description = service.resources();
  for (const Addition& addition : kAdditions) {
    if (addition.service != service.name) continue;
    const Json added = Json::parse(addition.json);
    description.update(added, true);
  }
  return description;
}

}  // namespace cloudchamber
