// The credential report: a CSV of all users and what they sign in with.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/users.h"

namespace cloudchamber::mock::iam {
namespace {

// AWS makes a new one after four hours at the soonest.
constexpr std::chrono::hours kFresh{4};
constexpr const char* kNone = "N/A";

constexpr const char* kColumns =
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
    "password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
    "access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
    "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
    "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,"
    "cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

std::string with_offset(TimePoint time) {
  std::string text = shown(time);
  text.pop_back();
  return text + "+00:00";
}

const char* truth(bool value) { return value ? "true" : "false"; }

std::string row(const std::string& account, const Iam& iam, const User& user) {
  const bool root = is_root(user);
  std::string text = root ? "<root_account>,arn:aws:iam::" + account + ":root"
                          : user.name + ',' + arn_of(account, user);
  const auto add = [&](const std::string& value) { text += ',' + value; };
  add(with_offset(root ? kRootCreated : user.created));
  if (root) {
    for (const char* value : {"not_supported", "no_information", "not_supported", "not_supported"})
      add(value);
  } else if (user.login_profile) {
    add("true");
    add("no_information");
    add(with_offset(user.login_profile->set));
    const std::int64_t days = iam.password_policy ? iam.password_policy->max_age_days : 0;
    add(days > 0 ? with_offset(user.login_profile->set + std::chrono::hours(24 * days)) : kNone);
  } else {
    for (const char* value : {"false", kNone, kNone, kNone}) add(value);
  }
  add(truth(!user.mfa_devices.empty()));
  for (std::size_t i = 0; i < kMaxAccessKeys; ++i) {
    const AccessKey* key = i < user.access_keys.size() ? &user.access_keys[i] : nullptr;
    add(truth(key != nullptr && key->active));
    add(key == nullptr ? kNone : with_offset(key->created));
    for (int unused = 0; unused < 3; ++unused) add(kNone);
  }
  for (int i = 0; i < 2; ++i) {
    add("false");
    add(kNone);
  }
  return text;
}

}  // namespace

Json generate_credential_report(Call& call, Iam& iam) {
  if (iam.credential_report && call.now() < iam.credential_report->generated + kFresh) {
    if (call.now() > iam.credential_report->generated + call.transition_time()) {
      return {{"State", "COMPLETE"}};
    }
    return {{"State", "INPROGRESS"}};
  }
  const bool first = !iam.credential_report;
  CredentialReport report;
  report.generated = call.now();
  report.content = kColumns;
  report.content += '\n' + row(call.account(), iam, iam.root);
  for (const auto& [key, user] : iam.users) report.content += '\n' + row(call.account(), iam, user);
  iam.credential_report = std::move(report);
  Json result{{"State", "STARTED"}};
  if (first) result["Description"] = "No report exists. Starting a new report generation task";
  return result;
}

Json get_credential_report(Call& call, const Iam& iam) {
  if (!iam.credential_report) {
    throw AwsError("ReportNotPresent", "Credential report not present");
  }
  const CredentialReport& report = *iam.credential_report;
  if (call.now() <= report.generated + call.transition_time()) {
    throw AwsError("ReportInProgress", "Credential report is being generated");
  }
  return {{"Content", Json::binary({report.content.begin(), report.content.end()})},
          {"ReportFormat", "text/csv"},
          {"GeneratedTime", shown(report.generated)}};
}

}  // namespace cloudchamber::mock::iam
