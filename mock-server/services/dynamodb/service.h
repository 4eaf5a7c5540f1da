// DynamoDB and DynamoDB Streams, for the server's list of services.
#pragma once

#include "mock-server/call/service.h"

namespace cloudchamber::mock::dynamodb {

[[nodiscard]] Service make_service();
[[nodiscard]] Service make_streams_service();

}  // namespace cloudchamber::mock::dynamodb
