// What holds for every operation of EC2: the default VPC is there before the handler looks, a dry
// run changes nothing, a call that comes again with its client token is answered as before.
//
// `reads<describe_vpc_attribute>` and `writes<create_vpc>` are handlers with that around them.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/ec2/engine/state.h"

namespace cloudchamber::mock::ec2 {

using ReadHandler = Json (*)(Call&, const Ec2&);
using WriteHandler = Json (*)(Call&, Ec2&);

[[nodiscard]] Json run(Call& call, const Ec2& state, ReadHandler handler);
[[nodiscard]] Json run(Call& call, Ec2& state, WriteHandler handler);

template <ReadHandler handler>
Json reads(Call& call, const Ec2& state) {
  return run(call, state, handler);
}
template <WriteHandler handler>
Json writes(Call& call, Ec2& state) {
  return run(call, state, handler);
}

}  // namespace cloudchamber::mock::ec2
