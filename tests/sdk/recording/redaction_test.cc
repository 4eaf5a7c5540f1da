// That no secret reaches a file: every operation that gives or takes one, played and searched for.
#include "sdk/recording/redaction.h"

#include <nlohmann/json.hpp>

#include "cloudchamber/cloudchamber.h"
#include "cloudchamber/in_process_transport.h"
#include "cloudchamber/recording_transport.h"
#include "mock-server/mock_aws.h"
#include "sdk/codec/bytes.h"
#include "sdk/recording/har.h"
#include "tests/sdk/recording/scratch_folder.h"

namespace cloudchamber {
namespace {

Interaction interaction(const char* service, const char* operation, Json parameters, Json result,
                        std::string sent, std::string answered) {
  Interaction made;
  made.exchange.request.target =
      "/k?X-Amz-Credential=AKID%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=abc"
      "&X-Amz-Security-Token=tok&versionId=1";
  made.exchange.request.headers = {
      {"Authorization",
       "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/sts/aws4_request, "
       "SignedHeaders=host, Signature=abcdef"},
      {"X-Amz-Security-Token", "tok"}};
  made.exchange.request.body = std::move(sent);
  made.exchange.response.headers = {{"Content-Length", "999"}, {"x-amz-crc32", "1"}};
  made.exchange.response.body = std::move(answered);
  made.meaning = Meaning{.service = service,
                         .operation = operation,
                         .parameters = std::move(parameters),
                         .result = std::move(result)};
  return made;
}

TEST(Redaction, KeepsTheScopeOfASignatureAndNothingElseOfIt) {
  Interaction made = interaction("sts", "GetCallerIdentity", {}, {}, "", "");
  redact(made, find_model("sts").get());
  const HttpRequest& request = made.exchange.request;
  EXPECT_EQ(request.headers.get("Authorization"),
            "AWS4-HMAC-SHA256 Credential=<access-key-id>/20260101/us-east-1/sts/aws4_request, "
            "SignedHeaders=host, Signature=<signature>");
  EXPECT_EQ(request.headers.get("X-Amz-Security-Token"), "<X-Amz-Security-Token>");
  EXPECT_EQ(
      request.target,
      "/k?X-Amz-Credential=%3Caccess-key-id%3E%2F20260101%2Fus-east-1%2Fs3%2Faws4_request"
      "&X-Amz-Signature=%3Csignature%3E&X-Amz-Security-Token=%3Csession-token%3E&versionId=1");
}

TEST(Redaction, ReplacesWholeValuesInEveryFormOfABody) {
  const std::string secret = "s&<\"+/ =";
  const struct {
    const char* name;
    std::string body, hidden;
  } rows[] = {
      {"json", R"({"A":"s&<\"+/ =","B":"s&<\"+/ =!"})",
       R"({"A":"<SecretAccessKey>","B":"s&<\"+/ =!"})"},
      {"xml", "<A>s&amp;&lt;&quot;+/ =</A><B>s</B>", "<A>&lt;SecretAccessKey&gt;</A><B>s</B>"},
      {"form", "A=s%26%3C%22%2B%2F%20%3D&B=1", "A=%3CSecretAccessKey%3E&B=1"},
      {"form, as Python writes it", "A=s%26%3C%22%2B%2F+%3D&B=s", "A=%3CSecretAccessKey%3E&B=s"},
      {"form's end", "B=1&A=s%26%3C%22%2B%2F%20%3D", "B=1&A=%3CSecretAccessKey%3E"},
  };
  for (const auto& row : rows) {
    Interaction made = interaction(
        "sts", "AssumeRole", {},
        {{"Credentials", {{"SecretAccessKey", secret}, {"Expiration", "x"}}}}, "", row.body);
    redact(made, find_model("sts").get());
    EXPECT_EQ(made.exchange.response.body.to_string(), row.hidden) << row.name;
    EXPECT_EQ(made.exchange.response.headers.get("Content-Length"),
              std::to_string(row.hidden.size()));
    EXPECT_FALSE(made.exchange.response.headers.contains("x-amz-crc32"))
        << "it was of the other body";
    EXPECT_EQ(made.meaning->result["Credentials"]["SecretAccessKey"], "<SecretAccessKey>");
    EXPECT_EQ(made.meaning->result["Credentials"]["Expiration"], "x");
  }
}

