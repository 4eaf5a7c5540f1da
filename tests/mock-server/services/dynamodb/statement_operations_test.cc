// PartiQL. What AWS does is taken from its documentation and from the tests of
// github.com/paritysuite/dynamodb-conformance and moto that were validated against AWS.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/mock-server/services/dynamodb/dynamodb_fixture.h"

namespace cloudchamber::mock::dynamodb {
namespace {

const std::string kNotWellFormed =
    "ValidationException: Statement wasn't well formed, can't be processed: ";

class StatementFixture : public DynamodbFixture {
 protected:
  Json run(const std::string& statement, const Json& parameters = nullptr) {
    return call("ExecuteStatement", request(statement, parameters));
  }
  Json items(const std::string& statement, const Json& parameters = nullptr) {
    return run(statement, parameters)["Items"];
  }
  std::string refusal(const std::string& statement, const Json& parameters = nullptr) {
    return error_of("ExecuteStatement", request(statement, parameters));
  }
  // The p of each item, in order of their text.
  std::vector<std::string> found(const std::string& condition, const Json& parameters = nullptr) {
    auto all = values(run("SELECT * FROM things WHERE " + condition, parameters), "p");
    std::sort(all.begin(), all.end());
    return all;
  }
  static Json request(const std::string& statement, const Json& parameters) {
    Json input = {{"Statement", statement}};
    if (!parameters.is_null()) input["Parameters"] = parameters;
    return input;
  }
  void films() {
    create("N");
    for (const char* r : {"1", "2", "10"})
      put({{"p", s("a")}, {"r", n(r)}, {"title", s(std::string("t") + r)}});
    put({{"p", s("b")}, {"r", n("5")}, {"m", {{"M", {{"x", n("1")}, {"l", {{"L", {s("u")}}}}}}}}});
  }
};

class ExecuteStatement : public StatementFixture {};
class BatchExecuteStatement : public StatementFixture {};
class ExecuteTransaction : public StatementFixture {};

TEST_F(ExecuteStatement, SelectsByKeyInSortKeyOrder) {
  films();
  const std::string select = "SELECT * FROM \"things\" WHERE p = 'a'";
  EXPECT_EQ(values(run(select), "r"), (std::vector<std::string>{"1", "2", "10"}));
  EXPECT_EQ(values(run(select + " ORDER BY r DESC"), "r"),
            (std::vector<std::string>{"10", "2", "1"}));
  EXPECT_EQ(values(run(select + " ORDER BY r ASC"), "r"),
            (std::vector<std::string>{"1", "2", "10"}));
  EXPECT_EQ(values(run(select + " AND r > 1 AND r <= 10"), "r"),
            (std::vector<std::string>{"2", "10"}));
  EXPECT_EQ(values(run(select + " AND r BETWEEN ? AND ?", {n("2"), n("5")}), "r"),
            (std::vector<std::string>{"2"}));
  EXPECT_EQ(items("select * from things where p = 'nobody'"), Json::array());
  EXPECT_EQ(items("SELECT * FROM things").size(), 4U);
}

TEST_F(ExecuteStatement, SelectsAttributesUnderTheirLastNames) {
  films();
  EXPECT_EQ(items("SELECT p, title FROM things WHERE p = 'a' AND r = 2"),
            Json::array({{{"p", s("a")}, {"title", s("t2")}}}));
  EXPECT_EQ(items("SELECT m.x, nothing FROM things WHERE p = 'b'"), Json::array({{{"x", n("1")}}}));
  EXPECT_EQ(items("SELECT nothing FROM things WHERE p = 'b'"), Json::array({Json::object()}));
}

TEST_F(ExecuteStatement, FiltersByWhatPartiqlHas) {
  create();
  put({{"p", s("a")}, {"n", n("7")}, {"s", s("str")}, {"flag", {{"BOOL", true}}}});
  put({{"p", s("b")}, {"nul", {{"NULL", true}}}, {"ss", {{"SS", {"x", "y"}}}}});
  put({{"p", s("c")}, {"m", {{"M", {{"sub", {{"L", {n("1")}}}}}}}}, {"n", n("-0.5")}});
  const struct {
    const char* condition;
    std::vector<std::string> found;
  } rows[] = {
      {"n = 7", {"a"}},
      {"n = .7e1", {"a"}},
      {"n = +70e-1", {"a"}},
      {"n <> 7", {"b", "c"}},
      {"n != 7", {"b", "c"}},
      {"n < 0", {"c"}},
      {"n >= -.5 AND n <= 7", {"a", "c"}},
      {"n BETWEEN 0 AND 10", {"a"}},
      {"n NOT BETWEEN 0 AND 10", {"b", "c"}},
      {"p IN ['a', 'c']", {"a", "c"}},
      {"p IN ('b')", {"b"}},
      {"p NOT IN ['a']", {"b", "c"}},
      {"NOT p = 'a'", {"b", "c"}},
      {"p = 'a' OR p = 'b' AND n = 1", {"a"}},
      {"(p = 'a' OR p = 'b') AND ss IS NOT MISSING", {"b"}},
      {"n IS MISSING", {"b"}},
      {"nul IS NULL", {"b"}},
      {"flag IS BOOL", {"a"}},
      {"s IS STRING", {"a"}},
      {"s IS NOT STRING", {"b", "c"}},
      {"begins_with(s, 'st')", {"a"}},
      {"NOT begins_with(\"s\", 'st')", {"b", "c"}},
      {"contains(s, 'tr')", {"a"}},
      {"CONTAINS(ss, 'y')", {"b"}},
      {"size(s) = 3", {"a"}},
      {"attribute_type(ss, 'SS')", {"b"}},
      {"attribute_exists(m.sub)", {"c"}},
      {"attribute_exists(m.sub) = true", {"c"}},
      {"attribute_exists(m.sub) = false", {"a", "b"}},
      {"ATTRIBUTE_NOT_EXISTS(m)", {"a", "b"}},
      {"m.sub[0] = 1", {"c"}},
      {"m['sub'][0] = 1", {"c"}},
      {"m.sub = [1]", {"c"}},
      {"m = {'sub': [1]}", {"c"}},
      {"ss = <<'y', 'x'>>", {"b"}},
      {"flag = true", {"a"}},
      {"s = 'it''s' OR s = 'str'", {"a"}},
      {"n = 7 -- a note", {"a"}},
      {"/* a note */ n = 7;", {"a"}},
  };
  for (const auto& row : rows) EXPECT_EQ(found(row.condition), row.found) << row.condition;
  EXPECT_EQ(found("ss = ?", {{{"SS", {"x", "y"}}}}), std::vector<std::string>{"b"});
}

TEST_F(ExecuteStatement, PagesByTokens) {
  films();
  Json input = {{"Statement", "SELECT * FROM things WHERE p = 'a'"}, {"Limit", 2}};
  const Json first = call("ExecuteStatement", input);
  EXPECT_EQ(values(first, "r"), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(first["LastEvaluatedKey"], Json({{"p", s("a")}, {"r", n("2")}}));
  input["NextToken"] = first["NextToken"];
  const Json second = call("ExecuteStatement", input);
  EXPECT_EQ(values(second, "r"), std::vector<std::string>{"10"});
  EXPECT_FALSE(second.contains("NextToken"));
  input["Statement"] = "SELECT * FROM things WHERE p = 'b'";
  EXPECT_EQ(error_of("ExecuteStatement", input),
            "ValidationException: NextToken does not match request");
  for (const char* token : {"x", "e30=", "bnVsbA=="}) {
    input["NextToken"] = token;
    EXPECT_EQ(error_of("ExecuteStatement", input),
              "ValidationException: NextToken does not match request")
        << token;
  }
}

TEST_F(ExecuteStatement, ReadsIndexes) {
  Json input = table_input("N");
  input["AttributeDefinitions"].push_back({{"AttributeName", "g"}, {"AttributeType", "S"}});
  input["GlobalSecondaryIndexes"] = Json::array(
      {index("by-g", "g", ""), index("keys", "g", "", {{"ProjectionType", "KEYS_ONLY"}})});
  call("CreateTable", input);
  put({{"p", s("a")}, {"r", n("1")}, {"g", s("x")}, {"data", s("one")}});
  put({{"p", s("b")}, {"r", n("1")}});
  EXPECT_EQ(values(run("SELECT * FROM \"things\".\"by-g\" WHERE g = 'x'"), "p"),
            std::vector<std::string>{"a"});
  EXPECT_EQ(items("SELECT * FROM \"things\".\"by-g\"").size(), 1U);
  EXPECT_EQ(items("SELECT * FROM \"things\".\"by-g\" WHERE p = 'a'").size(), 1U);
  EXPECT_EQ(refusal("SELECT data, other FROM things.keys WHERE g = 'x'"),
            "ValidationException: One or more parameter values were invalid: Global secondary "
            "index keys does not project [data, other]");
  EXPECT_EQ(refusal("SELECT * FROM things.nothing"),
            "ValidationException: The table does not have the specified index");
  EXPECT_EQ(refusal("SELECT * FROM nobody.nothing"),
            "ResourceNotFoundException: Requested resource not found");
}

TEST_F(ExecuteStatement, InsertsOnlyWhatIsNotThere) {
  create();
  EXPECT_EQ(items("INSERT INTO \"things\" VALUE {'p': 'a', 'n': 7.32e6, 'm': {'l': [1, 'x', null, "
                  "true]}, 'ss': <<'a', 'b'>>, 'q': ?}",
                  Json::array({{{"BS", Json::array({Json::binary({1})})}}})),
            Json::array());
  EXPECT_EQ(
      get({{"p", s("a")}}),
      Json({{"p", s("a")},
            {"n", n("7320000")},
            {"m", {{"M", {{"l", {{"L", {n("1"), s("x"), {{"NULL", true}}, {{"BOOL", true}}}}}}}}}},
            {"ss", {{"SS", {"a", "b"}}}},
            {"q", {{"BS", Json::array({Json::binary({1})})}}}}));
  EXPECT_EQ(refusal("INSERT INTO things VALUE {'p': 'a'}"),
            "DuplicateItemException: Duplicate primary key exists in table");
  EXPECT_EQ(refusal("INSERT INTO things VALUE {'x': 'a'}"),
            "ValidationException: One or more parameter values were invalid: Missing the key p in "
            "the item");
  EXPECT_EQ(refusal("INSERT INTO nobody VALUE {'p': 'a'}"),
            "ResourceNotFoundException: Requested resource not found");
}

TEST_F(ExecuteStatement, UpdatesTheItemOfAKeyUnderTheWholeCondition) {
  create();
  put({{"p", s("a")}, {"n", n("1")}, {"l", {{"L", {n("1")}}}}, {"ss", {{"SS", {"a", "b"}}}}});
  EXPECT_EQ(items("UPDATE things SET n = n + 2, new = 'x' SET l = list_append(l, [2]) "
                  "SET ss = set_add(ss, <<'c'>>) WHERE p = 'a' AND n = 1"),
            Json::array());
  EXPECT_EQ(get({{"p", s("a")}}), Json({{"p", s("a")},
                                        {"n", n("3")},
                                        {"new", s("x")},
                                        {"l", {{"L", {n("1"), n("2")}}}},
                                        {"ss", {{"SS", {"a", "b", "c"}}}}}));
  run("UPDATE things REMOVE new, l[0] SET ss = SET_DELETE(ss, <<'a', 'b', 'c'>>) WHERE p = ?",
      Json::array({s("a")}));
  EXPECT_EQ(get({{"p", s("a")}}), Json({{"p", s("a")}, {"n", n("3")}, {"l", {{"L", {n("2")}}}}}));
  const std::string failed = "ConditionalCheckFailedException: The conditional request failed";
  EXPECT_EQ(refusal("UPDATE things SET n = 9 WHERE p = 'a' AND n = 1"), failed);
  EXPECT_EQ(refusal("UPDATE things SET n = 9 WHERE p = 'absent'"), failed);
  EXPECT_EQ(refusal("UPDATE things SET n = 9 WHERE p = 'absent' AND attribute_not_exists(p)"),
            failed);
  EXPECT_TRUE(get({{"p", s("absent")}}).is_null());
}

TEST_F(ExecuteStatement, ReturnsTheItemWhereAsked) {
  create();
  put({{"p", s("a")}, {"n", n("1")}});
  const std::string update = "UPDATE things SET n = n + 1 WHERE p = 'a' RETURNING ";
  EXPECT_EQ(items(update + "ALL NEW *"), Json::array({{{"p", s("a")}, {"n", n("2")}}}));
  EXPECT_EQ(items(update + "ALL OLD *"), Json::array({{{"p", s("a")}, {"n", n("2")}}}));
  EXPECT_EQ(items(update + "MODIFIED NEW *"), Json::array({{{"n", n("4")}}}));
  EXPECT_EQ(items(update + "MODIFIED OLD *"), Json::array({{{"n", n("4")}}}));
  EXPECT_EQ(items("DELETE FROM things WHERE p = 'a' RETURNING ALL OLD *"),
            Json::array({{{"p", s("a")}, {"n", n("5")}}}));
}

TEST_F(ExecuteStatement, DeletesUnderItsConditionAndPassesOverWhatIsNotThere) {
  create();
  put({{"p", s("a")}, {"n", n("1")}});
  EXPECT_EQ(refusal("DELETE FROM things WHERE p = 'a' AND n = 2"),
            "ConditionalCheckFailedException: The conditional request failed");
  EXPECT_EQ(items("DELETE FROM things WHERE p = 'absent' AND n = 2"), Json::array());
  EXPECT_EQ(items("DELETE FROM things WHERE p = 'a' AND n = 1"), Json::array());
  EXPECT_TRUE(get({{"p", s("a")}}).is_null());
}

TEST_F(ExecuteStatement, TellsTheItemOfAFailedConditionWhereAsked) {
  create();
  put({{"p", s("a")}, {"n", n("1")}});
  Json input = request("UPDATE things SET n = 9 WHERE p = 'a' AND n = 2", nullptr);
  input["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD";
  EXPECT_EQ(error_of("ExecuteStatement", input),
            "ConditionalCheckFailedException: The conditional request failed");
}

TEST_F(ExecuteStatement, TellsWhatItConsumed) {
  films();
  Json input = request("SELECT * FROM things WHERE p = 'a'", nullptr);
  input["ReturnConsumedCapacity"] = "TOTAL";
  EXPECT_EQ(call("ExecuteStatement", input)["ConsumedCapacity"],
            Json({{"TableName", "things"}, {"CapacityUnits", 0.5}}));
  input["Statement"] = "DELETE FROM things WHERE p = 'a' AND r = 1";
  EXPECT_EQ(call("ExecuteStatement", input)["ConsumedCapacity"],
            Json({{"TableName", "things"}, {"CapacityUnits", 1.0}}));
}

TEST_F(ExecuteStatement, RefusesWhatIsNotWellFormed) {
  create();
  const std::string left_over = kNotWellFormed + "Unexpected token after expression";
  const std::string select = "SELECT * FROM \"things\" WHERE n = ";
  const struct {
    std::string statement;
    std::string message;
  } rows[] = {
      {"CREATE TABLE x", kNotWellFormed + "Expected data manipulation"},
      {"UPDATE my-table SET a = 1 WHERE p = 'x'", kNotWellFormed + "Expected data manipulation"},
      {"INSERT INTO things (key) VALUES (1)", kNotWellFormed + "Unexpected token"},
      {select + "1 foo", left_over},
      {select + "1 e5", left_over},
      {select + "1)", left_over},
      {"INSERT INTO things VALUE {'p': 'x'} foo", left_over},
      {"INSERT INTO things t VALUE {'p': 'x'}", left_over},
      {"UPDATE things SET a = 9 WHERE p = 'x' foo", left_over},
      {"DELETE FROM things WHERE p = 'x' ORDER BY p", left_over},
      {"SELECT * FROM things ORDER BY p WHERE p = 'x'", left_over},
      {select + "1e2147483648", kNotWellFormed},
      {select + "1e99999999999", kNotWellFormed},
      {select + "1.5e-2147483647", kNotWellFormed},
      {select + "1 # note", kNotWellFormed},
      {select + "1 /* note", kNotWellFormed},
      {select + "'open", kNotWellFormed},
      {"SELECT * FROM things t WHERE p = 'x'", "ValidationException: Aliasing is not supported"},
      {"SELECT * FROM things AS t", "ValidationException: Aliasing is not supported"},
      {"UPDATE things t SET a = 3 WHERE p = 'x'", "ValidationException: Aliasing is not supported"},
      {"DELETE FROM things t WHERE p = 'x'", "ValidationException: Aliasing is not supported"},
      {select + "m.inner", kNotWellFormed + "Invalid path dot component"},
      {"SELECT attribute_exists(a) FROM things",
       "ValidationException: Unexpected path component at 1:8:16"},
      {"SELECT * FROM things WHERE EXISTS(a)",
       "ValidationException: Unrecognized function: exists at 1:28:6"},
      {"SELECT * FROM things\nWHERE set_add(a, <<'x'>>) = a",
       "ValidationException: Unrecognized function: set_add at 2:7:7"},
  };
  for (const auto& row : rows) EXPECT_EQ(refusal(row.statement), row.message) << row.statement;
}

TEST_F(ExecuteStatement, RefusesWrongOperandsInAwssWords) {
  create();
  put({{"p", s("a")}, {"ss", {{"SS", {"a"}}}}, {"s", s("x")}});
  const std::string v = "ValidationException: ";
  const std::string where = "SELECT * FROM things WHERE ";
  const std::string update = "UPDATE things SET ";
  const std::string key = " WHERE p = 'a'";
  const std::string overflow =
      v +
      "Number overflow. Attempting to store a number with magnitude larger than supported range";
  const struct {
    std::string statement;
    std::string message;
  } rows[] = {
      {where + "attribute_exists('s')",
       v + "Operator or function requires a document path; operator or function: attribute_exists"},
      {where + "attribute_exists()",
       v + "Incorrect number of operands for operator or function; operator or function: "
           "attribute_exists, number of operands: 0"},
      {where + "attribute_exists(a, b)",
       v + "Incorrect number of operands for operator or function; operator or function: "
           "attribute_exists, number of operands: 2"},
      {where + "a < true",
       v + "Incorrect operand type for operator or function; operator or function: <, operand "
           "type: BOOL"},
      {where + "a BETWEEN [1] AND 2",
       v + "Incorrect operand type for operator or function; operator or function: BETWEEN, "
           "operand type: L"},
      {where + "n = 1e126", overflow + " under root"},
      {where + "n = 123456789012345678901234567890123456789",
       v + "Attempting to store more than 38 significant digits in a Number under root"},
      {"INSERT INTO things VALUE {'p': 'x', 'm': {'x': 1e126}}", overflow + " under root.x"},
      {"INSERT INTO things VALUE {'p': 'x', 'l': [1, 1e126]}", overflow + " under root[1]"},
      {"INSERT INTO things VALUE {'p': 'x', 's': set_add(<<'a'>>, <<'b'>>)}",
       v + "Unsupported data type: set_add under key root at 1:42:7"},
      {update + "t = set_add(ss, <<'x'>>)" + key,
       v + "The first argument to SET_ADD must equal the assignment value at 1:23:7"},
      {update + "ss = set_add(ss, 'x')" + key,
       v + "The second argument to SET_ADD must be a value with type SET at 1:32:2"},
      {update + "ss = set_add(ss)" + key, v + "SET_ADD must have exactly two arguments at 1:24:7"},
      {update + "ss = set_add(ss, <<1>>)" + key,
       v + "An operand in the update expression has an incorrect data type"},
      {update + "s = set_add(s, <<'x'>>)" + key,
       v + "An operand in the update expression has an incorrect data type"},
      {update + "ss = set_add(ss, <<'x', 'x'>>)" + key,
       v + "One or more parameter values were invalid: Input collection [x, x] contains "
           "duplicates."},
      {update + "ss = set_add(ss, <<>>)" + key, v + "Empty bags are not supported"},
      {update + "p = 'b'" + key,
       v + "One or more parameter values were invalid: Cannot update attribute p. This attribute "
           "is part of the key"},
      {update + "a = 1", v + "Where clause does not contain a mandatory equality on all key "
                             "attributes"},
      {update + "a = 1 WHERE s = 'x'",
       v + "Where clause does not contain a mandatory equality on all key attributes"},
      {"DELETE FROM things WHERE p = 'a' OR p = 'b'",
       v + "Where clause does not contain a mandatory equality on all key attributes"},
      {"SELECT * FROM things ORDER BY p",
       v + "Must have WHERE clause in the statement when using ORDER BY clause."},
      {where + "s = 'x' ORDER BY p",
       v + "Must have at least one non-optional hash key condition in WHERE clause when using "
           "ORDER BY clause."},
      {where + "p = 'x' ORDER BY s",
       v + "Attribute s in ORDER BY clause must be part of the primary key"},
      {where + "p = ?", v + "Number of parameters in request and statement don't match."},
      {"EXISTS(SELECT * FROM things WHERE p = 'a' AND s = 'x')",
       v + "EXISTS() can only be used in transactions"},
  };
  for (const auto& row : rows) EXPECT_EQ(refusal(row.statement), row.message) << row.statement;
  EXPECT_EQ(refusal("SELECT * FROM things", Json::array({s("x")})),
            v + "Number of parameters in request and statement don't match.");
  EXPECT_EQ(refusal("SELECT * FROM things", Json::array()),
            v + "1 validation error detected: Value '[]' at 'parameters' failed to satisfy "
                "constraint: Member must have length greater than or equal to 1");
}

TEST_F(ExecuteStatement, BoundsDepthAndNumbers) {
  create();
  const auto nested = [](const std::string& open, int depth, const std::string& close) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += open;
    text += "p = 'a'";
    for (int i = 0; i < depth; ++i) text += close;
    return "SELECT * FROM things WHERE " + text;
  };
  EXPECT_EQ(items(nested("(", 100, ")")), Json::array());
  EXPECT_EQ(refusal(nested("(", 101, ")")), kNotWellFormed);
  EXPECT_EQ(refusal(nested("NOT ", 101, "")), kNotWellFormed);
  const std::string brackets(4000, '[');
  EXPECT_NE(refusal("SELECT * FROM things WHERE p = " + brackets).find("Nesting Levels"),
            std::string::npos);
  std::string many = "SELECT * FROM things WHERE p IN ['x'";
  for (int i = 0; i < 99; ++i) many += ", 'x'";
  EXPECT_EQ(items(many + "]"), Json::array());
  EXPECT_EQ(refusal(many + ", 'x']"),
            "ValidationException: Incorrect number of operands for operator or function; operator "
            "or function: IN, number of operands: 102");
}

TEST_F(ExecuteStatement, SaysWhatItDoesNotEmulate) {
  films();
  for (const char* statement : {"SELECT m.l[0] FROM things", "SELECT * FROM things WHERE n + 1 = 2",
                                "SELECT * FROM things WHERE n IS DECIMAL",
                                "SELECT * FROM things WHERE p IN ['a', 'b'] ORDER BY r"})
    EXPECT_EQ(refusal(statement).find("NotImplemented"), 0U) << statement;
}

TEST_F(BatchExecuteStatement, AnswersEachStatementByItself) {
  create();
  put({{"p", s("a")}, {"x", s("1")}});
  const Json writes = call(
      "BatchExecuteStatement",
      {{"Statements", Json::array({{{"Statement", "UPDATE things SET x = ? WHERE p = ?"},
                                    {"Parameters", {s("2"), s("a")}}},
                                   {{"Statement", "INSERT INTO things VALUE {'p': 'b'}"}},
                                   {{"Statement", "INSERT INTO things VALUE {'p': 'b'}"}},
                                   {{"Statement", "DELETE FROM things WHERE p = 'a' AND x = '1'"},
                                    {"ReturnValuesOnConditionCheckFailure", "ALL_OLD"}},
                                   {{"Statement", "UPDATE things SET x = ? WHERE p = ?"},
                                    {"Parameters", Json::array({s("2")})}},
                                   {{"Statement", "DELETE FROM nobody WHERE p = 'a'"}}})}});
  const auto error = [](const char* code, const char* message) {
    return Json{{"Code", code}, {"Message", message}};
  };
  Json with_item = error("ConditionalCheckFailed", "The conditional request failed");
  with_item["Item"] = {{"p", s("a")}, {"x", s("2")}};
  EXPECT_EQ(
      writes["Responses"],
      Json::array({{{"TableName", "things"}},
                   {{"TableName", "things"}},
                   {{"TableName", "things"},
                    {"Error", error("DuplicateItem", "Duplicate primary key exists in table")}},
                   {{"TableName", "things"}, {"Error", with_item}},
                   {{"Error", error("ValidationError",
                                    "Number of parameters in request and statement don't match.")}},
                   {{"Error", error("ResourceNotFound", "Requested resource not found")}}}));

  const std::string no_key =
      "Select statements within BatchExecuteStatement must specify the primary key in the where "
      "clause.";
  const Json reads =
      call("BatchExecuteStatement",
           {{"Statements",
             Json::array({{{"Statement", "SELECT x FROM things WHERE p = 'a'"}},
                          {{"Statement", "SELECT * FROM things WHERE p = 'no'"}},
                          {{"Statement", "SELECT * FROM things"}},
                          {{"Statement", "SELECT * FROM things WHERE p = 'a' AND x = '2'"}}})},
            {"ReturnConsumedCapacity", "TOTAL"}});
  EXPECT_EQ(reads["Responses"],
            Json::array(
                {{{"TableName", "things"}, {"Item", {{"x", s("2")}}}},
                 {{"TableName", "things"}},
                 {{"TableName", "things"}, {"Error", error("ValidationError", no_key.c_str())}},
                 {{"TableName", "things"}, {"Error", error("ValidationError", no_key.c_str())}}}));
  EXPECT_EQ(reads["ConsumedCapacity"].size(), 2U);
}

TEST_F(ExecuteTransaction, WritesAllOrNothing) {
  create();
  put({{"p", s("a")}, {"n", n("1")}});
  const auto transact = [](const Json& statements) {
    Json list = Json::array();
    for (const Json& statement : statements) list.push_back({{"Statement", statement}});
    return Json{{"TransactStatements", list}};
  };
  const Json done = call(
      "ExecuteTransaction",
      transact({"EXISTS(SELECT * FROM things WHERE p = 'a' AND n = 1)",
                "INSERT INTO things VALUE {'p': 'b'}", "DELETE FROM things WHERE p = 'nobody'"}));
  EXPECT_EQ(done, Json({{"Responses", Json::array()}}));
  EXPECT_EQ(error_of("ExecuteTransaction", transact({"UPDATE things SET n = 2 WHERE p = 'a'",
                                                     "INSERT INTO things VALUE {'p': 'b'}"})),
            "TransactionCanceledException: Transaction cancelled, please refer cancellation "
            "reasons for specific reasons [None, DuplicateItem]");
  EXPECT_EQ(error_of("ExecuteTransaction",
                     transact({"UPDATE things SET n = 2 WHERE p = 'a'",
                               "EXISTS(SELECT * FROM things WHERE p = 'b' AND n = 1)"})),
            "TransactionCanceledException: Transaction cancelled, please refer cancellation "
            "reasons for specific reasons [None, ConditionalCheckFailed]");
  EXPECT_EQ(get({{"p", s("a")}})["n"], n("1"));
  EXPECT_EQ(error_of("ExecuteTransaction", transact({"EXISTS(SELECT * FROM things WHERE p = 'a')",
                                                     "UPDATE things SET n = 2 WHERE p = 'b'"})),
            "ValidationException: Validation failed in TransactStatements[0]: EXISTS() must "
            "contain a single item read with additional condition");
  EXPECT_EQ(error_of("ExecuteTransaction", transact({"UPDATE things SET n = 2 WHERE p = 'a'",
                                                     "UPDATE things SET n = 3 WHERE p = 'a'"})),
            "ValidationException: Transaction request cannot include multiple operations on one "
            "item");
  EXPECT_NE(error_of("ExecuteTransaction", transact({"UPDATE things SET n = 2 WHERE p = 'a'",
                                                     "SELECT * FROM things WHERE p = 'b'"})),
            "");
}

TEST_F(ExecuteTransaction, ReadsSingleItems) {
  create();
  put({{"p", s("a")}, {"n", n("1")}});
  const Json done = call(
      "ExecuteTransaction",
      {{"TransactStatements", Json::array({{{"Statement", "SELECT n FROM things WHERE p = 'a'"}},
                                           {{"Statement", "SELECT * FROM things WHERE p = 'b'"}}})},
       {"ReturnConsumedCapacity", "TOTAL"}});
  EXPECT_EQ(done["Responses"], Json::array({{{"Item", {{"n", n("1")}}}}, Json::object()}));
  EXPECT_EQ(done["ConsumedCapacity"][0]["CapacityUnits"], 4.0);
  EXPECT_EQ(
      error_of("ExecuteTransaction",
               {{"TransactStatements",
                 Json::array({{{"Statement", "SELECT * FROM things WHERE n = 1"}}})}}),
      "ValidationException: Validation failed in TransactStatements[0]: Select statements within "
      "ExecuteTransaction must specify the primary key in the where clause.");
}

TEST_F(ExecuteTransaction, IsDoneOnceForAToken) {
  create();
  put({{"p", s("a")}, {"n", n("1")}});
  Json input = {{"TransactStatements",
                 Json::array({{{"Statement", "UPDATE things SET n = n + 1 WHERE p = 'a'"}}})},
                {"ClientRequestToken", "token"}};
  call("ExecuteTransaction", input);
  call("ExecuteTransaction", input);
  EXPECT_EQ(get({{"p", s("a")}})["n"], n("2"));
  input["TransactStatements"][0]["Statement"] = "UPDATE things SET n = n + 2 WHERE p = 'a'";
  EXPECT_EQ(error_of("ExecuteTransaction", input).find("IdempotentParameterMismatchException"), 0U);
}

}  // namespace
}  // namespace cloudchamber::mock::dynamodb
