// EC2 query: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
#include "sdk/serialize/form.h"

namespace cloudchamber::serializing {
namespace {

std::string member_name(const Member& member) {
  if (!member.query_name.empty()) return member.query_name;
  std::string name = member.wire_name();
  if (name.front() >= 'a' && name.front() <= 'z')
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name;
}

}  // namespace

void ec2(const Call& call, HttpRequest& request) {
  form(call, {member_name, /*lists_are_flat=*/true, /*empty_lists_are_named=*/false}, request);
}

}  // namespace cloudchamber::serializing
