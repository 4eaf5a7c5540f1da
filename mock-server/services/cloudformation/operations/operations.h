// The handlers, one an operation; service.cc lists them. A handler that looks at stacks takes them
// for writing even where it only reads: what waits goes on when it is looked at.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/cloudformation/stacks/stacks.h"

namespace cloudchamber::mock::cloudformation {

// stack_operations.cc
Json create_stack(Call& call, Stacks& stacks);
Json update_stack(Call& call, Stacks& stacks);
Json delete_stack(Call& call, Stacks& stacks);
Json cancel_update_stack(Call& call, Stacks& stacks);
Json continue_update_rollback(Call& call, Stacks& stacks);
Json update_termination_protection(Call& call, Stacks& stacks);
Json set_stack_policy(Call& call, Stacks& stacks);
Json get_stack_policy(Call& call, Stacks& stacks);
Json signal_resource(Call& call, Stacks& stacks);

// describe_operations.cc
Json describe_stacks(Call& call, Stacks& stacks);
Json list_stacks(Call& call, Stacks& stacks);
Json describe_stack_events(Call& call, Stacks& stacks);
Json describe_stack_resource(Call& call, Stacks& stacks);
Json describe_stack_resources(Call& call, Stacks& stacks);
Json list_stack_resources(Call& call, Stacks& stacks);
Json list_exports(Call& call, Stacks& stacks);
Json list_imports(Call& call, Stacks& stacks);
Json describe_account_limits(Call& call);

// template_operations.cc
Json get_template(Call& call, Stacks& stacks);
Json get_template_summary(Call& call, Stacks& stacks);
Json validate_template(Call& call);

// change_set_operations.cc
Json create_change_set(Call& call, Stacks& stacks);
Json describe_change_set(Call& call, Stacks& stacks);
Json execute_change_set(Call& call, Stacks& stacks);
Json delete_change_set(Call& call, Stacks& stacks);
Json list_change_sets(Call& call, Stacks& stacks);

}  // namespace cloudchamber::mock::cloudformation
