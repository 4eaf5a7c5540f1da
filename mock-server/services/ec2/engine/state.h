// Ec2: the state of EC2 in one account and region: a table of resources for each kind (kind.h).
//
// A resource is one thing that has an id: a VPC, an instance, a volume. It is a value: its
// description as AWS shows it, and beside it what only behaviour needs.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"
#include "mock-server/state/table.h"
#include "mock-server/state/world.h"

namespace cloudchamber::mock::ec2 {

struct Kind;

using Tags = std::map<std::string, std::string>;

struct Resource {
  // In the shape that Describe answers, without tags, in the state it settles to: what is still
  // under way is laid over it when it is shown (Kind::at_present).
  Json shown = Json::object();
  // What behaviour needs and nobody is shown.
  Json kept = Json::object();
  Tags tags;
  // When the change began that may still be under way; the epoch for none.
  TimePoint changed{};
};

using Resources = Table<std::string, Resource>;  // by id

struct Ec2 {
  static constexpr Scope kScope = Scope::kRegion;

  // The resources of a kind: an empty table when there are none yet.
  [[nodiscard]] const Resources& of(const Kind& kind) const;
  [[nodiscard]] Resources& of(const Kind& kind);

  Table<std::string, Resources> by_kind;  // by Kind::type
  // What holds for the whole region (EBS encryption by default, ...), by a name of the family's
  // choice.
  Table<std::string, Json> settings;
  // Whether the default VPC has been put into this state (found() in default_vpc.h). Handlers never
  // see it unfounded.
  bool founded = false;

  // What was answered to calls with a client token, for calls that come again.
  struct Answered {
    Json input;
    Json output;
    TimePoint time;
  };
  struct Nothing {};
  Table<std::string, Answered> answered;  // by operation and token
  Table<std::pair<TimePoint, std::string>, Nothing> answered_by_time;
};

}  // namespace cloudchamber::mock::ec2
