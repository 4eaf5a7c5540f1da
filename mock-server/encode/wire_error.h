// WireError: an AwsError as the model knows it: its shape, its names on the wire, status and fault.
#pragma once

#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "mock-server/call/aws_error.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

struct WireError {
  WireError(const ServiceModel& service, const AwsError& error, std::string_view request_id);

  const ServiceModel& service;
  const AwsError& error;
  std::string_view request_id;
  const Shape* shape = nullptr;  // null when the model has no such error

  std::string code;        // in query and XML: "AWS.SimpleQueueService.NonExistentQueue"
  std::string type;        // in JSON: "com.amazonaws.sqs#QueueDoesNotExist"
  std::string query_code;  // x-amzn-query-error's code; "" where that header is not sent
  std::string message_member = "message";  // in JSON: "message" or "Message"
  int status = 400;

  [[nodiscard]] bool is_servers_fault() const { return status >= 500; }
  [[nodiscard]] const Json& members() const { return error.members(); }
};

}  // namespace cloudchamber::mock