TEST(Redaction, KnowsWhatTheModelsMarkAsSensitive) {
  const struct {
    const char *service, *operation;
    Json parameters, result;
  } rows[] = {
      {"iam", "CreateLoginProfile", {{"UserName", "fred"}, {"Password", "hunter2!"}}, {}},
      {"iam", "ChangePassword", {{"OldPassword", "hunter2!"}, {"NewPassword", "hunter2!"}}, {}},
      {"iam", "CreateAccessKey", {}, {{"AccessKey", {{"SecretAccessKey", "hunter2!"}}}}},
      {"iam", "UploadServerCertificate", {{"PrivateKey", "hunter2!"}}, {}},
      {"iam",
       "CreateVirtualMFADevice",
       {},
       {{"VirtualMFADevice",
         {{"QRCodePNG", Json::binary({'h', 'u', 'n', 't', 'e', 'r', '2', '!'})}}}}},
      {"sts", "GetSessionToken", {}, {{"Credentials", {{"SessionToken", "hunter2!"}}}}},
      {"sts", "AssumeRoleWithWebIdentity", {{"WebIdentityToken", "hunter2!"}}, {}},
      {"ec2", "RunInstances", {{"UserData", "hunter2!"}}, {}},
      {"ec2", "CreateKeyPair", {}, {{"KeyMaterial", "hunter2!"}}},
      {"ec2", "GetPasswordData", {}, {{"PasswordData", "hunter2!"}}},
      {"s3", "HeadObject", {{"SSECustomerKey", "hunter2!"}}, {}},
  };
  for (const auto& row : rows) {
    Interaction made =
        interaction(row.service, row.operation, row.parameters, row.result,
                    "P=hunter2%21&x=aHVudGVyMiE%3D", "<r>hunter2!</r><r>aHVudGVyMiE=</r>");
    made.exchange.request.headers.add("x-amz-server-side-encryption-customer-key", "aHVudGVyMiE=");
    redact(made, find_model(row.service).get());
    const Exchange& kept = made.exchange;
    const std::string all =
        made.meaning->parameters.dump() + made.meaning->result.dump() +
        kept.request.body.to_string() + kept.response.body.to_string() +
        std::string(kept.request.headers.get("x-amz-server-side-encryption-customer-key"));
    for (const char* secret : {"hunter2", "aHVudGVyMiE"})
      EXPECT_EQ(all.find(secret), std::string::npos) << row.operation << ": " << all;
  }
}

// A client decodes the blob of an answer, also when it is replayed.
TEST(Redaction, LeavesBase64WhereABlobWas) {
  Interaction made =
      interaction("iam", "CreateVirtualMFADevice", {},
                  {{"VirtualMFADevice", {{"QRCodePNG", Json::binary({'p', 'n', 'g', '!'})}}}}, "",
                  "<QRCodePNG>cG5nIQ==</QRCodePNG>");
  redact(made, find_model("iam").get());
  EXPECT_EQ(made.exchange.response.body.to_string(), "<QRCodePNG>PFFSQ29kZVBORz4=</QRCodePNG>");
  EXPECT_EQ(made.meaning->result["VirtualMFADevice"]["QRCodePNG"], "<QRCodePNG>");
}

// What an encoder of another language makes of a text.
TEST(Redaction, KeepsNoBodyThatWritesASecretInAWayOfItsOwn) {
  const struct {
    const char *type, *body, *hidden;
  } rows[] = {
      {"application/x-amz-json-1.0", R"({"A":"p\u00fc","B":1})",
       R"({"A":"<SecretAccessKey>","B":1})"},
      {"text/xml", "<A>p&#252;</A>", "<body>"},
      {"application/cbor", "\x61p\xc3\xbc", "<body>"},
  };
  for (const auto& row : rows) {
    Interaction made = interaction("sts", "AssumeRole", {},
                                   {{"Credentials", {{"SecretAccessKey", "pü"}}}}, "", row.body);
    made.exchange.response.headers.add("Content-Type", row.type);
    redact(made, find_model("sts").get());
    EXPECT_EQ(made.exchange.response.body.to_string(), row.hidden) << row.type;
  }
}

