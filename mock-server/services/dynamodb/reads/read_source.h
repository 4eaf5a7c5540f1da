// The table or the index that is read, and whether it has what is asked for.
#pragma once

#include <cstddef>
#include <string>

#include "mock-server/services/dynamodb/reads/read_request.h"
#include "mock-server/services/dynamodb/tables.h"

namespace cloudchamber::mock::dynamodb {

// The table or the index that is read.
struct ReadSource {
  const TableData* table = nullptr;
  const Index* index = nullptr;  // null for the table itself
  std::size_t position = 0;      // of the index
  bool whole_items = true;       // reads the items, not what the index holds of them

  [[nodiscard]] const Definition& definition() const { return *table->definition; }
  // Whether an index looks up what it doesn't hold itself.
  [[nodiscard]] bool fetches() const {
    return index != nullptr && whole_items && index->projection != Projection::kAll;
  }
  [[nodiscard]] const KeySchema& keys() const {
    return index == nullptr ? definition().keys : index->keys;
  }
};

// Reads the table's index of that name instead; false when it has none. Throws ValidationException
// for consistent reads of a global one.
[[nodiscard]] bool use_index(ReadSource& source, const std::string& name, bool consistent);

// Decides whether the index's own part of the items is enough, or refuses what a global index does
// not have.
void check_projection(const ReadRequest& request, ReadSource& source);

// Throw ValidationException for paths that lead into a key, and for filters on one.
void check_projected_paths(const ReadRequest& request, const ReadSource& source);
void check_filter_paths(const ReadRequest& request, const ReadSource& source);
void check_filter_keys(const ReadRequest& request, const ReadSource& source);

}  // namespace cloudchamber::mock::dynamodb
