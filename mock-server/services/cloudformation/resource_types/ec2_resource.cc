#include "mock-server/services/cloudformation/resource_types/ec2_resource.h"

#include <algorithm>

namespace cloudchamber::mock::cloudformation {

namespace {

bool is_reserved(const Json& tag) {
  return tag["Key"].get_ref<const std::string&>().starts_with("aws:");
}

// Throws EC2's error for names that a template may not give.
Json tags_of_user(const ResourceCall& call) {
  Json tags = call.tags();
  if (std::any_of(tags.begin(), tags.end(), is_reserved))
    throw AwsError("InvalidParameterValue",
                   "Tag keys starting with 'aws:' are reserved for internal use");
  return tags;
}

}  // namespace

// With the tags by which EC2's resources tell their stack; EC2 shows them, other services don't
// (LocalStack's snapshots of AWS: cloudformation/resources/test_ec2, test_dynamodb).
void add_tags(const ResourceCall& call, const char* resource_type, Json& input) {
  Json tags = tags_of_user(call);
  const ResourceCall::Context& made = call.context();
  tags.push_back({{"Key", "aws:cloudformation:logical-id"}, {"Value", made.logical_id}});
  tags.push_back({{"Key", "aws:cloudformation:stack-id"}, {"Value", made.stack_id}});
  tags.push_back({{"Key", "aws:cloudformation:stack-name"}, {"Value", made.stack_name}});
  input["TagSpecifications"] =
      Json::array({{{"ResourceType", resource_type}, {"Tags", std::move(tags)}}});
}

void update_tags(const ResourceCall& call, const std::string& id) {
  const Json tags = tags_of_user(call);
  const Json had = call.invoke(
      "ec2", "DescribeTags",
      {{"Filters", Json::array({{{"Name", "resource-id"}, {"Values", Json::array({id})}}})}});
  Json gone = Json::array();
  for (const Json& tag : had.value("Tags", Json::array())) {
    const bool kept = std::any_of(tags.begin(), tags.end(),
                                  [&](const Json& one) { return one["Key"] == tag["Key"]; });
    if (!kept && !is_reserved(tag)) gone.push_back({{"Key", tag["Key"]}});
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
