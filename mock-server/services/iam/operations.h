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

// linked_roles.cc
Json create_service_linked_role(Call& call, Iam& iam);
Json delete_service_linked_role(Call& call, Iam& iam);
Json get_service_linked_role_deletion_status(Call& call, const Iam& iam);

// login_profiles.cc
Json create_login_profile(Call& call, Iam& iam);
Json get_login_profile(Call& call, const Iam& iam);
Json update_login_profile(Call& call, Iam& iam);
Json delete_login_profile(Call& call, Iam& iam);
Json change_password(Call& call, Iam& iam);

// password_policy.cc
Json update_account_password_policy(Call& call, Iam& iam);
Json get_account_password_policy(Call& call, const Iam& iam);
Json delete_account_password_policy(Call& call, Iam& iam);

// account.cc
Json create_account_alias(Call& call, Iam& iam);
Json list_account_aliases(Call& call, const Iam& iam);
Json delete_account_alias(Call& call, Iam& iam);
Json get_account_summary(Call& call, const Iam& iam);

// authorization_details.cc
Json get_account_authorization_details(Call& call, const Iam& iam);

// credential_report.cc
Json generate_credential_report(Call& call, Iam& iam);
Json get_credential_report(Call& call, const Iam& iam);

// service_credentials.cc
Json create_service_specific_credential(Call& call, Iam& iam);
Json list_service_specific_credentials(Call& call, const Iam& iam);
Json update_service_specific_credential(Call& call, Iam& iam);
Json reset_service_specific_credential(Call& call, Iam& iam);
Json delete_service_specific_credential(Call& call, Iam& iam);

// mfa.cc
Json create_virtual_mfa_device(Call& call, Iam& iam);
Json list_virtual_mfa_devices(Call& call, const Iam& iam);
Json delete_virtual_mfa_device(Call& call, Iam& iam);
Json enable_mfa_device(Call& call, Iam& iam);
Json resync_mfa_device(Call& call, const Iam& iam);
Json deactivate_mfa_device(Call& call, Iam& iam);
Json list_mfa_devices(Call& call, const Iam& iam);
Json get_mfa_device(Call& call, const Iam& iam);

// oidc_providers.cc
Json create_open_id_connect_provider(Call& call, Iam& iam);
Json get_open_id_connect_provider(Call& call, const Iam& iam);
Json list_open_id_connect_providers(Call& call, const Iam& iam);
Json delete_open_id_connect_provider(Call& call, Iam& iam);
Json add_client_id_to_open_id_connect_provider(Call& call, Iam& iam);
Json remove_client_id_from_open_id_connect_provider(Call& call, Iam& iam);
Json update_open_id_connect_provider_thumbprint(Call& call, Iam& iam);

// saml_providers.cc
Json create_saml_provider(Call& call, Iam& iam);
Json get_saml_provider(Call& call, const Iam& iam);
Json list_saml_providers(Call& call, const Iam& iam);
Json update_saml_provider(Call& call, Iam& iam);
Json delete_saml_provider(Call& call, Iam& iam);

// tag_operations.cc: User, Role, ManagedPolicy, InstanceProfile, VirtualMfaDevice, OidcProvider,
// SamlProvider
template <class T>
Json tag(Call& call, Iam& iam);
template <class T>
Json untag(Call& call, Iam& iam);
template <class T>
Json list_tags_of(Call& call, const Iam& iam);

}  // namespace cloudchamber::mock::iam
