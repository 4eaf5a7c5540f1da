#include "mock-server/services/services.h"

namespace cloudchamber::mock {

std::vector<Service> make_services() {
  std::vector<Service> services;
  return services;
}

}  // namespace cloudchamber::mock
