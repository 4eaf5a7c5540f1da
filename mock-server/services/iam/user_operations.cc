// Users: created, shown, changed, deleted.
#include "mock-server/services/iam/boundaries.h"
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/listing.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/show.h"
#include "mock-server/services/iam/users.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::iam {
namespace {

void check_deletable(const User& user) {
  if (!user.attached.empty()) throw cannot_delete("must detach all policies first.");
  if (!user.inline_policies.empty()) throw cannot_delete("must delete policies first.");
  if (!user.groups.empty()) throw cannot_delete("must remove users from group first.");
  if (!user.access_keys.empty()) throw cannot_delete("must delete access keys first.");
  if (user.login_profile) throw cannot_delete("must delete login profile first.");
  if (!user.mfa_devices.empty()) throw cannot_delete("must delete MFA device first.");
  if (!user.service_credentials.empty()) {
    throw cannot_delete("must remove referenced objects first.");
  }
}

}  // namespace

Json create_user(Call& call, Iam& iam) {
  User user = make<User>(call, iam);
  if (call.has("PermissionsBoundary")) user.boundary = checked_boundary(call, iam);
  Json shape = whole(call.account(), user);
  put(iam, std::move(user));
  return {{"User", std::move(shape)}};
}

Json get_user(Call& call, const Iam& iam) {
  const User& user = user_or_caller(call, iam);
  if (!is_root(user)) return {{"User", whole(call.account(), user)}};
  return {{"User",
           {{"UserId", call.account()},
            {"Arn", "arn:aws:iam::" + call.account() + ":root"},
            {"CreateDate", shown(kRootCreated)}}}};
}

Json list_users(Call& call, const Iam& iam) {
  return list_entities<User>(call, iam, "Users",
                             [&](const User& user) { return listed(call.account(), user); });
}

Json update_user(Call& call, Iam& iam, KnownCredentials& known) {
  const User& user = rename<User>(call, iam, "NewUserName");
  const std::string arn = arn_of(call.account(), user);
  for (const AccessKey& key : user.access_keys) {
    if (Credential* credential = known.by_access_key_id.change(key.id)) credential->arn = arn;
  }
  for (const MfaDevice& held : user.mfa_devices) {
    VirtualMfaDevice* device = iam.virtual_mfa_devices.change(held.serial_number);
    if (device != nullptr) device->user = lowered(user.name);
  }
  return Json::object();
}

Json delete_user(Call& call, Iam& iam) {
  const User& user = get<User>(iam, call);
  check_deletable(user);
  erase(iam, User(user));
  return Json::object();
}

}  // namespace cloudchamber::mock::iam
