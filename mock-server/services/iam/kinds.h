// Kind<T>: what differs between users, groups, roles and the other named things of IAM; and the
// functions that are the same for all once that is said.
//
//   const Role& role = get<Role>(iam, call.text("RoleName"));  // else NoSuchEntity
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

#include "mock-server/call/call.h"
#include "mock-server/services/iam/errors.h"
#include "mock-server/services/iam/limits.h"
#include "mock-server/services/iam/state.h"
#include "mock-server/services/iam/tags.h"
#include "mock-server/services/iam/text.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::iam {

template <class T>
struct Kind;

template <>
struct Kind<User> {
  static constexpr auto kTable = &Iam::users;
  static constexpr const char* kResource = "user";  // in ARNs, and in texts
  static constexpr const char* kNameMember = "UserName";
  static constexpr const char* kIdMember = "UserId";
  static constexpr const char* kIdPrefix = "AIDA";
  static constexpr const char* kQuota = "UsersPerAccount";
  static constexpr std::size_t kMax = kMaxUsers;
  static constexpr const char* kAttachedQuota = "PoliciesPerUser";
  static constexpr std::size_t kMaxInlineSize = kMaxUserPolicySize;
  static std::string missing(const std::string& name) {
    return "The user with name " + name + " cannot be found.";
  }
  static std::string exists(const std::string& name) {
    return "User with name " + name + " already exists.";
  }
};

template <>
struct Kind<Group> {
  static constexpr auto kTable = &Iam::groups;
  static constexpr const char* kResource = "group";
  static constexpr const char* kNameMember = "GroupName";
  static constexpr const char* kIdMember = "GroupId";
  static constexpr const char* kIdPrefix = "AGPA";
  static constexpr const char* kQuota = "GroupsPerAccount";
  static constexpr std::size_t kMax = kMaxGroups;
  static constexpr const char* kAttachedQuota = "PoliciesPerGroup";
  static constexpr std::size_t kMaxInlineSize = kMaxGroupPolicySize;
  static std::string missing(const std::string& name) {
    return "The group with name " + name + " cannot be found.";
  }
  static std::string exists(const std::string& name) {
    return "Group with name " + name + " already exists.";
  }
};

template <>
struct Kind<Role> {
  static constexpr auto kTable = &Iam::roles;
  static constexpr const char* kResource = "role";
  static constexpr const char* kNameMember = "RoleName";
  static constexpr const char* kIdMember = "RoleId";
  static constexpr const char* kIdPrefix = "AROA";
  static constexpr const char* kQuota = "RolesPerAccount";
  static constexpr std::size_t kMax = kMaxRoles;
  static constexpr const char* kAttachedQuota = "PoliciesPerRole";
  static constexpr std::size_t kMaxInlineSize = kMaxRolePolicySize;
  static std::string missing(const std::string& name) {
    return "The role with name " + name + " cannot be found.";
  }
  static std::string exists(const std::string& name) {
    return "Role with name " + name + " already exists.";
  }
};

template <>
struct Kind<InstanceProfile> {
  static constexpr auto kTable = &Iam::instance_profiles;
  static constexpr const char* kResource = "instance-profile";
  static constexpr const char* kNameMember = "InstanceProfileName";
  static constexpr const char* kIdMember = "InstanceProfileId";
  static constexpr const char* kIdPrefix = "AIPA";
  static constexpr const char* kQuota = "InstanceProfilesPerAccount";
  static constexpr std::size_t kMax = kMaxInstanceProfiles;
  static std::string missing(const std::string& name) {
    return "Instance Profile " + name + " cannot be found.";
  }
  static std::string exists(const std::string& name) {
    return "Instance Profile " + name + " already exists.";
  }
};

