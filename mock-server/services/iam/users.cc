#include "mock-server/services/iam/users.h"

#include <optional>

#include "mock-server/services/iam/kinds.h"

namespace cloudchamber::mock::iam {
namespace {

// Nothing for the root user.
std::optional<std::string> name_in_question(const Call& call) {
  if (call.has("UserName")) return call.text("UserName");
  const std::string& arn = call.principal().arn;
  if (arn.ends_with(":root")) return std::nullopt;
  if (arn.find(":user/") == std::string::npos) {
    throw validation_error("Must specify userName when calling with non-User credentials");
  }
  return arn.substr(arn.rfind('/') + 1);
}

}  // namespace

const User& user_or_caller(const Call& call, const Iam& iam) {
  const auto name = name_in_question(call);
  return name ? get<User>(iam, *name) : iam.root;
}

User& user_or_caller(const Call& call, Iam& iam) {
  const auto name = name_in_question(call);
  return name ? change<User>(iam, *name) : iam.root;
}

void show_user_name(Json& shape, const User& user) {
  if (!is_root(user)) shape["UserName"] = user.name;
}

}  // namespace cloudchamber::mock::iam
