// S3: buckets and objects.
#pragma once

#include "mock-server/call/service.h"

namespace cloudchamber::mock::s3 {

struct Options {
  // Buckets as S3 made them before April 2023: ACLs on, public access not blocked; and DisplayName
  // in owners and grants, which S3 gave until 2025.
  bool legacy_acls = false;
};

[[nodiscard]] Service make_service(Options options = {});

}  // namespace cloudchamber::mock::s3
