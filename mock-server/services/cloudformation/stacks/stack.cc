#include "mock-server/services/cloudformation/stacks/stack.h"

namespace cloudchamber::mock::cloudformation {

bool is_in_progress(std::string_view status) { return status.ends_with("_IN_PROGRESS"); }

const Event* Stack::state_at(TimePoint now) const {
  for (auto at = events.end(); at != events.begin();) {
    --at;
    if (at->first.moment.shows(now) && at->second.physical_id == id) return &at->second;
  }
  return nullptr;
}

std::string Stack::status_at(TimePoint now) const {
  const Event* event = state_at(now);
  return event == nullptr ? "" : event->status;
}

Moment Stack::last_moment() const {
  auto at = events.end();
  return at == events.begin() ? Moment{created, false} : (--at)->first.moment;
}

std::map<std::string, Stack::Shown> Stack::resources_at(TimePoint now) const {
  std::map<std::string, Shown> shown;
  for (const auto& [key, event] : events) {
    if (!key.moment.shows(now)) break;
    if (event.physical_id == id || event.of_replaced) continue;
    shown[event.logical_id] = {event, key.moment.at};
  }
  return shown;
}

void Stack::add_event(Moment moment, Event event) {
  events.put({moment, next_event++}, std::move(event));
}

}  // namespace cloudchamber::mock::cloudformation
