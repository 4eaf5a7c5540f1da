#include "mock-server/services/services.h"

#include "mock-server/services/cloudformation/service.h"
#include "mock-server/services/dynamodb/service.h"
#include "mock-server/services/ec2/service.h"
#include "mock-server/services/iam/service.h"
#include "mock-server/services/s3/service.h"
#include "mock-server/services/sqs/service.h"
#include "mock-server/services/sts/service.h"

namespace cloudchamber::mock {

std::vector<Service> make_services(const ServiceOptions& options) {
  std::vector<Service> services;
  services.push_back(cloudformation::make_service());
  services.push_back(dynamodb::make_service());
  services.push_back(dynamodb::make_streams_service());
  services.push_back(ec2::make_service());
  services.push_back(iam::make_service());
  services.push_back(s3::make_service({.legacy_acls = options.legacy_s3_acls}));
  services.push_back(sqs::make_service());
  services.push_back(sts::make_service());
  return services;
}

}  // namespace cloudchamber::mock
