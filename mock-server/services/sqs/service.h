#pragma once

#include "mock-server/call/service.h"

namespace cloudchamber::mock::sqs {

// SQS: standard and FIFO queues. README.md in this folder tells what is emulated.
[[nodiscard]] Service make_service();

}  // namespace cloudchamber::mock::sqs
