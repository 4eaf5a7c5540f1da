#include "sdk/sign/credentials.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cloudchamber/errors.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber {
namespace {

const TimePoint kNow = *parse_timestamp("2015-08-30T12:00:00Z");

class SettableClock : public Clock {
 public:
  [[nodiscard]] TimePoint now() const override { return time; }
  bool wait_until(TimePoint, Signal*) override { return false; }
  TimePoint time = kNow;
};

class CredentialsChain : public testing::Test {
 protected:
  CredentialsChain() : folder_(std::filesystem::path(testing::TempDir()) / "credentials_chain") {
    std::filesystem::create_directories(folder_);
    write("config", "");
    write("credentials", "");
  }
  ~CredentialsChain() override { std::filesystem::remove_all(folder_); }

  void write(const char* name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  CredentialsSources sources(Environment environment, const std::string& profile = "default") {
    CredentialsSources made;
    made.environment = std::move(environment);
    made.profiles = Profiles(folder_ / "config", folder_ / "credentials");
    made.profile_name = profile;
    made.clock = clock_;
    return made;
  }
  static std::string found(CredentialsSources sources) {
    try {
      const auto credentials = credentials_chain(std::move(sources))->credentials();
      if (credentials == nullptr) return "none";
      return credentials->method + " " + credentials->access_key_id + " " +
             credentials->secret_access_key + " " + credentials->session_token;
    } catch (const ConfigError& error) {
      return error.what();
    }
  }

  std::filesystem::path folder_;
  std::shared_ptr<SettableClock> clock_ = std::make_shared<SettableClock>();
};

const Environment kNothing = environment_of({});
const Environment kKeys = environment_of({{"AWS_ACCESS_KEY_ID", "env-id"},
                                          {"AWS_SECRET_ACCESS_KEY", "env-secret"},
                                          {"AWS_SESSION_TOKEN", "env-token"}});

TEST_F(CredentialsChain, AsksEnvironmentThenCredentialsFileThenConfigFile) {
  EXPECT_EQ(found(sources(kNothing)), "none");
  write("config", "[default]\naws_access_key_id=conf-id\naws_secret_access_key=conf-secret\n");
  EXPECT_EQ(found(sources(kNothing)), "config-file conf-id conf-secret ");
  write("credentials",
        "[default]\naws_access_key_id=file-id\naws_secret_access_key=file-secret\n"
        "aws_session_token=file-token\n");
  EXPECT_EQ(found(sources(kNothing)), "shared-credentials-file file-id file-secret file-token");
  EXPECT_EQ(found(sources(kKeys)), "env env-id env-secret env-token");
}

TEST_F(CredentialsChain, PassesOverTheEnvironmentWhenTheProgramNamesAProfile) {
  write("credentials", "[dev]\naws_access_key_id=dev-id\naws_secret_access_key=dev-secret\n");
  EXPECT_EQ(found(sources(kKeys, "dev")), "env env-id env-secret env-token");
  CredentialsSources named = sources(kKeys, "dev");
  named.profile_is_explicit = true;
  EXPECT_EQ(found(named), "shared-credentials-file dev-id dev-secret ");
}

TEST_F(CredentialsChain, RefusesHalfOfAPair) {
  EXPECT_EQ(found(sources(environment_of({{"AWS_ACCESS_KEY_ID", "id"}}))),
            "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY");
  write("credentials", "[default]\naws_access_key_id=id\n");
  EXPECT_EQ(found(sources(kNothing)),
            "Partial credentials found in shared-credentials-file, missing: aws_secret_access_key");
  EXPECT_EQ(found(sources(environment_of({{"AWS_ACCESS_KEY_ID", ""}}), "other")), "none");
}

TEST_F(CredentialsChain, SaysSoWhenAProfileWantsWhatIsNotSupported) {
  write("config",
        "[default]\ncredential_process = /bin/x\n[profile sso]\nsso_session = s\n"
        "[profile role]\nrole_arn = arn:r\nsource_profile = default\n");
  EXPECT_EQ(found(sources(kNothing)),
            "The profile \"default\" takes its credentials by credential_process, which is not "
            "supported");
  EXPECT_EQ(found(sources(kNothing, "sso")),
            "The profile \"sso\" takes its credentials by sso_session, which is not supported");
  EXPECT_EQ(found(sources(kNothing, "role")),
            "The profile \"role\" assumes a role, which is not supported here");
  EXPECT_EQ(found(sources(kKeys, "role")), "env env-id env-secret env-token");
}

TEST_F(CredentialsChain, AssumesRolesOneWithTheCredentialsOfTheOther) {
  write("config",
        "[profile one]\nrole_arn = arn:one\nsource_profile = base\nexternal_id = x\n"
        "role_session_name = me\n[profile two]\nrole_arn = arn:two\nsource_profile = one\n"
        "[profile env]\nrole_arn = arn:env\ncredential_source = Environment\n");
  write("credentials", "[base]\naws_access_key_id=base-id\naws_secret_access_key=base-secret\n");
  const auto assuming = [&](const std::string& profile) {
    CredentialsSources made = sources(kKeys, profile);
    made.profile_is_explicit = true;
    made.assume_role = [](const AssumeRoleRequest& request) {
      return Credentials{request.role_arn + "(" + request.source.access_key_id + ")",
                         request.external_id + request.role_session_name};
    };
    return found(made);
  };
  EXPECT_EQ(assuming("one"), "assume-role arn:one(base-id) xme ");
  EXPECT_EQ(assuming("two"), "assume-role arn:two(arn:one(base-id))  ");
  EXPECT_EQ(assuming("env"), "assume-role arn:env(env-id)  ");
}

TEST_F(CredentialsChain, RefusesARoleWithoutASource) {
  write("config",
        "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile "
        "= a\n[profile c]\nrole_arn = r\n[profile d]\nrole_arn = r\nsource_profile = nowhere\n"
        "[profile e]\nrole_arn = r\ncredential_source = EcsContainer\n"
        "[profile f]\nrole_arn = r\nsource_profile = a\ncredential_source = Environment\n");
  const auto assuming = [&](const std::string& profile) {
    CredentialsSources made = sources(kNothing, profile);
    made.assume_role = [](const AssumeRoleRequest&) { return Credentials{}; };
    return found(made);
  };
  EXPECT_EQ(assuming("a"), "The profile \"a\" refers to itself by source_profile");
  EXPECT_EQ(assuming("c"),
            "The profile \"c\" must specify either source_profile or credential_source");
  EXPECT_EQ(assuming("d"),
            "The source_profile \"nowhere\" referenced in the profile \"d\" does not exist");
  EXPECT_EQ(assuming("e"),
            "The credential_source \"EcsContainer\" of the profile \"e\" has no credentials");
  EXPECT_EQ(assuming("f"),
            "The profile \"f\" must specify either source_profile or credential_source, but not "
            "both");
}

TEST_F(CredentialsChain, FetchesAnewFifteenMinutesBeforeTheEnd) {
  write("config", "[profile one]\nrole_arn = arn:one\nsource_profile = base\n");
  write("credentials", "[base]\naws_access_key_id=id\naws_secret_access_key=secret\n");
  int calls = 0;
  CredentialsSources made = sources(kNothing, "one");
  made.assume_role = [&calls](const AssumeRoleRequest&) {
    Credentials credentials{"id" + std::to_string(++calls), "secret"};
    credentials.expires_at = kNow + std::chrono::hours(calls);
    return credentials;
  };
  const auto chain = credentials_chain(made);
  EXPECT_EQ(chain->credentials()->access_key_id, "id1");
  clock_->time = kNow + std::chrono::minutes(45) - Milliseconds(1);
  EXPECT_EQ(chain->credentials()->access_key_id, "id1");
  clock_->time = kNow + std::chrono::minutes(45);
  EXPECT_EQ(chain->credentials()->access_key_id, "id2");
  EXPECT_EQ(calls, 2);
}

TEST_F(CredentialsChain, AsksWhatElseThereIsLast) {
  class Instance final : public CredentialsProvider {
   public:
    std::shared_ptr<const Credentials> credentials() override {
      return std::make_shared<const Credentials>(
          Credentials{"instance-id", "s", "", "", {}, "iam-role"});
    }
  };
  CredentialsSources made = sources(kNothing);
  made.further.push_back(std::make_shared<Instance>());
  EXPECT_EQ(found(made), "iam-role instance-id s ");
  made.environment = kKeys;
  EXPECT_EQ(found(made), "env env-id env-secret env-token");
}

}  // namespace
}  // namespace cloudchamber
