#include "mock-server/services/services.h"

#include "mock-server/services/dynamodb/service.h"

namespace cloudchamber::mock {

std::vector<Service> make_services() {
  std::vector<Service> services;
  services.push_back(dynamodb::make_service());
  services.push_back(dynamodb::make_streams_service());
  return services;
}

}  // namespace cloudchamber::mock