TEST(Redaction, KnowsTheSignaturesOfForms) {
  Interaction made = interaction("sqs", "ListQueues", {}, {},
                                 "AWSAccessKeyId=AKID&Action=ListQueues&Signature=abc%3D", "");
  redact(made, find_model("sqs").get());
  EXPECT_EQ(made.exchange.request.body.to_string(),
            "AWSAccessKeyId=%3Caccess-key-id%3E&Action=ListQueues&Signature=%3Csignature%3E");
  Interaction upload = interaction("s3", "", {}, {},
                                   "--x\r\nContent-Disposition: form-data; "
                                   "name=\"x-amz-signature\"\r\n\r\nabc\r\n--x--",
                                   "");
  upload.meaning.reset();
  upload.exchange.request.headers.add("Content-Type", "multipart/form-data; boundary=x");
  redact(upload, nullptr);
  EXPECT_EQ(upload.exchange.request.body.to_string(),
            "--x\r\nContent-Disposition: form-data; "
            "name=\"x-amz-signature\"\r\n\r\n<signature>\r\n--x--");
}

// S3 shows the canonical request, of which the token is a header.
TEST(Redaction, HidesATokenThatAnErrorQuotes) {
  Interaction made = interaction("s3", "ListBuckets", {}, {}, "",
                                 "<CanonicalRequest>x-amz-security-token:0123456789abcdef\n"
                                 "</CanonicalRequest>");
  made.exchange.request.headers.set("X-Amz-Security-Token", "0123456789abcdef");
  made.exchange.response.status = 403;
  redact(made, find_model("s3").get());
  EXPECT_EQ(made.exchange.response.body.to_string(),
            "<CanonicalRequest>x-amz-security-token:<session-token>\n</CanonicalRequest>");
}

// As whole segments: what a model binds to the path, however a client encoded it.
TEST(Redaction, HidesWhatStandsInThePathAndTheHost) {
  const struct {
    const char *host, *target, *hidden_host, *hidden;
  } rows[] = {
      {"h", "/films/a/b%20c?versionId=1", "h", "/%3CBucket%3E/%3CKey%3E?versionId=1"},
      {"h", "/films/a%2Fb%20c", "h", "/%3CBucket%3E/%3CKey%3E"},
      {"films.s3.amazonaws.com", "/a/b%20c?acl", "<Bucket>.s3.amazonaws.com", "/%3CKey%3E?acl"},
      {"h", "/films/films", "h", "/%3CBucket%3E/%3CBucket%3E"},
      {"filmsfilms.s3.amazonaws.com", "/my-films/a/b%20c/d%2b", "filmsfilms.s3.amazonaws.com",
       "/my-films/%3CKey%3E/d%2B"},
      {"h", "/other/a/b%2Bc%2b", "h", "/other/a/b%2Bc%2b"},
  };
  for (const auto& row : rows) {
    Interaction made =
        interaction("s3", "GetObject", {{"Bucket", "films"}, {"Key", "a/b c"}}, {}, "", "");
    made.exchange.request.host = row.host;
    made.exchange.request.target = row.target;
    redact(made, find_model("s3").get(), {.members = {"Bucket", "Key"}});
    EXPECT_EQ(made.exchange.request.host, row.hidden_host);
    EXPECT_EQ(made.exchange.request.target, row.hidden);
  }
}

TEST(Redaction, HidesATokenInTheMessageOfAnError) {
  Interaction made = interaction("s3", "ListBuckets", {}, {}, "", "");
  made.exchange.request.headers.set("X-Amz-Security-Token", "0123456789abcdef");
  made.meaning->error_message = "The token 0123456789abcdef has expired";
  redact(made, find_model("s3").get());
  EXPECT_EQ(made.meaning->error_message, "The token <session-token> has expired");
}

TEST(Redaction, LeavesObjectsAsTheyAre) {
  Interaction made = interaction("s3", "PutObject", {{"SSECustomerKey", "hunter2!"}}, {},
                                 "Signature=mine&A=hunter2%21", "");
  made.exchange.request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  redact(made, find_model("s3").get());
  EXPECT_EQ(made.exchange.request.body.to_string(), "Signature=mine&A=hunter2%21");
}

TEST(Redaction, FollowsTheUsersOwnRules) {
  Interaction made =
      interaction("sqs", "SendMessage", {{"MessageBody", "call 555-1234"}, {"QueueUrl", "u"}}, {},
                  R"({"MessageBody":"call 555-1234","QueueUrl":"u"})", "");
  made.exchange.request.headers.add("X-Tenant", "acme");
  redact(made, find_model("sqs").get(),
         {.headers = {"x-tenant"}, .members = {"QueueUrl"}, .texts = {"555-1234"}});
  EXPECT_EQ(made.exchange.request.body.to_string(),
            R"({"MessageBody":"call <text>","QueueUrl":"<QueueUrl>"})");
  EXPECT_EQ(made.meaning->parameters,
            Json::parse(R"({"MessageBody":"call <text>","QueueUrl":"<QueueUrl>"})"));
  EXPECT_EQ(made.exchange.request.headers.get("X-Tenant"), "<X-Tenant>");
}

