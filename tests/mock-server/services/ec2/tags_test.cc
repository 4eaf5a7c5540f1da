#include <gmock/gmock.h>

#include "tests/mock-server/services/ec2/ec2_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class Tags : public Ec2Fixture {
 protected:
  static Json tag(const std::string& key, const std::string& value) {
    return {{"Key", key}, {"Value", value}};
  }
  Json create_tags(const std::string& id, const Json& tags) {
    return {{"Resources", {id}}, {"Tags", tags}};
  }
  Json tags_of(const std::string& id) {
    return ec2("DescribeTags", filter("resource-id", {id}))["Tags"];
  }
  std::string vpc_ = make_vpc();
};
using CreateTags = Tags;
using DeleteTags = Tags;
using DescribeTags = Tags;

TEST_F(CreateTags, SetsAndReplaces) {
  ec2("CreateTags", create_tags(vpc_, Json::array({tag("a", "1"), tag("b", "2")})));
  ec2("CreateTags", create_tags(vpc_, Json::array({tag("a", "3")})));
  EXPECT_EQ(ec2("DescribeVpcs", {{"VpcIds", {vpc_}}})["Vpcs"][0]["Tags"],
            Json::array({tag("a", "3"), tag("b", "2")}));
}

TEST_F(CreateTags, KeepsTheLimits) {
  const auto many = [&](int from, int to) {
    Json tags = Json::array();
    for (int i = from; i < to; ++i) tags.push_back(tag("k" + std::to_string(i), ""));
    return tags;
  };
  const std::string accented = "\xC3\xA9";
  std::string long_key;
  for (int i = 0; i < 127; ++i) long_key += accented;
  const struct {
    Json tags;
    const char* expected;
  } rows[] = {
      {many(0, 51),
       "TagLimitExceeded: The maximum number of Tags for a resource has been reached."},
      {Json::array({tag(long_key, "")}), "succeeded"},
      {Json::array({tag(long_key + "x", "")}),
       "InvalidParameterValue: Tag key exceeds the maximum length of 127 characters"},
      {Json::array({tag("v", std::string(256, 'x'))}), "succeeded"},
      {Json::array({tag("v", std::string(257, 'x'))}),
       "InvalidParameterValue: Tag value exceeds the maximum length of 256 characters"},
      {Json::array({tag("aws:x", "")}),
       "InvalidParameterValue: Tag keys starting with 'aws:' are reserved for internal use"},
      {Json::array({tag("AWS:x", "")}), "succeeded"},
      {Json::array({tag("d", "1"), tag("d", "2")}),
       "InvalidParameterValue: Duplicate tag key 'd' specified."},
      {many(0, 47), "succeeded"},
      {many(47, 48),
       "TagLimitExceeded: The maximum number of Tags for a resource has been reached."},
      {many(0, 47), "succeeded"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(ec2_error("CreateTags", create_tags(vpc_, row.tags)), row.expected)
        << row.tags.dump().substr(0, 60);
  EXPECT_THAT(tags_of(vpc_), SizeIs(50));
}

TEST_F(CreateTags, RefusesBadInput) {
  const Json tags = Json::array({tag("a", "1")});
  expect_refusals({
      {"CreateTags",
       {{"Tags", tags}},
       "MissingParameter: The request must contain the parameter resourceIdSet"},
      {"CreateTags",
       {{"Resources", {vpc_}}},
       "MissingParameter: The request must contain the parameter tagSet"},
      {"CreateTags", create_tags("blah-1", tags), "InvalidID: The ID 'blah-1' is not valid"},
      {"CreateTags", create_tags("vpc-1", tags),
       "InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist"},
      {"CreateTags",
       {{"Resources", {vpc_, "subnet-1"}}, {"Tags", tags}},
       "InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist"},
      {"CreateTags",
       {{"Resources", {vpc_}}, {"Tags", tags}, {"DryRun", true}},
       "DryRunOperation: Request would have succeeded, but DryRun flag is set."},
  });
  EXPECT_THAT(tags_of(vpc_), SizeIs(0)) << "all or nothing";
}

TEST_F(DeleteTags, MindsTheValueWhereItIsGiven) {
  ec2("CreateTags", create_tags(vpc_, Json::array({tag("a", "1"), tag("b", "2"), tag("c", "")})));
  ec2("DeleteTags", create_tags(vpc_, Json::array({tag("a", "2"), Json{{"Key", "b"}}})));
  EXPECT_THAT(column(tags_of(vpc_), "Key"), ElementsAre("a", "c"));
  ec2("DeleteTags", create_tags(vpc_, Json::array({tag("c", "")})));
  EXPECT_THAT(column(tags_of(vpc_), "Key"), ElementsAre("a"));
  ec2("DeleteTags", {{"Resources", {vpc_}}});
  EXPECT_THAT(tags_of(vpc_), SizeIs(0));
  EXPECT_EQ(ec2_error("DeleteTags", Json::object()),
            "MissingParameter: The request must contain the parameter resourceIdSet");
}

TEST_F(DescribeTags, FiltersAndPagesOverAllKinds) {
  const std::string subnet = make_subnet(vpc_, "10.0.0.0/24");
  ec2("CreateTags", {{"Resources", {vpc_, subnet}},
                     {"Tags", Json::array({tag("Name", "x"), tag("Other", "y"), tag("z", "")})}});
  EXPECT_THAT(ec2("DescribeTags", filter("resource-type", {"subnet"}))["Tags"], SizeIs(3));
  EXPECT_THAT(ec2("DescribeTags", filter("key", {"Na*"}))["Tags"], SizeIs(2));
  EXPECT_THAT(ec2("DescribeTags", filter("tag:Name", {"x"}))["Tags"], SizeIs(2));
  EXPECT_THAT(ec2("DescribeTags", filter("tag:Name", {"y"}))["Tags"], SizeIs(0));
  const Json first = ec2("DescribeTags", {{"MaxResults", 5}});
  EXPECT_THAT(first["Tags"], SizeIs(5));
  const Json second = ec2("DescribeTags", {{"MaxResults", 5}, {"NextToken", first["NextToken"]}});
  EXPECT_THAT(second["Tags"], SizeIs(1));
  EXPECT_FALSE(second.contains("NextToken"));
  expect_refusals({
      {"DescribeTags",
       {{"MaxResults", 4}},
       "InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value "
       "greater than 5."},
      {"DescribeTags",
       {{"MaxResults", 1001}},
       "InvalidParameterValue: Value ( 1001 ) for parameter maxResults is invalid. Expecting a "
       "value less than 1000."},
      {"DescribeTags", filter("tag-key", {"a"}),
       "InvalidParameterValue: The filter 'tag-key' is invalid"},
      {"DescribeTags",
       {{"NextToken", ec2("DescribeVpcs", {{"MaxResults", 5}}).value("NextToken", "dnBjCng=")}},
       "InvalidPaginationToken: The specified pagination token is not valid or is expired."},
  });
}

}  // namespace
}  // namespace cloudchamber::mock::ec2
