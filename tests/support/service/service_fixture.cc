#include "tests/support/service/service_fixture.h"

namespace cloudchamber::mock {

ServiceFixture::ServiceFixture(std::vector<Service> services)
    : dispatcher_(world_, std::move(services)) {}
ServiceFixture::~ServiceFixture() = default;

Json ServiceFixture::call(const std::string& service, const std::string& operation,
                          const Json& input, const std::string& account,
                          const std::string& region) {
  try {
    return dispatcher_.run(service, operation, input, account, region).output;
  } catch (const AwsError& error) {
    ADD_FAILURE() << operation << " answered " << error.code() << ": " << error.message();
    return Json::object();
  }
}

std::string ServiceFixture::error_of(const std::string& service, const std::string& operation,
                                     const Json& input, const std::string& account,
                                     const std::string& region) {
  try {
    (void)dispatcher_.run(service, operation, input, account, region);
    return "succeeded";
  } catch (const AwsError& error) {
    return error.code() + ": " + error.message();
  }
}

}  // namespace cloudchamber::mock
