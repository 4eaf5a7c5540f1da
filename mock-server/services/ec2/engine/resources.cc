#include "mock-server/services/ec2/engine/resources.h"

#include <algorithm>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/family.h"
#include "mock-server/services/ec2/engine/paths.h"

namespace cloudchamber::mock::ec2 {
namespace {

bool is_well_formed(const Kind& kind, std::string_view id) {
  if (!id.starts_with(kind.prefix)) return false;
  const std::string_view digits = id.substr(kind.prefix.size());
  if (kind.exact_ids && digits.size() != 8 && digits.size() != 17) return false;
  if (!kind.exact_ids) return !digits.empty();
  return std::all_of(digits.begin(), digits.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

struct Found {
  const Kind* kind;
  std::string id;
};

// The resources that go along; throws when one is in the way.
std::vector<Found> dependents(const Ec2& state, const Kind& kind, const std::string& id) {
  std::vector<Found> going;
  for (const Family& family : families()) {
    for (const Kind* other : family.kinds) {
      for (const Reference& reference : other->references) {
        if (reference.type != kind.type) continue;
        const Path path(reference.path);
        for (const auto& [other_id, resource] : state.of(*other)) {
          if (!path.any(resource.shown, [&](const Json& value) { return value == id; })) continue;
          const Effect effect =
              reference.effect == nullptr ? Effect::kBlocks : reference.effect(resource);
          if (effect == Effect::kBlocks) throw dependency_violation(worded(kind.in_use, id));
          if (effect == Effect::kGoesAlong) going.push_back({other, other_id});
        }
      }
    }
  }
  return going;
}

}  // namespace

std::string create(const Origin& origin, Ec2& state, const Kind& kind, Resource resource) {
  std::string id = origin.id(kind.prefix);
  resource.shown[std::string(kind.id_member)] = id;
  if (kind.has_owner) resource.shown["OwnerId"] = origin.account();
  resource.changed = origin.now();
  state.of(kind).put(id, std::move(resource));
  for (const Family& family : families()) {
    if (family.created != nullptr) family.created(origin, state, kind, id);
  }
  return id;
}

void check_form(const Kind& kind, const std::string& id) {
  if (is_well_formed(kind, id)) return;
  if (!kind.malformed.empty())
    throw AwsError(std::string(kind.malformed_code), worded(kind.malformed, id));
  throw AwsError(std::string(kind.malformed_code),
                 "Invalid id: \"" + id + "\" (expecting \"" + std::string(kind.prefix) + "...\")");
}

void throw_not_found(const Kind& kind, const std::vector<std::string>& ids) {
  const bool several = ids.size() > 1 && !kind.several_not_found.empty();
  std::string listed = ids.empty() ? std::string() : ids.front();
  for (std::size_t i = 1; several && i < ids.size(); ++i) listed += ", " + ids[i];
  throw AwsError(std::string(kind.not_found_code),
                 worded(several ? kind.several_not_found : kind.not_found, listed));
}

const Resource& get(const Ec2& state, const Kind& kind, const std::string& id) {
  check_form(kind, id);
  const Resource* found = state.of(kind).find(id);
  if (found == nullptr) throw_not_found(kind, {id});
  return *found;
}

Resource& change(Ec2& state, const Kind& kind, const std::string& id) {
  check_form(kind, id);
  Resource* found = state.of(kind).change(id);
  if (found == nullptr) throw_not_found(kind, {id});
  return *found;
}

void erase(const Origin& origin, Ec2& state, const Kind& kind, const std::string& id) {
  for (const Family& family : families()) {
    if (family.deleting != nullptr) family.deleting(origin, state, kind, id);
  }
  state.of(kind).erase(id);
}

void remove(const Origin& origin, Ec2& state, const Kind& kind, const std::string& id) {
  (void)get(state, kind, id);
  for (const Found& found : dependents(state, kind, id))
    erase(origin, state, *found.kind, found.id);
  erase(origin, state, kind, id);
}

Json listed(const Tags& tags) {
  Json out = Json::array();
  for (const auto& [key, value] : tags) out.push_back({{"Key", key}, {"Value", value}});
  return out;
}

Json shown(const View& view, const Kind& kind, const std::string& id, const Resource& resource) {
  Json scratch;
  Json out = at_present(view, kind, resource, scratch);
  if (kind.taggable && (kind.tags_always || !resource.tags.empty())) {
    out[std::string(kind.tags_member)] = listed(resource.tags);
  }
  if (kind.complete != nullptr) kind.complete(view, id, resource, out);
  return out;
}

Json shown(const Call& call, const Ec2& state, const Kind& kind, const std::string& id) {
  return shown(View{call, state}, kind, id, get(state, kind, id));
}

}  // namespace cloudchamber::mock::ec2
