// The services that have a role of their own in accounts that use them.
#pragma once

#include <string_view>

namespace cloudchamber::mock::iam {

struct LinkedService {
  std::string_view service;  // "batch.amazonaws.com"
  std::string_view name;     // what follows AWSServiceRoleFor
  std::string_view policy;   // of arn:aws:iam::aws:policy/aws-service-role/
  bool takes_suffix;
};

// Null for a service that is not known to have one.
[[nodiscard]] const LinkedService* find_linked_service(std::string_view service);

}  // namespace cloudchamber::mock::iam
