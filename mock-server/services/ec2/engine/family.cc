#include "mock-server/services/ec2/engine/family.h"

namespace cloudchamber::mock::ec2 {

const Kind* kind_of_type(std::string_view type) {
  for (const Family& family : families()) {
    for (const Kind* kind : family.kinds) {
      if (kind->type == type) return kind;
    }
  }
  return nullptr;
}

// The longest prefix counts: "vpc-" also begins "vpc-cidr-assoc-...".
const Kind* kind_of_id(std::string_view id) {
  const Kind* best = nullptr;
  for (const Family& family : families()) {
    for (const Kind* kind : family.kinds) {
      if (!kind->prefix.empty() && id.starts_with(kind->prefix) &&
          (best == nullptr || best->prefix.size() < kind->prefix.size())) {
        best = kind;
      }
    }
  }
  return best;
}

}  // namespace cloudchamber::mock::ec2
