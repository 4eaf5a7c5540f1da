// AWS::IAM::Policy: an inline policy of users, groups and roles; AWS::IAM::ManagedPolicy: one that
// is attached to them.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-policy.html
#include <algorithm>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/iam_entity.h"
#include "mock-server/services/cloudformation/resource_types/types.h"
#include "mock-server/services/cloudformation/template/functions.h"

namespace cloudchamber::mock::cloudformation {
namespace {

struct Holders {
  const char* property;
  const char* kind;
};
constexpr Holders kHolders[] = {{"Users", "User"}, {"Groups", "Group"}, {"Roles", "Role"}};

// Calls for each that holds the policy now (`now`), and for each that did and no longer does.
template <class Now, class NoLonger>
void for_each_holder(const ResourceCall& call, const Now& now, const NoLonger& no_longer) {
  for (const Holders& holders : kHolders) {
    const Json has = call.list(holders.property);
    const Json had = call.context().before.value(holders.property, Json::array());
    for (const Json& name : had) {
      if (std::find(has.begin(), has.end(), name) == has.end())
        no_longer(IamEntity{holders.kind, text_of(name)});
    }
    for (const Json& name : has) {
      if (name.is_structured()) throw validation_error("expected type: String");
      now(IamEntity{holders.kind, text_of(name)},
          std::find(had.begin(), had.end(), name) == had.end());
    }
  }
}

void put_inline(const ResourceCall& call) {
  const std::string name = call.text("PolicyName");
  const std::string document = call.document("PolicyDocument");
  for_each_holder(
      call,
      [&](const IamEntity& holder, bool) {
        call.invoke("iam", "Put" + holder.kind + "Policy",
                    named(holder, {{"PolicyName", name}, {"PolicyDocument", document}}));
      },
      [&](const IamEntity& holder) {
        invoke_unless_gone(call, "Delete" + holder.kind + "Policy",
                           named(holder, {{"PolicyName", name}}));
      });
}

Made create_inline(const ResourceCall& call) {
  const bool held = std::any_of(std::begin(kHolders), std::end(kHolders), [&](const Holders& one) {
    return !call.list(one.property).empty();
  });
  if (!held) throw validation_error("At least one of [Groups,Roles,Users] must be non-empty.");
  put_inline(call);
  const std::string id = call.generated_name();
  return {id, {{"Id", id}}};
}

Made update_inline(const ResourceCall& call) {
  put_inline(call);
  return {call.physical_id(), call.context().attributes};
}

void remove_inline(const ResourceCall& call) {
  for (const Holders& holders : kHolders) {
    for (const Json& name : call.list(holders.property)) {
      invoke_unless_gone(
          call, std::string("Delete") + holders.kind + "Policy",
          named({holders.kind, text_of(name)}, {{"PolicyName", call.text("PolicyName")}}));
    }
  }
}

void attach(const ResourceCall& call, const std::string& arn) {
  for_each_holder(
      call,
      [&](const IamEntity& holder, bool is_new) {
        if (is_new)
          call.invoke("iam", "Attach" + holder.kind + "Policy",
                      named(holder, {{"PolicyArn", arn}}));
      },
      [&](const IamEntity& holder) {
        invoke_unless_gone(call, "Detach" + holder.kind + "Policy",
                           named(holder, {{"PolicyArn", arn}}));
      });
}

Made create_managed(const ResourceCall& call) {
  Json input = call.pick({"Path", "Description"});
  input["PolicyName"] = call.name_or_generated("ManagedPolicyName", 128);
  input["PolicyDocument"] = call.document("PolicyDocument");
  const Json made = call.invoke("iam", "CreatePolicy", input)["Policy"];
  const std::string arn = made["Arn"].get<std::string>();
  attach(call, arn);
  return {arn, {{"PolicyArn", arn}, {"PolicyId", made["PolicyId"]}}};
}

// IAM keeps five versions; CloudFormation keeps one beside the default.
Made update_managed(const ResourceCall& call) {
  const std::string& arn = call.physical_id();
  if (call.changed("PolicyDocument")) {
    const Json versions = call.invoke("iam", "ListPolicyVersions", {{"PolicyArn", arn}});
    for (const Json& version : versions["Versions"]) {
      if (!version.value("IsDefaultVersion", false)) {
        call.invoke("iam", "DeletePolicyVersion",
                    {{"PolicyArn", arn}, {"VersionId", version["VersionId"]}});
      }
    }
    call.invoke("iam", "CreatePolicyVersion",
                {{"PolicyArn", arn},
                 {"PolicyDocument", call.document("PolicyDocument")},
                 {"SetAsDefault", true}});
  }
  attach(call, arn);
  return {arn, call.context().attributes};
}

void remove_managed(const ResourceCall& call) {
  const std::string& arn = call.physical_id();
  for (const Holders& holders : kHolders) {
    for (const Json& name : call.list(holders.property)) {
      invoke_unless_gone(call, std::string("Detach") + holders.kind + "Policy",
                         named({holders.kind, text_of(name)}, {{"PolicyArn", arn}}));
    }
  }
  Json versions = Json::object();
  try {
    versions = call.invoke("iam", "ListPolicyVersions", {{"PolicyArn", arn}});
  } catch (const AwsError& error) {
    if (error.code().find("NoSuchEntity") == std::string::npos) throw;
    return;
  }
  for (const Json& version : versions.value("Versions", Json::array())) {
    if (!version.value("IsDefaultVersion", false)) {
      call.invoke("iam", "DeletePolicyVersion",
                  {{"PolicyArn", arn}, {"VersionId", version["VersionId"]}});
    }
  }
  invoke_unless_gone(call, "DeletePolicy", {{"PolicyArn", arn}});
}

}  // namespace

ResourceType iam_policy() {
  return {.name = "AWS::IAM::Policy",
          .properties = {{"PolicyDocument", OnChange::kUpdate, true},
                         {"PolicyName", OnChange::kReplace, true},
                         {"Groups"},
                         {"Roles"},
                         {"Users"}},
          .attributes = {"Id"},
          .identifiers = {"Id"},
          .needs_iam_capability = true,
          .create = create_inline,
          .update = update_inline,
          .remove = remove_inline};
}

ResourceType iam_managed_policy() {
  return {.name = "AWS::IAM::ManagedPolicy",
          .properties = {{"PolicyDocument", OnChange::kUpdate, true},
                         {"ManagedPolicyName", OnChange::kReplace},
                         {"Path", OnChange::kReplace},
                         {"Description", OnChange::kReplace},
                         {"Groups"},
                         {"Roles"},
                         {"Users"}},
          .attributes = {"PolicyArn", "PolicyId"},
          .identifiers = {"PolicyArn"},
          .name_property = "ManagedPolicyName",
          .needs_iam_capability = true,
          .create = create_managed,
          .update = update_managed,
          .remove = remove_managed};
}

}  // namespace cloudchamber::mock::cloudformation
