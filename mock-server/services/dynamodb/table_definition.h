// From the parameters of CreateTable and UpdateTable to a Definition, with AWS's checks.
#pragma once

#include <string>
#include <vector>

#include "mock-server/call/call.h"
#include "mock-server/services/dynamodb/schema.h"

namespace cloudchamber::mock::dynamodb {

// Of a CreateTable request; its stream is left to the caller. Throws ValidationException.
[[nodiscard]] Definition define_table(const Call& call);

// AttributeDefinitions; a name defined twice throws.
[[nodiscard]] std::vector<std::pair<std::string, Type>> read_attributes(const Json& definitions);
// One index as CreateTable or UpdateTable's Create gives it.
[[nodiscard]] Index read_index(const Json& description, bool global,
                               const std::vector<std::pair<std::string, Type>>& attributes);
// A global index against the table it is to be part of: billing mode and limits.
void check_global_index(const Definition& table, const Json& description);
[[nodiscard]] Throughput read_throughput(const Json& throughput);
// ReadCapacityUnits and WriteCapacityUnits below AWS's bound.
void check_throughput(const Json& throughput);
[[nodiscard]] Limits read_limits(const Json& limits, const char* read, const char* write);
// Tags as given to CreateTable and TagResource, merged into `tags`.
void add_tags(const Json& list, std::map<std::string, std::string>& tags);

}  // namespace cloudchamber::mock::dynamodb
