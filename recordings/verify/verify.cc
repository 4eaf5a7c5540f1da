#include "recordings/verify/verify.h"

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudchamber/virtual_clock.h"
#include "mock-server/mock_aws.h"
#include "recordings/bind/preconditions.h"
#include "recordings/bind/recorded_call.h"
#include "recordings/bind/resend.h"
#include "recordings/verify/compare_answer.h"
#include "sdk/parse/parser.h"

namespace cloudchamber::recordings {
namespace {

bool says_there_is_none(const std::string& code) {
  for (const std::string_view part :
       {"NotFound", "NoSuch", "NonExistent", "DoesNotExist", "404", "NotExist"})
    if (code.find(part) != std::string::npos) return true;
  // CloudFormation's for stacks, EC2's for addresses, STS's for roles and S3's for what was open to
  // the public.
  return code == "ValidationError" || code == "AuthFailure" || code == "AccessDenied";
}

bool ends_like_a_name(const std::string& member) {
  constexpr std::array<std::string_view, 9> kEndings = {"Name", "Names", "Id", "Ids",   "Arn",
                                                        "Arns", "Url",   "Ip", "Handle"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return member.ends_with(ending); });
}

// What AWS said because of who called, or of how it was that day.
bool is_of_the_day(const std::string& code, int status) {
  constexpr std::array<std::string_view, 24> kCodes = {"AccessDenied",
                                                       "AccessDeniedException",
                                                       "UnauthorizedOperation",
                                                       "AuthFailure",
                                                       "InvalidClientTokenId",
                                                       "UnrecognizedClientException",
                                                       "InvalidAccessKeyId",
                                                       "SignatureDoesNotMatch",
                                                       "InvalidSignatureException",
                                                       "ExpiredToken",
                                                       "ExpiredTokenException",
                                                       "RequestExpired",
                                                       "IncompleteSignature",
                                                       "RequestTimeTooSkewed",
                                                       "MissingAuthenticationToken",
                                                       "Throttling",
                                                       "ThrottlingException",
                                                       "RequestLimitExceeded",
                                                       "SlowDown",
                                                       "InvalidIdentityToken",
                                                       "OptInRequired",
                                                       "AuthorizationHeaderMalformed",
                                                       "InvalidToken",
                                                       "PriorRequestNotComplete"};
  return status >= 500 || std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

// Plays one recording.
class Playing {
 public:
  Playing(const std::string& account, TimePoint begin, bool simulated, bool types_were_cut)
      : account_(account),
        simulated_(simulated),
        types_were_cut_(types_were_cut),
        clock_(begin.time_since_epoch().count() > 0 ? std::make_shared<VirtualClock>(begin)
                                                    : std::make_shared<VirtualClock>()),
        aws_({.legacy_s3_acls = buckets_were_open(begin), .clock = clock_}),
        resender_(account),
        times_(begin, simulated) {
    bindings_.caller_is(account);  // the root user's id
  }

  void prepare(const std::vector<RecordedCall>& calls) {
    Prepared prepared = make_preconditions(calls, account_, aws_);
    prepared_ = std::move(prepared.names);
    for (const auto& [recorded, made] : prepared.stands_for) bindings_.bind(recorded, made);
    clock_->advance(Milliseconds(1));
  }

  // What the simulated AWS answers instead, and where that differs.
  VerifiedCall play(const RecordedCall& call) {
    VerifiedCall verified{
        .number = call.number, .service = call.service(), .operation = call.operation()};
    pass_time(call.time());
    if (call.filled) {
      for (const auto& [recorded, sent] : call.filled->digests)
        recorded.empty() ? bindings_.add_hidden_digest(sent) : bindings_.bind(recorded, sent);
    }
    times_.begin_call(call, clock_->now(), bindings_);
    bindings_.remember_given(call.request.parameters);
    const HttpResponse mock =
        aws_.handle(resender_.resend(call.sent(), call.request, bindings_, clock_->now()));
    compare(call, mock, verified);
    remember(call, verified.outcome);
    return verified;
  }

 private:
  // No two calls to AWS itself are made at once, whatever a recorder's seconds say.
  void pass_time(TimePoint until) {
    clock_->advance(std::max(until - clock_->now(), Milliseconds(simulated_ ? 0 : 1)));
  }

  void compare(const RecordedCall& call, const HttpResponse& answered, VerifiedCall& verified) {
    const Operation& operation = *call.request.operation;
    const HttpResponse mock = plain_response(operation, answered);
    const bool succeeds = mock.status < 300;
    ParsedError error;
    if (!succeeds) error = parse_error(*call.request.model, operation, mock);

    Comparison comparison(bindings_, made_, call.reads());
    comparison.knows_times(times_);
    if (call.filled) comparison.stands_for(call.filled->values);
    if (call.response.status != mock.status)
      comparison.add({.aspect = Aspect::kStatus,
                      .recorded = shown(call.response.status, call.error),
                      .mock = shown(mock.status, error)});
    if (succeeds == call.succeeded()) {
      if (succeeds) {
        compare_results(call, mock, types_were_cut_, comparison);
      } else {
        compare_errors(call, error, comparison);
      }
      compare_headers(operation, succeeds, call.response.headers, mock.headers, comparison);
    }
    verified.differences = comparison.take();
    verified.outcome = outcome_of(call, error.code, verified.differences);
    if (verified.outcome == Outcome::kDifferent && mock.status == 501)
      verified.outcome = Outcome::kNotEmulated;
  }

  static std::string shown(int status, const ParsedError& error) {
    if (error.code.empty()) return std::to_string(status);
    return std::to_string(status) + ' ' + error.code + ": " + error.message;
  }

  Outcome outcome_of(const RecordedCall& call, const std::string& our_code,
                     const Differences& differences) {
    if (differences.empty()) return Outcome::kSame;
    const auto all = [&](auto test) {
      return std::all_of(differences.begin(), differences.end(), test);
    };
    const auto adds = [](const Difference& one) { return one.aspect == Aspect::kAdditional; };
    const bool of_before = std::any_of(differences.begin(), differences.end(),
                                       [](const Difference& one) { return one.before; });
    if (all(adds) && !of_before) return Outcome::kMore;
    if (our_code != call.error.code) {
      // What AWS disliked may be what the recording hides.
      if (our_code.empty() && call.filled && !call.filled->values.empty())
        return Outcome::kUnreproducible;
      if (is_of_the_day(call.error.code, call.response.status)) return Outcome::kUnreproducible;
      if (tells_of(lost_, call.request.parameters)) return Outcome::kFollows;
      if (tells_of(of_before_, call.request.parameters)) return Outcome::kBefore;
      if (says_there_is_none(our_code) && names_what_was_before(call)) return Outcome::kBefore;
    }
    const auto explained = [&](const Difference& one) {
      return one.before || one.derived || adds(one);
    };
    if ((of_before || names_what_was_prepared(call.request.parameters)) && all(explained))
      return Outcome::kBefore;
    if (tells_of(lost_, call.request.parameters)) return Outcome::kFollows;
    if (tells_of(of_before_, call.request.parameters)) return Outcome::kBefore;
    if (receives_by_chance(call)) return Outcome::kUnreproducible;
    return Outcome::kDifferent;
  }

  bool names_what_was_prepared(const Json& parameters) const {
    return std::any_of(parameters.begin(), parameters.end(), [&](const Json& value) {
      return value.is_string() && prepared_.contains(value.get_ref<const std::string&>());
    });
  }

  // Which messages of a standard queue come first, AWS leaves to chance, and others send to it too.
  static bool receives_by_chance(const RecordedCall& call) {
    const auto url = call.request.parameters.find("QueueUrl");
    return call.service() == "sqs" && call.operation() == "ReceiveMessage" &&
           url != call.request.parameters.end() && url->is_string() &&
           !url->get_ref<const std::string&>().ends_with(".fifo");
  }

  // Is there anything among what the call must name, or an id, that the recording did not make?
  bool names_what_was_before(const RecordedCall& call) const {
    if (call.request.operation->input == nullptr) return false;
    for (const Member& member : call.request.operation->input->members) {
      const auto value = call.request.parameters.find(member.name);
      const bool names = member.required || ends_like_a_name(member.name);
      if (value != call.request.parameters.end() && is_of_before(*value, names)) return true;
    }
    return false;
  }

  bool is_of_before(const Json& value, bool names) const {
    if (value.is_structured())
      return std::any_of(value.begin(), value.end(),
                         [&](const Json& part) { return is_of_before(part, names); });
    if (!value.is_string()) return false;
    const auto& text = value.get_ref<const std::string&>();
    return (names || is_id(text) || text.starts_with("arn:")) && !made_.contains(text);
  }

  void remember(const RecordedCall& call, Outcome outcome) {
    if (outcome != Outcome::kSame && outcome != Outcome::kMore)
      remember_unbound(call.result, outcome == Outcome::kBefore ? of_before_ : lost_);
    if (call.reads() || !call.succeeded() || outcome == Outcome::kBefore ||
        outcome == Outcome::kFollows)
      return;
    add_texts(call.request.parameters, made_);
    add_texts(call.result, made_);
  }

  void remember_unbound(const Json& result, Made& values) const {
    if (result.is_structured()) {
      for (const Json& part : result) remember_unbound(part, values);
    } else if (result.is_string()) {
      const auto& text = result.get_ref<const std::string&>();
      const auto kind = generated(text);
      if (kind && kind->kind != Kind::kTime && kind->kind != Kind::kAccount &&
          !bindings_.knows(text) && !made_.contains(text))
        values.insert(text);
    }
  }

  const std::string& account_;
  const bool simulated_;  // it is a recording of a simulated AWS
  const bool types_were_cut_;
  const std::shared_ptr<VirtualClock> clock_;
  const mock::MockAws aws_;
  Resender resender_;
  Bindings bindings_;
  Times times_;
  Made made_;
  // Ids and tokens that recorded answers gave and the simulated AWS's did not: where it differed,
  // and where they told of what was made before.
  Made lost_;
  Made of_before_;
  std::set<std::string> prepared_;
};

}  // namespace

void Verifier::verify(const Recording& recording, const std::string& file, Report& report) const {
  ++report.recordings;
  const RecordedCalls recorded = calls_of(recording, understanding_);
  for (const Interaction* interaction : recorded.unknown)
    ++report.unknown[interaction->exchange.request.host];
  for (const auto& unreadable : recorded.unreadable)
    report.refused.push_back({file + '#' + std::to_string(unreadable.number), unreadable.reason});
  if (recorded.calls.empty()) return;

  std::string account = recorded.account();
  if (account.empty()) account = mock::kDefaultAccount;
  Playing playing(account, recorded.calls.front().time(), recording.clock.has_value(),
                  are_types_cut(recorded.calls));
  playing.prepare(recorded.calls);
  for (const RecordedCall& call : recorded.calls) {
    VerifiedCall verified = playing.play(call);
    verified.file = file;
    report.calls.push_back(std::move(verified));
  }
}

}  // namespace cloudchamber::recordings
