#include "cloudchamber/session.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cloudchamber/errors.h"
#include "cloudchamber/services/dynamodb.h"
#include "cloudchamber/services/iam.h"
#include "cloudchamber/services/sqs.h"
#include "tests/sdk/client/stage.h"

namespace cloudchamber {
namespace {

using Variables = std::initializer_list<std::pair<const std::string, std::string>>;

// Files that live as long as the test.
class Files {
 public:
  Files() {
    std::string pattern = (std::filesystem::temp_directory_path() / "session-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~Files() { std::filesystem::remove_all(folder_); }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }

 private:
  std::filesystem::path folder_;
};

SessionOptions bare(Variables variables) {
  Stage stage;
  SessionOptions options = stage.options();
  options.random = [] { return std::uint64_t{0}; };  // the stage is gone when it is drawn
  options.region_name.reset();
  options.environment = environment_of(variables);
  return options;
}

// --- the four places of a setting

TEST(Region, ComesFromTheFirstPlaceThatStatesIt) {
  const Files files;
  SessionOptions options = bare({});
  options.config_file = files.write("config", "[default]\nregion = from-file\n");
  EXPECT_EQ(Session(options).region_name(), "from-file");
  options.environment = environment_of({{"AWS_DEFAULT_REGION", "from-default"}});
  EXPECT_EQ(Session(options).region_name(), "from-default");
  options.environment =
      environment_of({{"AWS_DEFAULT_REGION", "from-default"}, {"AWS_REGION", "from-env"}});
  EXPECT_EQ(Session(options).region_name(), "from-env");
  options.region_name = "from-session";
  EXPECT_EQ(Session(options).region_name(), "from-session");
  EXPECT_EQ(Session(options).client("sqs").meta().region_name, "from-session");
  ClientOptions client;
  client.config.region_name = "from-config";
  EXPECT_EQ(Session(options).client("sqs", client).meta().region_name, "from-config");
  client.region_name = "from-client";
  EXPECT_EQ(Session(options).client("sqs", client).meta().region_name, "from-client");
}

TEST(Region, MustBeStatedButForGlobalServices) {
  const Session session(bare({}));
  EXPECT_THROW(static_cast<void>(session.client("sqs")), NoRegionError);
  EXPECT_EQ(session.client("iam").meta().endpoint_url, "https://iam.amazonaws.com");
  EXPECT_EQ(session.client("s3").meta().endpoint_url, "https://s3.amazonaws.com");
  EXPECT_THROW(static_cast<void>(session.client("sqs", {.region_name = "us east"})), ConfigError);
}

TEST(EndpointUrl, ComesFromTheFirstPlaceThatStatesIt) {
  const Files files;
  SessionOptions options = bare({{"AWS_REGION", "us-east-1"}});
  const auto url = [&](const char* service = "sqs") {
    return Session(options).client(service).meta().endpoint_url;
  };
  EXPECT_EQ(url(), "https://sqs.us-east-1.amazonaws.com");
  options.config_file = files.write("config",
                                    "[default]\nendpoint_url = http://profile\n"
                                    "services = mine\n"
                                    "[services mine]\nsqs =\n  endpoint_url = http://service\n");
  EXPECT_EQ(url(), "http://service");
  EXPECT_EQ(url("sts"), "http://profile");
  options.environment = environment_of({{"AWS_REGION", "us-east-1"},
                                        {"AWS_ENDPOINT_URL", "http://env"},
                                        {"AWS_ENDPOINT_URL_DYNAMODB_STREAMS", "http://streams"}});
  EXPECT_EQ(url(), "http://env");
  EXPECT_EQ(url("dynamodbstreams"), "http://streams");
  {
    SessionOptions ignoring = options;
    ignoring.config.ignore_configured_endpoint_urls = true;
    EXPECT_EQ(Session(ignoring).client("sqs").meta().endpoint_url,
              "https://sqs.us-east-1.amazonaws.com");
  }
  options.endpoint_url = "http://session";
  EXPECT_EQ(url(), "http://session");
  ClientOptions client;
  client.endpoint_url = "http://client:8000/path/";
  EXPECT_EQ(Session(options).client("sqs", client).meta().endpoint_url, "http://client:8000/path");
}

TEST(Retries, ComeFromTheFirstPlaceThatStatesThem) {
  const Files files;
  SessionOptions options = bare({{"AWS_REGION", "us-east-1"}});
  const auto attempts = [&](const ClientOptions& client = {}) {
    return *Session(options).client("sqs", client).meta().config.retries.total_max_attempts;
  };
  EXPECT_EQ(attempts(), 3);
  options.config_file = files.write("config", "[default]\nmax_attempts = 4 # four\n");
  EXPECT_EQ(attempts(), 4);
  options.environment = environment_of({{"AWS_REGION", "us-east-1"}, {"AWS_MAX_ATTEMPTS", "5"}});
  EXPECT_EQ(attempts(), 5);
  options.config.retries.total_max_attempts = 6;
  EXPECT_EQ(attempts(), 6);
  ClientOptions client;
  client.config.retries.max_attempts = 0;  // no retry: one attempt
  EXPECT_EQ(attempts(client), 1);
  client.config.retries.total_max_attempts = 7;
  EXPECT_EQ(attempts(client), 7);
}

TEST(Settings, ThatCanNotBeUsedAreRefused) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"AWS_MAX_ATTEMPTS", "0"},
      {"AWS_MAX_ATTEMPTS", "many"},
      {"AWS_RETRY_MODE", "eager"},
      {"AWS_REQUEST_CHECKSUM_CALCULATION", "never"},
      {"AWS_ENDPOINT_URL", "localhost:4566"},
      {"AWS_ENDPOINT_URL", "ftp://localhost"},
      {"AWS_ENDPOINT_URL", "http://"},
      {"AWS_ENDPOINT_URL", "http://host:99999"},
      {"AWS_ENDPOINT_URL", "http://user@host"},
      {"AWS_ENDPOINT_URL", "http://host/?x=1"},
  };
  for (const auto& [name, value] : rows) {
    const Session session(bare({{"AWS_REGION", "us-east-1"}, {name, value}}));
    EXPECT_THROW(static_cast<void>(session.client("sqs")), ConfigError) << name << "=" << value;
  }
}

TEST(Profile, IsChosenByOptionOrEnvironmentAndMustExist) {
  const Files files;
  SessionOptions options = bare({});
  options.config_file =
      files.write("config", "[default]\nregion=r-default\n[profile dev]\nregion = r-dev\n");
  options.shared_credentials_file = files.write(
      "credentials", "[dev]\naws_access_key_id = AKDEV\naws_secret_access_key = s\n[ops]\n");
  options.aws_access_key_id.reset();
  options.aws_secret_access_key.reset();
  EXPECT_EQ(Session(options).profile_name(), "default");
  EXPECT_EQ(Session(options).available_profiles(),
            (std::vector<std::string>{"default", "dev", "ops"}));
  EXPECT_EQ(Session(options).get_credentials(), nullptr);
  options.environment = environment_of({{"AWS_PROFILE", "dev"}});
  EXPECT_EQ(Session(options).region_name(), "r-dev");
  ASSERT_NE(Session(options).get_credentials(), nullptr);
  EXPECT_EQ(Session(options).get_credentials()->access_key_id, "AKDEV");
  options.profile_name = "default";
  EXPECT_EQ(Session(options).region_name(), "r-default");
  options.profile_name = "absent";
  EXPECT_THROW(Session{options}, ConfigError);
}

TEST(Files, AreFoundByTheEnvironment) {
  const Files files;
  SessionOptions options =
      bare({{"AWS_CONFIG_FILE", files.write("mine", "[default]\nregion = r-file\n").string()}});
  options.config_file.reset();
  EXPECT_EQ(Session(options).region_name(), "r-file");
}

TEST(Credentials, ComeFromTheFirstPlaceThatStatesThem) {
  const Files files;
  Stage stage;
  SessionOptions options = bare({{"AWS_REGION", "us-east-1"}});
  options.transport = stage.script;
  options.aws_access_key_id.reset();
  options.aws_secret_access_key.reset();
  const auto key_id = [&](const ClientOptions& client = {}) {
    stage.answer(Json::object());
    Session(options).client("dynamodb", client).call("ListTables");
    const std::string header(stage.script->requests().back().headers.get("Authorization"));
    const std::size_t begin = header.find("Credential=") + 11;
    return header.substr(begin, header.find('/') - begin);
  };
  options.shared_credentials_file = files.write(
      "credentials", "[default]\naws_access_key_id = AKFILE\naws_secret_access_key = s\n");
  EXPECT_EQ(key_id(), "AKFILE");
  options.environment = environment_of({{"AWS_REGION", "us-east-1"},
                                        {"AWS_ACCESS_KEY_ID", "AKENV"},
                                        {"AWS_SECRET_ACCESS_KEY", "s"}});
  EXPECT_EQ(key_id(), "AKENV");
  options.aws_access_key_id = "AKSESSION";
  options.aws_secret_access_key = "s";
  EXPECT_EQ(key_id(), "AKSESSION");
  ClientOptions client;
  client.aws_access_key_id = "AKCLIENT";
  client.aws_secret_access_key = "s";
  EXPECT_EQ(key_id(client), "AKCLIENT");
  client.aws_secret_access_key.reset();
  EXPECT_THROW(key_id(client), ConfigError);
}

// --- making clients

TEST(SessionClient, NamesTheServiceThatWasProbablyMeant) {
  Stage stage;
  try {
    static_cast<void>(stage.client("dynamobd"));
    FAIL() << "nothing was thrown";
  } catch (const UnknownServiceError& error) {
    EXPECT_STREQ(error.what(),
                 "Unknown service: 'dynamobd'. Valid service names are: cloudformation, dynamodb, "
                 "dynamodbstreams, ec2, iam, s3, sqs, sts; did you mean \"dynamodb\"?");
  }
  EXPECT_THROW(static_cast<void>(stage.client("../etc")), UnknownServiceError);
  EXPECT_THROW(static_cast<void>(stage.client("")), UnknownServiceError);
}

TEST(SessionClient, ChecksTheApiVersion) {
  Stage stage;
  EXPECT_NO_THROW(static_cast<void>(stage.client("sqs", {.api_version = "2012-11-05"})));
  EXPECT_THROW(static_cast<void>(stage.client("sqs", {.api_version = "2011-10-01"})),
               UnknownServiceError);
}

TEST(SessionClient, ReadsModelsOfOtherServicesFromADataDirectory) {
  const Files files;
  const std::filesystem::path folder = files.write("x", "").parent_path();
  std::filesystem::create_directories(folder / "things" / "2020-01-01");
  files.write("things/2020-01-01/service-2.json", R"({
    "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "things", "protocol": "json",
                 "jsonVersion": "1.1", "serviceId": "My Things", "signatureVersion": "v4",
                 "targetPrefix": "Things"},
    "operations": {"ListThings": {"name": "ListThings",
                                  "http": {"method": "POST", "requestUri": "/"}}},
    "shapes": {}})");
  Stage stage;
  SessionOptions options = stage.options();
  options.environment = environment_of(
      {{"AWS_DATA_PATH", folder.string()}, {"AWS_ENDPOINT_URL_MY_THINGS", "http://here"}});
  const Client things = Session(options).client("things");
  stage.answer(Json::object());
  things.call("list_things");
  EXPECT_EQ(stage.request().host, "here");
  EXPECT_EQ(stage.request().headers.get("X-Amz-Target"), "Things.ListThings");
}

