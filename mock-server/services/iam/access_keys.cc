// Access keys of users, which the server verifies signatures with from then on.
#include <algorithm>

#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/paging.h"
#include "mock-server/services/iam/users.h"

namespace cloudchamber::mock::iam {
namespace {

Credential credential_of(const Call& call, const User& user) {
  Credential credential;
  credential.account = call.account();
  credential.arn =
      is_root(user) ? "arn:aws:iam::" + call.account() + ":root" : arn_of(call.account(), user);
  credential.user_id = is_root(user) ? call.account() : user.id;
  return credential;
}

AccessKey& key_of(const Call& call, User& user) {
  const std::string& id = call.text("AccessKeyId");
  const auto found = std::find_if(user.access_keys.begin(), user.access_keys.end(),
                                  [&](const AccessKey& key) { return key.id == id; });
  if (found == user.access_keys.end()) {
    throw no_such_entity("The Access Key with id " + id + " cannot be found.");
  }
  return *found;
}

Json shown_key(const User& user, const AccessKey& key) {
  Json shape{{"AccessKeyId", key.id},
             {"Status", key.active ? "Active" : "Inactive"},
             {"CreateDate", shown(key.created)}};
  show_user_name(shape, user);
  return shape;
}

}  // namespace

Json create_access_key(Call& call, Iam& iam, KnownCredentials& known) {
  User& user = user_or_caller(call, iam);
  if (user.access_keys.size() >= kMaxAccessKeys) {
    throw quota_exceeded("AccessKeysPerUser", kMaxAccessKeys);
  }
  const AccessKey key{.id = "AKIA" + base32_characters(call, 16), .created = call.now()};
  Credential credential = credential_of(call, user);
  credential.secret_access_key = call.ids().base64(30);
  Json shape = shown_key(user, key);
  shape["SecretAccessKey"] = credential.secret_access_key;
  user.access_keys.push_back(key);
  known.by_access_key_id.put(key.id, std::move(credential));
  return {{"AccessKey", std::move(shape)}};
}

Json list_access_keys(Call& call, const Iam& iam) {
  const User& user = user_or_caller(call, iam);
  Page page(call, "AccessKeyMetadata");
  std::size_t rank = 0;
  for (const AccessKey& key : user.access_keys) {
    if (!page.add(std::to_string(++rank), [&] { return shown_key(user, key); })) break;
  }
  return page.result();
}

Json update_access_key(Call& call, Iam& iam, KnownCredentials& known) {
  AccessKey& key = key_of(call, user_or_caller(call, iam));
  if (call.text("Status") == "Expired") {
    throw validation_error(
        "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must "
        "satisfy enum value set");
  }
  key.active = call.text("Status") == "Active";
  if (Credential* credential = known.by_access_key_id.change(key.id)) {
    credential->active = key.active;
  }
  return Json::object();
}

// The world remembers that there was such a key: nobody else's requests are believed under it.
Json delete_access_key(Call& call, Iam& iam, KnownCredentials& known) {
  User& user = user_or_caller(call, iam);
  const std::string id = key_of(call, user).id;
  std::erase_if(user.access_keys, [&](const AccessKey& key) { return key.id == id; });
  if (Credential* credential = known.by_access_key_id.change(id)) credential->active = false;
  return Json::object();
}

// When a key was used is not kept: it is answered as AWS does for one that never was.
Json get_access_key_last_used(Call& call, const Iam& iam) {
  const std::string& id = call.text("AccessKeyId");
  const auto holds = [&](const User& user) {
    return std::any_of(user.access_keys.begin(), user.access_keys.end(),
                       [&](const AccessKey& key) { return key.id == id; });
  };
  Json result{{"AccessKeyLastUsed", {{"Region", "N/A"}, {"ServiceName", "N/A"}}}};
  if (holds(iam.root)) return result;
  for (const auto& [key, user] : iam.users) {
    if (!holds(user)) continue;
    result["UserName"] = user.name;
    return result;
  }
  throw AwsError("AccessDenied",
                 "User: " + call.principal().arn +
                     " is not authorized to perform: iam:GetAccessKeyLastUsed on resource: "
                     "access key " +
                     id,
                 403);
}

}  // namespace cloudchamber::mock::iam
