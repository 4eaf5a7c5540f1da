#include "mock-server/services/iam/boundaries.h"

#include "mock-server/services/iam/aws_managed.h"
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/policies.h"

namespace cloudchamber::mock::iam {

std::string checked_boundary(const Call& call, const Iam& iam) {
  const std::string& text = call.text("PermissionsBoundary");
  PolicyArn arn;
  try {
    arn = parse_policy_arn(text);
  } catch (const AwsError&) {
    throw validation_error("Value (" + text + ") for parameter PermissionsBoundary is invalid.");
  }
  try {
    check_attachable(call, iam, arn);
  } catch (const AwsError&) {
    throw no_such_entity("Scope ARN: " + text + " does not exist or is not attachable.");
  }
  return text;
}

template <class T>
Json put_boundary(Call& call, Iam& iam) {
  T& identity = change<T>(iam, call);
  identity.boundary = checked_boundary(call, iam);
  return Json::object();
}

template <class T>
Json delete_boundary(Call& call, Iam& iam) {
  change<T>(iam, call).boundary.clear();
  return Json::object();
}

template Json put_boundary<User>(Call&, Iam&);
template Json put_boundary<Role>(Call&, Iam&);
template Json delete_boundary<User>(Call&, Iam&);
template Json delete_boundary<Role>(Call&, Iam&);

}  // namespace cloudchamber::mock::iam
