#include "mock-server/services/iam/mfa.h"
#include "tests/mock-server/services/iam/iam_world.h"

namespace cloudchamber::mock::iam {
namespace {

using namespace std::chrono_literals;

using CreateServiceSpecificCredential = IamWorld;

// LocalStack's recordings TestIAMServiceSpecificCredentials.
TEST_F(CreateServiceSpecificCredential, IsForSomeServicesAlone) {
  const auto create = [&](const char* name, const char* service) {
    return iam_error("CreateServiceSpecificCredential",
                     {{"UserName", name}, {"ServiceName", service}});
  };
  user("u");
  EXPECT_EQ(create("none", "lambda.amazonaws.com"),
            "NoSuchEntity: The user with name none cannot be found.");
  EXPECT_EQ(create("u", "lambda.amazonaws.com"),
            "NoSuchEntity: No such service lambda.amazonaws.com is supported for Service Specific "
            "Credentials");
  EXPECT_EQ(create("u", "codecommit.amazonaws.com"), "succeeded");
  EXPECT_EQ(create("u", "codecommit.amazonaws.com"), "succeeded");
  EXPECT_NE(create("u", "codecommit.amazonaws.com").find("LimitExceeded"), std::string::npos);
  EXPECT_EQ(create("u", "cassandra.amazonaws.com"), "succeeded");
  EXPECT_EQ(iam_error("DeleteUser", {{"UserName", "u"}}),
            "DeleteConflict: Cannot delete entity, must remove referenced objects first.");
}

TEST_F(CreateServiceSpecificCredential, IsListedUpdatedResetAndDeleted) {
  user("u");
  const Json created =
      iam("CreateServiceSpecificCredential",
          {{"UserName", "u"},
           {"ServiceName", "codecommit.amazonaws.com"}})["ServiceSpecificCredential"];
  EXPECT_EQ(created["ServiceUserName"], "u-at-123456789012");
  Json named{{"UserName", "u"},
             {"ServiceSpecificCredentialId", created["ServiceSpecificCredentialId"]}};
  const Json reset = iam("ResetServiceSpecificCredential", named)["ServiceSpecificCredential"];
  EXPECT_NE(reset["ServicePassword"], created["ServicePassword"]);
  Json update = named;
  update["Status"] = "Inactive";
  iam("UpdateServiceSpecificCredential", update);
  const Json list = iam("ListServiceSpecificCredentials", {{"UserName", "u"}});
  EXPECT_EQ(list["ServiceSpecificCredentials"][0]["Status"], "Inactive");
  EXPECT_FALSE(list["ServiceSpecificCredentials"][0].contains("ServicePassword"));
  iam("DeleteServiceSpecificCredential", named);
  EXPECT_EQ(iam_error("DeleteServiceSpecificCredential", named),
            "NoSuchEntity: No such credential " +
                named["ServiceSpecificCredentialId"].get<std::string>() + " exists");
  named["ServiceSpecificCredentialId"] = "totally-wrong-credential-id-with-hyphens";
  EXPECT_EQ(iam_error("ResetServiceSpecificCredential", named),
            "ValidationError: 1 validation error detected: Value at 'serviceSpecificCredentialId' "
            "failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w]+");
}

// RFC 6238, appendix B, its last six digits.
TEST(MfaCode, IsThatOfTheRfc) {
  const std::string seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const std::pair<int, const char*> rows[] = {
      {59, "287082"}, {1'111'111'109, "081804"}, {1'234'567'890, "005924"}};
  for (const auto& [seconds, code] : rows) {
    EXPECT_EQ(mfa_code(seed, TimePoint(Seconds(seconds))), code) << seconds;
  }
}

using EnableMFADevice = IamWorld;

TEST_F(EnableMFADevice, WantsTwoCodesThatTheDeviceShows) {
  user("u");
  const Json device =
      iam("CreateVirtualMFADevice", {{"VirtualMFADeviceName", "phone"}})["VirtualMFADevice"];
  EXPECT_EQ(device["SerialNumber"], "arn:aws:iam::123456789012:mfa/phone");
  EXPECT_EQ(iam_error("CreateVirtualMFADevice", {{"VirtualMFADeviceName", "phone"}}),
            "EntityAlreadyExists: MFADevice entity at the same path and name already exists.");
  const auto& bytes = device["Base32StringSeed"].get_binary();
  const std::string seed(bytes.begin(), bytes.end());
  const Json serial{{"SerialNumber", device["SerialNumber"]}};
  const auto enable = [&](TimePoint first, TimePoint second) {
    return iam_error("EnableMFADevice", {{"UserName", "u"},
                                         {"SerialNumber", device["SerialNumber"]},
                                         {"AuthenticationCode1", mfa_code(seed, first)},
                                         {"AuthenticationCode2", mfa_code(seed, second)}});
  };
  const TimePoint now = clock_->now();
  EXPECT_EQ(enable(now, now),
            "InvalidAuthenticationCode: Authentication code for device is not "
            "valid.");
  EXPECT_NE(enable(now - 1h, now - 1h + 30s), "succeeded");
  EXPECT_EQ(iam("ListVirtualMFADevices", {{"AssignmentStatus", "Assigned"}})["VirtualMFADevices"],
            Json::array());
  EXPECT_EQ(enable(now - 30s, now), "succeeded");
  EXPECT_NE(enable(now - 30s, now), "succeeded");
  EXPECT_EQ(iam("ListMFADevices", {{"UserName", "u"}})["MFADevices"][0]["SerialNumber"],
            device["SerialNumber"]);
  EXPECT_EQ(iam("GetMFADevice",
                {{"UserName", "u"}, {"SerialNumber", device["SerialNumber"]}})["UserName"],
            "u");
  EXPECT_EQ(iam("ListVirtualMFADevices")["VirtualMFADevices"][0]["User"]["UserName"], "u");
  EXPECT_EQ(iam_error("ResyncMFADevice", {{"UserName", "u"},
                                          {"SerialNumber", device["SerialNumber"]},
                                          {"AuthenticationCode1", mfa_code(seed, now)},
                                          {"AuthenticationCode2", mfa_code(seed, now + 30s)}}),
            "succeeded");
  EXPECT_EQ(iam_error("DeleteVirtualMFADevice", serial),
            "DeleteConflict: MFA VirtualDevice in use. Must deactivate first.");
  iam("DeactivateMFADevice", {{"UserName", "u"}, {"SerialNumber", device["SerialNumber"]}});
  iam("DeleteVirtualMFADevice", serial);
  EXPECT_EQ(iam_error("DeleteVirtualMFADevice", serial),
            "NoSuchEntity: VirtualMFADevice with serial number "
            "arn:aws:iam::123456789012:mfa/phone doesn't exist.");
}

using CreateOpenIDConnectProvider = IamWorld;

TEST_F(CreateOpenIDConnectProvider, IsOneAUrl) {
  const Json input{{"Url", "https://token.example.com/path"},
                   {"ClientIDList", {"a", "b", "a"}},
                   {"ThumbprintList", {std::string(40, 'b')}}};
  const Json created = iam("CreateOpenIDConnectProvider", input);
  EXPECT_EQ(created["OpenIDConnectProviderArn"],
            "arn:aws:iam::123456789012:oidc-provider/token.example.com/path");
  EXPECT_EQ(iam_error("CreateOpenIDConnectProvider", input),
            "EntityAlreadyExists: Provider with url https://token.example.com/path already "
            "exists.");
  EXPECT_EQ(iam("ListOpenIDConnectProviders")["OpenIDConnectProviderList"].size(), 1U);
  Json with_client = created;
  with_client["ClientID"] = "c";
  iam("AddClientIDToOpenIDConnectProvider", with_client);
  iam("AddClientIDToOpenIDConnectProvider", with_client);
  with_client["ClientID"] = "a";
  iam("RemoveClientIDFromOpenIDConnectProvider", with_client);
  Json with_thumbprints = created;
  with_thumbprints["ThumbprintList"] = {std::string(40, 'c')};
  iam("UpdateOpenIDConnectProviderThumbprint", with_thumbprints);
  const Json got = iam("GetOpenIDConnectProvider", created);
  EXPECT_EQ(got["Url"], "token.example.com/path");
  EXPECT_EQ(got["ClientIDList"], Json({"b", "c"}));
  EXPECT_EQ(got["ThumbprintList"], Json({std::string(40, 'c')}));
  EXPECT_EQ(iam_error("DeleteOpenIDConnectProvider", created), "succeeded");
  EXPECT_EQ(iam_error("DeleteOpenIDConnectProvider", created), "succeeded");
  EXPECT_EQ(iam_error("GetOpenIDConnectProvider", created),
            "NoSuchEntity: OpenIDConnect Provider not found for arn "
            "arn:aws:iam::123456789012:oidc-provider/token.example.com/path");
}

TEST_F(CreateOpenIDConnectProvider, ChecksItsInput) {
  const auto create = [&](const Json& input) {
    return iam_error("CreateOpenIDConnectProvider", input);
  };
  for (const char* url : {"http://x.example.com", "x.example.com", "https://", "https://x?y"}) {
    EXPECT_EQ(create({{"Url", url}}), "ValidationError: Invalid Open ID Connect Provider URL")
        << url;
  }
  const auto many = [](int count, std::size_t size) {
    Json list = Json::array();
    for (int i = 0; i < count; ++i) {
      const std::string text = std::to_string(i);
      list.push_back(std::string(size - text.size(), 'x') + text);
    }
    return list;
  };
  EXPECT_EQ(create({{"Url", "https://a.com"}, {"ClientIDList", many(100, 5)}}), "succeeded");
  EXPECT_EQ(create({{"Url", "https://b.com"}, {"ClientIDList", many(101, 5)}}),
            "LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100");
  EXPECT_EQ(create({{"Url", "https://c.com"}, {"ThumbprintList", many(5, 40)}}), "succeeded");
  EXPECT_EQ(create({{"Url", "https://d.com"}, {"ThumbprintList", many(6, 40)}}),
            "InvalidInput: Thumbprint list must contain fewer than 5 entries.");
}

using CreateSAMLProvider = IamWorld;

TEST_F(CreateSAMLProvider, KeepsTheMetadata) {
  const std::string metadata =
      "<EntityDescriptor>" + std::string(1000, ' ') + "</EntityDescriptor>";
  const Json created =
      iam("CreateSAMLProvider", {{"Name", "corp"}, {"SAMLMetadataDocument", metadata}});
  EXPECT_EQ(created["SAMLProviderArn"], "arn:aws:iam::123456789012:saml-provider/corp");
  EXPECT_NE(iam_error("CreateSAMLProvider", {{"Name", "corp"}, {"SAMLMetadataDocument", metadata}})
                .find("EntityAlreadyExists"),
            std::string::npos);
  EXPECT_EQ(iam("GetSAMLProvider", created)["SAMLMetadataDocument"], metadata);
  Json update = created;
  update["SAMLMetadataDocument"] = metadata + " ";
  EXPECT_EQ(iam("UpdateSAMLProvider", update), created);
  EXPECT_EQ(iam("GetSAMLProvider", created)["SAMLMetadataDocument"], metadata + " ");
  EXPECT_EQ(iam("ListSAMLProviders")["SAMLProviderList"][0]["Arn"], created["SAMLProviderArn"]);
  EXPECT_EQ(iam_error("CreateSAMLProvider",
                      {{"Name", "x"}, {"SAMLMetadataDocument", std::string(1000, 'x')}}),
            "InvalidInput: Could not parse metadata");
  iam("DeleteSAMLProvider", created);
  EXPECT_EQ(iam_error("DeleteSAMLProvider", created),
            "NoSuchEntity: Manifest not found for arn "
            "arn:aws:iam::123456789012:saml-provider/corp");
}

}  // namespace
}  // namespace cloudchamber::mock::iam
