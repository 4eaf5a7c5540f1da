#include "recordings/seed/seed.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "cloudchamber/clock.h"
#include "mock-server/state/world.h"
#include "recordings/bind/preconditions.h"
#include "recordings/bind/recorded_call.h"
#include "recordings/bind/resend.h"
#include "recordings/import/import.h"
#include "recordings/seed/adoption.h"
#include "recordings/verify/compare.h"
#include "sdk/parse/parser.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kMostReads = 20;  // that are looked at to see what a call made

// A clock that can be put back, for calls that are tried. For one thread.
class TrialClock : public AdvanceableClock {
 public:
  explicit TrialClock(TimePoint start) : now_(start) {}
  [[nodiscard]] TimePoint now() const override { return now_; }
  void advance(Milliseconds step) override { now_ += step; }
  void set(TimePoint time) { now_ = time; }
  // Nobody else is there to do anything meanwhile.
  bool wait_until(TimePoint deadline, Signal* signal) override {
    if (signal != nullptr && signal->raised()) return true;
    now_ = std::max(now_, deadline);
    return false;
  }

 private:
  TimePoint now_;
};

// What a world draws while it answers one request, and what it is to draw instead.
class Draws {
 public:
  explicit Draws(mock::Ids& ids) : ids_(ids) {
    ids_.edit_with([this](std::string drawn) { return next(std::move(drawn)); });
  }
  ~Draws() { ids_.edit_with(nullptr); }
  Draws(const Draws&) = delete;
  Draws& operator=(const Draws&) = delete;

  // `expected` is what was drawn when the same was tried.
  void begin(std::vector<std::string> expected, std::map<std::size_t, std::string> instead) {
    drawn_.clear();
    expected_ = std::move(expected);
    instead_ = std::move(instead);
  }
  [[nodiscard]] const std::vector<std::string>& drawn() const { return drawn_; }

 private:
  std::string next(std::string drawn) {
    const std::size_t place = drawn_.size();
    drawn_.push_back(drawn);
    const auto at = instead_.find(place);
    // Where it goes another way than when it was tried, places mean nothing.
    if (at == instead_.end() || place >= expected_.size() || expected_[place] != drawn)
      return drawn;
    return at->second;
  }

  mock::Ids& ids_;
  std::vector<std::string> drawn_;
  std::vector<std::string> expected_;
  std::map<std::size_t, std::string> instead_;
};

using Calls = std::vector<const RecordedCall*>;

class Seeding {
 public:
  Seeding(mock::MockAws& aws, const std::string& account, TimePoint begin, Seeded& report)
      : clock_(std::make_shared<TrialClock>(begin)),
        aws_({.legacy_s3_acls = buckets_were_open(begin), .clock = clock_}),
        resender_(account),
        draws_(aws_.world().ids()),
        report_(report) {
    bindings_.caller_is(account);  // the root user's id
    aws_.restore(aws.snapshot());
  }

  void prepare(const std::vector<RecordedCall>& calls, const std::string& account) {
    for (const auto& [recorded, made] : make_preconditions(calls, account, aws_).stands_for)
      bindings_.bind(recorded, made);
  }

  // `reads` came behind it, before the next call that changed something: they may show what it
  // made.
  void make(const RecordedCall& call, const Calls& reads) {
    pass_time(call);
    const std::optional<Trial> trial = tried(call, reads);
    if (!trial) return;
    const auto instead = texts_to_draw(trial->drawn, trial->pairs);
    draws_.begin(trial->drawn, instead);
    const HttpResponse response = answer(call, bindings_);
    report_.adopted += instead.size();
    ++report_.made;
    add_texts(call.request.parameters, made_);
    add_texts(call.result, made_);
    bind_what_differs(call, result_of(call, response));
  }

  void give_to(mock::MockAws& aws) const {
    clock_->advance(Milliseconds(1));  // so that what the last call began is done
    aws.restore(aws_.snapshot());
    if (clock_->now() > aws.clock().now()) aws.clock().advance(clock_->now() - aws.clock().now());
  }

 private:
  struct Trial {
    std::vector<std::string> drawn;
    std::vector<Pair> pairs;
  };

  void pass_time(const RecordedCall& call) {
    clock_->advance(std::max(call.time() - clock_->now(), Milliseconds(1)));
  }

  // The call made, and undone. Nothing where it was refused.
  std::optional<Trial> tried(const RecordedCall& call, const Calls& reads) {
    const mock::MockAws::Snapshot before = aws_.snapshot();
    const TimePoint now = clock_->now();
    draws_.begin({}, {});
    const HttpResponse response = answer(call, bindings_);
    if (response.status >= 300) {
      const ParsedError error = parse_error(*call.request.model, *call.request.operation, response);
      report_.refused.push_back(
          {call.number, call.operation(),
           std::to_string(response.status) + ' ' + error.code + ": " + error.message});
      return std::nullopt;
    }
    Trial trial{draws_.drawn(), {}};
    const Json here = result_of(call, response);
    trial.pairs = differing_texts(call.result, here);
    Bindings bound = bindings_;
    compare(call, here, bound);
    for (const RecordedCall* read : reads) {
      pass_time(*read);
      const HttpResponse shown = answer(*read, bound);
      if (shown.status < 300) compare(*read, result_of(*read, shown), bound);
    }
    for (auto& [recorded, value] : bound.bound_since(bindings_.mark()))
      trial.pairs.push_back({"", std::move(recorded), std::move(value)});
    aws_.restore(before);
    clock_->set(now);
    return trial;
  }

  // Binds what stands in the same place, whatever order lists have.
  void compare(const RecordedCall& call, const Json& here, Bindings& bound) const {
    Comparison comparison(bound, made_, true);
    comparison.values(call.request.operation->output, "", call.result, here);
  }

  HttpResponse answer(const RecordedCall& call, const Bindings& bindings) {
    const HttpResponse response =
        aws_.handle(resender_.resend(call.sent(), call.request, bindings, clock_->now()));
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

  const std::shared_ptr<TrialClock> clock_;
  mock::MockAws aws_;
  Resender resender_;
  Bindings bindings_;
  Draws draws_;
  Made made_;
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
  for (std::size_t i = 0; i < recorded.calls.size(); ++i) {
    if (recorded.calls[i].reads() || !recorded.calls[i].succeeded()) continue;
    Calls reads;
    for (std::size_t j = i + 1; j < recorded.calls.size() && reads.size() < kMostReads; ++j) {
      const RecordedCall& next = recorded.calls[j];
      if (!next.succeeded()) continue;
      if (!next.reads()) break;
      reads.push_back(&next);
    }
    seeding.make(recorded.calls[i], reads);
  }
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