TEST(SessionClient, TellsWhatItIsMadeOf) {
  Stage stage;
  const Client sqs = stage.client("sqs", {.region_name = "cn-north-1", .use_ssl = false});
  EXPECT_EQ(sqs.meta().service_name, "sqs");
  EXPECT_EQ(sqs.meta().region_name, "cn-north-1");
  EXPECT_EQ(sqs.meta().partition, "aws-cn");
  EXPECT_EQ(sqs.meta().endpoint_url, "http://sqs.cn-north-1.amazonaws.com.cn");
  EXPECT_EQ(sqs.meta().config.region_name, "cn-north-1");
}

// --- generated clients

TEST(GeneratedClient, ThrowsItsOwnExceptions) {
  Stage stage;
  const auto iam = stage.session().client<Iam>();
  const auto refuse = [&] {
    stage.script->answer(409, {},
                         "<ErrorResponse><Error><Type>Sender</Type><Code>EntityAlreadyExists</Code>"
                         "<Message>User with name fred already exists.</Message></Error>"
                         "<RequestId>REQ</RequestId></ErrorResponse>");
  };
  refuse();
  try {
    static_cast<void>(iam.create_user({{"UserName", "fred"}}));
    FAIL() << "nothing was thrown";
  } catch (const iam::EntityAlreadyExistsException& error) {
    EXPECT_EQ(error.code(), "EntityAlreadyExists");
    EXPECT_EQ(error.message(), "User with name fred already exists.");
    EXPECT_EQ(error.request_id(), "REQ");
    EXPECT_EQ(error.status(), 409);
  }
  refuse();
  EXPECT_THROW(static_cast<void>(iam.create_user({{"UserName", "fred"}})), ClientError);
}

