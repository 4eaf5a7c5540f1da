// What users, groups and roles have in common: the policies in them and attached to them.
#pragma once

#include <string>

#include "mock-server/services/cloudformation/resource_types/resource_type.h"

namespace cloudchamber::mock::cloudformation {

// How IAM's operations name a kind: "User" in "PutUserPolicy" and in "UserName".
struct IamEntity {
  std::string kind;
  std::string name;
};

// Brings Policies and ManagedPolicyArns to what the template says now.
void set_policies(const ResourceCall& call, const IamEntity& entity);
// Takes all policies away, so that it can be deleted.
void drop_policies(const ResourceCall& call, const IamEntity& entity);
// Brings its tags to what the template says now ("TagRole", "UntagRole").
void set_tags(const ResourceCall& call, const IamEntity& entity);

// An operation that may find its entity gone.
void invoke_unless_gone(const ResourceCall& call, std::string_view operation, const Json& input);

// {"RoleName": name}, with `more`.
[[nodiscard]] Json named(const IamEntity& entity, Json more = Json::object());

}  // namespace cloudchamber::mock::cloudformation
