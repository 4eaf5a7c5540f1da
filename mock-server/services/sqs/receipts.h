// Receipt handles: what a message is deleted by. Opaque to clients; inside, the message's place in
// its queue and its id, the nonce of the receive, and the queue.
#pragma once

#include <string>

#include "mock-server/services/sqs/queue.h"

namespace cloudchamber::mock::sqs {

[[nodiscard]] std::string handle_of(const Receipt& receipt, const Queue& queue);
// Throws ReceiptHandleIsInvalid for what is no handle of that queue.
[[nodiscard]] Receipt receipt_of(const std::string& handle, const Queue& queue);

}  // namespace cloudchamber::mock::sqs
