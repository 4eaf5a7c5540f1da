// Service-specific credentials: a user's name and password for CodeCommit or Keyspaces.
#include <algorithm>
#include <array>

#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/users.h"

namespace cloudchamber::mock::iam {
namespace {

// LocalStack's recordings TestIAMServiceSpecificCredentials.
void check_service(const std::string& service) {
  constexpr std::array<std::string_view, 2> kServices = {"codecommit.amazonaws.com",
                                                         "cassandra.amazonaws.com"};
  if (std::find(kServices.begin(), kServices.end(), service) == kServices.end()) {
    throw no_such_entity("No such service " + service +
                         " is supported for Service Specific Credentials");
  }
}

ServiceCredential& credential_of(const Call& call, User& user) {
  const std::string& id = call.text("ServiceSpecificCredentialId");
  const auto found = std::find_if(user.service_credentials.begin(), user.service_credentials.end(),
                                  [&](const ServiceCredential& one) { return one.id == id; });
  if (found == user.service_credentials.end()) {
    throw no_such_entity("No such credential " + id + " exists");
  }
  return *found;
}

Json shown_credential(const User& user, const ServiceCredential& credential) {
  Json shape{{"CreateDate", shown(credential.created)},
             {"ServiceName", credential.service},
             {"ServiceUserName", credential.user_name},
             {"ServiceSpecificCredentialId", credential.id},
             {"Status", credential.active ? "Active" : "Inactive"}};
  show_user_name(shape, user);
  return shape;
}

Json with_password(const User& user, const ServiceCredential& credential) {
  Json shape = shown_credential(user, credential);
  shape["ServicePassword"] = credential.password;
  return {{"ServiceSpecificCredential", std::move(shape)}};
}

}  // namespace

Json create_service_specific_credential(Call& call, Iam& iam) {
  User& user = change<User>(iam, call);
  const std::string& service = call.text("ServiceName");
  check_service(service);
  const auto held = static_cast<std::size_t>(
      std::count_if(user.service_credentials.begin(), user.service_credentials.end(),
                    [&](const ServiceCredential& one) { return one.service == service; }));
  if (held >= kMaxServiceCredentials) {
    throw quota_exceeded("ServiceSpecificCredentialsPerUser", kMaxServiceCredentials);
  }
  ServiceCredential credential;
  credential.id = unique_id(call, "ACCA");
  credential.service = service;
  credential.user_name =
      user.name + (held == 0 ? "" : "+" + std::to_string(held)) + "-at-" + call.account();
  credential.password = call.ids().base64(33);
  credential.created = call.now();
  user.service_credentials.push_back(credential);
  return with_password(user, credential);
}

Json list_service_specific_credentials(Call& call, const Iam& iam) {
  const std::string service = call.text_or("ServiceName", "");
  const User& user = user_or_caller(call, iam);
  if (!service.empty()) check_service(service);
  Json list = Json::array();
  for (const ServiceCredential& one : user.service_credentials) {
    if (service.empty() || one.service == service) list.push_back(shown_credential(user, one));
  }
  return {{"ServiceSpecificCredentials", std::move(list)}};
}

Json update_service_specific_credential(Call& call, Iam& iam) {
  credential_of(call, user_or_caller(call, iam)).active = call.text("Status") == "Active";
  return Json::object();
}

Json reset_service_specific_credential(Call& call, Iam& iam) {
  User& user = user_or_caller(call, iam);
  ServiceCredential& credential = credential_of(call, user);
  credential.password = call.ids().base64(33);
  return with_password(user, credential);
}

Json delete_service_specific_credential(Call& call, Iam& iam) {
  User& user = user_or_caller(call, iam);
  const std::string id = credential_of(call, user).id;
  std::erase_if(user.service_credentials,
                [&](const ServiceCredential& one) { return one.id == id; });
  return Json::object();
}

}  // namespace cloudchamber::mock::iam