TEST(GeneratedClient, ThrowsByShapeWhereTheCodeIsThatOfQuery) {
  Stage stage;
  stage.script->answer(400,
                       {{"x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender"}},
                       R"({"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "Gone"})");
  const auto sqs = stage.session().client<Sqs>();
  EXPECT_THROW(static_cast<void>(sqs.get_queue_url({{"QueueName", "q"}})), sqs::QueueDoesNotExist);
}

TEST(GeneratedClient, ThrowsClientErrorForWhatItsModelDoesNotKnow) {
  Stage stage;
  stage.answer({{"__type", "UnheardOfException"}}, 400);
  const auto dynamodb = stage.session().client<DynamoDb>();
  try {
    static_cast<void>(dynamodb.list_tables(Json::object()));
    FAIL() << "nothing was thrown";
  } catch (const ClientError& error) {
    EXPECT_EQ(error.code(), "UnheardOfException");
    EXPECT_EQ(typeid(error), typeid(ClientError));
  }
}

// --- the default session

TEST(DefaultSession, IsWhatTheModuleLevelFunctionsUse) {
  Stage stage;
  setup_default_session(stage.options());
  stage.answer({{"TableNames", {"t"}}});
  EXPECT_EQ(client("dynamodb").call("ListTables")["TableNames"], Json({"t"}));
  EXPECT_EQ(client<Iam>().meta().service_name, "iam");
  EXPECT_EQ(default_session().region_name(), "us-east-1");
}

