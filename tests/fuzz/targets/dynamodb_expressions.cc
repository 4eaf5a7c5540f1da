// One expression of each kind, the first byte choosing which; what is read is tried on an item.
#include <nlohmann/json.hpp>
#include <string>

#include "mock-server/call/aws_error.h"
#include "mock-server/services/dynamodb/attribute_value.h"
#include "mock-server/services/dynamodb/expressions/evaluate.h"
#include "mock-server/services/dynamodb/expressions/parser.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {

void fuzz_dynamodb_expressions(std::string_view input) {
  using namespace mock::dynamodb;
  static const Json kNames = {{"#a", "a"}, {"#b", "b.c"}};
  static const Json kValues = {{":n", {{"N", "1"}}},
                               {":s", {{"S", "x"}}},
                               {":l", {{"L", Json::array({{{"N", "2"}}})}}},
                               {":t", {{"SS", {"x", "y"}}}}};
  static const Json kItem = {{"a", {{"N", "1"}}},
                             {"b", {{"L", Json::array({{{"M", {{"c", {{"S", "x"}}}}}}})}}},
                             {"c", {{"SS", {"x"}}}}};
  if (input.empty()) return;
  const char kind = input.front();
  input.remove_prefix(1);
  try {
    Placeholders placeholders(&kNames, &kValues);
    if (kind == 'u') {
      Json item = kItem;
      apply(parse_update(input, placeholders), item, true);
      check_attributes(item);  // whatever an update does, an item comes out
    } else if (kind == 'p') {
      static_cast<void>(project(kItem, parse_projection(input, placeholders)));
    } else {
      static_cast<void>(holds(parse_condition(input, "FilterExpression", placeholders), kItem));
    }
  } catch (const mock::AwsError&) {
  }
}

}  // namespace cloudchamber::fuzz
