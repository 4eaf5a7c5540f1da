// Form bodies of the query and ec2 protocols: a structure flattened into "A.B.1=x" pairs.
#pragma once

#include <string>

#include "sdk/serialize/protocols.h"

namespace cloudchamber::serializing {

// How a protocol names things.
struct FormDialect {
  std::string (*member_name)(const Member& member);
  bool lists_are_flat;         // "Ids.1", never "Ids.member.1"
  bool empty_lists_are_named;  // "Ids=" for an empty list
};

// Makes the whole request: Action, Version, the parameters in the model's order.
void form(const Call& call, const FormDialect& dialect, HttpRequest& request);

}  // namespace cloudchamber::serializing
