// Stack: what CloudFormation knows of one stack. Values only.
//
// What happens to a stack is carried out at once, inside the call that asks for it, and written
// down as events that lie at their moments on the clock. What a stack shows is what its events up
// to now say: a stack that was created at T is CREATE_IN_PROGRESS at T and CREATE_COMPLETE later.
// What has to wait (for signals) leaves a Deployment behind, which goes on when the stack is next
// looked at.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/clock.h"
#include "mock-server/services/cloudformation/template/parameters.h"
#include "mock-server/services/cloudformation/template/references.h"
#include "mock-server/state/table.h"

namespace cloudchamber::mock::cloudformation {

inline constexpr std::string_view kStackType = "AWS::CloudFormation::Stack";

// A point on the clock, or the first instant after it: what begins at T shows at T, what ends then
// shows at every later time.
struct Moment {
  TimePoint at;
  bool after = false;

  [[nodiscard]] bool shows(TimePoint now) const { return after ? now > at : now >= at; }
  friend auto operator<=>(const Moment&, const Moment&) = default;
};

struct Event {
  std::string id;
  std::string logical_id;
  std::string physical_id;
  std::string type;
  std::string status;
  std::string reason;
  std::string properties;  // JSON; "" for none
  std::string token;
  // Of a physical resource that another one has replaced.
  bool of_replaced = false;
};

struct EventKey {
  Moment moment;
  std::uint64_t number = 0;
  friend auto operator<=>(const EventKey&, const EventKey&) = default;
};

// A resource that exists.
struct Resource {
  std::string type;
  std::string physical_id;
  Json properties = Json::object();  // as they were carried out
  Json attributes = Json::object();  // for Fn::GetAtt
  Json definition = Json::object();  // in its template
  Json metadata;                     // resolved; null for none
  std::string deletion_policy = "Delete";
  std::string update_replace_policy = "Delete";
  std::set<std::string> needs;
};
using Resources = std::map<std::string, Resource>;

// What a stack is made from, and what an update replaces.
struct Blueprint {
  std::string text;  // the template as it was given
  Json body = Json::object();
  ParameterValues parameters;
  Json tags = Json::array();
  Json capabilities = Json::array();
  Json notification_arns = Json::array();
  Json rollback_configuration = Json::object();
  std::string role_arn;
  std::string description;
};

// Waits for signals or for a stack of its own.
struct Waiting {
  Moment since;
  std::optional<TimePoint> deadline;
  std::int64_t needed = 0;  // signals; 0 where the type itself tells when it is ready
  std::string source;       // the resource to which the signals are sent
  bool replaces = false;
};

struct Signal {
  std::string id;
  bool success = true;
  std::string reason;
  std::string data;
};

// A creation or an update that goes on.
struct Deployment {
  enum class Kind { kCreate, kUpdate };
  Kind kind = Kind::kCreate;
  Blueprint before;  // of an update: to come back to
  Resources resources_before;
  Json outputs_before = Json::array();
  Conditions conditions;
  Needs needs;
  Moment begun;
  std::string token;
  std::optional<TimePoint> deadline;       // TimeoutInMinutes
  std::map<std::string, Moment> finished;  // resources that are as they should be
  std::map<std::string, Waiting> waiting;
  std::vector<std::string> created;   // in order
  std::vector<std::string> updated;   // in place
  std::vector<std::string> replaced;  // their former selves are in resources_before
};

struct Change {
  std::string action;  // Add, Modify, Remove
  std::string logical_id;
  std::string physical_id;
  std::string type;
  std::string replacement;  // "True", "False", "Conditional"; "" where it says nothing
  std::string policy_action;
  std::set<std::string> scope;
  Json details = Json::array();
  Json before;  // properties; null for none
  Json after;
};

struct ChangeSet {
  std::string id;
  std::string name;
  std::string type;
  std::string description;
  std::string status;
  std::string status_reason;
  std::string execution_status;
  TimePoint created;
  Blueprint blueprint;
  std::vector<Change> changes;
  std::string on_failure;
  std::string token;
  bool include_nested = false;
};

struct Stack {
  std::string id;
  std::string name;
  std::uint64_t number = 0;  // in the order of creation
  Blueprint blueprint;
  TimePoint created;
  std::optional<TimePoint> updated;
  std::optional<TimePoint> deletion_time;
  bool deleted = false;  // for good; its events tell from when on
  std::string change_set_id;
  std::optional<std::int64_t> timeout_minutes;
  std::string on_failure = "ROLLBACK";
  bool disable_rollback = false;
  bool termination_protection = false;
  std::string policy;
  std::string parent_id;
  std::string root_id;
  std::string create_token;

  Resources resources;
  Json outputs = Json::array();
  Json outputs_before = Json::array();  // shown while an update goes on
  std::map<std::string, std::string> exports;
  std::set<std::string> imports;  // names of exports that it uses
  Table<EventKey, Event> events;
  std::uint64_t next_event = 0;
  std::optional<Deployment> deployment;
  std::map<std::string, std::vector<Signal>> signals;  // by logical id
  Table<std::string, ChangeSet> change_sets;           // by id

  // The last of the stack's own events that shows at `now`; null before the first.
  [[nodiscard]] const Event* state_at(TimePoint now) const;
  [[nodiscard]] std::string status_at(TimePoint now) const;
  // When the last of all events shows, whatever the time is.
  [[nodiscard]] Moment last_moment() const;
  // The newest event of each resource that shows at `now`, with its time.
  struct Shown {
    Event event;
    TimePoint at;
  };
  [[nodiscard]] std::map<std::string, Shown> resources_at(TimePoint now) const;

  void add_event(Moment moment, Event event);
};

// "CREATE_IN_PROGRESS" and the like.
[[nodiscard]] bool is_in_progress(std::string_view status);

}  // namespace cloudchamber::mock::cloudformation
