// The data that the models carry beside their shapes names things: operations, members, resources,
// waiters. These tests follow every name to what it means. A name that leads nowhere would show
// itself only when somebody pages through that one operation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "sdk/model/service_model.h"
#include "tests/sdk/model/path_walker.h"

namespace cloudchamber {
namespace {

using ::testing::IsEmpty;

std::vector<std::string> all_models() {
  std::vector<std::string> names = model_names();
  names.emplace_back("sqs.query");
  return names;
}

// Collects complaints, each with the place it is about.
class Lint {
 public:
  explicit Lint(const std::string& model) : model_(find_model(model)) {}

  [[nodiscard]] const ServiceModel& model() const { return *model_; }
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }
  [[nodiscard]] std::size_t checked() const { return checked_; }

  void complain(const std::string& place, const std::string& what) {
    complaints_.push_back(model_->name + " " + place + ": " + what);
  }

  PathType path(const std::string& place, const std::string& path, const Shape* shape) {
    ++checked_;
    std::vector<std::string> found;
    PathType type = PathWalker::walk(path, shape, found);
    for (const std::string& what : found) complain(place + " " + path, what);
    return type;
  }

  void paths(const std::string& place, const Json& group, const char* key, const Shape* shape) {
    const auto value = group.find(key);
    if (value == group.end()) return;
    for (const Json& one : value->is_array() ? *value : Json::array({*value})) {
      path(place + "." + key, one.get<std::string>(), shape);
    }
  }

  const Operation* operation(const std::string& place, const std::string& name) {
    const Operation* operation = model_->find_operation(name);
    if (operation == nullptr) complain(place, "there is no operation " + name);
    return operation;
  }

 private:
  std::shared_ptr<const ServiceModel> model_;
  std::vector<std::string> complaints_;
  std::size_t checked_ = 0;
};

class DataLint : public ::testing::TestWithParam<std::string> {};

TEST_P(DataLint, PaginatorsNameRealMembers) {
  Lint lint(GetParam());
  for (const auto& [name, group] : lint.model().paginators().items()) {
    const Operation* operation = lint.operation("paginator", name);
    if (operation == nullptr) continue;
    EXPECT_TRUE(group.contains("result_key") && group.contains("input_token")) << name;
    for (const char* key : {"input_token", "limit_key"}) {
      lint.paths(name, group, key, operation->input);
    }
    for (const char* key : {"output_token", "result_key", "more_results", "non_aggregate_keys"}) {
      lint.paths(name, group, key, operation->output);
    }
    const auto count = [](const Json& names) { return names.is_array() ? names.size() : 1; };
    EXPECT_EQ(count(group["input_token"]), count(group["output_token"])) << name;
  }
  EXPECT_THAT(lint.complaints(), IsEmpty());
}

TEST_P(DataLint, WaitersNameRealMembersAndKnownMatchers) {
  const std::set<std::string> matchers = {"path", "pathAll", "pathAny", "status", "error"};
  const std::set<std::string> states = {"success", "failure", "retry"};
  Lint lint(GetParam());
  for (const auto& [name, waiter] : lint.model().waiters().items()) {
    const Operation* operation =
        lint.operation("waiter " + name, waiter["operation"].get<std::string>());
    if (operation == nullptr) continue;
    EXPECT_GT(waiter["delay"].get<int>(), 0) << name;
    EXPECT_GT(waiter["maxAttempts"].get<int>(), 0) << name;
    for (const Json& acceptor : waiter["acceptors"]) {
      EXPECT_TRUE(matchers.contains(acceptor["matcher"].get<std::string>())) << name;
      EXPECT_TRUE(states.contains(acceptor["state"].get<std::string>())) << name;
      EXPECT_TRUE(acceptor.contains("expected")) << name;
      lint.paths("waiter " + name, acceptor, "argument", operation->output);
    }
  }
  EXPECT_THAT(lint.complaints(), IsEmpty());
}

// boto3's resources: https://github.com/boto/boto3/blob/develop/docs/source/guide/resources.rst
// tells the meaning, botocore's model the shape.
class ResourceLint {
 public:
  explicit ResourceLint(Lint& lint) : lint_(lint), all_(lint.model().resources()) {}

