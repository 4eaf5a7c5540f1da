#include "mock-server/call/service.h"

namespace cloudchamber::mock {

const Service::Handler* Service::find(std::string_view operation) const {
  const auto handler = handlers_.find(operation);
  return handler == handlers_.end() ? nullptr : &handler->second;
}

}  // namespace cloudchamber::mock
