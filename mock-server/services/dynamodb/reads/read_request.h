// What a Query, a Scan or a SELECT asks for, read and checked as far as that goes without the
// table.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock-server/services/dynamodb/expressions/evaluate.h"
#include "mock-server/services/dynamodb/key_conditions.h"
#include "mock-server/services/dynamodb/legacy.h"

namespace cloudchamber::mock::dynamodb {

// A filter is evaluated on what was read; what it drops has been read all the same.
struct ReadFilter {
  std::optional<Node> expression;
  std::vector<LegacyCondition> conditions;
  bool any = false;

  [[nodiscard]] bool keeps(const Json& attributes) const {
    if (expression) return holds(*expression, attributes);
    return conditions.empty() || holds(conditions, any, attributes);
  }
  [[nodiscard]] bool mentions_attribute(const std::string& name) const {
    if (expression) return mentions(*expression, name);
    return std::any_of(conditions.begin(), conditions.end(),
                       [&](const LegacyCondition& c) { return c.attribute == name; });
  }
};

struct ReadRequest {
  const Json* input = nullptr;
  const Json* start_key = nullptr;
  ReadFilter filter;
  std::optional<std::vector<Path>> paths;
  std::optional<std::vector<KeyCondition>> key_conditions;
  std::size_t limit = std::numeric_limits<std::size_t>::max();
  bool forward = true;
  bool consistent = false;
  std::string select;          // "" when not given
  bool by_last_names = false;  // gives what stands at `paths` under their last names
};

// All but the expressions. `filter_name`: QueryFilter or ScanFilter, the parameter that
// FilterExpression replaced. The input outlives the request.
[[nodiscard]] ReadRequest read_request(const Json& input, std::string_view filter_name);
void read_expressions(const Json& input, ReadRequest& request);

// Does Select fit the rest? Throws ValidationException.
void check_select(const ReadRequest& request);

}  // namespace cloudchamber::mock::dynamodb