  void run() {
    const auto service = all_.find("service");
    if (service == all_.end()) return;
    check("service", *service);
    for (const auto& [name, resource] : all_["resources"].items()) check(name, resource);
  }

 private:
  static const Json& part(const Json& object, const char* key) {
    static const Json none = Json::object();
    const auto found = object.find(key);
    return found == object.end() ? none : *found;
  }

  void check(const std::string& name, const Json& resource) {
    place_ = name;
    resource_ = &resource;
    shape_ = nullptr;
    if (resource.contains("shape")) {
      shape_ = lint_.model().find_shape(resource["shape"].get<std::string>());
      if (shape_ == nullptr) lint_.complain(name, "has an unknown shape");
    }
    for (const Json& identifier : part(resource, "identifiers")) {
      if (!identifier.contains("memberName") || shape_ == nullptr) continue;
      lint_.path(name + ".identifiers", identifier["memberName"].get<std::string>(), shape_);
    }
    const Json& load = part(resource, "load");
    if (!load.empty()) check_action(name + ".load", load);
    for (const char* kind : {"actions", "batchActions", "has", "hasMany"}) {
      for (const auto& [title, action] : part(resource, kind).items()) {
        check_action(name + "." + kind + "." + title, action);
      }
    }
    for (const auto& [title, waiter] : part(resource, "waiters").items()) {
      check_waiter(name + ".waiters." + title, waiter);
    }
  }

  // Also what it has, which is an action without a request.
  void check_action(const std::string& place, const Json& action) {
    const Operation* operation = nullptr;
    if (action.contains("request")) operation = check_request(place, action["request"]);
    const Shape* response = operation == nullptr ? nullptr : operation->output;
    if (action.contains("path") && operation != nullptr) {
      lint_.paths(place, action, "path", response);
    }
    if (action.contains("resource")) {
      const Json& target = action["resource"];
      check_target(place, target, operation);
      if (!target.contains("path")) return;
      // Of the response where there is a request, else of this resource's own data.
      lint_.paths(place, target, "path", operation == nullptr ? shape_ : response);
    }
  }

  const Operation* check_request(const std::string& place, const Json& request) {
    const Operation* operation = lint_.operation(place, request["operation"].get<std::string>());
    if (operation == nullptr) return nullptr;
    for (const Json& param : part(request, "params")) {
      lint_.paths(place, param, "target", operation->input);
      check_source(place, param, nullptr);
    }
    return operation;
  }

  void check_target(const std::string& place, const Json& target, const Operation* operation) {
    const std::string type = target["type"].get<std::string>();
    const Json& resources = all_["resources"];
    const auto found = resources.find(type);
    if (found == resources.end()) return lint_.complain(place, "there is no resource " + type);
    for (const Json& identifier : part(target, "identifiers")) {
      const std::string name = identifier["target"].get<std::string>();
      if (!has_identifier(*found, name)) lint_.complain(place, type + " has no " + name);
      check_source(place, identifier, operation);
    }
  }

  void check_source(const std::string& place, const Json& value, const Operation* operation) {
    const std::string source = value["source"].get<std::string>();
    if (source == "identifier") {
      const std::string name = value["name"].get<std::string>();
      if (!has_identifier(*resource_, name)) lint_.complain(place, "has no identifier " + name);
    } else if (source == "data") {
      lint_.paths(place, value, "path", shape_);
    } else if (source == "response" && operation != nullptr) {
      lint_.paths(place, value, "path", operation->output);
    } else if (source == "requestParameter" && operation != nullptr) {
      lint_.paths(place, value, "path", operation->input);
    } else if (source == "string" || source == "integer" || source == "boolean") {
      if (!value.contains("value")) lint_.complain(place, "has no value");
    } else if (source != "input") {
      lint_.complain(place, "knows no source " + source);
    }
  }

