// Login profiles: users' passwords for the console.
#include <algorithm>

#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/password_policy.h"
#include "mock-server/services/iam/users.h"

namespace cloudchamber::mock::iam {
namespace {

constexpr std::size_t kMaxRemembered = 24;

AwsError no_login_profile(const User& user) {
  return no_such_entity("Login Profile for User " + user.name + " cannot be found.");
}

void set_password(const Call& call, const Iam& iam, LoginProfile& profile,
                  const std::string& password) {
  check_password(iam, profile, password);
  profile.password = password;
  profile.set = call.now();
  profile.former.insert(profile.former.begin(), password);
  if (profile.former.size() > kMaxRemembered) profile.former.pop_back();
}

Json shown_profile(const User& user) {
  Json shape{{"CreateDate", shown(user.login_profile->created)},
             {"PasswordResetRequired", user.login_profile->reset_required}};
  show_user_name(shape, user);
  return {{"LoginProfile", std::move(shape)}};
}

}  // namespace

Json create_login_profile(Call& call, Iam& iam) {
  User& user = user_or_caller(call, iam);
  if (user.login_profile) {
    throw entity_already_exists("Login Profile for User " + user.name + " already exists.");
  }
  if (!call.has("Password")) throw validation_error("Password is required.");
  LoginProfile profile;
  profile.created = call.now();
  profile.reset_required = call.flag_or("PasswordResetRequired", false);
  set_password(call, iam, profile, call.text("Password"));
  user.login_profile = std::move(profile);
  return shown_profile(user);
}

Json get_login_profile(Call& call, const Iam& iam) {
  const User& user = user_or_caller(call, iam);
  if (!user.login_profile) throw no_login_profile(user);
  return shown_profile(user);
}

Json update_login_profile(Call& call, Iam& iam) {
  User& user = change<User>(iam, call);
  if (!user.login_profile) throw no_login_profile(user);
  if (call.has("Password")) set_password(call, iam, *user.login_profile, call.text("Password"));
  user.login_profile->reset_required =
      call.flag_or("PasswordResetRequired", user.login_profile->reset_required);
  return Json::object();
}

Json delete_login_profile(Call& call, Iam& iam) {
  User& user = user_or_caller(call, iam);
  if (!user.login_profile) throw no_login_profile(user);
  user.login_profile.reset();
  return Json::object();
}

Json change_password(Call& call, Iam& iam) {
  const std::string& arn = call.principal().arn;
  if (arn.find(":user/") == std::string::npos) {
    throw AwsError("InvalidUserType", "Only IAM Users can change their own password");
  }
  User& user = change<User>(iam, arn.substr(arn.rfind('/') + 1));
  if (!user.login_profile) throw no_login_profile(user);
  if (user.login_profile->password != call.text("OldPassword")) {
    throw AwsError("AccessDenied", "The old password was incorrect.", 403);
  }
  set_password(call, iam, *user.login_profile, call.text("NewPassword"));
  user.login_profile->reset_required = false;
  return Json::object();
}

}  // namespace cloudchamber::mock::iam
