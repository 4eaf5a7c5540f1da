#include <nlohmann/json.hpp>

#include "mock-server/services/sqs/batch.h"
#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/operations.h"
#include "mock-server/services/sqs/receipts.h"

namespace cloudchamber::mock::sqs {
namespace {

void change_one(const Call& call, Queue& queue, const Json& entry) {
  const std::string handle = entry.value("ReceiptHandle", std::string());
  if (!entry.contains("VisibilityTimeout")) throw missing_parameter("VisibilityTimeout");
  const auto timeout = entry["VisibilityTimeout"].get<std::int64_t>();
  if (timeout < 0 || timeout > kMaxVisibilityTimeout) {
    throw invalid_parameter(std::to_string(timeout), "VisibilityTimeout",
                            "VisibilityTimeout must be an integer between 0 and 43200.");
  }
  switch (queue.change_visibility(receipt_of(handle, queue), Seconds(timeout), call.now())) {
    case Queue::Change::kDone:
      return;
    case Queue::Change::kNoSuchMessage:
      throw invalid_parameter(
          handle, "ReceiptHandle",
          "Message does not exist or is not available for visibility timeout change.");
    case Queue::Change::kTooLong:
      throw invalid_parameter(
          std::to_string(timeout), "VisibilityTimeout",
          "Total VisibilityTimeout for the message is beyond the limit [43200 seconds].");
  }
}

// Recorded by LocalStack, test_fifo_delete_after_visibility_timeout.
void delete_one(const Call& call, Queue& queue, const std::string& handle) {
  if (queue.erase(receipt_of(handle, queue), call.now()) == Queue::Erase::kExpired)
    throw invalid_parameter(handle, "ReceiptHandle", "The receipt handle has expired.");
}

}  // namespace

Json delete_message(Call& call, Queues& queues) {
  delete_one(call, queues.named_by(call), call.text("ReceiptHandle"));
  return Json::object();
}

Json delete_message_batch(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  return run_batch(call, "DeleteMessageBatchRequestEntry", [&](const Json& entry) {
    delete_one(call, queue, entry.value("ReceiptHandle", std::string()));
    return Json::object();
  });
}

Json change_message_visibility(Call& call, Queues& queues) {
  change_one(call, queues.named_by(call), call.input());
  return Json::object();
}

Json change_message_visibility_batch(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  return run_batch(call, "ChangeMessageVisibilityBatchRequestEntry", [&](const Json& entry) {
    change_one(call, queue, entry);
    return Json::object();
  });
}

}  // namespace cloudchamber::mock::sqs
