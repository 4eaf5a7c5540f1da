#include "cloudchamber/paginator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>

#include "cloudchamber/errors.h"
#include "sdk/client/page_token.h"
#include "tests/sdk/client/stage.h"

namespace cloudchamber {
namespace {

static_assert(std::input_iterator<Pages::iterator>);
static_assert(std::input_iterator<Items::iterator>);
static_assert(std::sentinel_for<std::default_sentinel_t, Pages::iterator>);

Json tables(const Json& names, const std::string& last = "") {
  Json page = {{"TableNames", names}};
  if (!last.empty()) page["LastEvaluatedTableName"] = last;
  return page;
}

// What a range gives, without the metadata of its pages.
template <class Range>
Json all(const Range& range) {
  Json list = Json::array();
  for (Json element : range) {
    if (element.is_object()) element.erase("ResponseMetadata");
    list.push_back(std::move(element));
  }
  return list;
}

TEST(Pages, FollowTheTokenToTheEnd) {
  Stage stage;
  stage.answer(tables({"aaa", "bbb"}, "bbb"));
  stage.answer(tables({"ccc"}));
  const Pages pages = stage.client("dynamodb").get_paginator("list_tables").paginate();
  EXPECT_EQ(all(pages), Json({tables({"aaa", "bbb"}, "bbb"), tables({"ccc"})}));
  EXPECT_EQ(stage.sent(0), Json::object());
  EXPECT_EQ(stage.sent(1), Json({{"ExclusiveStartTableName", "bbb"}}));
  EXPECT_FALSE(pages.resume_token());
}

TEST(Pages, AskNothingBeforeTheyAreIteratedAndAnewEachTime) {
  Stage stage;
  const Pages pages = stage.client("dynamodb").paginate("ListTables");
  EXPECT_TRUE(stage.script->requests().empty());
  stage.answer(tables({"aaa"}));
  stage.answer(tables({"bbb"}));
  EXPECT_EQ(all(pages)[0]["TableNames"][0], "aaa");
  EXPECT_EQ(all(pages)[0]["TableNames"][0], "bbb");
}

TEST(Pages, GoOnAfterAnEmptyPageWithAToken) {
  Stage stage;
  stage.answer(tables(Json::array(), "xxx"));
  stage.answer({{"LastEvaluatedTableName", "yyy"}});
  stage.answer(tables({"ccc"}));
  EXPECT_EQ(all(stage.client("dynamodb").paginate("ListTables").items()), Json({"ccc"}));
}

TEST(Pages, RefuseATokenThatComesTwice) {
  Stage stage;
  for (int i = 0; i < 3; ++i) stage.answer(tables({"aaa"}, "same"));
  const Pages pages = stage.client("dynamodb").paginate("ListTables");
  try {
    EXPECT_EQ(all(pages), Json());
    FAIL() << "nothing was thrown";
  } catch (const PaginationError& error) {
    EXPECT_STREQ(error.what(),
                 "Error during pagination: The same next token was received twice: "
                 "{\"ExclusiveStartTableName\":\"same\"}");
  }
  EXPECT_EQ(stage.script->requests().size(), 2U);
}

TEST(Pages, AskForThePageSize) {
  Stage stage;
  stage.answer(tables({"aaa"}));
  stage.script->answer(200, {}, "<ListUsersResponse><ListUsersResult/></ListUsersResponse>");
  all(stage.client("dynamodb").paginate("ListTables", {}, {.page_size = 7}));
  EXPECT_EQ(stage.sent(0), Json({{"Limit", 7}}));
  all(stage.client("iam").paginate("ListUsers", {{"PaginationConfig", {{"PageSize", 7}}}}));
  EXPECT_THAT(stage.request(1).body.to_string(), testing::HasSubstr("MaxItems=7"));
}

TEST(Pages, RefuseOptionsThatTheOperationHasNot) {
  Stage stage;
  const Client dynamodb = stage.client("dynamodb");
  EXPECT_FALSE(dynamodb.can_paginate("get_item"));
  EXPECT_FALSE(dynamodb.can_paginate("no_such_operation"));
  EXPECT_TRUE(dynamodb.can_paginate("list_tables"));
  EXPECT_TRUE(dynamodb.can_paginate("ListTables"));
  EXPECT_THROW(static_cast<void>(dynamodb.get_paginator("get_item")), PaginationError);
  EXPECT_THROW(static_cast<void>(dynamodb.get_paginator("get_itme")), UnknownOperationError);
  const Json nonsense = {{"PaginationConfig", {{"MaxItmes", 1}}}};
  EXPECT_THROW(static_cast<void>(dynamodb.paginate("ListTables", nonsense)), PaginationError);
  const Client cloudformation = stage.client("cloudformation");
  EXPECT_THROW(static_cast<void>(cloudformation.paginate("DescribeStacks", {}, {.page_size = 1})),
               PaginationError);
}

struct CutRow {
  std::int64_t max_items;
  Json names;         // of all pages
  std::size_t pages;  // fetched
  bool resumes;
  Json rest;  // what the resume token leads to
};

// Three pages of two, one and two tables.
void script_three_pages(Stage& stage) {
  stage.answer(tables({"aaa", "bbb"}, "bbb"));
  stage.answer(tables({"ccc"}, "ccc"));
  stage.answer(tables({"ddd", "eee"}));
}

TEST(MaxItems, CutsWithinAPageOrAtItsEndAndCanGoOn) {
  const std::vector<CutRow> rows = {
      {1, {"aaa"}, 1, true, {"bbb", "ccc", "ddd", "eee"}},
      {2, {"aaa", "bbb"}, 1, true, {"ccc", "ddd", "eee"}},
      {3, {"aaa", "bbb", "ccc"}, 2, true, {"ddd", "eee"}},
      {4, {"aaa", "bbb", "ccc", "ddd"}, 3, true, {"eee"}},
      {5, {"aaa", "bbb", "ccc", "ddd", "eee"}, 3, false, {}},
      {6, {"aaa", "bbb", "ccc", "ddd", "eee"}, 3, false, {}},
      {0, Json::array(), 1, true, {"aaa", "bbb", "ccc", "ddd", "eee"}},
  };
  for (const CutRow& row : rows) {
    Stage stage;
    script_three_pages(stage);
    const Client dynamodb = stage.client("dynamodb");
    const Pages pages = dynamodb.paginate("ListTables", {}, {.max_items = row.max_items});
    EXPECT_EQ(all(pages.items()), row.names) << row.max_items;
    EXPECT_EQ(stage.script->requests().size(), row.pages) << row.max_items;
    ASSERT_EQ(pages.resume_token().has_value(), row.resumes) << row.max_items;
    if (!row.resumes) continue;

    // The token leads back to the page that was cut: the service is asked from there.
    Stage again;
    const Pages resumed = again.client("dynamodb")
                              .paginate("ListTables", {}, {.starting_token = pages.resume_token()});
    const Json token = decode_page_token(*pages.resume_token(), {"ExclusiveStartTableName"});
    const Json start = token["ExclusiveStartTableName"];
    if (start.is_null()) again.answer(tables({"aaa", "bbb"}, "bbb"));
    if (start.is_null() || start == "bbb") again.answer(tables({"ccc"}, "ccc"));
    again.answer(tables({"ddd", "eee"}));
    EXPECT_EQ(all(resumed.items()), row.rest) << row.max_items;
    EXPECT_EQ(again.sent(0),
              start.is_null() ? Json::object() : Json({{"ExclusiveStartTableName", start}}));
  }
}

// Items that were skipped at the beginning count where the next cut falls.
TEST(MaxItems, CutsAPageThatAStartingTokenHadCutBefore) {
  Stage stage;
  const Client dynamodb = stage.client("dynamodb");
  std::optional<std::string> token;
  Json names = Json::array();
  for (int run = 0; run < 4; ++run) {
    stage.answer(tables({"aaa", "bbb", "ccc", "ddd"}));
    const Pages pages =
        dynamodb.paginate("ListTables", {}, {.max_items = 1, .starting_token = token});
    for (const Json& name : pages.items()) names.push_back(name);
    token = pages.resume_token();
  }
  EXPECT_EQ(names, Json({"aaa", "bbb", "ccc", "ddd"}));
  EXPECT_FALSE(token);
}

TEST(ResumeToken, IsBoto3s) {
  Stage stage;
  stage.answer(tables({"aaa", "bbb"}, "bbb"));
  const Pages pages = stage.client("dynamodb").paginate("ListTables", {}, {.max_items = 1});
  all(pages);
  // base64 of {"ExclusiveStartTableName": null, "boto_truncate_amount": 1}, as boto3 writes it too.
  EXPECT_EQ(*pages.resume_token(),
            "eyJFeGNsdXNpdmVTdGFydFRhYmxlTmFtZSI6bnVsbCwiYm90b190cnVuY2F0ZV9hbW91bnQiOjF9");
  EXPECT_EQ(decode_page_token("eyJFeGNsdXNpdmVTdGFydFRhYmxlTmFtZSI6IG51bGwsICJib3RvX3RydW5jYXRlX2"
                              "Ftb3VudCI6IDF9",
                              {"ExclusiveStartTableName"}),
            Json({{"ExclusiveStartTableName", nullptr}, {"boto_truncate_amount", 1}}));
}

TEST(ResumeToken, KeepsBinaryKeys) {
  const Json token = {{"ExclusiveStartKey", {{"id", {{"B", Json::binary({0, 255})}}}}}};
  EXPECT_EQ(decode_page_token(encode_page_token(token), {"ExclusiveStartKey"}), token);
}

TEST(ResumeToken, MayBeTheServicesOwnOrOneOfOldBoto3) {
  const std::vector<std::string> one = {"Marker"};
  const std::vector<std::string> two = {"KeyMarker", "VersionMarker"};
  EXPECT_EQ(decode_page_token("opaque!", one), Json({{"Marker", "opaque!"}}));
  EXPECT_EQ(decode_page_token("abc___2", one),
            Json({{"Marker", "abc"}, {"boto_truncate_amount", 2}}));
  EXPECT_EQ(decode_page_token("aaa___None", two),
            Json({{"KeyMarker", "aaa"}, {"VersionMarker", nullptr}}));
  EXPECT_EQ(decode_page_token("a!", two), Json({{"KeyMarker", "a!"}, {"VersionMarker", nullptr}}));
  EXPECT_THROW(static_cast<void>(decode_page_token("a___b___c___d", two)), PaginationError);
  // Base64 of JSON that leads nowhere: not ours.
  EXPECT_EQ(decode_page_token("eyJib3RvX2VuY29kZWRfa2V5cyI6W1sieCJdXX0=", one)["Marker"],
            "eyJib3RvX2VuY29kZWRfa2V5cyI6W1sieCJdXX0=");
}

TEST(ResumeToken, OfAnotherOperationIsRefused) {
  Stage stage;
  const std::string token = encode_page_token({{"Other", "x"}});
  EXPECT_THROW(static_cast<void>(
                   stage.client("dynamodb").paginate("ListTables", {}, {.starting_token = token})),
               PaginationError);
}

Json scan(int count, const Json& last = Json()) {
  Json page = {{"Items", Json::array()}, {"Count", count}, {"ScannedCount", 10}};
  for (int i = 0; i < count; ++i) page["Items"].push_back({{"id", {{"N", std::to_string(i)}}}});
  if (!last.is_null()) page["LastEvaluatedKey"] = last;
  page["ConsumedCapacity"] = {{"TableName", "t"}, {"CapacityUnits", 1.5}};
  return page;
}

TEST(BuildFullResult, JoinsListsAddsNumbersAndKeepsTheRestOfTheFirstPage) {
  Stage stage;
  stage.answer(scan(2, {{"id", {{"N", "1"}}}}));
  stage.answer(scan(1));
  const Pages pages = stage.client("dynamodb").paginate("Scan", {{"TableName", "t"}});
  const Json result = pages.build_full_result();
  EXPECT_EQ(result["Items"].size(), 3U);
  EXPECT_EQ(result["Count"], 3);
  EXPECT_EQ(result["ScannedCount"], 20);
  EXPECT_EQ(result["ConsumedCapacity"]["CapacityUnits"], 1.5);
  EXPECT_EQ(pages.non_aggregate_part(), Json({{"ConsumedCapacity", result["ConsumedCapacity"]}}));
  EXPECT_FALSE(result.contains("NextToken"));
  EXPECT_EQ(stage.sent(1)["ExclusiveStartKey"], Json({{"id", {{"N", "1"}}}}));
}

TEST(BuildFullResult, HoldsTheResumeTokenOfACut) {
  Stage stage;
  stage.answer(scan(2));
  const Pages pages =
      stage.client("dynamodb").paginate("Scan", {{"TableName", "t"}}, {.max_items = 1});
  const Json result = pages.build_full_result();
  EXPECT_EQ(result["Items"].size(), 1U);
  EXPECT_EQ(result["NextToken"], *pages.resume_token());
}

const char* const kListing =
    "<ListBucketResult><IsTruncated>true</IsTruncated>"
    "<Contents><Key>a</Key><Size>1</Size></Contents><Contents><Key>b</Key><Size>2</Size></Contents>"
    "<CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes></ListBucketResult>";
const char* const kLastListing =
    "<ListBucketResult><IsTruncated>false</IsTruncated><NextMarker>ignored</NextMarker>"
    "<Contents><Key>c</Key><Size>3</Size></Contents></ListBucketResult>";

// ListObjects gives no marker without a delimiter: the last key is the token. IsTruncated says
// whether it counts.
TEST(SeveralResultKeys, AreFoundByTheirExpressions) {
  Stage stage;
  const Pages pages = stage.client("s3").paginate("list_objects", {{"Bucket", "bbb"}});
  EXPECT_EQ(pages.result_keys(), (std::vector<std::string>{"Contents", "CommonPrefixes"}));
  const auto script = [&] {
    stage.script->answer(200, {}, kListing).answer(200, {}, kLastListing);
  };
  script();
  EXPECT_EQ(all(pages.search("Contents[?Size > `1`].Key")), Json({"b", "c"}));
  EXPECT_THAT(stage.request(1).target, testing::HasSubstr("marker=b"));
  script();
  EXPECT_EQ(all(pages.search("length(Contents)")), Json({2, 1}));
  script();
  script();
  const std::vector<Items> iters = pages.result_key_iters();
  ASSERT_EQ(iters.size(), 2U);
  EXPECT_EQ(all(iters[0]).size(), 3U);
  EXPECT_EQ(all(iters[1]), Json({{{"Prefix", "p/"}}}));
}

TEST(Ranges, OutliveTheClientThePaginatorAndThePages) {
  Stage stage;
  stage.answer(tables({"aaa"}, "aaa"));
  stage.answer(tables({"bbb"}));
  Json names = Json::array();
  for (const Json& name : Session(stage.options())
                              .client("dynamodb")
                              .get_paginator("list_tables")
                              .paginate()
                              .search("TableNames[]")) {
    names.push_back(name);
  }
  EXPECT_EQ(names, Json({"aaa", "bbb"}));
}

}  // namespace
}  // namespace cloudchamber
