#include "mock-server/services/sqs/service.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/operations.h"

namespace cloudchamber::mock::sqs {
namespace {

// SQS names the first required parameter that is not there; an empty one counts as missing too.
void check_required(const Call& call) {
  for (const Member& member : call.operation().input->members) {
    if (!member.required) continue;
    const Json* value = call.find(member.name);
    const bool empty_text =
        value != nullptr && value->is_string() && value->get_ref<const std::string&>().empty();
    if (value == nullptr || empty_text) throw missing_parameter(member.name);
  }
}

}  // namespace

// What is emulated, on one screen. An operation of the model that has no line here is answered with
// NotImplemented, by name.
Service make_service() {
  return Service("sqs")
      .validated_by(check_required)
      .in_account(owner_of)
      .on("CreateQueue", create_queue)
      .on("DeleteQueue", delete_queue)
      .on("PurgeQueue", purge_queue)
      .on("GetQueueUrl", get_queue_url)
      .on("ListQueues", list_queues)
      .on("ListDeadLetterSourceQueues", list_dead_letter_source_queues)
      .on("GetQueueAttributes", get_queue_attributes)
      .on("SetQueueAttributes", set_queue_attributes)
      .on("ListQueueTags", list_queue_tags)
      .on("TagQueue", tag_queue)
      .on("UntagQueue", untag_queue)
      .on("AddPermission", add_permission)
      .on("RemovePermission", remove_permission)
      .on("SendMessage", send_message)
      .on("SendMessageBatch", send_message_batch)
      .on("ReceiveMessage", receive_message)
      .on("DeleteMessage", delete_message)
      .on("DeleteMessageBatch", delete_message_batch)
      .on("ChangeMessageVisibility", change_message_visibility)
      .on("ChangeMessageVisibilityBatch", change_message_visibility_batch)
      .on("StartMessageMoveTask", start_message_move_task)
      .on("CancelMessageMoveTask", cancel_message_move_task)
      .on("ListMessageMoveTasks", list_message_move_tasks);
}

}  // namespace cloudchamber::mock::sqs
