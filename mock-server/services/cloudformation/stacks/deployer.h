// Deployer: carries out what is asked of one stack, resource by resource, and writes the events
// down. Works on a copy of the stack; take() gives it back to be stored.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mock-server/call/call.h"
#include "mock-server/services/cloudformation/resource_types/resource_type.h"
#include "mock-server/services/cloudformation/stacks/stack_scope.h"
#include "mock-server/services/cloudformation/stacks/stacks.h"

namespace cloudchamber::mock::cloudformation {

class Deployer {
 public:
  // `stacks` must hold the stack already, so that its children find their parent.
  Deployer(const Call& call, Stacks& stacks, Stack stack);

  // Begins and goes as far as it can without waiting.
  void create(const std::string& token);
  // Throws ValidationError when there is nothing to update. `disable_rollback` leaves the stack as
  // it is when something fails.
  void update(Blueprint next, const std::string& token, bool disable_rollback);
  void remove(const std::set<std::string>& retained, const std::string& token);
  // Goes on with what waited, if its signals have come or its time is over.
  void advance();
  // Rolls a running update back (CancelUpdateStack), as if it had failed.
  void cancel_update(const std::string& token);
  // After UPDATE_ROLLBACK_FAILED: tries again, without those named.
  void continue_rollback(const std::set<std::string>& skipped, const std::string& token);

  [[nodiscard]] Stack take() { return std::move(stack_); }

 private:
  struct Failed {
    std::string logical_id;  // "" for the stack as a whole
    std::string reason;
    Moment moment;
    bool while_creating = true;
  };

  [[nodiscard]] Moment later(Moment start) const;
  [[nodiscard]] StackScope scope() const;
  void stack_event(Moment moment, const std::string& status, const std::string& reason = "");
  void resource_event(Moment moment, const std::string& id, const Resource& resource,
                      const std::string& status, const std::string& reason = "",
                      bool of_replaced = false);

  // Resources one by one, until none is left that could begin.
  void run();
  [[nodiscard]] std::optional<std::string> next_ready(Moment& start) const;
  [[nodiscard]] std::optional<Failed> carry_out(const std::string& id, Moment start);
  [[nodiscard]] std::optional<Failed> create_resource(const std::string& id, Resource resource,
                                                      Moment start);
  [[nodiscard]] std::optional<Failed> update_resource(const std::string& id, Resource resource,
                                                      Moment start);
  [[nodiscard]] std::optional<Failed> replace_resource(const std::string& id, Resource resource,
                                                       Moment start);
  [[nodiscard]] Resource resolved(const std::string& id);
  [[nodiscard]] std::optional<Waiting> what_to_wait_for(const ResourceType& type,
                                                        const Resource& resource,
                                                        const std::string& id, Moment start) const;
  [[nodiscard]] std::optional<Failed> look_at_waiting(bool& progress);
  [[nodiscard]] std::optional<Failed> timed_out() const;
  void finish_waiting(const std::string& id, Moment moment);
  [[nodiscard]] std::optional<Failed> make_outputs(Moment moment);

  void complete();
  void fail(const Failed& failed);
  void fail_creation(const Failed& failed);
  void fail_update(const Failed& failed);
  void cancel_waiting(Moment moment);
  // In the order in which nothing goes before what needs it; gives the time of the last, and adds
  // to `failed` what would not go.
  Moment remove_all(Moment start, const std::set<std::string>& retained, bool of_failed_creation,
                    std::vector<std::string>& failed);
  bool remove_resource(const std::string& id, const Resource& resource, Moment start, Moment end,
                       const std::string& policy, bool of_replaced);
  Moment clean_up(Moment start, const std::string& status, const Resources& left_over);
  Moment restore(const std::set<std::string>& skipped, Moment start,
                 std::vector<std::string>& failed);
  void finish_rollback(Moment moment, const std::vector<std::string>& failed);

  // Runs a type's function; what it throws comes back as a reason.
  [[nodiscard]] std::optional<std::string> attempt(
      const std::string& id, const Resource& resource, const Json& before,
      const std::function<void(const ResourceType&, const ResourceCall&)>& act) const;

  const Call& outer_;
  const Call::Context settled_;
  const Call call_;
  Stacks& stacks_;
  Stack stack_;
};

}  // namespace cloudchamber::mock::cloudformation
