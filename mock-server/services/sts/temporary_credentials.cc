#include "mock-server/services/sts/temporary_credentials.h"

#include <nlohmann/json.hpp>

#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::sts {

Json issue(Call& call, KnownCredentials& known, Credential identity, Seconds duration) {
  const std::string access_key_id = "ASIA" + call.ids().letters_and_digits(16);
  identity.secret_access_key = call.ids().base64(30);
  identity.session_token = call.ids().base64(240);
  identity.expires = call.now() + duration;
  Json credentials{{"AccessKeyId", access_key_id},
                   {"SecretAccessKey", identity.secret_access_key},
                   {"SessionToken", identity.session_token},
                   {"Expiration", iso8601(std::chrono::floor<Seconds>(*identity.expires))}};
  known.by_access_key_id.put(access_key_id, std::move(identity));
  return credentials;
}

bool has_temporary_credentials(const Principal& principal) {
  return principal.access_key_id.starts_with("ASIA");
}

}  // namespace cloudchamber::mock::sts
