#include "mock-server/services/cloudformation/stacks/stacks.h"

#include <vector>

#include "mock-server/services/cloudformation/stacks/deployer.h"

namespace cloudchamber::mock::cloudformation {

bool is_arn(const std::string& text) { return text.starts_with("arn:"); }

const Stack* Stacks::find(const std::string& name_or_id, TimePoint now) const {
  if (is_arn(name_or_id)) {
    const Stack* stack = by_id.find(name_or_id);
    if (stack == nullptr || !stack->deleted) return stack;
    return now > stack->last_moment().at + kDeletedStacksKept ? nullptr : stack;
  }
  const std::string* id = id_of_name.find(name_or_id);
  if (id == nullptr) return nullptr;
  const Stack* stack = by_id.find(*id);
  if (stack == nullptr || stack->status_at(now) == "DELETE_COMPLETE") return nullptr;
  return stack;
}

void Stacks::store(Stack stack) {
  const std::string id = stack.id;
  if (stack.deployment && !stack.deployment->waiting.empty()) {
    unfinished.put(id, true);
  } else {
    unfinished.erase(id);
  }
  by_id.put(id, std::move(stack));
}

void go_on(const Call& call, Stacks& stacks) {
  if (call.context().depth > 0) return;
  for (bool progress = !stacks.unfinished.empty(); progress;) {
    progress = false;
    std::vector<std::string> ids;
    for (const auto& [id, waits] : stacks.unfinished) ids.push_back(id);
    for (const std::string& id : ids) {
      const std::uint64_t before = stacks.by_id.find(id)->next_event;
      Deployer deployer(call, stacks, *stacks.by_id.find(id));
      deployer.advance();
      Stack stack = deployer.take();
      // A parent may have been waiting for it.
      progress = progress || stack.next_event != before;
      stacks.store(std::move(stack));
    }
  }
}

}  // namespace cloudchamber::mock::cloudformation
