// Stacks: the state of CloudFormation in one account and region.
#pragma once

#include <string>

#include "mock-server/call/call.h"
#include "mock-server/services/cloudformation/stacks/stack.h"
#include "mock-server/state/world.h"

namespace cloudchamber::mock::cloudformation {

// Deleted stacks can be seen by their id for so long.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStacks.html
inline constexpr std::chrono::hours kDeletedStacksKept{90 * 24};

struct Stacks {
  static constexpr Scope kScope = Scope::kRegion;

  Table<std::string, Stack> by_id;
  Table<std::string, std::string> id_of_name;  // of the newest of that name
  Table<std::string, bool> unfinished;         // ids of those that wait for something
  std::uint64_t next_number = 0;

  // By id (a deleted one too) or by name (one that is not deleted at `now`); null when there is
  // none.
  [[nodiscard]] const Stack* find(const std::string& name_or_id, TimePoint now) const;
  // Takes the stack into the tables, or what became of it.
  void store(Stack stack);
};

// Lets all stacks that wait go on, where their signals have come or their time is over. Every
// handler that looks at stacks begins with it; within another operation it does nothing.
void go_on(const Call& call, Stacks& stacks);

// "arn:aws:cloudformation:us-east-1:123456789012:stack/name/0a1b..."
[[nodiscard]] bool is_arn(const std::string& text);

}  // namespace cloudchamber::mock::cloudformation
