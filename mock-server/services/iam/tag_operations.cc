// Tags of whatever can be tagged.
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/managed_policies.h"
#include "mock-server/services/iam/mfa.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/policies.h"
#include "mock-server/services/iam/providers.h"

namespace cloudchamber::mock::iam {
namespace {

// The tags of what the input names, to be looked at or changed.
template <class T>
const Tags& tags_in(const Call& call, const Iam& iam) {
  return get<T>(iam, call).tags;
}
template <class T>
Tags& tags_in(const Call& call, Iam& iam) {
  return change<T>(iam, call).tags;
}
template <>
const Tags& tags_in<ManagedPolicy>(const Call& call, const Iam& iam) {
  static const Tags kNone;
  const PolicyArn arn = parse_policy_arn(call.text("PolicyArn"));
  if (find_aws_managed(arn.text) != nullptr) return kNone;
  const ManagedPolicy* policy = find_policy(iam, arn);
  if (policy == nullptr) throw policy_not_found(arn.text);
  return policy->tags;
}
template <>
Tags& tags_in<ManagedPolicy>(const Call& call, Iam& iam) {
  return own_policy(call, iam).tags;
}

template <>
const Tags& tags_in<VirtualMfaDevice>(const Call& call, const Iam& iam) {
  return virtual_mfa_device(call, iam).tags;
}
template <>
Tags& tags_in<VirtualMfaDevice>(const Call& call, Iam& iam) {
  static_cast<void>(virtual_mfa_device(call, iam));
  return iam.virtual_mfa_devices.change(call.text("SerialNumber"))->tags;
}
template <>
const Tags& tags_in<OidcProvider>(const Call& call, const Iam& iam) {
  return oidc_provider(call, iam).tags;
}
template <>
Tags& tags_in<OidcProvider>(const Call& call, Iam& iam) {
  return oidc_provider(call, iam).tags;
}
template <>
const Tags& tags_in<SamlProvider>(const Call& call, const Iam& iam) {
  return saml_provider(call, iam).tags;
}
template <>
Tags& tags_in<SamlProvider>(const Call& call, Iam& iam) {
  return saml_provider(call, iam).tags;
}

}  // namespace

template <class T>
Json tag(Call& call, Iam& iam) {
  add_tags(call, tags_in<T>(call, iam));
  return Json::object();
}

template <class T>
Json untag(Call& call, Iam& iam) {
  remove_tags(call, tags_in<T>(call, iam));
  return Json::object();
}

template <class T>
Json list_tags_of(Call& call, const Iam& iam) {
  return list_tags(call, tags_in<T>(call, iam));
}

template Json tag<User>(Call&, Iam&);
template Json tag<Role>(Call&, Iam&);
template Json tag<ManagedPolicy>(Call&, Iam&);
template Json tag<InstanceProfile>(Call&, Iam&);
template Json tag<VirtualMfaDevice>(Call&, Iam&);
template Json tag<OidcProvider>(Call&, Iam&);
template Json tag<SamlProvider>(Call&, Iam&);
template Json untag<User>(Call&, Iam&);
template Json untag<Role>(Call&, Iam&);
template Json untag<ManagedPolicy>(Call&, Iam&);
template Json untag<InstanceProfile>(Call&, Iam&);
template Json untag<VirtualMfaDevice>(Call&, Iam&);
template Json untag<OidcProvider>(Call&, Iam&);
template Json untag<SamlProvider>(Call&, Iam&);
template Json list_tags_of<User>(Call&, const Iam&);
template Json list_tags_of<Role>(Call&, const Iam&);
template Json list_tags_of<ManagedPolicy>(Call&, const Iam&);
template Json list_tags_of<InstanceProfile>(Call&, const Iam&);
template Json list_tags_of<VirtualMfaDevice>(Call&, const Iam&);
template Json list_tags_of<OidcProvider>(Call&, const Iam&);
template Json list_tags_of<SamlProvider>(Call&, const Iam&);

}  // namespace cloudchamber::mock::iam
