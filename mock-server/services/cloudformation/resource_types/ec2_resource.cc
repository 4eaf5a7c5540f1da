#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"

#include <algorithm>

namespace cloudchamber::mock::cloudformation {

void add_tags(const ResourceCall& call, const char* resource_type, Json& input) {
  Json tags = call.tags();
  if (tags.empty()) return;
  input["TagSpecifications"] =
      Json::array({{{"ResourceType", resource_type}, {"Tags", std::move(tags)}}});
}

void update_tags(const ResourceCall& call, const std::string& id) {
  const Json tags = call.tags();
  const Json had = call.invoke(
      "ec2", "DescribeTags",
      {{"Filters", Json::array({{{"Name", "resource-id"}, {"Values", Json::array({id})}}})}});
  Json gone = Json::array();
  for (const Json& tag : had.value("Tags", Json::array())) {
    const bool kept = std::any_of(tags.begin(), tags.end(),
                                  [&](const Json& one) { return one["Key"] == tag["Key"]; });
    if (!kept) gone.push_back({{"Key", tag["Key"]}});
  }
  const Json resources = Json::array({id});
  if (!gone.empty()) call.invoke("ec2", "DeleteTags", {{"Resources", resources}, {"Tags", gone}});
  if (!tags.empty()) call.invoke("ec2", "CreateTags", {{"Resources", resources}, {"Tags", tags}});
}

void delete_if_there(const ResourceCall& call, std::string_view operation, const Json& input) {
  try {
    call.invoke("ec2", operation, input);
  } catch (const AwsError& error) {
    const std::string& code = error.code();
    if (code.find("NotFound") == std::string::npos && code != "Gateway.NotAttached") throw;
  }
}

std::string id_in(const Json& reply, const char* structure, const char* member) {
  return reply.at(structure).at(member).get<std::string>();
}

}  // namespace cloudchamber::mock::cloudformation
