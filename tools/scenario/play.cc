#include "tools/scenario/play.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "cloudchamber/client.h"
#include "cloudchamber/errors.h"
#include "cloudchamber/paginator.h"
#include "cloudchamber/waiter.h"
#include "sdk/codec/jmespath.h"
#include "tools/scenario/variables.h"

namespace cloudchamber::scenario {
namespace {

// What a step came to: a result, or an error.
struct Outcome {
  Json result;
  std::optional<Json> error;  // {"Code", "Message", "Status", modelled members...}
  std::string thrown;         // what() of the error
  std::int64_t pages = 0;
};

class Player {
 public:
  explicit Player(const Stage& stage) : stage_(stage) { variables_["unique"] = stage.unique; }

  StepReport play(const Step& step) {
    StepReport report{.title = step.title(), .about = step.about, .failure = {}};
    try {
      if (step.kind == Step::Kind::kAdvance) {
        stage_.advance(step.advance);
      } else {
        report.failure = judge(step, perform(step));
      }
    } catch (const std::exception& error) {
      report.failure = Failure{error.what(), {}, ""};
    }
    return report;
  }

 private:
  // Credentials are names of the settings of Session::client, or an account: its root user.
  Client client_for(const Step& step) {
    ClientOptions options;
    if (!step.region.empty()) options.region_name = step.region;
    const Json as = expand(step.as, variables_);
    if (as.is_string()) {
      options.aws_access_key_id = as.get<std::string>();
      options.aws_secret_access_key = "secret";
    } else if (as.is_object()) {
      options.aws_access_key_id = as.value("AccessKeyId", "");
      options.aws_secret_access_key = as.value("SecretAccessKey", "");
      if (as.contains("SessionToken")) {
        options.aws_session_token = as["SessionToken"].get<std::string>();
      }
    } else if (!as.is_null()) {
      throw ScenarioError("\"as\" is neither an account nor credentials");
    }
    const std::string key = step.service + "|" + step.region + "|" + as.dump();
    const auto known = clients_.find(key);
    if (known != clients_.end()) return known->second;
    return clients_.emplace(key, stage_.session.client(step.service, options)).first->second;
  }

  Outcome perform(const Step& step) {
    const Json parameters = expand(step.parameters, variables_);
    const Client client = client_for(step);
    Outcome outcome;
    try {
      if (step.kind == Step::Kind::kPaginate) {
        paginate(step, client, parameters, outcome);
      } else if (step.kind == Step::Kind::kWait) {
        outcome.result = client.wait(step.name, parameters, wait_options(step));
      } else {
        outcome.result = client.call(step.name, parameters);
      }
    } catch (const ClientError& error) {
      outcome.result = error.response();
      outcome.error = error_of(error);
      outcome.thrown = error.what();
    } catch (const WaiterError& error) {
      outcome.result = error.last_response();
      outcome.error = Json{{"Code", "WaiterError"}, {"Message", error.reason()}};
      outcome.thrown = error.what();
    } catch (const ParamValidationError& error) {
      outcome.error = Json{{"Code", "ParamValidationError"}, {"Message", error.what()}};
      outcome.thrown = error.what();
    }
    return outcome;
  }

  void paginate(const Step& step, const Client& client, const Json& parameters, Outcome& outcome) {
    const Json options = expand(step.options, variables_);
    PagingOptions paging;
    if (options.contains("PageSize")) paging.page_size = options["PageSize"].get<std::int64_t>();
    if (options.contains("MaxItems")) paging.max_items = options["MaxItems"].get<std::int64_t>();
    if (options.contains("StartingToken")) {
      paging.starting_token = options["StartingToken"].get<std::string>();
    }
    const Pages pages = client.paginate(step.name, parameters, paging);
    if (step.pages) {
      for (auto page = pages.begin(); page != Pages::end(); ++page) ++outcome.pages;
    }
    outcome.result = pages.build_full_result();
  }

