// The policies of users, groups and roles: managed ones attached, others inline.
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/paging.h"
#include "mock-server/services/iam/policies.h"
#include "mock-server/services/iam/policy_document.h"
#include "mock-server/services/iam/roles.h"
#include "mock-server/services/iam/show.h"

namespace cloudchamber::mock::iam {
namespace {

template <class T>
T& modifiable(const Call& call, Iam& iam) {
  return change<T>(iam, call);
}
template <>
Role& modifiable<Role>(const Call& call, Iam& iam) {
  return modifiable_role(call, iam);
}

// "The user policy with name x cannot be found."
template <class T>
AwsError no_such_policy(const std::string& name) {
  return no_such_entity(std::string("The ") + Kind<T>::kResource + " policy with name " + name +
                        " cannot be found.");
}

template <class T>
void check_inline_size(const T& identity) {
  std::size_t size = 0;
  for (const auto& [name, document] : identity.inline_policies) size += policy_size(document);
  if (size <= Kind<T>::kMaxInlineSize) return;
  throw limit_exceeded("Maximum policy size of " + std::to_string(Kind<T>::kMaxInlineSize) +
                       " bytes exceeded for " + Kind<T>::kResource + ' ' + identity.name);
}

}  // namespace

template <class T>
Json attach_policy(Call& call, Iam& iam) {
  const PolicyArn arn = parse_policy_arn(call.text("PolicyArn"));
  T& identity = modifiable<T>(call, iam);
  check_attachable(call, iam, arn);
  if (!identity.attached.contains(arn.text)) {
    if (identity.attached.size() >= kMaxAttachedPolicies) {
      throw quota_exceeded(Kind<T>::kAttachedQuota, kMaxAttachedPolicies);
    }
    identity.attached.put(arn.text, arn.name);
  }
  return Json::object();
}

template <class T>
Json detach_policy(Call& call, Iam& iam) {
  const PolicyArn arn = parse_policy_arn(call.text("PolicyArn"));
  T& identity = modifiable<T>(call, iam);
  if (!identity.attached.erase(arn.text)) throw policy_not_found(arn.text);
  return Json::object();
}

template <class T>
Json list_attached_policies(Call& call, const Iam& iam) {
  const T& identity = get<T>(iam, call);
  const std::string prefix = call.text_or("PathPrefix", "/");
  Page page(call, "AttachedPolicies");
  for (const auto& [arn, name] : identity.attached) {
    const std::string_view path = std::string_view(arn).substr(arn.find('/'));
    if (!path.substr(0, path.size() - name.size()).starts_with(prefix)) continue;
    if (!page.add(arn, [&arn = arn, &name = name] { return attached_policy(name, arn); })) break;
  }
  return page.result();
}

template <class T>
Json put_inline_policy(Call& call, Iam& iam) {
  T& identity = modifiable<T>(call, iam);
  const std::string& document = call.text("PolicyDocument");
  check_identity_policy(document);
  identity.inline_policies.put(call.text("PolicyName"), document);
  check_inline_size(identity);
  return Json::object();
}

template <class T>
Json get_inline_policy(Call& call, const Iam& iam) {
  const T& identity = get<T>(iam, call);
  const std::string& name = call.text("PolicyName");
  const std::string* document = identity.inline_policies.find(name);
  if (document == nullptr) throw no_such_policy<T>(name);
  return {{Kind<T>::kNameMember, identity.name},
          {"PolicyName", name},
          {"PolicyDocument", encoded_document(*document)}};
}

template <class T>
Json delete_inline_policy(Call& call, Iam& iam) {
  const std::string& name = call.text("PolicyName");
  if (!modifiable<T>(call, iam).inline_policies.erase(name)) throw no_such_policy<T>(name);
  return Json::object();
}

template <class T>
Json list_inline_policies(Call& call, const Iam& iam) {
  Page page(call, "PolicyNames");
  for (const auto& [name, document] : get<T>(iam, call).inline_policies) {
    if (!page.add(name, [&name = name] { return Json(name); })) break;
  }
  return page.result();
}

template Json attach_policy<User>(Call&, Iam&);
template Json attach_policy<Group>(Call&, Iam&);
template Json attach_policy<Role>(Call&, Iam&);
template Json detach_policy<User>(Call&, Iam&);
template Json detach_policy<Group>(Call&, Iam&);
template Json detach_policy<Role>(Call&, Iam&);
template Json list_attached_policies<User>(Call&, const Iam&);
template Json list_attached_policies<Group>(Call&, const Iam&);
template Json list_attached_policies<Role>(Call&, const Iam&);
template Json put_inline_policy<User>(Call&, Iam&);
template Json put_inline_policy<Group>(Call&, Iam&);
template Json put_inline_policy<Role>(Call&, Iam&);
template Json get_inline_policy<User>(Call&, const Iam&);
template Json get_inline_policy<Group>(Call&, const Iam&);
template Json get_inline_policy<Role>(Call&, const Iam&);
template Json delete_inline_policy<User>(Call&, Iam&);
template Json delete_inline_policy<Group>(Call&, Iam&);
template Json delete_inline_policy<Role>(Call&, Iam&);
template Json list_inline_policies<User>(Call&, const Iam&);
template Json list_inline_policies<Group>(Call&, const Iam&);
template Json list_inline_policies<Role>(Call&, const Iam&);

}  // namespace cloudchamber::mock::iam
