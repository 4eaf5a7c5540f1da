#include "tests/mock-server/services/sqs/sqs_fixture.h"

namespace cloudchamber::mock::sqs {
namespace {

constexpr const char* kOther = "999999999999";

using AddPermission = SqsFixture;

// LocalStack's recording test_sqs_permission_lifecycle.
TEST_F(AddPermission, BuildsAPolicyAsAwsDoes) {
  const auto add = [&](const std::string& label, const Json& accounts, const Json& actions) {
    sqs("AddPermission",
        {{"QueueUrl", url_}, {"Label", label}, {"AWSAccountIds", accounts}, {"Actions", actions}});
  };
  add("first", {"668614515564", "123456789012"}, {"ReceiveMessage"});
  EXPECT_EQ(attribute("Policy"),
            R"({"Version":"2008-10-17","Id":"arn:aws:sqs:us-east-1:123456789012:orders/)"
            R"(SQSDefaultPolicy","Statement":[{"Sid":"first","Effect":"Allow","Principal":{"AWS":)"
            R"(["arn:aws:iam::668614515564:root","arn:aws:iam::123456789012:root"]},"Action":)"
            R"("SQS:ReceiveMessage","Resource":"arn:aws:sqs:us-east-1:123456789012:orders"}]})");
  add("second", {"668614515564"}, {"SendMessage", "*"});
  const Json policy = Json::parse(attribute("Policy"));
  EXPECT_EQ(policy["Statement"][1],
            Json({{"Sid", "second"},
                  {"Effect", "Allow"},
                  {"Principal", {{"AWS", "arn:aws:iam::668614515564:root"}}},
                  {"Action", {"SQS:SendMessage", "SQS:*"}},
                  {"Resource", arn("orders")}}));
  sqs("RemovePermission", {{"QueueUrl", url_}, {"Label", "first"}});
  EXPECT_EQ(Json::parse(attribute("Policy"))["Statement"].size(), 1U);
  sqs("RemovePermission", {{"QueueUrl", url_}, {"Label", "second"}});
  EXPECT_EQ(attribute("Policy"), "");
}

TEST_F(AddPermission, KeepsAPolicyOfTheUsersOwn) {
  set(url_, "Policy",
      R"({"Version":"2012-10-17","Id":"mine","Statement":{"Effect":"Deny","Principal":"*",)"
      R"("Action":"SQS:PurgeQueue","Resource":"*"}})");
  sqs("AddPermission", {{"QueueUrl", url_},
                        {"Label", "a"},
                        {"AWSAccountIds", {kOther}},
                        {"Actions", {"SendMessage"}}});
  const Json policy = Json::parse(attribute("Policy"));
  EXPECT_EQ(policy["Version"], "2012-10-17");
  EXPECT_EQ(policy["Id"], "mine");
  EXPECT_EQ(policy["Statement"][0]["Effect"], "Deny");
  EXPECT_EQ(policy["Statement"][1]["Sid"], "a");
}

TEST_F(AddPermission, ChecksItsParameters) {
  const Json eight{
      "SendMessage",        "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility",
      "GetQueueAttributes", "GetQueueUrl",    "PurgeQueue",    "*"};
  Json seven = eight;
  seven.erase(7);
  const std::string unverified = " for parameter PrincipalId is invalid. Reason: Unable to verify.";
  const struct {
    Json more;
    std::string expected;
  } rows[] = {
      {{{"Actions", seven}}, "succeeded"},
      {{{"Actions", eight}}, "OverLimit: 8 Actions were found, maximum allowed is 7."},
      {{{"Actions", Json::array()}},
       "MissingParameter: The request must contain the parameter Actions."},
      {{{"Actions", {"RemovePermission"}}},
       "InvalidParameterValue: Value SQS:RemovePermission for parameter ActionName is invalid. "
       "Reason: Only the queue owner is allowed to invoke this action."},
      {{{"Actions", {"Dance"}}},
       "InvalidParameterValue: Value SQS:Dance for parameter ActionName is invalid. Reason: Please "
       "refer to the appropriate WSDL for a list of valid actions. "},
      {{{"AWSAccountIds", Json::array()}}, "InvalidParameterValue: Value []" + unverified},
      {{{"AWSAccountIds", {"12345678901"}}},
       "InvalidParameterValue: Value [12345678901]" + unverified},
      {{{"Label", ""}}, "MissingParameter: The request must contain the parameter Label."},
      {{{"Label", std::string(80, 'l')}}, "succeeded"},
      {{{"Label", "a b"}},
       "InvalidParameterValue: Value a b for parameter Label is invalid. Reason: Can only include "
       "alphanumeric characters, hyphens, or underscores. 1 to 80 in length"},
  };
  int number = 0;
  for (const auto& row : rows) {
    Json input{{"QueueUrl", url_},
               {"Label", "l" + std::to_string(++number)},
               {"AWSAccountIds", {kOther}},
               {"Actions", {"SendMessage"}}};
    input.update(row.more);
    EXPECT_EQ(sqs_error("AddPermission", input), row.expected) << row.more;
  }
  EXPECT_EQ(sqs_error("AddPermission", {{"QueueUrl", url_},
                                        {"Label", "l1"},
                                        {"AWSAccountIds", {kOther}},
                                        {"Actions", {"SendMessage"}}}),
            "InvalidParameterValue: Value l1 for parameter Label is invalid. Reason: Already "
            "exists.");
}

TEST_F(AddPermission, EndsAtTwentyStatements) {
  const auto add = [&](int number) {
    return sqs_error("AddPermission", {{"QueueUrl", url_},
                                       {"Label", "l" + std::to_string(number)},
                                       {"AWSAccountIds", {kOther}},
                                       {"Actions", {"SendMessage"}}});
  };
  for (int i = 1; i <= 20; ++i) EXPECT_EQ(add(i), "succeeded");
  EXPECT_TRUE(add(21).starts_with("OverLimit: "));
}

using RemovePermission = SqsFixture;

TEST_F(RemovePermission, RefusesALabelThatIsNotThere) {
  EXPECT_EQ(sqs_error("RemovePermission", {{"QueueUrl", url_}, {"Label", "none"}}),
            "InvalidParameterValue: Value none for parameter Label is invalid. Reason: can't find "
            "label.");
}

class QueueAccess : public SqsFixture {
 protected:
  std::string as_other(const std::string& operation, Json input = Json::object()) {
    input["QueueUrl"] = url_;
    return error_of("sqs", operation, input, kOther);
  }
  static std::string denied(const std::string& action) {
    return "AccessDenied: User: arn:aws:iam::999999999999:root is not authorized to perform: " +
           action + " on resource: " + arn("orders") +
           " because no resource-based policy allows the " + action + " action";
  }
};

TEST_F(QueueAccess, IsDeniedToOtherAccountsWithoutAPolicy) {
  EXPECT_EQ(as_other("SendMessage", {{"MessageBody", "x"}}), denied("sqs:sendmessage"));
  EXPECT_EQ(as_other("SendMessageBatch", {{"Entries", Json::array()}}), denied("sqs:sendmessage"));
  EXPECT_EQ(as_other("ReceiveMessage"), denied("sqs:receivemessage"));
  EXPECT_EQ(as_other("GetQueueAttributes"), denied("sqs:getqueueattributes"));
  EXPECT_EQ(as_other("DeleteQueue"), denied("sqs:deletequeue"));
  url_ = "http://127.0.0.1:4566/123456789012/none";
  EXPECT_EQ(as_other("ReceiveMessage"), "QueueDoesNotExist: The specified queue does not exist.");
}

TEST_F(QueueAccess, IsGivenByThePolicyForWhatItNames) {
  sqs("AddPermission", {{"QueueUrl", url_},
                        {"Label", "a"},
                        {"AWSAccountIds", {kOther}},
                        {"Actions", {"SendMessage", "GetQueueUrl"}}});
  EXPECT_EQ(as_other("SendMessage", {{"MessageBody", "x"}}), "succeeded");
  EXPECT_EQ(as_other("ReceiveMessage"), denied("sqs:receivemessage"));
  EXPECT_EQ(receive({{"AttributeNames", {"SenderId"}}})[0]["Attributes"]["SenderId"], kOther);
  EXPECT_EQ(call("sqs", "GetQueueUrl",
                 {{"QueueName", "orders"}, {"QueueOwnerAWSAccountId", "123456789012"}}, kOther),
            Json({{"QueueUrl", url_}}));
  EXPECT_EQ(error_of("sqs", "GetQueueUrl",
                     {{"QueueName", "orders"}, {"QueueOwnerAWSAccountId", "123456789012"}},
                     "888888888888"),
            "QueueDoesNotExist: The specified queue does not exist.");
}

TEST_F(QueueAccess, CannotBeGivenForWhatIsTheOwnersAlone) {
  set(url_, "Policy",
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"SQS:*",)"
      R"("Resource":"*"}]})");
  EXPECT_EQ(as_other("PurgeQueue"), "succeeded");
  const struct {
    std::string operation;
    Json more;
  } rows[] = {{"AddPermission",
               {{"Label", "a"}, {"AWSAccountIds", {kOther}}, {"Actions", {"SendMessage"}}}},
              {"RemovePermission", {{"Label", "a"}}},
              {"SetQueueAttributes", {{"Attributes", {{"DelaySeconds", "1"}}}}},
              {"TagQueue", {{"Tags", {{"a", "b"}}}}},
              {"UntagQueue", {{"TagKeys", {"a"}}}},
              {"ListQueueTags", Json::object()},
              {"DeleteQueue", Json::object()}};
  for (const auto& row : rows) {
    std::string action = "sqs:" + row.operation;
    for (char& c : action) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    EXPECT_EQ(as_other(row.operation, row.more), denied(action));
  }
  EXPECT_TRUE(error_of("sqs", "ListMessageMoveTasks", {{"SourceArn", arn("orders")}}, kOther)
                  .starts_with("AccessDenied"));
}

TEST_F(QueueAccess, IsTakenAwayByADenialFromItsOwnerToo) {
  set(url_, "Policy",
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":)"
      R"("SQS:SendMessage","Resource":"arn:aws:sqs:us-east-1:123456789012:orders"},{"Effect":)"
      R"("Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":)"
      R"({"aws:SecureTransport":"false"}}}]})");
  EXPECT_EQ(sqs_error("SendMessage", {{"QueueUrl", url_}, {"MessageBody", "x"}}),
            "AccessDenied: User: arn:aws:iam::123456789012:root is not authorized to perform: "
            "sqs:sendmessage on resource: arn:aws:sqs:us-east-1:123456789012:orders with an "
            "explicit deny in a resource-based policy");
  EXPECT_EQ(sqs_error("ReceiveMessage", {{"QueueUrl", url_}}), "succeeded");
}

}  // namespace
}  // namespace cloudchamber::mock::sqs