  [[nodiscard]] WaitOptions wait_options(const Step& step) const {
    const Json options = expand(step.options, variables_);
    WaitOptions waiting;
    if (options.contains("Delay")) {
      waiting.delay =
          Milliseconds(static_cast<std::int64_t>(options["Delay"].get<double>() * 1000));
    }
    if (options.contains("MaxAttempts")) waiting.max_attempts = options["MaxAttempts"].get<int>();
    return waiting;
  }

  static Json error_of(const ClientError& error) {
    Json described = error.response();
    described.erase("Error");
    described["Code"] = error.code();
    described["Message"] = error.message();
    described["Status"] = error.status();
    return described;
  }

  std::optional<Failure> judge(const Step& step, const Outcome& outcome) {
    const auto failed = [&](std::string what, std::optional<Difference> difference) {
      Json response = outcome.result;
      if (response.contains("ResponseMetadata")) response["ResponseMetadata"].erase("HTTPHeaders");
      return Failure{std::move(what), std::move(difference), shown(response, 2000)};
    };
    if (outcome.error && !step.error) return failed(outcome.thrown, {});
    if (step.error) {
      const Json expected = expand(*step.error, variables_);
      if (!outcome.error) return failed("Expected the error " + shown(expected), {});
      if (auto wrong = first_difference(expected, *outcome.error)) {
        return failed("Another error was expected", std::move(wrong));
      }
    }
    if (step.pages) {
      if (auto wrong = first_difference(expand(*step.pages, variables_), outcome.pages)) {
        wrong->path = "the number of pages";
        return failed("There are more or fewer pages than expected", std::move(wrong));
      }
    }
    if (step.expect) {
      Json found;
      if (!step.query.empty()) found = JmesPath(step.query).search(outcome.result);
      const Json& actual = step.query.empty() ? outcome.result : found;
      if (auto wrong = first_difference(expand(*step.expect, variables_), actual)) {
        return failed("The result is not what was expected", std::move(wrong));
      }
    }
    for (const auto& [variable, path] : step.save) {
      Json value = JmesPath(path).search(outcome.result);
      if (value.is_null()) return failed("There is no " + path + " to save", {});
      variables_[variable] = std::move(value);
    }
    return {};
  }

  const Stage& stage_;
  Variables variables_;
  std::map<std::string, Client> clients_;
};

std::string failure_text(const Failure& failure, const std::string& indent) {
  std::string text = indent + failure.what + "\n";
  if (failure.difference) {
    const Difference& difference = *failure.difference;
    text += indent + "at        " + (difference.path.empty() ? "the top" : difference.path) + "\n";
    text += indent + "expected  " + difference.expected + "\n";
    text += indent + "actual    " + difference.actual + "\n";
  }
  if (!failure.response.empty()) text += indent + "response  " + failure.response + "\n";
  return text;
}

}  // namespace

Report play(const Scenario& scenario, const Stage& stage,
            const std::function<void(const StepReport&)>& watch) {
  Report report{
      .file = scenario.file, .title = scenario.title, .steps = scenario.steps.size(), .played = {}};
  Player player(stage);
  for (const Step& step : scenario.steps) {
    report.played.push_back(player.play(step));
    if (watch) watch(report.played.back());
    if (report.played.back().failure) break;
  }
  return report;
}

std::string text_of(const StepReport& step) {
  std::string text = (step.failure ? "  FAIL  " : "  ok    ") + step.title;
  if (!step.about.empty()) text += ": " + step.about;
  text += "\n";
  if (step.failure) text += failure_text(*step.failure, "        ");
  return text;
}

std::string text_of(const Report& report) {
  const std::string steps = std::to_string(report.steps) + (report.steps == 1 ? " step" : " steps");
  std::string text = (report.passed() ? "ok    " : "FAIL  ") + report.file + ": " + report.title +
                     " (" + steps + ")\n";
  if (report.passed() || report.played.empty()) return text;
  const StepReport& last = report.played.back();
  text += "      step " + std::to_string(report.played.size()) + " of " +
          std::to_string(report.steps) + ": " + last.title + "\n";
  return text + failure_text(*last.failure, "        ");
}

}  // namespace cloudchamber::scenario
