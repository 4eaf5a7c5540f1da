// What S3 does besides the operations of its model: CORS preflights and the CORS headers of every
// answer, browsers' uploads, and refusing an upload before its body is sent.
#pragma once

#include "mock-server/call/service_hooks.h"

namespace cloudchamber::mock::s3 {

[[nodiscard]] ServiceHooks make_hooks();

}  // namespace cloudchamber::mock::s3
