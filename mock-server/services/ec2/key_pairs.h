// Key pairs, for instances.
#pragma once

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kKeyPair;

// The key pair of that name, null for none.
[[nodiscard]] const Resource* find_key_pair(const Ec2& state, const std::string& name);
// InvalidKeyPair.NotFound for it.
[[nodiscard]] AwsError key_pair_not_found(const std::string& name);

}  // namespace cloudchamber::mock::ec2
