// Session: the settings that clients are made from, and the maker of clients.
//
//   Session session({.region_name = "eu-west-1"});
//   Client sqs = session.client("sqs");             // dynamic
//   auto iam = session.client<Iam>();               // generated, cloudchamber/services/iam.h
//   auto ec2 = session.resource<Ec2>();             // generated, cloudchamber/resources/ec2.h
//
// Each setting is taken from the first of: the client's options, the session's options, the
// environment, the profile in ~/.aws/config, the default. A value type with shared state, safe to
// use from any thread. Its clients share one transport and so its connections.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/client.h"
#include "cloudchamber/clock.h"
#include "cloudchamber/config.h"
#include "cloudchamber/credentials.h"
#include "cloudchamber/environment.h"
#include "cloudchamber/paginator.h"  // what clients give, complete for whoever makes clients
#include "cloudchamber/transport.h"
#include "cloudchamber/waiter.h"

namespace cloudchamber {

class Resource;
struct CallTransformation;

// 64 random bits a call; callable from any thread. Makes idempotency tokens and backoff's jitter.
using RandomSource = std::function<std::uint64_t()>;

// All may be left out.
struct SessionOptions {
  std::optional<std::string> region_name;   // AWS_REGION, AWS_DEFAULT_REGION, profile `region`
  std::optional<std::string> profile_name;  // AWS_DEFAULT_PROFILE, AWS_PROFILE, "default"
  std::optional<std::string> endpoint_url;  // AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, profile
  std::optional<std::string> aws_access_key_id;
  std::optional<std::string> aws_secret_access_key;
  std::optional<std::string> aws_session_token;
  std::shared_ptr<CredentialsProvider> credentials;  // instead of the chain
  Config config;                                     // what every client starts from

  // What the SDK is in touch with. Defaults: libcurl, the real clock, the process's environment,
  // the operating system's random numbers.
  std::shared_ptr<Transport> transport;
  std::shared_ptr<Clock> clock;
  Environment environment;
  RandomSource random;

  std::optional<std::filesystem::path> config_file;              // AWS_CONFIG_FILE, ~/.aws/config
  std::optional<std::filesystem::path> shared_credentials_file;  // ..., ~/.aws/credentials
  // Where models of further services lie, laid out as botocore's data directory. AWS_DATA_PATH.
  std::optional<std::filesystem::path> data_path;
};

// The arguments of boto3's client(); all may be left out.
struct ClientOptions {
  std::optional<std::string> region_name;
  std::optional<std::string> api_version;  // must be one that there is a model for
  bool use_ssl = true;                     // false: http where no endpoint_url says otherwise
  // AWS_CA_BUNDLE, profile `ca_bundle`, true. For libcurl: a transport of the session's own, when
  // its options give one, was told by whoever made it.
  std::optional<Verify> verify;
  std::optional<std::string> endpoint_url;
  std::optional<std::string> aws_access_key_id;
  std::optional<std::string> aws_secret_access_key;
  std::optional<std::string> aws_session_token;
  Config config;
};

class Session {
 public:
  Session();
  // Throws ConfigError when the named profile does not exist or a file can't be read.
  explicit Session(SessionOptions options);

  // Throws UnknownServiceError (with the nearest name), NoRegionError, ConfigError.
  [[nodiscard]] Client client(std::string_view service, const ClientOptions& options = {},
                              RaiseFunction raise = nullptr) const;

  // A generated client, whose errors arrive as its own exception types.
  template <class GeneratedClient>
  [[nodiscard]] GeneratedClient client(const ClientOptions& options = {}) const {
    return GeneratedClient(client(GeneratedClient::kService, options, &GeneratedClient::raise));
  }

  // The service as a resource (cloudchamber/resource.h), the object-oriented interface to it; its
  // client is made with `options`. Throws what `client` throws, and ResourceNotExistsError for a
  // service that has no resources.
  [[nodiscard]] Resource resource(std::string_view service, const ClientOptions& options = {},
                                  RaiseFunction raise = nullptr) const;

  // A generated resource, by the client of its service: session.resource<Ec2>() is an
  // ec2::ServiceResource, of cloudchamber/resources/ec2.h.
  template <class GeneratedClient>
  [[nodiscard]] typename GeneratedClient::ServiceResource resource(
      const ClientOptions& options = {}) const {
    return typename GeneratedClient::ServiceResource(
        resource(GeneratedClient::kService, options, &GeneratedClient::raise));
  }

  [[nodiscard]] std::optional<std::string> region_name() const;
  [[nodiscard]] std::string profile_name() const;  // "default" when none is chosen
  [[nodiscard]] std::vector<std::string> available_profiles() const;
  [[nodiscard]] std::vector<std::string> get_available_services() const;
  [[nodiscard]] std::vector<std::string> get_available_resources() const;
  // The session's credentials, null when none are found.
  [[nodiscard]] std::shared_ptr<const Credentials> get_credentials() const;

 private:
  struct State;
  [[nodiscard]] Client client(std::string_view service, const ClientOptions& options,
                              RaiseFunction raise, const CallTransformation* transformation) const;

  std::shared_ptr<const State> state_;
};

// boto3.client(): a client of the default session, which is made at first use from the environment.
// It is the SDK's only state of the whole process; programs that inject a clock or a transport make
// their own Session.
[[nodiscard]] Client client(std::string_view service, const ClientOptions& options = {});
template <class GeneratedClient>
[[nodiscard]] GeneratedClient client(const ClientOptions& options = {});

// boto3.resource(): a resource of the default session.
[[nodiscard]] Resource resource(std::string_view service, const ClientOptions& options = {});
template <class GeneratedClient>
[[nodiscard]] typename GeneratedClient::ServiceResource resource(const ClientOptions& options = {});

[[nodiscard]] Session default_session();
// Replaces the default session; clients made before keep the old one.
void setup_default_session(SessionOptions options);

template <class GeneratedClient>
GeneratedClient client(const ClientOptions& options) {
  return default_session().client<GeneratedClient>(options);
}

template <class GeneratedClient>
typename GeneratedClient::ServiceResource resource(const ClientOptions& options) {
  return default_session().resource<GeneratedClient>(options);
}

}  // namespace cloudchamber
