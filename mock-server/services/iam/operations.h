// The handlers of IAM, by the files they stand in. Those that are the same for users, groups and
// roles are templates.
#pragma once

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/services/iam/state.h"
#include "mock-server/state/credentials.h"

namespace cloudchamber::mock::iam {

// user_operations.cc
Json create_user(Call& call, Iam& iam);
Json get_user(Call& call, const Iam& iam);
Json list_users(Call& call, const Iam& iam);
Json update_user(Call& call, Iam& iam, KnownCredentials& known);
Json delete_user(Call& call, Iam& iam);

// group_operations.cc
Json create_group(Call& call, Iam& iam);
Json get_group(Call& call, const Iam& iam);
Json list_groups(Call& call, const Iam& iam);
Json list_groups_for_user(Call& call, const Iam& iam);
Json update_group(Call& call, Iam& iam);
Json delete_group(Call& call, Iam& iam);
Json add_user_to_group(Call& call, Iam& iam);
Json remove_user_from_group(Call& call, Iam& iam);

// role_operations.cc
Json create_role(Call& call, Iam& iam);
Json get_role(Call& call, const Iam& iam);
Json list_roles(Call& call, const Iam& iam);
Json update_role(Call& call, Iam& iam);
Json update_role_description(Call& call, Iam& iam);
Json update_assume_role_policy(Call& call, Iam& iam);
Json delete_role(Call& call, Iam& iam);

// identity_policies.cc: User, Group, Role
template <class T>
Json attach_policy(Call& call, Iam& iam);
template <class T>
Json detach_policy(Call& call, Iam& iam);
template <class T>
Json list_attached_policies(Call& call, const Iam& iam);
template <class T>
Json put_inline_policy(Call& call, Iam& iam);
template <class T>
Json get_inline_policy(Call& call, const Iam& iam);
template <class T>
Json delete_inline_policy(Call& call, Iam& iam);
template <class T>
Json list_inline_policies(Call& call, const Iam& iam);

// boundaries.cc: User, Role
template <class T>
Json put_boundary(Call& call, Iam& iam);
template <class T>
Json delete_boundary(Call& call, Iam& iam);

// managed_policies.cc
Json create_policy(Call& call, Iam& iam);
Json get_policy(Call& call, const Iam& iam);
Json list_policies(Call& call, const Iam& iam);
Json delete_policy(Call& call, Iam& iam);
Json list_entities_for_policy(Call& call, const Iam& iam);

// policy_versions.cc
Json create_policy_version(Call& call, Iam& iam);
Json get_policy_version(Call& call, const Iam& iam);
Json list_policy_versions(Call& call, const Iam& iam);
Json set_default_policy_version(Call& call, Iam& iam);
Json delete_policy_version(Call& call, Iam& iam);

// instance_profiles.cc
Json create_instance_profile(Call& call, Iam& iam);
Json get_instance_profile(Call& call, const Iam& iam);
Json list_instance_profiles(Call& call, const Iam& iam);
Json list_instance_profiles_for_role(Call& call, const Iam& iam);
Json delete_instance_profile(Call& call, Iam& iam);
Json add_role_to_instance_profile(Call& call, Iam& iam);
Json remove_role_from_instance_profile(Call& call, Iam& iam);

// access_keys.cc
Json create_access_key(Call& call, Iam& iam, KnownCredentials& known);
Json list_access_keys(Call& call, const Iam& iam);
Json update_access_key(Call& call, Iam& iam, KnownCredentials& known);
Json delete_access_key(Call& call, Iam& iam, KnownCredentials& known);
Json get_access_key_last_used(Call& call, const Iam& iam);

// tag_operations.cc: User, Role, ManagedPolicy, InstanceProfile, ServerCertificate
template <class T>
Json tag(Call& call, Iam& iam);
template <class T>
Json untag(Call& call, Iam& iam);
template <class T>
Json list_tags_of(Call& call, const Iam& iam);

}  // namespace cloudchamber::mock::iam
