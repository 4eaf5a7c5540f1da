#include <gmock/gmock.h>

#include "mock-server/services/ec2/key_material.h"
#include "mock-server/services/ec2/openssl_keys.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "tests/mock-server/services/ec2/instances_fixture.h"

namespace cloudchamber::mock::ec2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::StartsWith;

using CreateKeyPair = InstancesFixture;

TEST_F(CreateKeyPair, MakesAnRsaKeyWhoseFingerprintIsOfItsPrivateKey) {
  const Json made = ec2("CreateKeyPair", {{"KeyName", "mine"}});
  EXPECT_THAT(made["KeyPairId"].get<std::string>(), MatchesRegex("key-[0-9a-f]+"));
  EXPECT_THAT(made["KeyFingerprint"].get<std::string>(),
              MatchesRegex("[0-9a-f][0-9a-f](:[0-9a-f][0-9a-f])+"));
  EXPECT_EQ(made["KeyFingerprint"].get<std::string>().size(), 59U);  // 20 bytes of SHA-1
  EXPECT_THAT(made["KeyMaterial"].get<std::string>(),
              StartsWith("-----BEGIN RSA PRIVATE KEY-----\n"));
  EXPECT_FALSE(made.contains("KeyType"));
  const Json shown =
      ec2("DescribeKeyPairs", {{"KeyNames", {"mine"}}, {"IncludePublicKey", true}})["KeyPairs"][0];
  EXPECT_EQ(shown["KeyType"], "rsa");
  EXPECT_EQ(shown["KeyFingerprint"], made["KeyFingerprint"]);
  EXPECT_EQ(shown["Tags"], Json::array());
  EXPECT_THAT(shown["PublicKey"].get<std::string>(), MatchesRegex("ssh-rsa AAAA[^ ]+ mine"));
  EXPECT_FALSE(shown.contains("KeyMaterial"));
}

TEST_F(CreateKeyPair, MakesAnEd25519Key) {
  const Json made = ec2("CreateKeyPair", {{"KeyName", "mine"}, {"KeyType", "ed25519"}});
  EXPECT_EQ(made["KeyFingerprint"].get<std::string>().size(), 44U);  // SHA-256 in base64
  EXPECT_THAT(made["KeyMaterial"].get<std::string>(),
              StartsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n"));
}

TEST_F(CreateKeyPair, WritesPuttysFormat) {
  for (const char* type : {"rsa", "ed25519"}) {
    const Json made =
        ec2("CreateKeyPair", {{"KeyName", type}, {"KeyType", type}, {"KeyFormat", "ppk"}});
    EXPECT_THAT(made["KeyMaterial"].get<std::string>(),
                StartsWith("PuTTY-User-Key-File-2: ssh-" + std::string(type) +
                           "\r\nEncryption: none\r\nComment: " + type + "\r\nPublic-Lines: "));
  }
}

TEST_F(CreateKeyPair, RefusesBadInput) {
  ec2("CreateKeyPair", {{"KeyName", "mine"}, {"KeyType", "ed25519"}});
  expect_refusals({
      {"CreateKeyPair",
       {{"KeyName", "mine"}},
       "InvalidKeyPair.Duplicate: The keypair 'mine' already exists."},
      {"CreateKeyPair",
       {{"KeyName", ""}},
       "MissingParameter: The request must contain the parameter keyName"},
      {"CreateKeyPair",
       {{"KeyName", "other"}, {"KeyType", "dsa"}},
       "InvalidParameterValue: Value (dsa) for parameter keyType is invalid."},
      {"CreateKeyPair",
       {{"KeyName", "other"}, {"DryRun", true}, {"KeyType", "ed25519"}},
       "DryRunOperation: Request would have succeeded, but DryRun flag is set."},
  });
  const std::string long_name(256, 'k');
  EXPECT_EQ(ec2_error("CreateKeyPair", {{"KeyName", long_name}}),
            "InvalidParameterValue: Value (" + long_name +
                ") for parameter keyName is invalid. It exceeds the maximum length of 255 "
                "characters.");
}

TEST(KeyMaterial, IsTheSameForTheSameRandomNumbers) {
  const auto make = [](const char* type, std::uint64_t seed) {
    Ids ids(seed);
    return new_key(type, "pem", "",
                   [&](std::size_t count) { return *base64_decode(ids.base64(count)); })
        .private_key;
  };
  for (const char* type : {"rsa", "ed25519"}) {
    EXPECT_EQ(make(type, 1), make(type, 1));
    EXPECT_NE(make(type, 1), make(type, 2));
  }
}

TEST(KeyMaterial, IsAKeyThatOpenSslFindsGood) {
  Ids ids(7);
  const Key key = new_rsa_key([&](std::size_t count) { return *base64_decode(ids.base64(count)); });
  EXPECT_EQ(EVP_PKEY_get_bits(key.get()), 2048);
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key.get(), nullptr);
  EXPECT_EQ(EVP_PKEY_pairwise_check(context), 1);
  EXPECT_EQ(EVP_PKEY_private_check(context), 1);
  EVP_PKEY_CTX_free(context);
}

using ImportKeyPair = InstancesFixture;

