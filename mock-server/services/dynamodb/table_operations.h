// Tables as such: CreateTable to UpdateTable, tags, time to live, backups, limits, endpoints.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

Json create_table(Call& call, State& state);
Json describe_table(Call& call, const State& state);
Json list_tables(Call& call, const State& state);
Json delete_table(Call& call, State& state);
Json update_table(Call& call, State& state);

Json tag_resource(Call& call, State& state);
Json untag_resource(Call& call, State& state);
Json list_tags_of_resource(Call& call, const State& state);

Json describe_time_to_live(Call& call, const State& state);
Json update_time_to_live(Call& call, State& state);
Json describe_continuous_backups(Call& call, const State& state);
Json update_continuous_backups(Call& call, State& state);
Json describe_limits(Call& call);
Json describe_endpoints(Call& call);

}  // namespace cloudchamber::mock::dynamodb
