// A story recorded from a world of its own, and what verify says of it.
#pragma once

#include <cloudchamber/cloudchamber.h>
#include <cloudchamber/in_process_transport.h>
#include <gmock/gmock.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cloudchamber/virtual_clock.h"
#include "mock-server/mock_aws.h"
#include "recordings/verify/verify.h"
#include "sdk/recording/redaction.h"

namespace cloudchamber::recordings {

// Records what the calls of a test do to a world of its own, with ids and times of its own.
class RecordedStory {
 public:
  RecordedStory() : clock_(std::make_shared<VirtualClock>()), aws_({.seed = 99, .clock = clock_}) {
    recording.clock = clock_->now();
  }

  [[nodiscard]] Client client(const std::string& service) {
    SessionOptions options;
    options.region_name = "eu-west-1";
    options.aws_access_key_id = mock::kDefaultAccessKeyId;
    options.aws_secret_access_key = mock::kDefaultSecretAccessKey;
    options.clock = clock_;
    options.transport = make_in_process_transport([this](const HttpRequest& request) {
      Exchange exchange{.request = request, .started = clock_->now()};
      exchange.response = aws_.handle(request);
      recording.interactions.push_back({exchange, std::nullopt});
      return exchange.response;
    });
    return Session(options).client(service);
  }
  void pass(Milliseconds time) { clock_->advance(time); }

  // Changes the last response's body, as if AWS had said something else.
  void change(const std::string& from, const std::string& to) {
    HttpResponse& response = recording.interactions.back().exchange.response;
    std::string body = response.body.to_string();
    const std::size_t at = body.find(from);
    ASSERT_NE(at, std::string::npos) << body;
    response.body = Blob(body.replace(at, from.size(), to));
    response.headers.erase("Content-Length");
  }
  // As the file is written.
  [[nodiscard]] Recording redacted(const RedactionRules& rules = {}) const {
    Recording kept = recording;
    const Understanding understanding;
    for (Interaction& one : kept.interactions) {
      one.meaning = understanding.meaning_of(one.exchange);
      redact(one, find_model(one.meaning->service).get(), rules);
    }
    return kept;
  }
  // As if the recorder had been started later.
  void forget() { recording.interactions.clear(); }

  Recording recording;

 private:
  std::shared_ptr<VirtualClock> clock_;
  mock::MockAws aws_;
};

inline Report verified(const Recording& recording) {
  Report report;
  Verifier().verify(recording, "story.har", report);
  return report;
}

inline std::vector<std::string> outcomes(const Report& report) {
  std::vector<std::string> names;
  for (const VerifiedCall& call : report.calls)
    names.push_back(call.operation + ": " + name_of(call.outcome));
  return names;
}

// A failing test shows what differed.
inline std::string differences(const Report& report) {
  std::string text;
  for (const VerifiedCall& call : report.calls)
    for (const Difference& one : call.differences)
      text += call.operation + " " + name_of(one.aspect) + " " + one.where + "\n  " + one.recorded +
              "\n  " + one.mock + '\n';
  return text;
}

}  // namespace cloudchamber::recordings