TEST(Redaction, TellsWhereItReplacedSomething) {
  Interaction made =
      interaction("sts", "GetSessionToken", {}, {{"Credentials", {{"SecretAccessKey", "s"}}}}, "",
                  "<a><SecretAccessKey>s</SecretAccessKey></a>");
  made.exchange.response.headers.add("Set-Cookie", "c");
  redact(made, find_model("sts").get());
  const std::vector<std::string> places = {"_result.SecretAccessKey",
                                           "request.headers.Authorization",
                                           "request.headers.X-Amz-Security-Token",
                                           "request.url",
                                           "response.headers.Set-Cookie",
                                           "response.content"};
  EXPECT_EQ(made.redactions, places);
  const std::string entry = entry_of(made, {});
  EXPECT_EQ(interaction_of(Json::parse(entry), {}).redactions, places);
  redact(made, find_model("sts").get());
  EXPECT_EQ(made.redactions, places) << "each place once";
  Interaction plain{.exchange = {.request = {.body = "Action=ListUsers"}}};
  redact(plain, nullptr);
  EXPECT_TRUE(plain.redactions.empty());
  EXPECT_EQ(entry_of(plain, {}).find("_redactions"), std::string::npos);
}

TEST(Redaction, FindsTheUsersOwnTextsWhereverTheyStand) {
  Interaction made = interaction(
      "dynamodb", "PutItem",
      {{"TableName", "t"}, {"Item", {{"a 555-1234", {{"B", binary("\xff 555-1234")}}}}}}, {}, "",
      "");
  made.meaning->region = "555-1234";
  made.meaning->error_code = "No555-1234";
  made.meaning->error_message = "no 555-1234";
  made.exchange.request.host = "555-1234.example.com";
  made.exchange.response.headers.add("x-555-1234", "555-1234");
  redact(made, find_model("dynamodb").get(), {.texts = {"555-1234"}});
  EXPECT_EQ(made.meaning->parameters["Item"], Json({{"a <text>", {{"B", binary("\xff <text>")}}}}));
  EXPECT_EQ(made.meaning->region, "<text>");
  EXPECT_EQ(made.meaning->error_code, "No<text>");
  EXPECT_EQ(made.meaning->error_message, "no <text>");
  EXPECT_EQ(made.exchange.request.host, "<text>.example.com");
  EXPECT_EQ(made.exchange.response.headers.get("x-<text>"), "<text>");
}

class RecordedSecrets : public ScratchFolder {};

TEST_F(RecordedSecrets, ReachNoFile) {
  mock::MockAws aws;
  const std::string secret = "a secret that must not be written";
  aws.add_credentials("AKIARECORDED00000001", secret);
  auto tape = std::make_shared<RecordingTransport>(make_in_process_transport(aws.handler()),
                                                   folder_ / "story.har");
  const Session session({.region_name = "us-east-1",
                         .aws_access_key_id = "AKIARECORDED00000001",
                         .aws_secret_access_key = secret,
                         .transport = tape,
                         .clock = aws.shared_clock(),
                         .environment = environment_of({})});
  const Json given = session.client("sts").call("GetSessionToken").at("Credentials");
  const Session temporary({.region_name = "us-east-1",
                           .aws_access_key_id = given.at("AccessKeyId"),
                           .aws_secret_access_key = given.at("SecretAccessKey"),
                           .aws_session_token = given.at("SessionToken"),
                           .transport = tape,
                           .clock = aws.shared_clock(),
                           .environment = environment_of({})});
  temporary.client("sqs").call("CreateQueue", {{"QueueName", "q"}});
  tape->close();
  const std::string text = content_of(folder_ / "story.har");
  for (const Json& hidden : {Json(secret), given.at("SecretAccessKey"), given.at("SessionToken")})
    EXPECT_EQ(text.find(hidden.get<std::string>()), std::string::npos) << hidden;
  EXPECT_NE(text.find("\"CreateQueue\""), std::string::npos);
  EXPECT_EQ(text.find("Signature=0"), std::string::npos);
}

}  // namespace
}  // namespace cloudchamber
