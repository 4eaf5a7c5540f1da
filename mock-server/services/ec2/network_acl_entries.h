// The rules of a network ACL, by direction and number.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/ec2/engine/state.h"

namespace cloudchamber::mock::ec2 {

// What a new ACL holds: everything is denied; in a default one, allowed before that.
[[nodiscard]] Json first_entries(bool is_default);

Json create_network_acl_entry(Call& call, Ec2& state);
Json delete_network_acl_entry(Call& call, Ec2& state);
Json replace_network_acl_entry(Call& call, Ec2& state);

}  // namespace cloudchamber::mock::ec2
