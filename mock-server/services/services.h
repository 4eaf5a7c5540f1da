// All services that are emulated, in plain sight: a line each.
#pragma once

#include <vector>

#include "mock-server/call/service.h"

namespace cloudchamber::mock {

struct ServiceOptions {
  bool legacy_s3_acls = false;  // services/s3/service.h tells
};

[[nodiscard]] std::vector<Service> make_services(const ServiceOptions& options = {});

}  // namespace cloudchamber::mock
