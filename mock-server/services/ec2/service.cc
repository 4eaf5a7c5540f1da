#include "mock-server/services/ec2/service.h"

#include "mock-server/services/ec2/engine/checks.h"
#include "mock-server/services/ec2/families.h"

namespace cloudchamber::mock::ec2 {

// The table of operations is put together from the families' lines: families.cc. An operation of
// the model that has no line is answered with NotImplemented, by name.
Service make_service() {
  Service service = Service("ec2").validated_by(check_input);
  for (const Family& family : families()) {
    for (const Line& line : family.operations) {
      std::visit(
          // `on` changes the service itself; what it gives back is that service.
          [&](auto* handler) { (void)std::move(service).on(std::string(line.operation), handler); },
          line.handler);
    }
  }
  return service;
}

}  // namespace cloudchamber::mock::ec2
