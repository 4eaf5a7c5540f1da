// All services and a virtual clock, with shorthands for stacks.
#pragma once

#include <string>
#include <vector>

#include "mock-server/services/services.h"
#include "tests/support/service/service_fixture.h"

namespace cloudchamber::mock::cloudformation {

using namespace std::chrono_literals;

class CloudFormationFixture : public ServiceFixture {
 protected:
  CloudFormationFixture() : ServiceFixture(make_services()) {}

  Json cfn(const std::string& operation, const Json& input) {
    return call("cloudformation", operation, input);
  }
  std::string cfn_error(const std::string& operation, const Json& input) {
    return error_of("cloudformation", operation, input);
  }
  // The id of a new stack; a moment later, when it is done.
  std::string create(const std::string& name, const std::string& body,
                     const Json& more = Json::object()) {
    return did("CreateStack", name, body, more);
  }
  std::string update(const std::string& name, const std::string& body,
                     const Json& more = Json::object()) {
    return did("UpdateStack", name, body, more);
  }
  std::string create_error(const std::string& body, const Json& more = Json::object()) {
    Json input{{"StackName", "refused"}, {"TemplateBody", body}};
    input.update(more);
    return cfn_error("CreateStack", input);
  }
  Json stack(const std::string& name) {
    return cfn("DescribeStacks", {{"StackName", name}})["Stacks"][0];
  }
  std::string status(const std::string& name) { return stack(name)["StackStatus"]; }
  std::string reason(const std::string& name) {
    return stack(name).value("StackStatusReason", std::string());
  }
  // {key: value}
  Json outputs(const std::string& name) {
    Json result = Json::object();
    for (const Json& one : stack(name).value("Outputs", Json::array()))
      result[one["OutputKey"].get<std::string>()] = one["OutputValue"];
    return result;
  }
  Json output(const std::string& value) {
    const std::string name = "out" + std::to_string(++number_);
    create(name, "Resources: {H: {Type: AWS::CloudFormation::WaitConditionHandle}}\n" + head_ +
                     "Outputs: {X: {Value: " + value + "}}\n");
    return outputs(name).value("X", Json());
  }
  // Oldest first: "CREATE_COMPLETE Queue".
  std::vector<std::string> events(const std::string& name) {
    std::vector<std::string> lines;
    const Json all = cfn("DescribeStackEvents", {{"StackName", name}})["StackEvents"];
    for (const Json& one : all)
      lines.insert(lines.begin(), one["ResourceStatus"].get<std::string>() + ' ' +
                                      one["LogicalResourceId"].get<std::string>());
    return lines;
  }
  // Why a resource failed first.
  std::string failure(const std::string& name, const std::string& logical) {
    std::string why;
    const Json all = cfn("DescribeStackEvents", {{"StackName", name}})["StackEvents"];
    for (const Json& one : all) {
      if (one["LogicalResourceId"] == logical &&
          one["ResourceStatus"].get<std::string>().ends_with("_FAILED"))
        why = one.value("ResourceStatusReason", std::string());
    }
    return why;
  }
  std::string physical(const std::string& name, const std::string& logical) {
    return cfn("DescribeStackResource",
               {{"StackName", name}, {"LogicalResourceId", logical}})["StackResourceDetail"]
        .value("PhysicalResourceId", std::string());
  }
  void remove(const std::string& name) {
    cfn("DeleteStack", {{"StackName", name}});
    clock_->advance(1ms);
  }
  std::size_t queues() {
    return call("sqs", "ListQueues", Json::object()).value("QueueUrls", Json::array()).size();
  }

  std::string head_;  // further sections of the templates of output()

 private:
  std::string did(const std::string& operation, const std::string& name, const std::string& body,
                  const Json& more) {
    Json input{{"StackName", name}, {"TemplateBody", body}};
    input.update(more);
    const Json reply = cfn(operation, input);
    clock_->advance(1ms);
    return reply.value("StackId", std::string());
  }
  int number_ = 0;
};

}  // namespace cloudchamber::mock::cloudformation
