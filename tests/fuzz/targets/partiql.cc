// PartiQL statements with two parameters; the condition of what is read is tried on an item, and an
// update applied to it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "mock-server/call/aws_error.h"
#include "mock-server/services/dynamodb/attribute_value.h"
#include "mock-server/services/dynamodb/expressions/evaluate.h"
#include "mock-server/services/dynamodb/partiql/statement.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {

void fuzz_partiql(std::string_view input) {
  using namespace mock::dynamodb;
  static const Json kParameters = Json::array({{{"N", "1"}}, {{"SS", {"x", "y"}}}});
  static const Json kItem = {{"a", {{"N", "1"}}},
                             {"b", {{"L", Json::array({{{"M", {{"c", {{"S", "x"}}}}}}})}}},
                             {"c", {{"SS", {"x"}}}}};
  const std::size_t asked = static_cast<std::size_t>(std::count(input.begin(), input.end(), '?'));
  const Json parameters = asked == 1 ? Json::array({kParameters[0]}) : kParameters;
  try {
    partiql::Statement statement = partiql::parse(input, asked == 0 ? nullptr : &parameters);
    if (statement.where) static_cast<void>(holds(*statement.where, kItem));
    if (!statement.item.is_null()) check_attributes(stored_attributes(statement.item));
    Json item = kItem;
    apply(statement.actions, item, true);
    check_attributes(item);  // whatever an update does, an item comes out
  } catch (const mock::AwsError&) {
  }
}

}  // namespace cloudchamber::fuzz
