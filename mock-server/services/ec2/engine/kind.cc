#include "mock-server/services/ec2/engine/kind.h"

namespace cloudchamber::mock::ec2 {

const Resources& Ec2::of(const Kind& kind) const {
  static const Resources kNone;
  const Resources* found = by_kind.find(kind.type);
  return found == nullptr ? kNone : *found;
}

Resources& Ec2::of(const Kind& kind) {
  if (Resources* found = by_kind.change(kind.type)) return *found;
  by_kind.put(std::string(kind.type), Resources());
  return *by_kind.change(kind.type);
}

const Json& at_present(const View& view, const Kind& kind, const Resource& resource,
                       Json& scratch) {
  return kind.at_present == nullptr ? resource.shown : kind.at_present(view, resource, scratch);
}

const Json& pending_at_first(const View& view, const Resource& resource, Json& scratch) {
  if (!view.under_way(resource.changed)) return resource.shown;
  scratch = resource.shown;
  scratch["State"] = "pending";
  return scratch;
}

const Json& changing_at_first(const View& view, const Resource& resource, Json& scratch) {
  if (!view.under_way(resource.changed)) return resource.shown;
  const auto meanwhile = resource.kept.find("Meanwhile");
  if (meanwhile == resource.kept.end()) return resource.shown;
  scratch = resource.shown;
  scratch.merge_patch(*meanwhile);
  return scratch;
}

void begin_change(Resource& resource, TimePoint now, Json meanwhile) {
  resource.changed = now;
  resource.kept["Meanwhile"] = std::move(meanwhile);
}

std::string worded(std::string_view text, std::string_view ids) {
  std::string out(text);
  const std::size_t place = out.find("{}");
  if (place != std::string::npos) out.replace(place, 2, ids);
  return out;
}

}  // namespace cloudchamber::mock::ec2
