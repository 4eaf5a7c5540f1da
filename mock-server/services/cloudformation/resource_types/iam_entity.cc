#include "mock-server/services/cloudformation/resource_types/iam_entity.h"

#include <algorithm>
#include <map>
#include <set>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/template/functions.h"
#include "mock-server/services/cloudformation/template/structure.h"

namespace cloudchamber::mock::cloudformation {
namespace {

// {name: document}
std::map<std::string, std::string> inline_policies(const Json& list) {
  std::map<std::string, std::string> policies;
  if (!list.is_array()) throw validation_error("#/Policies: expected type: JSONArray");
  for (const Json& policy : list) {
    const Json& name = member(policy, "PolicyName");
    const Json& document = member(policy, "PolicyDocument");
    if (name.is_null() || name.is_structured() || document.is_null())
      throw validation_error("#/Policies: required keys [PolicyName, PolicyDocument] not found");
    policies[text_of(name)] = document.is_string()
                                  ? document.get<std::string>()
                                  : document.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  return policies;
}

std::set<std::string> texts(const Json& list) {
  std::set<std::string> result;
  for (const Json& one : list) {
    if (one.is_structured()) throw validation_error("#/ManagedPolicyArns: expected type: String");
    result.insert(text_of(one));
  }
  return result;
}

}  // namespace

Json named(const IamEntity& entity, Json more) {
  more[entity.kind + "Name"] = entity.name;
  return more;
}

void invoke_unless_gone(const ResourceCall& call, std::string_view operation, const Json& input) {
  try {
    call.invoke("iam", operation, input);
  } catch (const AwsError& error) {
    if (error.code().find("NoSuchEntity") == std::string::npos) throw;
  }
}

void set_policies(const ResourceCall& call, const IamEntity& entity) {
  const std::string& kind = entity.kind;
  const auto before = inline_policies(call.context().before.value("Policies", Json::array()));
  const auto now = inline_policies(call.list("Policies"));
  for (const auto& [name, document] : before) {
    if (!now.contains(name))
      invoke_unless_gone(call, "Delete" + kind + "Policy", named(entity, {{"PolicyName", name}}));
  }
  for (const auto& [name, document] : now) {
    call.invoke("iam", "Put" + kind + "Policy",
                named(entity, {{"PolicyName", name}, {"PolicyDocument", document}}));
  }
  const auto had = texts(call.context().before.value("ManagedPolicyArns", Json::array()));
  const auto has = texts(call.list("ManagedPolicyArns"));
  for (const std::string& arn : had) {
    if (!has.contains(arn))
      invoke_unless_gone(call, "Detach" + kind + "Policy", named(entity, {{"PolicyArn", arn}}));
  }
  for (const std::string& arn : has) {
    if (!had.contains(arn))
      call.invoke("iam", "Attach" + kind + "Policy", named(entity, {{"PolicyArn", arn}}));
  }
}

void drop_policies(const ResourceCall& call, const IamEntity& entity) {
  const std::string& kind = entity.kind;
  for (const auto& [name, document] :
       inline_policies(call.properties().value("Policies", Json::array())))
    invoke_unless_gone(call, "Delete" + kind + "Policy", named(entity, {{"PolicyName", name}}));
  for (const std::string& arn : texts(call.list("ManagedPolicyArns")))
    invoke_unless_gone(call, "Detach" + kind + "Policy", named(entity, {{"PolicyArn", arn}}));
}

void set_tags(const ResourceCall& call, const IamEntity& entity) {
  const Json tags = call.tags();
  const Json had = call.invoke("iam", "List" + entity.kind + "Tags", named(entity));
  Json gone = Json::array();
  for (const Json& tag : had.value("Tags", Json::array())) {
    const bool kept = std::any_of(tags.begin(), tags.end(),
                                  [&](const Json& one) { return one["Key"] == tag["Key"]; });
    if (!kept) gone.push_back(tag["Key"]);
  }
  if (!gone.empty()) call.invoke("iam", "Untag" + entity.kind, named(entity, {{"TagKeys", gone}}));
  if (!tags.empty()) call.invoke("iam", "Tag" + entity.kind, named(entity, {{"Tags", tags}}));
}

}  // namespace cloudchamber::mock::cloudformation
