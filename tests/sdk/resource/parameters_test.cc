#include "sdk/resource/parameters.h"

#include <gtest/gtest.h>

#include "cloudchamber/errors.h"
#include "sdk/resource/names_in_use.h"

namespace cloudchamber {
namespace {

struct PutRow {
  const char* before;
  const char* target;
  std::optional<std::size_t> index;
  const char* after;
};

TEST(Put, MakesTheWayToTheTarget) {
  const PutRow rows[] = {
      {"{}", "Bucket", {}, R"({"Bucket": "v"})"},
      {R"({"Bucket": "old"})", "Bucket", {}, R"({"Bucket": "v"})"},
      {"{}", "Delete.Objects[].Key", {}, R"({"Delete": {"Objects": [{"Key": "v"}]}})"},
      {R"({"Ids": ["a"]})", "Ids[]", {}, R"({"Ids": ["a", "v"]})"},
      {R"({"Ids": ["a", "b"]})", "Ids[0]", {}, R"({"Ids": ["v", "b"]})"},
      {"{}", "Filters[0].Values[0]", {}, R"({"Filters": [{"Values": ["v"]}]})"},
      {R"({"Filters": [{"Name": "n"}]})",
       "Filters[0].Values[0]",
       {},
       R"({"Filters": [{"Name": "n", "Values": ["v"]}]})"},
      {"{}", "Ids[2]", {}, R"({"Ids": [{}, {}, "v"]})"},
      {R"({"Entries": [{"Id": "0"}]})", "Entries[*].Id", 1,
       R"({"Entries": [{"Id": "0"}, {"Id": "v"}]})"},
      {R"({"Entries": [{"Id": "0"}]})", "Entries[*].Handle", 0,
       R"({"Entries": [{"Id": "0", "Handle": "v"}]})"},
      {"{}", "Entries[*].Id", {}, R"({"Entries": [{"Id": "v"}]})"},
      {R"({"Delete": "text"})", "Delete.Key", {}, R"({"Delete": {"Key": "v"}})"},
  };
  for (const PutRow& row : rows) {
    Json parameters = Json::parse(row.before);
    put(parameters, row.target, "v", row.index);
    EXPECT_EQ(parameters, Json::parse(row.after)) << row.target;
  }
}

TEST(Join, JoinsListsMergesObjectsAndReplacesTheRest) {
  Json parameters = {{"a", {1}}, {"b", {{"x", 1}, {"y", {1}}}}, {"c", 1}, {"d", {1}}};
  join(parameters, {{"a", {2}}, {"b", {{"y", {2}}, {"z", 3}}}, {"c", 2}, {"d", 7}, {"e", {5}}});
  EXPECT_EQ(parameters, Json({{"a", {1, 2}},
                              {"b", {{"x", 1}, {"y", {2}}, {"z", 3}}},
                              {"c", 2},
                              {"d", 7},
                              {"e", {5}}}));
  join(parameters, Json());
  EXPECT_THROW(join(parameters, Json::array({1})), ParamValidationError);
}

TEST(NamesInUse, AppendWhatAMemberIsWhereTheNameIsTaken) {
  NamesInUse names;
  EXPECT_EQ(names.take("NetworkInterfaces", "reference"), "network_interfaces");
  EXPECT_EQ(names.take("NetworkInterfaces", "attribute"), "network_interfaces_attribute");
  EXPECT_THROW(names.take("NetworkInterfaces", "attribute"), ModelError);
}

}  // namespace
}  // namespace cloudchamber
