// The handlers of SQS, by the files they stand in.
#pragma once

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/services/sqs/queues.h"

namespace cloudchamber::mock::sqs {

// queue_operations.cc
Json create_queue(Call& call, Queues& queues);
Json delete_queue(Call& call, Queues& queues);
Json purge_queue(Call& call, Queues& queues);
Json get_queue_url(Call& call, const Queues& queues);
Json list_queues(Call& call, const Queues& queues);
Json list_dead_letter_source_queues(Call& call, const Queues& queues);

// attribute_operations.cc
Json get_queue_attributes(Call& call, const Queues& queues);
Json set_queue_attributes(Call& call, Queues& queues);
Json list_queue_tags(Call& call, const Queues& queues);
Json tag_queue(Call& call, Queues& queues);
Json untag_queue(Call& call, Queues& queues);
void add_tags(Queue& queue, const Json& tags);  // within their limits: InvalidParameterValue

// permission_operations.cc
Json add_permission(Call& call, Queues& queues);
Json remove_permission(Call& call, Queues& queues);

// move_operations.cc
Json start_message_move_task(Call& call, Queues& queues);
Json cancel_message_move_task(Call& call, Queues& queues);
Json list_message_move_tasks(Call& call, Queues& queues);

// send_message.cc
Json send_message(Call& call, Queues& queues);
Json send_message_batch(Call& call, Queues& queues);

// receive_message.cc
Json receive_message(Call& call, Queues& queues);

// message_operations.cc
Json delete_message(Call& call, Queues& queues);
Json delete_message_batch(Call& call, Queues& queues);
Json change_message_visibility(Call& call, Queues& queues);
Json change_message_visibility_batch(Call& call, Queues& queues);

}  // namespace cloudchamber::mock::sqs
