// Instance profiles: each holds one role at most.
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/listing.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/show.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::iam {

Json create_instance_profile(Call& call, Iam& iam) {
  InstanceProfile profile = make<InstanceProfile>(call, iam);
  Json shape = listed(call.account(), iam, profile);
  show_tags(shape, profile.tags);
  put(iam, std::move(profile));
  return {{"InstanceProfile", std::move(shape)}};
}

Json get_instance_profile(Call& call, const Iam& iam) {
  const InstanceProfile& profile = get<InstanceProfile>(iam, call);
  Json shape = listed(call.account(), iam, profile);
  shape["Tags"] = shown(profile.tags);
  return {{"InstanceProfile", std::move(shape)}};
}

Json list_instance_profiles(Call& call, const Iam& iam) {
  return list_entities<InstanceProfile>(
      call, iam, "InstanceProfiles",
      [&](const InstanceProfile& profile) { return listed(call.account(), iam, profile); });
}

Json list_instance_profiles_for_role(Call& call, const Iam& iam) {
  const std::string role = lowered(get<Role>(iam, call).name);
  Page page(call, "InstanceProfiles");
  for (const auto& [key, profile] : iam.instance_profiles) {
    if (profile.role != role) continue;
    if (!page.add(key, [&, &held = profile] { return listed(call.account(), iam, held); })) break;
  }
  return page.result();
}

Json delete_instance_profile(Call& call, Iam& iam) {
  const InstanceProfile profile = get<InstanceProfile>(iam, call);
  if (!profile.role.empty()) {
    throw cannot_delete("must remove roles from instance profile first.");
  }
  erase(iam, profile);
  return Json::object();
}

Json add_role_to_instance_profile(Call& call, Iam& iam) {
  InstanceProfile& profile = change<InstanceProfile>(iam, call);
  const Role& role = get<Role>(iam, call);
  if (!profile.role.empty()) throw quota_exceeded("InstanceSessionsPerInstanceProfile", 1);
  profile.role = lowered(role.name);
  return Json::object();
}

Json remove_role_from_instance_profile(Call& call, Iam& iam) {
  InstanceProfile& profile = change<InstanceProfile>(iam, call);
  const Role& role = get<Role>(iam, call);
  if (profile.role != lowered(role.name)) throw no_such_entity(Kind<Role>::missing(role.name));
  profile.role.clear();
  return Json::object();
}

}  // namespace cloudchamber::mock::iam
