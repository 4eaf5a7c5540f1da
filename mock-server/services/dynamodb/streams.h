// A table's streams: made and ended by table operations, written by writes, read through the
// dynamodbstreams service.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

// Turns the table's stream on or off as a StreamSpecification says. Throws ValidationException.
void set_stream(const Call& call, State& state, Definition& table, const Json& specification);
// Ends the table's stream, which stays readable.
void end_stream(State& state, const Definition& table);

// The handlers of dynamodbstreams.
Json list_streams(Call& call, const State& state);
Json describe_stream(Call& call, const State& state);
Json get_shard_iterator(Call& call, const State& state);
Json get_records(Call& call, const State& state);

}  // namespace cloudchamber::mock::dynamodb
