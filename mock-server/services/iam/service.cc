#include "mock-server/services/iam/service.h"

#include "mock-server/services/iam/constraints.h"
#include "mock-server/services/iam/operations.h"

namespace cloudchamber::mock::iam {

// What is emulated. An operation of the model that has no line here is answered with
// NotImplemented, by name.
Service make_service() {
  return Service("iam")
      .validated_by(check_constraints)
      // Users
      .on("CreateUser", create_user)
      .on("GetUser", get_user)
      .on("ListUsers", list_users)
      .on("UpdateUser", update_user)
      .on("DeleteUser", delete_user)
      .on("CreateAccessKey", create_access_key)
      .on("ListAccessKeys", list_access_keys)
      .on("UpdateAccessKey", update_access_key)
      .on("DeleteAccessKey", delete_access_key)
      .on("GetAccessKeyLastUsed", get_access_key_last_used)
      .on("PutUserPolicy", put_inline_policy<User>)
      .on("GetUserPolicy", get_inline_policy<User>)
      .on("DeleteUserPolicy", delete_inline_policy<User>)
      .on("ListUserPolicies", list_inline_policies<User>)
      .on("AttachUserPolicy", attach_policy<User>)
      .on("DetachUserPolicy", detach_policy<User>)
      .on("ListAttachedUserPolicies", list_attached_policies<User>)
      .on("PutUserPermissionsBoundary", put_boundary<User>)
      .on("DeleteUserPermissionsBoundary", delete_boundary<User>)
      .on("TagUser", tag<User>)
      .on("UntagUser", untag<User>)
      .on("ListUserTags", list_tags_of<User>)
      // Groups
      .on("CreateGroup", create_group)
      .on("GetGroup", get_group)
      .on("ListGroups", list_groups)
      .on("ListGroupsForUser", list_groups_for_user)
      .on("UpdateGroup", update_group)
      .on("DeleteGroup", delete_group)
      .on("AddUserToGroup", add_user_to_group)
      .on("RemoveUserFromGroup", remove_user_from_group)
      .on("PutGroupPolicy", put_inline_policy<Group>)
      .on("GetGroupPolicy", get_inline_policy<Group>)
      .on("DeleteGroupPolicy", delete_inline_policy<Group>)
      .on("ListGroupPolicies", list_inline_policies<Group>)
      .on("AttachGroupPolicy", attach_policy<Group>)
      .on("DetachGroupPolicy", detach_policy<Group>)
      .on("ListAttachedGroupPolicies", list_attached_policies<Group>)
      // Roles
      .on("CreateRole", create_role)
      .on("GetRole", get_role)
      .on("ListRoles", list_roles)
      .on("UpdateRole", update_role)
      .on("UpdateRoleDescription", update_role_description)
      .on("UpdateAssumeRolePolicy", update_assume_role_policy)
      .on("DeleteRole", delete_role)
      .on("PutRolePolicy", put_inline_policy<Role>)
      .on("GetRolePolicy", get_inline_policy<Role>)
      .on("DeleteRolePolicy", delete_inline_policy<Role>)
      .on("ListRolePolicies", list_inline_policies<Role>)
      .on("AttachRolePolicy", attach_policy<Role>)
      .on("DetachRolePolicy", detach_policy<Role>)
      .on("ListAttachedRolePolicies", list_attached_policies<Role>)
      .on("PutRolePermissionsBoundary", put_boundary<Role>)
      .on("DeleteRolePermissionsBoundary", delete_boundary<Role>)
      .on("TagRole", tag<Role>)
      .on("UntagRole", untag<Role>)
      .on("ListRoleTags", list_tags_of<Role>)
      // Managed policies
      .on("CreatePolicy", create_policy)
      .on("GetPolicy", get_policy)
      .on("ListPolicies", list_policies)
      .on("DeletePolicy", delete_policy)
      .on("ListEntitiesForPolicy", list_entities_for_policy)
      .on("CreatePolicyVersion", create_policy_version)
      .on("GetPolicyVersion", get_policy_version)
      .on("ListPolicyVersions", list_policy_versions)
      .on("SetDefaultPolicyVersion", set_default_policy_version)
      .on("DeletePolicyVersion", delete_policy_version)
      .on("TagPolicy", tag<ManagedPolicy>)
      .on("UntagPolicy", untag<ManagedPolicy>)
      .on("ListPolicyTags", list_tags_of<ManagedPolicy>)
      // Instance profiles
      .on("CreateInstanceProfile", create_instance_profile)
      .on("GetInstanceProfile", get_instance_profile)
      .on("ListInstanceProfiles", list_instance_profiles)
      .on("ListInstanceProfilesForRole", list_instance_profiles_for_role)
      .on("DeleteInstanceProfile", delete_instance_profile)
      .on("AddRoleToInstanceProfile", add_role_to_instance_profile)
      .on("RemoveRoleFromInstanceProfile", remove_role_from_instance_profile)
      .on("TagInstanceProfile", tag<InstanceProfile>)
      .on("UntagInstanceProfile", untag<InstanceProfile>)
      .on("ListInstanceProfileTags", list_tags_of<InstanceProfile>);
}

}  // namespace cloudchamber::mock::iam
