#include "sdk/resource/custom.h"

#include "cloudchamber/errors.h"
#include "sdk/dynamodb/plain_values.h"

namespace cloudchamber {
namespace {

bool is(const Resource& resource, std::string_view service, std::string_view type) {
  const Resource::Core& core = resource.core();
  return core.type->name == type && core.model->service().name == service;
}

}  // namespace

std::optional<Json> load_custom(const Resource& resource) {
  if (!is(resource, "s3", "Bucket")) return std::nullopt;
  try {
    const Json response = resource.core().client.call("ListBuckets");
    for (const Json& bucket : response.value("Buckets", Json::array())) {
      if (bucket.value("Name", Json()) == resource.identifier("Name")) return bucket;
    }
  } catch (const ClientError& error) {
    if (error.code() != "AccessDenied") throw;
  }
  return Json::object();
}

std::optional<std::vector<Resource>> targets_custom(const Resource& resource,
                                                    const ActionModel& action,
                                                    const Json& parameters) {
  if (action.name != "CreateTags" || !is(resource, "ec2", "ServiceResource")) return std::nullopt;
  std::vector<Resource> tags;
  const ResourceType& type = resource.core().model->type("Tag");
  for (const Json& id : parameters.value("Resources", Json::array())) {
    for (const Json& tag : parameters.value("Tags", Json::array())) {
      tags.push_back(make_resource(
          resource, type, Json::array({id, tag.value("Key", ""), tag.value("Value", "")})));
    }
  }
  return tags;
}

const CallTransformation* transformation_of(std::string_view service) {
  return service == "dynamodb" ? &dynamodb::plain_values() : nullptr;
}

}  // namespace cloudchamber
