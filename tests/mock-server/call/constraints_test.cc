#include "mock-server/call/constraints.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sdk/model/service_model.h"

namespace cloudchamber::mock {
namespace {

class Constraints : public testing::Test {
 protected:
  // A model with one operation whose input has these members and the shapes below.
  static std::shared_ptr<const ServiceModel> model() {
    return ServiceModel::from_text("test", R"({
      "metadata": {"apiVersion": "1", "endpointPrefix": "test", "protocol": "json",
                   "serviceId": "Test", "targetPrefix": "T", "jsonVersion": "1.0"},
      "operations": {"Do": {"name": "Do", "http": {"method": "POST", "requestUri": "/"},
                            "input": {"shape": "Input"}}},
      "shapes": {
        "Input": {"type": "structure", "required": ["TableName"], "members": {
          "TableName": {"shape": "Name"}, "Limit": {"shape": "Limit"}, "Mode": {"shape": "Mode"},
          "Parts": {"shape": "Parts"}, "Names": {"shape": "Names"}, "ByName": {"shape": "ByName"}}},
        "Name": {"type": "string", "min": 3, "max": 5, "pattern": "[a-z]+"},
        "Limit": {"type": "integer", "min": 1, "max": 100},
        "Mode": {"type": "string", "enum": ["ON", "OFF"]},
        "Part": {"type": "structure", "required": ["Id"], "members": {"Id": {"shape": "Name"}}},
        "Parts": {"type": "list", "member": {"shape": "Part"}, "max": 2},
        "Names": {"type": "list", "member": {"shape": "Name"}},
        "ByName": {"type": "map", "key": {"shape": "Name"}, "value": {"shape": "Parts"}}
      }})");
  }
  static std::string message(const Json& input, const ConstraintOptions& options = {}) {
    const auto described = model();
    return constraint_message(*described->find_operation("Do")->input, input, options)
        .value_or("fine");
  }
};

TEST_F(Constraints, AreToldInAwsWords) {
  const Json fine = {{"TableName", "abc"}};
  const auto with = [&](const std::string& name, const Json& value) {
    Json input = fine;
    input[name] = value;
    return input;
  };
  const std::string one = "1 validation error detected: ";
  const struct {
    Json input;
    std::string expected;
  } rows[] = {
      {fine, "fine"},
      {Json::object(),
       one + "Value null at 'tableName' failed to satisfy constraint: Member must not be null"},
      {with("TableName", "abcdef"), one + "Value 'abcdef' at 'tableName' failed to satisfy "
                                          "constraint: Member must have length less than or equal "
                                          "to 5"},
      {with("TableName", "a"), one + "Value 'a' at 'tableName' failed to satisfy constraint: "
                                     "Member must have length greater than or equal to 3"},
      {with("TableName", "a1c"), one + "Value 'a1c' at 'tableName' failed to satisfy constraint: "
                                       "Member must satisfy regular expression pattern: [a-z]+"},
      {with("Limit", 1), "fine"},
      {with("Limit", 100), "fine"},
      {with("Limit", 0), one + "Value '0' at 'limit' failed to satisfy constraint: Member must "
                               "have value greater than or equal to 1"},
      {with("Limit", 101), one + "Value '101' at 'limit' failed to satisfy constraint: Member must "
                                 "have value less than or equal to 100"},
      {with("Mode", "on"), one + "Value 'on' at 'mode' failed to satisfy constraint: Member must "
                                 "satisfy enum value set: [ON, OFF]"},
      {with("Parts", Json::array({{{"Id", "abc"}}, Json::object()})),
       one + "Value null at 'parts.2.member.id' failed to satisfy constraint: Member must not be "
             "null"},
      {with("Names", Json::array({"abc", "x"})),
       one + "Value '[abc, x]' at 'names' failed to satisfy constraint: Member must satisfy "
             "constraint: [Member must have length less than or equal to 5, Member must have "
             "length greater than or equal to 3, Member must satisfy regular expression pattern: "
             "[a-z]+]"},
      {with("ByName", {{"x", Json::array()}}),
       one + "Value '{x=[]}' at 'byName' failed to satisfy constraint: Map keys must satisfy "
             "constraint: [Member must have length less than or equal to 5, Member must have "
             "length greater than or equal to 3, Member must satisfy regular expression pattern: "
             "[a-z]+]"},
      {with("ByName", {{"abc", Json::array({Json::object()})}}),
       one + "Value null at 'byName.abc.member.1.member.id' failed to satisfy constraint: Member "
             "must not be null"},
      {{{"Limit", 0}},
       "2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: "
       "Member must not be null; Value '0' at 'limit' failed to satisfy constraint: Member must "
       "have value greater than or equal to 1"},
  };
  for (const auto& row : rows) EXPECT_EQ(message(row.input), row.expected);
}

TEST_F(Constraints, AreToldTenAtMost) {
  Json parts = Json::array();
  for (int i = 0; i < 30; ++i) parts.push_back(Json::object());
  EXPECT_EQ(message({{"TableName", "abc"}, {"Parts", parts}}).rfind("10 validation errors", 0), 0U);
}

TEST_F(Constraints, CanBeChangedByAService) {
  EXPECT_EQ(message({{"TableName", "x"}}, {.skipped_shapes = {"Name"}}), "fine");
  EXPECT_EQ(message({{"TableName", "abc"}}, {.also_required = {"Limit"}}),
            "1 validation error detected: Value null at 'limit' failed to satisfy constraint: "
            "Member must not be null");
  const std::vector<std::pair<std::string_view, std::string_view>> lists = {{"Mode", "OFF, ON"}};
  EXPECT_EQ(message({{"TableName", "abc"}, {"Mode", "x"}}, {.enum_lists = &lists}),
            "1 validation error detected: Value 'x' at 'mode' failed to satisfy constraint: Member "
            "must satisfy enum value set: [OFF, ON]");
}

}  // namespace
}  // namespace cloudchamber::mock
