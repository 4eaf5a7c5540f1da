#include "mock-server/services/ec2/engine/run.h"

#include "mock-server/services/ec2/default_vpc.h"
#include "mock-server/services/ec2/engine/errors.h"

namespace cloudchamber::mock::ec2 {
namespace {

// https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html promises at least 24
// hours.
constexpr Seconds kTokenLifetime{86'400};
constexpr std::size_t kMaxClientToken = 64;

// A dry run is a run whose changes are dropped: what would be refused is refused.
void refuse_dry_run(const Call& call) {
  if (call.flag_or("DryRun", false))
    throw AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
}

std::string given_token(const Call& call) {
  const std::string token = call.text_or("ClientToken", "");
  if (token.size() > kMaxClientToken)
    throw invalid_value(token, "clientToken", "The maximum length is 64.");
  return token;
}

void forget_old_answers(Ec2& state, TimePoint now) {
  while (!state.answered_by_time.empty()) {
    const auto oldest = state.answered_by_time.begin()->first;
    if (oldest.first + kTokenLifetime > now) return;
    state.answered.erase(oldest.second);
    state.answered_by_time.erase(oldest);
  }
}

}  // namespace

Json run(Call& call, const Ec2& state, ReadHandler handler) {
  Json output;
  if (state.founded) {
    output = handler(call, state);
  } else {
    Ec2 founded = state;
    found(founded, call.account(), call.region());
    output = handler(call, founded);
  }
  refuse_dry_run(call);
  return output;
}

Json run(Call& call, Ec2& state, WriteHandler handler) {
  if (!state.founded) found(state, call.account(), call.region());
  const std::string token = given_token(call);
  if (token.empty()) {
    Json output = handler(call, state);
    refuse_dry_run(call);
    return output;
  }
  forget_old_answers(state, call.now());
  const std::string key = call.operation().name + '\n' + token;
  if (const Ec2::Answered* before = state.answered.find(key)) {
    if (before->input != call.input())
      throw AwsError("IdempotentParameterMismatch",
                     "Arguments on this idempotent request are inconsistent with arguments used in "
                     "previous request(s).");
    return before->output;
  }
  Json output = handler(call, state);
  refuse_dry_run(call);
  state.answered.put(key, {call.input(), output, call.now()});
  state.answered_by_time.put({call.now(), key}, {});
  return output;
}

}  // namespace cloudchamber::mock::ec2