// --- presigned URLs

TEST(PresignedUrl, HoldsEverythingInItsQuery) {
  Stage stage;
  const std::string url = stage.client("s3").generate_presigned_url(
      "get_object", {{"Bucket", "bbb"}, {"Key", "a b"}}, Seconds(60));
  EXPECT_EQ(url.substr(0, url.find("&X-Amz-Signature=")),
            "https://bbb.s3.amazonaws.com/a%20b?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            "&X-Amz-Credential=AKIDEXAMPLE%2F20260101%2Fus-east-1%2Fs3%2Faws4_request"
            "&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host");
  EXPECT_TRUE(stage.script->requests().empty());
}

TEST(PresignedUrl, TakesAFormBodyIntoTheQuery) {
  Stage stage;
  const std::string url =
      stage.client("sts").generate_presigned_url("GetCallerIdentity", {}, Seconds(60), "GET");
  EXPECT_EQ(url.rfind("https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version="
                      "2011-06-15&X-Amz-Algorithm=",
                      0),
            0U)
      << url;
}

TEST(PresignedUrl, ChecksItsParameters) {
  Stage stage;
  EXPECT_THROW(static_cast<void>(
                   stage.client("s3").generate_presigned_url("GetObject", {{"Bucket", "bbb"}})),
               ParamValidationError);
}

}  // namespace
}  // namespace cloudchamber