template <>
struct Kind<ManagedPolicy> {
  static constexpr auto kTable = &Iam::policies;
  static constexpr const char* kResource = "policy";
  static constexpr const char* kNameMember = "PolicyName";
  static constexpr const char* kIdMember = "PolicyId";
  static constexpr const char* kIdPrefix = "ANPA";
  static constexpr const char* kQuota = "PoliciesPerAccount";
  static constexpr std::size_t kMax = kMaxPolicies;
  static std::string exists(const std::string& name) {
    return "A policy called " + name + " already exists. Duplicate names are not allowed.";
  }
};

template <class T>
[[nodiscard]] const T* find(const Iam& iam, const std::string& name) {
  return (iam.*Kind<T>::kTable).find(lowered(name));
}

// The entity of that name. Throws NoSuchEntity.
template <class T>
[[nodiscard]] const T& get(const Iam& iam, const std::string& name) {
  const T* found = find<T>(iam, name);
  if (found == nullptr) throw no_such_entity(Kind<T>::missing(name));
  return *found;
}
template <class T>
[[nodiscard]] T& change(Iam& iam, const std::string& name) {
  T* found = (iam.*Kind<T>::kTable).change(lowered(name));
  if (found == nullptr) throw no_such_entity(Kind<T>::missing(name));
  return *found;
}

// The entity that the input names.
template <class T>
[[nodiscard]] const T& get(const Iam& iam, const Call& call) {
  return get<T>(iam, call.text(Kind<T>::kNameMember));
}
template <class T>
[[nodiscard]] T& change(Iam& iam, const Call& call) {
  return change<T>(iam, call.text(Kind<T>::kNameMember));
}

// What the input describes, not yet in any table: name, path, a new id, tags. Throws
// EntityAlreadyExists, LimitExceeded.
template <class T>
[[nodiscard]] T make(Call& call, const Iam& iam) {
  T made;
  made.name = call.text(Kind<T>::kNameMember);
  made.path = call.text_or("Path", "/");
  made.tags = tags_of(call);
  if (find<T>(iam, made.name) != nullptr) {
    throw entity_already_exists(Kind<T>::exists(made.name));
  }
  if ((iam.*Kind<T>::kTable).size() >= Kind<T>::kMax) {
    throw quota_exceeded(Kind<T>::kQuota, Kind<T>::kMax);
  }
  made.id = unique_id(call, Kind<T>::kIdPrefix);
  made.created = call.now();
  return made;
}

template <class T>
T& put(Iam& iam, T entity) {
  const std::string key = lowered(entity.name);
  (iam.*Kind<T>::kTable).put(key, std::move(entity));
  return *(iam.*Kind<T>::kTable).change(key);
}

template <class T>
void erase(Iam& iam, const T& entity) {
  (iam.*Kind<T>::kTable).erase(lowered(entity.name));
}

template <class T>
[[nodiscard]] std::string arn_of(const std::string& account, const T& entity) {
  return arn_of(account, Kind<T>::kResource, entity.path, entity.name);
}

// The members that all have in answers: path, name, id, ARN, date.
template <class T>
[[nodiscard]] Json shown_entity(const std::string& account, const T& entity) {
  return {{"Path", entity.path},
          {Kind<T>::kNameMember, entity.name},
          {Kind<T>::kIdMember, entity.id},
          {"Arn", arn_of(account, entity)},
          {"CreateDate", shown(entity.created)}};
}

// Renames or moves: the members NewUserName and NewPath of an update, by the names that they have.
// Throws EntityAlreadyExists, also for the own name in another case.
template <class T>
T& rename(const Call& call, Iam& iam, const char* new_name_member) {
  T entity = get<T>(iam, call);
  if (call.has(new_name_member)) {
    const std::string& name = call.text(new_name_member);
    if (name != entity.name && find<T>(iam, name) != nullptr) {
      throw entity_already_exists(Kind<T>::exists(name));
    }
    erase(iam, entity);
    entity.name = name;
  }
  entity.path = call.text_or("NewPath", entity.path);
  return put(iam, std::move(entity));
}

}  // namespace cloudchamber::mock::iam
