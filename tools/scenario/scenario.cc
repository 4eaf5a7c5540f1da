#include "tools/scenario/scenario.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "sdk/codec/jmespath.h"
#include "sdk/model/names.h"
#include "sdk/model/service_model.h"
#include "tools/scenario/match.h"
#include "tools/scenario/variables.h"

namespace cloudchamber::scenario {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxDepth = 64;

std::string with_nearest(const std::string& name, const std::vector<std::string_view>& names) {
  const std::string_view nearest = nearest_name(name, names);
  return '"' + name + '"' +
         (nearest.empty() ? "" : "; did you mean \"" + std::string(nearest) + "\"?");
}

// Reads one file; `place_` is where in it we are: "steps[2].save.url".
class Reader {
 public:
  explicit Reader(std::string file) { scenario_.file = std::move(file); }

  Scenario read(std::string_view text) {
    const Json story = parse(text);
    object(story, {"title", "about", "service", "region", "as", "steps"});
    scenario_.title = text_at(story, "title");
    if (scenario_.title.empty()) fail("needs a \"title\"");
    scenario_.about = text_at(story, "about");
    service_ = text_at(story, "service");
    region_ = text_at(story, "region");
    if (story.contains("as")) as_ = story["as"];
    const auto steps = story.find("steps");
    if (steps == story.end() || !steps->is_array() || steps->empty()) {
      fail("needs \"steps\", a list that is not empty");
    }
    for (const Json& step : *steps) {
      place_ = "steps[" + std::to_string(scenario_.steps.size()) + "]";
      scenario_.steps.push_back(read_step(step));
    }
    return std::move(scenario_);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    const char* gap = place_.empty() || what.starts_with('.') ? "" : " ";
    throw ScenarioError(scenario_.file + ": " + place_ + gap + what);
  }

  [[nodiscard]] Json parse(std::string_view text) const {
    bool too_deep = false;
    const auto watch = [&](int depth, Json::parse_event_t, Json&) {
      too_deep = too_deep || depth > kMaxDepth;
      return !too_deep;
    };
    try {
      Json parsed = Json::parse(text, watch);
      if (too_deep) fail("is nested too deeply");
      return parsed;
    } catch (const Json::parse_error& error) {
      fail(too_deep ? "is nested too deeply" : std::string("is not JSON: ") + error.what());
    }
  }

  void object(const Json& value, const std::vector<std::string_view>& keys) const {
    if (!value.is_object()) fail("must be an object");
    for (const auto& [key, unused] : value.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        fail("has the unknown key " + with_nearest(key, keys));
      }
    }
  }

  [[nodiscard]] std::string text_at(const Json& value, const char* key) const {
    const auto found = value.find(key);
    if (found == value.end()) return "";
    if (!found->is_string()) fail("has a \"" + std::string(key) + "\" that is no string");
    return found->get<std::string>();
  }

  Step read_step(const Json& source) {
    object(source, {"about", "service", "operation", "paginate", "wait", "advance", "region", "as",
                    "parameters", "paging", "waiter", "expect", "pages", "query", "save", "error"});
    Step step;
    step.about = text_at(source, "about");
    const std::pair<const char*, Step::Kind> kinds[] = {{"operation", Step::Kind::kCall},
                                                        {"paginate", Step::Kind::kPaginate},
                                                        {"wait", Step::Kind::kWait},
                                                        {"advance", Step::Kind::kAdvance}};
    int stated = 0;
    for (const auto& [key, kind] : kinds) {
      if (!source.contains(key)) continue;
      step.kind = kind;
      ++stated;
    }
    if (stated != 1) {
      fail("must have exactly one of \"operation\", \"paginate\", \"wait\" and \"advance\"");
    }
    if (step.kind == Step::Kind::kAdvance) {
      read_advance(source, step);
    } else {
      read_call(source, step);
    }
    return step;
  }

  void read_advance(const Json& source, Step& step) {
    object(source, {"about", "advance"});
    const Json& seconds = source["advance"];
    if (!seconds.is_number_unsigned() || seconds.get<std::uint64_t>() > 1'000'000'000) {
      fail("advances the clock by " + seconds.dump() + ", not by a number of seconds");
    }
    step.advance = Seconds(seconds.get<std::int64_t>());
  }

  void read_call(const Json& source, Step& step) {
    step.service = source.contains("service") ? text_at(source, "service") : service_;
    if (step.service.empty()) fail("needs a \"service\", its own or the story's");
    step.region = source.contains("region") ? text_at(source, "region") : region_;
    step.as = source.contains("as") ? source["as"] : as_;
    if (source.contains("parameters")) step.parameters = source["parameters"];
    if (!step.parameters.is_object()) fail("has \"parameters\" that are no object");

    std::string_view options;
    if (step.kind == Step::Kind::kCall) step.name = text_at(source, "operation");
    if (step.kind == Step::Kind::kPaginate) {
      step.name = text_at(source, "paginate");
      options = "paging";
    }
    if (step.kind == Step::Kind::kWait) {
      step.name = text_at(source, "wait");
      options = "waiter";
    }
    for (const char* key : {"paging", "waiter"}) {
      if (!source.contains(key)) continue;
      if (options != key) fail("can't have \"" + std::string(key) + "\"");
      step.options = source[key];
    }
    read_options(step);
    check_name(step);
    check_variables("parameters", step.parameters);
    check_variables("as", step.as);
    read_expectations(source, step);
  }

