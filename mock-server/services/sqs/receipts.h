// Receipt handles: what a message is deleted by. Opaque to clients; inside, the message's place in
// its queue and the nonce of the receive.
#pragma once

#include <string>

#include "mock-server/services/sqs/queue.h"

namespace cloudchamber::mock::sqs {

[[nodiscard]] std::string handle_of(const Receipt& receipt);
[[nodiscard]] Receipt receipt_of(const std::string& handle);  // else ReceiptHandleIsInvalid

}  // namespace cloudchamber::mock::sqs
