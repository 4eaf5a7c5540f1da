// Service-linked roles: named and permitted by AWS, deleted in the background.
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/linked_services.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/show.h"

namespace cloudchamber::mock::iam {

// LocalStack's recordings test_service_role_lifecycle_custom_suffix_not_allowed and
// test_service_role_already_exists.
Json create_service_linked_role(Call& call, Iam& iam) {
  const std::string& service = call.text("AWSServiceName");
  const LinkedService* linked = find_linked_service(service);
  if (linked == nullptr) throw not_implemented("The service-linked role of " + service);
  Role role;
  role.name = "AWSServiceRoleFor" + std::string(linked->name);
  if (call.has("CustomSuffix")) {
    if (!linked->takes_suffix) {
      throw invalid_input("Custom suffix is not allowed for " + service);
    }
    role.name += '_' + call.text("CustomSuffix");
  }
  if (find<Role>(iam, role.name) != nullptr) {
    throw invalid_input("Service role name " + role.name +
                        " has been taken in this account, please try a different suffix.");
  }
  role.path = "/aws-service-role/" + service + '/';
  role.id = unique_id(call, Kind<Role>::kIdPrefix);
  role.created = call.now();
  role.linked_service = service;
  role.description = call.text_or("Description", "");
  role.trust_policy =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":")" +
      service + R"("},"Action":"sts:AssumeRole"}]})";
  const std::string policy(linked->policy);
  role.attached.put("arn:aws:iam::aws:policy/aws-service-role/" + policy, policy);
  Json shape = listed(call.account(), role);
  shape.erase("MaxSessionDuration");
  put(iam, std::move(role));
  return {{"Role", std::move(shape)}};
}

Json delete_service_linked_role(Call& call, Iam& iam) {
  const Role role = get<Role>(iam, call);
  if (role.linked_service.empty()) {
    throw invalid_input("Role " + role.name + " is not a service-linked role.");
  }
  const std::string task = "task" + role.path + role.name + '/' + call.ids().uuid();
  iam.role_deletions.put(task, call.now());
  erase(iam, role);
  return {{"DeletionTaskId", task}};
}

Json get_service_linked_role_deletion_status(Call& call, const Iam& iam) {
  const std::string& task = call.text("DeletionTaskId");
  const TimePoint* began = iam.role_deletions.find(task);
  if (began == nullptr) throw no_such_entity("Deletion task " + task + " cannot be found.");
  const bool over = call.now() > *began + call.transition_time();
  return {{"Status", over ? "SUCCEEDED" : "IN_PROGRESS"}};
}

}  // namespace cloudchamber::mock::iam
