#pragma once

#include "mock-server/services/sqs/service.h"
#include "tests/support/service/service_fixture.h"

namespace cloudchamber::mock::sqs {

class SqsFixture : public ServiceFixture {
 protected:
  SqsFixture() : ServiceFixture({make_service()}) { url_ = create("orders"); }

  std::string create(const std::string& name, const Json& attributes = Json::object()) {
    return sqs("CreateQueue", {{"QueueName", name}, {"Attributes", attributes}})
        .value("QueueUrl", std::string());
  }
  Json sqs(const std::string& operation, const Json& input) {
    return call("sqs", operation, input);
  }
  std::string sqs_error(const std::string& operation, const Json& input) {
    return error_of("sqs", operation, input);
  }

  Json send(const std::string& body, const Json& more = Json::object()) {
    Json input{{"QueueUrl", url_}, {"MessageBody", body}};
    input.update(more);
    return sqs("SendMessage", input);
  }
  // The messages received, [] when none.
  Json receive(const Json& more = Json::object()) { return receive_from(url_, more); }
  Json receive_from(const std::string& url, const Json& more = Json::object()) {
    Json input{{"QueueUrl", url}, {"MaxNumberOfMessages", 10}};
    input.update(more);
    return sqs("ReceiveMessage", input).value("Messages", Json::array());
  }
  std::string attribute(const std::string& name) { return attribute_of(url_, name); }
  void set(const std::string& url, const std::string& name, const std::string& value) {
    sqs("SetQueueAttributes", {{"QueueUrl", url}, {"Attributes", {{name, value}}}});
  }
  static std::string arn(const std::string& name) {
    return "arn:aws:sqs:us-east-1:123456789012:" + name;
  }
  std::string attribute_of(const std::string& url, const std::string& name) {
    const Json all = sqs("GetQueueAttributes", {{"QueueUrl", url}, {"AttributeNames", {name}}});
    return all.contains("Attributes") ? all["Attributes"].value(name, "") : "";
  }

  std::string url_;
};

}  // namespace cloudchamber::mock::sqs
