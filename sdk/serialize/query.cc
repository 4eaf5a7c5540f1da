// AWS query: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
#include "sdk/serialize/form.h"

namespace cloudchamber::serializing {
namespace {

// The elements of a flattened list carry the name that the list gives to its elements, where the
// member itself has none: "AttributeName.1" for SQS's AttributeNames.
std::string member_name(const Member& member) {
  if (member.location_name.empty() && member.shape->type == ShapeType::kList &&
      member.is_flattened() && !member.shape->element.location_name.empty())
    return member.shape->element.location_name;
  return member.wire_name();
}

}  // namespace

void query(const Call& call, HttpRequest& request) {
  form(call, {member_name, /*lists_are_flat=*/false, /*empty_lists_are_named=*/true}, request);
}

}  // namespace cloudchamber::serializing