  void read_options(const Step& step) const {
    if (step.kind == Step::Kind::kPaginate) {
      object(step.options, {"PageSize", "MaxItems", "StartingToken"});
    } else {
      object(step.options, {"Delay", "MaxAttempts"});
    }
  }

  void read_expectations(const Json& source, Step& step) {
    step.query = text_at(source, "query");
    if (!step.query.empty()) check_jmespath("query", step.query);
    const auto expectation = [&](const char* key, std::optional<Json>& into) {
      const auto found = source.find(key);
      if (found == source.end()) return;
      check_variables(key, *found);
      if (const auto wrong = find_misuse(*found)) {
        fail("." + std::string(key) + ": " + *wrong);
      }
      into = *found;
    };
    expectation("expect", step.expect);
    expectation("pages", step.pages);
    expectation("error", step.error);
    if (step.pages && step.kind != Step::Kind::kPaginate) fail("has \"pages\" but no \"paginate\"");
    if (step.error && step.expect) fail("has both \"error\" and \"expect\"");
    if (step.error && step.error->is_string()) step.error = Json{{"Code", *step.error}};
    if (step.error && !step.error->is_object()) fail("has an \"error\" that is no code or object");
    if (!step.query.empty() && !step.expect) fail("has a \"query\" but no \"expect\"");
    read_save(source, step);
  }

  void read_save(const Json& source, Step& step) {
    const auto save = source.find("save");
    if (save == source.end()) return;
    if (!save->is_object()) fail("has a \"save\" that is no object");
    for (const auto& [variable, path] : save->items()) {
      if (!is_variable_name(variable)) fail("saves \"" + variable + "\", which can't be a name");
      if (!path.is_string()) fail("saves \"" + variable + "\" from what is no JMESPath");
      step.save[variable] = path.get<std::string>();
      check_jmespath("save." + variable, step.save[variable]);
      known_.insert(variable);
    }
  }

  void check_jmespath(const std::string& key, const std::string& path) const {
    try {
      (void)JmesPath(path);
    } catch (const JmesPathError& error) {
      fail("." + key + ": " + error.what());
    }
  }

  // Names are checked where the model is compiled in; of other services the call will tell.
  void check_name(const Step& step) const {
    const auto model = find_model(step.service);
    if (model == nullptr) return;
    std::vector<std::string> names;
    if (step.kind == Step::Kind::kWait) {
      for (const auto& [name, unused] : model->waiters().items()) names.push_back(name);
    } else if (step.kind == Step::Kind::kPaginate) {
      for (const auto& [name, unused] : model->paginators().items()) names.push_back(name);
    } else {
      for (const Operation* operation : model->operations()) names.push_back(operation->name);
    }
    const bool known = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return name == step.name || xform_name(name) == step.name;
    });
    if (known) return;
    const char* what = step.kind == Step::Kind::kCall       ? "operation "
                       : step.kind == Step::Kind::kPaginate ? "paginator "
                                                            : "waiter ";
    fail(step.service + " has no " + what + with_nearest(step.name, {names.begin(), names.end()}));
  }

  void check_variables(const char* key, const Json& value) const {
    for (const std::string& name : variables_in(value)) {
      if (known_.contains(name)) continue;
      fail("." + std::string(key) + " uses ${" + name +
           "}, which no earlier step saves: " + with_nearest(name, {known_.begin(), known_.end()}));
    }
  }

  Scenario scenario_;
  std::string place_;
  std::string service_;
  std::string region_;
  Json as_;
  std::set<std::string> known_ = {"unique"};
};

}  // namespace

std::string Step::title() const {
  switch (kind) {
    case Kind::kCall:
      return service + " " + name;
    case Kind::kPaginate:
      return service + " paginate " + name;
    case Kind::kWait:
      return service + " wait " + name;
    case Kind::kAdvance:
      return "advance " + std::to_string(advance.count()) + " s";
  }
  return "";
}

Scenario parse_scenario(std::string_view text, std::string file) {
  return Reader(std::move(file)).read(text);
}

Scenario read_scenario(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ScenarioError("can't open " + path.string());
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return parse_scenario(text, path.string());
}

std::vector<fs::path> find_scenarios(const std::vector<fs::path>& paths) {
  std::vector<fs::path> found;
  for (const fs::path& path : paths) {
    std::error_code failure;
    if (!fs::is_directory(path, failure)) {
      if (!fs::exists(path, failure)) throw ScenarioError("there is no " + path.string());
      found.push_back(path);
      continue;
    }
    const std::size_t before = found.size();
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file() && entry.path().extension() == ".json") {
        found.push_back(entry.path());
      }
    }
    if (found.size() == before) throw ScenarioError("there is no scenario in " + path.string());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace cloudchamber::scenario
