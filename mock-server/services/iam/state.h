// The state of IAM in one account: values only.
//
// What users, groups, roles, policies and instance profiles share is `Entity`, what can be given
// permissions is `Identity`. Tables of entities are keyed by the name in lower case, since AWS
// takes names that differ by case only for the same; see kinds.h for finding one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cloudchamber/clock.h"
#include "mock-server/state/table.h"
#include "mock-server/state/world.h"

namespace cloudchamber::mock::iam {

struct Tag {
  std::string key;
  std::string value;
};
using Tags = Table<std::string, Tag>;  // by the key in lower case

struct Entity {
  std::string name;
  std::string path = "/";
  std::string id;
  TimePoint created;
  Tags tags;
};

struct Identity : Entity {
  Table<std::string, std::string> attached;         // names of managed policies by ARN
  Table<std::string, std::string> inline_policies;  // documents by name
  std::string boundary;                             // ARN of the permissions boundary, "" when none
};

struct Group : Identity {};

struct LoginProfile {
  std::string password;
  TimePoint created;
  TimePoint set;
  bool reset_required = false;
  std::vector<std::string> former;  // passwords, newest first
};

struct AccessKey {
  std::string id;
  bool active = true;
  TimePoint created;
};

struct ServiceCredential {
  std::string id;
  std::string service;
  std::string user_name;  // of the service, "fred-at-123456789012"
  std::string password;
  bool active = true;
  TimePoint created;
};

struct MfaDevice {
  std::string serial_number;
  TimePoint enabled;
};

struct User : Identity {
  std::vector<std::string> groups;  // keys of Iam::groups, in the order of joining
  std::optional<LoginProfile> login_profile;
  std::vector<AccessKey> access_keys;
  std::vector<ServiceCredential> service_credentials;
  std::vector<MfaDevice> mfa_devices;
};

struct Role : Identity {
  std::string trust_policy;
  std::string description;
  std::int64_t max_session_duration = 3600;
  std::string linked_service;  // of a service-linked role, else ""
};

struct PolicyVersion {
  std::int64_t number = 1;
  std::string document;
  TimePoint created;
};

struct ManagedPolicy : Entity {
  std::string description;
  std::vector<PolicyVersion> versions;  // oldest first
  std::int64_t default_version = 1;
  std::int64_t last_version = 1;
  TimePoint updated;
};

struct InstanceProfile : Entity {
  std::string role;  // key of Iam::roles, "" when none
};

struct VirtualMfaDevice : Entity {  // `id` is its seed, in base32
  std::string user;                 // key of Iam::users, "" when not assigned
  TimePoint enabled;
};

struct OidcProvider {
  std::string arn;
  std::string url;  // without its scheme
  std::vector<std::string> client_ids;
  std::vector<std::string> thumbprints;
  TimePoint created;
  Tags tags;
};

struct SamlProvider {
  std::string arn;
  std::string document;
  TimePoint created;
  TimePoint valid_until;
  Tags tags;
};

struct PasswordPolicy {
  std::int64_t minimum_length = 6;
  bool symbols = false;
  bool numbers = false;
  bool uppercase = false;
  bool lowercase = false;
  bool users_may_change = false;
  std::int64_t max_age_days = 0;      // 0: passwords don't expire
  std::int64_t reuse_prevention = 0;  // 0: none
  std::optional<bool> hard_expiry;
};

struct CredentialReport {
  TimePoint generated;
  std::string content;
};

struct Iam {
  static constexpr Scope kScope = Scope::kAccount;
  Table<std::string, User> users;
  Table<std::string, Group> groups;
  Table<std::string, Role> roles;
  Table<std::string, ManagedPolicy> policies;
  Table<std::string, InstanceProfile> instance_profiles;
  Table<std::string, VirtualMfaDevice> virtual_mfa_devices;  // by serial number
  Table<std::string, OidcProvider> oidc_providers;           // by ARN
  Table<std::string, SamlProvider> saml_providers;           // by ARN
  Table<std::string, TimePoint> role_deletions;              // when each task began, by its id
  User root;                                                 // what the account's root user holds
  std::string account_alias;
  std::optional<PasswordPolicy> password_policy;
  std::optional<CredentialReport> credential_report;
};

}  // namespace cloudchamber::mock::iam
