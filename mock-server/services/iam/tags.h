// The tags of whatever IAM lets one tag: keys are one and the same in any case of letters.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/iam/state.h"

namespace cloudchamber::mock::iam {

// The member Tags of the input. Throws InvalidInput for a key named twice.
[[nodiscard]] Tags tags_of(const Call& call);

// Adds or replaces. Throws LimitExceeded where it would be more than 50 then, InvalidInput for a
// key named twice.
void add_tags(const Call& call, Tags& tags);

// Takes away those that the member TagKeys names; not being there is fine.
void remove_tags(const Call& call, Tags& tags);

// [{"Key": ..., "Value": ...}], sorted by key.
[[nodiscard]] Json shown(const Tags& tags);

// Sets `shape["Tags"]` where there are any.
void show_tags(Json& shape, const Tags& tags);

// A page of them, under Tags.
[[nodiscard]] Json list_tags(const Call& call, const Tags& tags);

}  // namespace cloudchamber::mock::iam