  void check_waiter(const std::string& place, const Json& waiter) {
    const std::string name = waiter["waiterName"].get<std::string>();
    const auto found = lint_.model().waiters().find(name);
    if (found == lint_.model().waiters().end()) {
      return lint_.complain(place, "there is no waiter " + name);
    }
    const Operation* operation = lint_.operation(place, (*found)["operation"].get<std::string>());
    if (operation == nullptr) return;
    for (const Json& param : part(waiter, "params")) {
      lint_.paths(place, param, "target", operation->input);
      check_source(place, param, nullptr);
    }
    lint_.paths(place, waiter, "path", operation->output);
  }

  static bool has_identifier(const Json& resource, const std::string& name) {
    const Json& identifiers = part(resource, "identifiers");
    return std::any_of(identifiers.begin(), identifiers.end(),
                       [&](const Json& one) { return one["name"] == name; });
  }

  Lint& lint_;
  const Json& all_;
  std::string place_;
  const Json* resource_ = nullptr;
  const Shape* shape_ = nullptr;
};

TEST_P(DataLint, ResourcesNameRealOperationsMembersAndWaiters) {
  Lint lint(GetParam());
  ResourceLint(lint).run();
  // Wrong in boto3's own data: an elastic address can't be reached from an association (it would
  // take a member that the shape does not have), and an IAM policy's identifier is called Arn.
  std::vector<std::string> known;
  if (GetParam() == "ec2") {
    known = {
        "ec2 NetworkInterfaceAssociation.has.Address.path AllocationId: "
        "InstanceNetworkInterfaceAssociation has no member AllocationId"};
  }
  if (GetParam() == "iam") known = {"iam service.has.Policy: Policy has no PolicyArn"};
  EXPECT_EQ(lint.complaints(), known);
}

TEST_P(DataLint, ErrorsAreToldApartByTheirCodes) {
  const auto model = find_model(GetParam());
  for (const Shape* shape : model->shapes()) {
    if (!shape->exception) continue;
    EXPECT_EQ(model->find_error(shape->name), shape) << shape->name;
    EXPECT_NE(model->find_error(shape->error_wire_code()), nullptr) << shape->name;
  }
}

INSTANTIATE_TEST_SUITE_P(Models, DataLint, ::testing::ValuesIn(all_models()), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
});

// The lint itself must be able to fail.
TEST(PathWalker, ComplainsAboutNamesThatNoMemberHas) {
  const auto ec2 = find_model("ec2");
  const Shape* output = ec2->find_operation("DescribeInstances")->output;
  const std::pair<const char*, bool> rows[] = {
      {"Reservations[].Instances[].State.Name", true},
      {"Reservations[0].Instances[-1].Tags[?Key == 'Name'].Value", true},
      {"length(Reservations[]) > `0`", true},
      {"NextToken || Reservations[0].OwnerId", true},
      {"[Reservations, Reservations] | [].OwnerId", true},
      {"[Reservations[], Reservations[]] | [].OwnerId", true},
      {"Reservation", false},
      {"Reservations.Instances", false},
      {"Reservations[].Instances[].State.Nmae", false},
      {"Reservations[].Instances.State", false},
      {"length(Reservation[]) > `0`", false},
      {"NextToken.Length", false},
      {"Reservations[?Oops == 'x']", false},
      {"Reservations[", false}};
  for (const auto& [path, real] : rows) {
    std::vector<std::string> complaints;
    (void)PathWalker::walk(path, output, complaints);
    EXPECT_EQ(complaints.empty(), real) << path << ": " << ::testing::PrintToString(complaints);
  }
}

}  // namespace
}  // namespace cloudchamber
