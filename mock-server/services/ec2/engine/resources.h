// Making, finding, changing and deleting resources of any kind.
#pragma once

#include <string>
#include <vector>

#include "mock-server/services/ec2/engine/kind.h"
#include "mock-server/services/ec2/engine/origin.h"

namespace cloudchamber::mock::ec2 {

// Puts a new resource into the state and tells the families. Its id, its OwnerId and the time of
// its making are set here. Returns the id.
std::string create(const Origin& origin, Ec2& state, const Kind& kind, Resource resource);

// The resource of that id; else the kind's Malformed or NotFound. Valid until the state changes.
[[nodiscard]] const Resource& get(const Ec2& state, const Kind& kind, const std::string& id);
[[nodiscard]] Resource& change(Ec2& state, const Kind& kind, const std::string& id);

// Throws Malformed for the first id that is not of the kind's form.
void check_form(const Kind& kind, const std::string& id);
// Throws for all these ids together.
[[noreturn]] void throw_not_found(const Kind& kind, const std::vector<std::string>& ids);

// Takes it out of the state with what goes along. Throws Malformed, NotFound, or
// DependencyViolation when another refers to it (Kind::references); then nothing has been changed.
void remove(const Origin& origin, Ec2& state, const Kind& kind, const std::string& id);
// Takes it out whatever refers to it.
void erase(const Origin& origin, Ec2& state, const Kind& kind, const std::string& id);

// How an answer shows it at this moment: as Describe would.
[[nodiscard]] Json shown(const Call& call, const Ec2& state, const Kind& kind,
                         const std::string& id);
[[nodiscard]] Json shown(const View& view, const Kind& kind, const std::string& id,
                         const Resource& resource);

// The tags as AWS lists them: [{"Key": ..., "Value": ...}].
[[nodiscard]] Json listed(const Tags& tags);

}  // namespace cloudchamber::mock::ec2