// The key and its fingerprint are those of a stack that was recorded on AWS.
TEST_F(ImportKeyPair, ComputesTheFingerprintThatAwsDoes) {
  const Json made =
      ec2("ImportKeyPair",
          {{"KeyName", "mine"},
           {"PublicKeyMaterial",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILR+zNQbYY5ORuhYXGMTSnjRLzS9C5dUdWRKdlqi20q2"}});
  EXPECT_EQ(made["KeyFingerprint"], "4LmcYnyBOqlloHZ5TKAxfa8BgMK2wL6WeOOTvXVdhmw=");
  EXPECT_EQ(ec2("DescribeKeyPairs")["KeyPairs"][0]["KeyType"], "ed25519");
}

TEST_F(ImportKeyPair, OfAnRsaKeyHasTheMd5OfItsPublicKey) {
  ec2("CreateKeyPair", {{"KeyName", "made"}});
  const std::string key =
      ec2("DescribeKeyPairs", {{"IncludePublicKey", true}})["KeyPairs"][0]["PublicKey"];
  const Json imported =
      ec2("ImportKeyPair", {{"KeyName", "imported"}, {"PublicKeyMaterial", key + "\n"}});
  EXPECT_EQ(imported["KeyFingerprint"].get<std::string>().size(), 47U);  // 16 bytes
  const Json shown = ec2("DescribeKeyPairs",
                         {{"KeyNames", {"imported"}}, {"IncludePublicKey", true}})["KeyPairs"][0];
  EXPECT_EQ(shown["PublicKey"].get<std::string>(), key.substr(0, key.rfind(' ')) + " imported");
}

TEST_F(ImportKeyPair, TakesEveryFormThatAwsTakes) {
  const std::string blob = "AAAAC3NzaC1lZDI1NTE5AAAAILR+zNQbYY5ORuhYXGMTSnjRLzS9C5dUdWRKdlqi20q2";
  const std::string ssh2 =
      "---- BEGIN SSH2 PUBLIC KEY ----\r\nSubject: me\r\nComment: \"a long \\\r\ncomment\"\r\n" +
      blob.substr(0, 40) + "\r\n" + blob.substr(40) + "\r\n---- END SSH2 PUBLIC KEY ----\r\n";
  int count = 0;
  for (const std::string& text : {"ssh-ed25519 " + blob + " me@home\n", blob, ssh2}) {
    const std::string name = "key" + std::to_string(++count);
    EXPECT_EQ(
        ec2("ImportKeyPair", {{"KeyName", name}, {"PublicKeyMaterial", text}})["KeyFingerprint"],
        "4LmcYnyBOqlloHZ5TKAxfa8BgMK2wL6WeOOTvXVdhmw=");
  }
}

TEST_F(ImportKeyPair, RefusesBadInput) {
  for (const char* bad : {"foobar", "ssh-rsa", "ssh-rsa AAAA", "ssh-dss AAAAB3NzaC1kc3M=",
                          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILR+zNQbYY5O",
                          "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"}) {
    EXPECT_EQ(ec2_error("ImportKeyPair", {{"KeyName", "mine"}, {"PublicKeyMaterial", bad}}),
              "InvalidKey.Format: Key is not in valid OpenSSH public key format")
        << bad;
  }
}

using DeleteKeyPair = InstancesFixture;

TEST_F(DeleteKeyPair, SucceedsAlsoForWhatIsNotThere) {
  const std::string id =
      ec2("CreateKeyPair", {{"KeyName", "mine"}, {"KeyType", "ed25519"}})["KeyPairId"];
  EXPECT_EQ(ec2("DeleteKeyPair", {{"KeyName", "mine"}}),
            Json({{"Return", true}, {"KeyPairId", id}}));
  EXPECT_EQ(ec2("DeleteKeyPair", {{"KeyName", "mine"}}), Json({{"Return", true}}));
  EXPECT_EQ(ec2("DeleteKeyPair", {{"KeyPairId", id}}), Json({{"Return", true}}));
  EXPECT_EQ(ec2_error("DeleteKeyPair"),
            "MissingParameter: The request must contain the parameter KeyName or KeyPairId");
}

using DescribeKeyPairs = InstancesFixture;

TEST_F(DescribeKeyPairs, FindsByNameIdAndFilter) {
  const std::string id =
      ec2("CreateKeyPair", {{"KeyName", "a"}, {"KeyType", "ed25519"}})["KeyPairId"];
  ec2("CreateKeyPair", {{"KeyName", "b"}, {"KeyType", "ed25519"}});
  const auto names = [&](const Json& input) {
    return column(ec2("DescribeKeyPairs", input)["KeyPairs"], "KeyName");
  };
  EXPECT_THAT(names({{"KeyNames", {"a"}}}), ElementsAre("a"));
  EXPECT_THAT(names({{"KeyPairIds", {id}}}), ElementsAre("a"));
  EXPECT_THAT(names(filter("key-name", {"b*"})), ElementsAre("b"));
  EXPECT_THAT(names(filter("key-name", {"c"})), IsEmpty());
  expect_refusals({
      {"DescribeKeyPairs",
       {{"KeyNames", {"c"}}},
       "InvalidKeyPair.NotFound: The key pair 'c' does not exist"},
      {"DescribeKeyPairs",
       {{"KeyPairIds", {"key-0123456789abcdef0"}}},
       "InvalidKeyPair.NotFound: The key pair 'key-0123456789abcdef0' does not exist"},
  });
}

}  // namespace
}  // namespace cloudchamber::mock::ec2
