#include "mock-server/services/iam/password_policy.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mock-server/services/iam/errors.h"
#include "mock-server/services/iam/operations.h"

namespace cloudchamber::mock::iam {
namespace {

AwsError violation(const std::string& message) { return {"PasswordPolicyViolation", message}; }

bool has(const std::string& password, std::string_view any_of) {
  return password.find_first_of(any_of) != std::string::npos;
}

constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kDigits = "0123456789";
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
constexpr std::string_view kSymbols = "!@#$%^&*()_+-=[]{}|'";
constexpr std::int64_t kDefaultMinimumLength = 8;

// The same page: AWS's own policy wants three kinds of characters out of four.
void check_default(const std::string& password) {
  if (static_cast<std::int64_t>(password.size()) < kDefaultMinimumLength) {
    throw violation("Password should have a minimum length of " +
                    std::to_string(kDefaultMinimumLength));
  }
  const std::string_view kinds[] = {kUpper, kLower, kDigits, kSymbols};
  const auto met = std::count_if(std::begin(kinds), std::end(kinds),
                                 [&](std::string_view kind) { return has(password, kind); });
  if (met < 3) {
    throw violation("Password does not conform to the account password policy.");
  }
}

}  // namespace

void check_password(const Iam& iam, const LoginProfile& profile, const std::string& password) {
  if (!iam.password_policy) return check_default(password);
  const PasswordPolicy& policy = *iam.password_policy;
  if (static_cast<std::int64_t>(password.size()) < policy.minimum_length) {
    throw violation("Password should have a minimum length of " +
                    std::to_string(policy.minimum_length));
  }
  const struct {
    bool wanted;
    std::string_view kind;
    const char* name;
  } rules[] = {{policy.uppercase, kUpper, "uppercase letter"},
               {policy.lowercase, kLower, "lowercase letter"},
               {policy.numbers, kDigits, "number"},
               {policy.symbols, kSymbols, "symbol"}};
  for (const auto& rule : rules) {
    if (rule.wanted && !has(password, rule.kind)) {
      throw violation(std::string("Password should have at least one ") + rule.name);
    }
  }
  const auto remembered = std::min<std::size_t>(profile.former.size(),
                                                static_cast<std::size_t>(policy.reuse_prevention));
  const auto end = profile.former.begin() + static_cast<std::ptrdiff_t>(remembered);
  if (std::find(profile.former.begin(), end, password) != end) {
    throw violation("Password does not conform to the account password policy.");
  }
}

Json update_account_password_policy(Call& call, Iam& iam) {
  PasswordPolicy policy;
  policy.minimum_length = call.integer_or("MinimumPasswordLength", policy.minimum_length);
  policy.symbols = call.flag_or("RequireSymbols", false);
  policy.numbers = call.flag_or("RequireNumbers", false);
  policy.uppercase = call.flag_or("RequireUppercaseCharacters", false);
  policy.lowercase = call.flag_or("RequireLowercaseCharacters", false);
  policy.users_may_change = call.flag_or("AllowUsersToChangePassword", false);
  policy.max_age_days = call.integer_or("MaxPasswordAge", 0);
  policy.reuse_prevention = call.integer_or("PasswordReusePrevention", 0);
  if (call.has("HardExpiry")) policy.hard_expiry = call.flag_or("HardExpiry", false);
  iam.password_policy = policy;
  return Json::object();
}

Json get_account_password_policy(Call& call, const Iam& iam) {
  if (!iam.password_policy) {
    throw no_such_entity("The Password Policy with domain name " + call.account() +
                         " cannot be found.");
  }
  const PasswordPolicy& policy = *iam.password_policy;
  Json shape{{"MinimumPasswordLength", policy.minimum_length},
             {"RequireSymbols", policy.symbols},
             {"RequireNumbers", policy.numbers},
             {"RequireUppercaseCharacters", policy.uppercase},
             {"RequireLowercaseCharacters", policy.lowercase},
             {"AllowUsersToChangePassword", policy.users_may_change},
             {"ExpirePasswords", policy.max_age_days > 0}};
  if (policy.max_age_days > 0) shape["MaxPasswordAge"] = policy.max_age_days;
  if (policy.reuse_prevention > 0) shape["PasswordReusePrevention"] = policy.reuse_prevention;
  if (policy.hard_expiry) shape["HardExpiry"] = *policy.hard_expiry;
  return {{"PasswordPolicy", std::move(shape)}};
}

Json delete_account_password_policy(Call&, Iam& iam) {
  if (!iam.password_policy) {
    throw no_such_entity("The account policy with name PasswordPolicy cannot be found.");
  }
  iam.password_policy.reset();
  return Json::object();
}

}  // namespace cloudchamber::mock::iam
