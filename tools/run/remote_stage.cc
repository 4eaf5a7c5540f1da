#include "tools/run/remote_stage.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "cloudchamber/curl_transport.h"
#include "cloudchamber/environment.h"
#include "cloudchamber/errors.h"
#include "mock-server/mock_aws.h"
#include "mock-server/state/offset_clock.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::scenario {
namespace {

// The control paths of an endpoint that is a Cloud Chamber. Of any other every answer is no.
class RemoteClock {
 public:
  RemoteClock(std::shared_ptr<Transport> transport, const std::string& endpoint)
      : transport_(std::move(transport)) {
    const std::size_t scheme = endpoint.find("://");
    const std::size_t host = scheme == std::string::npos ? 0 : scheme + 3;
    request_.scheme = scheme == std::string::npos ? "http" : endpoint.substr(0, scheme);
    request_.host = endpoint.substr(host, endpoint.find('/', host) - host);
  }

  [[nodiscard]] std::optional<TimePoint> now() const {
    const std::optional<Json> answer = ask("GET", "/_chamber/clock");
    if (!answer || !answer->contains("now")) return {};
    return timestamp_of((*answer)["now"]);
  }
  // Lets the time pass.
  [[nodiscard]] bool advance(Seconds step) const {
    return ask("POST", "/_chamber/clock?advance=" + std::to_string(step.count())).has_value();
  }

 private:
  [[nodiscard]] std::optional<Json> ask(const char* method, std::string target) const {
    HttpRequest request = request_;
    request.method = method;
    request.target = std::move(target);
    const HttpResponse response = transport_->send(request, {});
    const Json answer = Json::parse(response.body.to_string(), nullptr, false);
    if (response.status != 200 || !answer.is_object()) return {};
    return answer;
  }

  std::shared_ptr<Transport> transport_;
  HttpRequest request_;
};

// Earlier stories may have moved the endpoint's clock. Who does not answer is left alone.
void catch_up(mock::OffsetClock& clock, const RemoteClock& remote) {
  try {
    const std::optional<TimePoint> there = remote.now();
    if (there && *there > clock.now()) clock.advance(*there - clock.now());
  } catch (const ConnectionError&) {
    return;  // the first step will say so
  }
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

  const RemoteClock remote(transport, endpoint);
  const auto advance = [clock, remote](Seconds step) {
    if (remote.advance(step)) {
      clock->advance(step);
    } else {
      clock->sleep_for(step);
    }
  };
  catch_up(*clock, remote);
  const std::string unique = std::to_string(real_clock()->now().time_since_epoch().count());
  return Stage{Session(std::move(options)), advance, unique};
}

}  // namespace cloudchamber::scenario
