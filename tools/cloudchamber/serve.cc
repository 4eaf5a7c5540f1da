#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "mock-server/mock_aws.h"
#include "mock-server/state/offset_clock.h"
#include "mock-server/state/world.h"
#include "recordings/proxy/record_server.h"
#include "tools/cloudchamber/commands.h"
#include "tools/cloudchamber/rules_option.h"
#include "tools/cloudchamber/until_stopped.h"
#include "tools/run/run_scenarios.h"

namespace cloudchamber::command {
namespace {

struct Serve {
  std::string host = "127.0.0.1";
  int port = 4566;
  bool strict = false;
  std::vector<std::string> seeds;  // a number, or a recording that the world is made from
  std::int64_t transition_ms = 0;
  bool quiet = false;
  bool legacy_s3_acls = false;
  std::vector<std::string> demo;  // scenarios to play once it listens
  std::vector<std::string> access_keys;
  std::string record;
  RulesOption rules;
};

struct AccessKey {
  std::string id, secret, account = mock::kDefaultAccount;
};

bool is_number(const std::string& text) {
  return !text.empty() && text.size() < 20 &&
         text.find_first_not_of("0123456789") == std::string::npos;
}

std::uint64_t number_among(const std::vector<std::string>& seeds) {
  std::uint64_t number = 0;
  for (const std::string& seed : seeds)
    if (is_number(seed)) number = std::stoull(seed);
  return number;
}

// Before it listens, so that nobody sees half a world.
void make_from_recordings(mock::MockAws& aws, const Serve& options) {
  for (const std::string& seed : options.seeds) {
    if (is_number(seed)) continue;
    for (const std::string& line : aws.seed(seed)) std::cerr << seed << line << '\n';
    if (!options.quiet) std::cout << "The world holds what " << seed << " made.\n";
  }
}

// "ID:SECRET" or "ID:SECRET:ACCOUNT"; CLI11 reports the message.
AccessKey parse_access_key(const std::string& text) {
  AccessKey key;
  const std::size_t first = text.find(':');
  if (first == 0 || first == std::string::npos || first + 1 == text.size())
    throw CLI::ValidationError("--access-key", "'" + text + "' is not ID:SECRET[:ACCOUNT]");
  key.id = text.substr(0, first);
  key.secret = text.substr(first + 1);
  const std::size_t last = key.secret.rfind(':');
  if (last != std::string::npos) {
    key.account = key.secret.substr(last + 1);
    key.secret.resize(last);
    if (key.account.size() != 12 ||
        key.account.find_first_not_of("0123456789") != std::string::npos)
      throw CLI::ValidationError("--access-key", "'" + key.account + "' is not 12 digits");
  }
  return key;
}

void greet(const std::string& url) {
  std::printf(
      "Cloud Chamber serves a simulated AWS on %s\n"
      "\n"
      "AWS CLI and SDKs  export AWS_ENDPOINT_URL=%s AWS_REGION=us-east-1 \\\n"
      "                         AWS_ACCESS_KEY_ID=%s \\\n"
      "                         AWS_SECRET_ACCESS_KEY=%s\n"
      "boto3             boto3.client(\"s3\", endpoint_url=\"%s\")\n"
      "C++               cloudchamber::Session session({.endpoint_url = \"%s\"});\n"
      "\n"
      "Health, clock and reset are under %s/_chamber/. Ctrl-C stops it.\n",
      url.c_str(), url.c_str(), mock::kDefaultAccessKeyId, mock::kDefaultSecretAccessKey,
      url.c_str(), url.c_str(), url.c_str());
  std::fflush(stdout);
}

std::unique_ptr<recordings::RecordServer> recorder_for(const mock::MockAws& aws,
                                                       const Serve& options) {
  if (options.record.empty()) return nullptr;
  Recording head;
  head.seed = number_among(options.seeds);
  head.clock = aws.clock().now();
  return std::make_unique<recordings::RecordServer>(options.record, nullptr, options.rules.read(),
                                                    head);
}

// Writes down what the mock is asked and answers, on the mock's own clock.
mock::MockAws::Around recording(const mock::MockAws& aws, recordings::RecordServer& recorder) {
  return [&](const HttpRequest& request, const mock::MockAws::Answer& answer) {
    if (request.target.starts_with("/_"))
      return answer(request);  // health, clock: nothing of AWS's
    return recorder.handle(request, [&](const HttpRequest& asked, const SendOptions&) {
      const TimePoint started = aws.clock().now();
      HttpResponse response = answer(asked);
      return Exchange{asked, std::move(response), started, aws.clock().now() - started};
    });
  };
}

int serve(const Serve& options) {
  const UntilStopped stopped;

  std::unique_ptr<recordings::RecordServer> recorder;  // outlives whom it listens to
  mock::MockAws aws({.seed = number_among(options.seeds),
                     .strict = options.strict,
                     .transition_time = Milliseconds(options.transition_ms),
                     .legacy_s3_acls = options.legacy_s3_acls,
                     .clock = std::make_shared<mock::OffsetClock>(real_clock())});
  for (const std::string& text : options.access_keys) {
    const AccessKey key = parse_access_key(text);
    aws.add_credentials(key.id, key.secret, key.account);
  }
  make_from_recordings(aws, options);
  recorder = recorder_for(aws, options);
  aws.start(options.port, options.host, recorder ? recording(aws, *recorder) : nullptr);
  if (!options.quiet) greet(aws.url());
  if (!options.demo.empty()) {
    scenario::RunOptions demo;
    demo.paths.assign(options.demo.begin(), options.demo.end());
    demo.endpoint = aws.url();
    demo.every_step = true;
    if (const int failed = scenario::run_scenarios(demo, std::cout, std::cerr); failed != 0)
      return failed;
    std::cout << "\nServing on " << aws.url() << " until Ctrl-C." << std::endl;
  }
  stopped.wait();
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Serve>();
  CLI::App* command = app.add_subcommand("serve", "Serve the simulated AWS over HTTP");
  command->add_option("--host", options->host, "The address to listen on")->capture_default_str();
  command->add_option("--port", options->port, "The port; 0 for any free one")
      ->capture_default_str()
      ->check(CLI::Range(0, 65535));
  command->add_flag("--strict", options->strict, "Refuse access keys that nobody created");
  command
      ->add_option("--transition-ms", options->transition_ms,
                   "How long instances, stacks and the like take to change their state")
      ->capture_default_str()
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{3'600'000}));
  command
      ->add_option("--seed", options->seeds,
                   "A number that the ids come from, or a recording that the world is made from; "
                   "may be repeated")
      ->type_name("NUMBER|FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check([](const std::string& text) {
        return is_number(text) ? std::string() : CLI::ExistingFile(text);
      });
  command
      ->add_option("--access-key", options->access_keys,
                   "A key whose signatures are verified; may be repeated")
      ->type_name("ID:SECRET[:ACCOUNT]")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check([](const std::string& text) {
        try {
          parse_access_key(text);
          return std::string();
        } catch (const CLI::ValidationError& error) {
          return std::string(error.what());
        }
      });
  command->add_flag("--legacy-s3-acls", options->legacy_s3_acls,
                    "New buckets as before April 2023: ACLs on, public access not blocked");
  CLI::Option* const record =
      command
          ->add_option("--record", options->record,
                       "A recording of what it is asked and answers (docs/recordings.md)")
          ->type_name("FILE");
  options->rules.add_to(*command)->needs(record);
  command->add_option("--demo", options->demo, "Scenarios to play against it once it listens")
      ->type_name("PATH");
  command->add_flag("--quiet", options->quiet, "Print nothing");
  command->callback([options, &chosen] { chosen = [options] { return serve(*options); }; });
}

}  // namespace cloudchamber::command
