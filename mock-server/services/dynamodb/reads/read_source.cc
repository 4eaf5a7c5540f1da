#include "mock-server/services/dynamodb/reads/read_source.h"

#include "mock-server/services/dynamodb/keys.h"
#include "mock-server/services/dynamodb/request.h"

namespace cloudchamber::mock::dynamodb {

bool use_index(ReadSource& source, const std::string& name, bool consistent) {
  source.index = source.definition().find_index(name);
  if (source.index == nullptr) return false;
  source.position = static_cast<std::size_t>(source.index - source.definition().indexes.data());
  if (source.index->global && consistent) {
    throw validation_error("Consistent reads are not supported on global secondary indexes");
  }
  return true;
}

void check_projection(const ReadRequest& request, ReadSource& source) {
  if (source.index == nullptr) return;
  const Index& index = *source.index;
  source.whole_items = index.projection == Projection::kAll;
  if (request.select == "ALL_ATTRIBUTES" && !source.whole_items) {
    if (index.global) {
      throw invalid_parameter(
          "Select type ALL_ATTRIBUTES is not supported for global secondary "
          "index " +
          index.name + " because its projection type is not ALL");
    }
    source.whole_items = true;
  }
  if (!request.paths || source.whole_items) return;
  std::string missing;
  for (const Path& path : *request.paths) {
    if (projects(source.definition(), index, path[0].name)) continue;
    missing += (missing.empty() ? "" : ", ") + path[0].name;
  }
  if (missing.empty()) return;
  if (index.global) {
    throw invalid_parameter("Global secondary index " + index.name + " does not project [" +
                            missing + "]");
  }
  source.whole_items = true;  // a local index fetches what it lacks
}

void check_projected_paths(const ReadRequest& request, const ReadSource& source) {
  if (!request.paths) return;
  std::vector<const Path*> paths;
  for (const Path& path : *request.paths) paths.push_back(&path);
  check_scalar_keys(source.definition(), paths);
}

void check_filter_paths(const ReadRequest& request, const ReadSource& source) {
  if (!request.filter.expression) return;
  std::vector<const Path*> paths;
  collect_paths(*request.filter.expression, paths);
  check_scalar_keys(source.definition(), paths);
}

void check_filter_keys(const ReadRequest& request, const ReadSource& source) {
  source.keys().each([&](const KeyAttribute& attribute, bool) {
    if (!request.filter.mentions_attribute(attribute.name)) return;
    throw validation_error(
        std::string(request.filter.expression ? "Filter Expression" : "QueryFilter") +
        " can only contain non-primary key attributes: Primary key attribute: " + attribute.name);
  });
}

}  // namespace cloudchamber::mock::dynamodb
