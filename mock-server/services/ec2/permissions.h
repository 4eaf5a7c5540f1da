// Who may launch an image or restore a snapshot: lists of {"UserId": ...} and {"Group": "all"}.
#pragma once

#include "mock-server/call/call.h"

namespace cloudchamber::mock::ec2 {

// What the call makes of `before`: by `member` ({"Add": [...], "Remove": [...]}) or by the older
// OperationType, UserIds and UserGroups (`groups`). Throws InvalidAMIAttributeItemValue.
[[nodiscard]] Json modified_permissions(const Call& call, const Json& before, const char* member,
                                        const char* groups);

[[nodiscard]] bool is_public(const Json& permissions);

}  // namespace cloudchamber::mock::ec2
