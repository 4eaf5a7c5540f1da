#include <nlohmann/json.hpp>

#include "mock-server/services/sts/operations.h"
#include "mock-server/services/sts/temporary_credentials.h"

namespace cloudchamber::mock::sts {
namespace {

constexpr std::int64_t kDefaultSessionDuration = 43'200;
constexpr std::int64_t kMaxRootSessionDuration = 3600;

}  // namespace

Json get_caller_identity(Call& call) {
  const Principal& caller = call.principal();
  return {{"UserId", caller.user_id}, {"Account", caller.account}, {"Arn", caller.arn}};
}

Json get_session_token(Call& call, KnownCredentials& known) {
  const Principal& caller = call.principal();
  if (has_temporary_credentials(caller)) {
    throw AwsError("AccessDenied", "Cannot call GetSessionToken with session credentials", 403);
  }
  std::int64_t duration = call.integer_or("DurationSeconds", kDefaultSessionDuration);
  // A root user's session lasts an hour at most, whatever was asked for: AWS's page of
  // GetSessionToken.
  if (caller.arn.ends_with(":root")) duration = std::min(duration, kMaxRootSessionDuration);
  Credential identity;
  identity.account = caller.account;
  identity.arn = caller.arn;
  identity.user_id = caller.user_id;
  return {{"Credentials", issue(call, known, std::move(identity), Seconds(duration))}};
}

}  // namespace cloudchamber::mock::sts
