#include "sdk/model/shape.h"

namespace cloudchamber {

TimestampFormat Member::timestamp() const {
  return timestamp_format != TimestampFormat::kUnset ? timestamp_format : shape->timestamp_format;
}

bool Member::is_flattened() const { return flattened || shape->flattened; }

const Member* Shape::find(std::string_view member_name) const {
  for (const Member& member : members) {
    if (member.name == member_name) return &member;
  }
  return nullptr;
}

}  // namespace cloudchamber
