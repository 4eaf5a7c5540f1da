#include "tools/run/remote_stage.h"

#include <memory>
#include <utility>

#include "cloudchamber/curl_transport.h"
#include "cloudchamber/environment.h"
#include "cloudchamber/errors.h"
#include "mock-server/mock_aws.h"
#include "mock-server/state/offset_clock.h"

namespace cloudchamber::scenario {
namespace {

// Asks a Cloud Chamber to let the time pass; false where the endpoint is none.
bool tell(Transport& transport, const std::string& endpoint, Seconds step) {
  HttpRequest request;
  const std::size_t scheme_end = endpoint.find("://");
  const std::size_t host = scheme_end == std::string::npos ? 0 : scheme_end + 3;
  request.scheme = scheme_end == std::string::npos ? "http" : endpoint.substr(0, scheme_end);
  request.host = endpoint.substr(host, endpoint.find('/', host) - host);
  request.target = "/_chamber/clock?advance=" + std::to_string(step.count());
  return transport.send(request, {}).status == 200;
}

bool is_set(const Environment& environment, const char* name) {
  return environment(name).has_value();
}

}  // namespace

Stage remote_stage(const std::string& endpoint) {
  // The client's clock goes with the server's, else its signatures would be too old.
  const auto clock = std::make_shared<mock::OffsetClock>(real_clock());
  const std::shared_ptr<Transport> transport = make_curl_transport();
  const Environment environment = process_environment();

  SessionOptions options;
  options.endpoint_url = endpoint;
  options.clock = clock;
  options.transport = transport;
  const bool has_key =
      is_set(environment, "AWS_ACCESS_KEY_ID") || is_set(environment, "AWS_PROFILE");
  if (!has_key) {
    options.aws_access_key_id = mock::kDefaultAccessKeyId;
    options.aws_secret_access_key = mock::kDefaultSecretAccessKey;
  }
  const bool has_region =
      is_set(environment, "AWS_REGION") || is_set(environment, "AWS_DEFAULT_REGION");
  if (!has_region) options.region_name = "us-east-1";

  const auto advance = [clock, transport, endpoint](Seconds step) {
    if (tell(*transport, endpoint, step)) {
      clock->advance(step);
    } else {
      clock->sleep_for(step);
    }
  };
  const std::string unique = std::to_string(clock->now().time_since_epoch().count());
  return Stage{Session(std::move(options)), advance, unique};
}

}  // namespace cloudchamber::scenario
