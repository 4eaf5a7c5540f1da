#include "recordings/seed/seed.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "cloudchamber/virtual_clock.h"
#include "mock-server/state/world.h"
#include "recordings/bind/preconditions.h"
#include "recordings/bind/recorded_call.h"
#include "recordings/bind/resend.h"
#include "recordings/import/import.h"
#include "recordings/seed/adoption.h"
#include "sdk/parse/parser.h"

namespace cloudchamber::recordings {
namespace {

// From then on S3 has made buckets without ACLs and closed to the public.
constexpr TimePoint kBucketsBecameClosed{Seconds(1'682'640'000)};  // 2023-04-28

// What a world draws while it answers one request, and what it is to draw instead.
class Draws {
 public:
  explicit Draws(mock::Ids& ids) : ids_(ids) {
    ids_.edit_with([this](std::string drawn) { return next(std::move(drawn)); });
  }
  ~Draws() { ids_.edit_with(nullptr); }
  Draws(const Draws&) = delete;
  Draws& operator=(const Draws&) = delete;

  void begin(std::map<std::size_t, std::string> instead) {
    const std::lock_guard lock(mutex_);
    expected_ = std::exchange(drawn_, {});
    instead_ = std::move(instead);
  }
  [[nodiscard]] std::vector<std::string> drawn() const {
    const std::lock_guard lock(mutex_);
    return drawn_;
  }

 private:
  std::string next(std::string drawn) {
    const std::lock_guard lock(mutex_);
    const std::size_t place = drawn_.size();
    drawn_.push_back(drawn);
    const auto at = instead_.find(place);
    // Where it goes another way than when it was tried, places mean nothing.
    if (at == instead_.end() || place >= expected_.size() || expected_[place] != drawn)
      return drawn;
    return at->second;
  }

  mock::Ids& ids_;
  mutable std::mutex mutex_;
  std::vector<std::string> drawn_;
  std::vector<std::string> expected_;
  std::map<std::size_t, std::string> instead_;
};

class Seeding {
 public:
  Seeding(mock::MockAws& aws, const std::string& account, TimePoint begin, Seeded& report)
      : clock_(std::make_shared<VirtualClock>(begin)),
        aws_({.legacy_s3_acls = begin < kBucketsBecameClosed, .clock = clock_}),
        resender_(account),
        draws_(aws_.world().ids()),
        report_(report) {
    bindings_.caller_is(account);  // the root user's id
    aws_.restore(aws.snapshot());
  }

  void prepare(const std::vector<RecordedCall>& calls, const std::string& account) {
    static_cast<void>(make_preconditions(calls, account, aws_));
  }

  void make(const RecordedCall& call) {
    clock_->advance(std::max(call.time() - clock_->now(), Milliseconds(1)));
    const mock::MockAws::Snapshot before = aws_.snapshot();
    draws_.begin({});
    HttpResponse response = answer(call);
    if (response.status >= 300) {
      const ParsedError error = parse_error(*call.request.model, *call.request.operation, response);
      report_.refused.push_back(
          {call.number, call.operation(),
           std::to_string(response.status) + ' ' + error.code + ": " + error.message});
      return;
    }
    const auto instead =
        texts_to_draw(draws_.drawn(), differing_texts(call.result, result_of(call, response)));
    if (!instead.empty()) {
      aws_.restore(before);
      draws_.begin(instead);
      response = answer(call);
      report_.adopted += instead.size();
    }
    ++report_.made;
    bind_what_differs(call, result_of(call, response));
  }

  void give_to(mock::MockAws& aws) const {
    clock_->advance(Milliseconds(1));  // so that what the last call began is done
    aws.restore(aws_.snapshot());
    if (clock_->now() > aws.clock().now()) aws.clock().advance(clock_->now() - aws.clock().now());
  }

 private:
  HttpResponse answer(const RecordedCall& call) {
    const HttpResponse response = aws_.handle(resender_.resend(
        call.interaction->exchange.request, call.request, bindings_, clock_->now()));
    return plain_response(*call.request.operation, response);
  }

  static Json result_of(const RecordedCall& call, const HttpResponse& response) {
    if (response.status >= 300) return Json::object();
    return parse_output(*call.request.model, *call.request.operation, response);
  }

  void bind_what_differs(const RecordedCall& call, const Json& here) {
    for (const Pair& pair : differing_texts(call.result, here)) {
      if (!generated(pair.recorded) && pieces_of(pair.recorded).size() < 2) continue;
      if (!bindings_.unify(pair.recorded, pair.here)) continue;
      report_.not_adopted.push_back(
          {call.number, call.operation(), pair.where, pair.recorded, pair.here});
    }
  }

  const std::shared_ptr<VirtualClock> clock_;
  mock::MockAws aws_;
  Resender resender_;
  Bindings bindings_;
  Draws draws_;
  Seeded& report_;
};

}  // namespace

Seeded seed(mock::MockAws& aws, const Recording& recording) {
  Seeded report;
  const RecordedCalls recorded = calls_of(recording, Understanding());
  report.account = recorded.account();
  const std::string account = report.account.empty() ? mock::kDefaultAccount : report.account;
  TimePoint begin{};
  for (const RecordedCall& call : recorded.calls)
    if (begin == TimePoint{}) begin = call.time();
  if (begin == TimePoint{}) begin = aws.clock().now();

  Seeding seeding(aws, account, begin, report);
  seeding.prepare(recorded.calls, account);
  for (const RecordedCall& call : recorded.calls)
    if (!call.reads() && call.succeeded()) seeding.make(call);
  seeding.give_to(aws);
  aws.add_credentials(mock::kDefaultAccessKeyId, mock::kDefaultSecretAccessKey, account);
  return report;
}

}  // namespace cloudchamber::recordings

std::vector<std::string> cloudchamber::mock::MockAws::seed(const std::filesystem::path& recording) {
  const recordings::Seeded seeded =
      recordings::seed(*this, recordings::import_file(recording).recording);
  std::vector<std::string> lines;
  for (const auto& one : seeded.refused)
    lines.push_back('#' + std::to_string(one.number) + ' ' + one.operation +
                    " was refused: " + one.reason);
  for (const auto& one : seeded.not_adopted)
    lines.push_back('#' + std::to_string(one.number) + ' ' + one.operation + ": " + one.where +
                    " is " + one.here + ", not " + one.recorded);
  return lines;
}
