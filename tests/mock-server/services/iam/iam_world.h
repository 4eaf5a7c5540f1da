// A world with IAM and STS, and short ways to put things into it.
#pragma once

#include <string>

#include "mock-server/services/iam/service.h"
#include "mock-server/services/sts/service.h"
#include "tests/support/service/service_fixture.h"

namespace cloudchamber::mock::iam {

class IamWorld : public ServiceFixture {
 protected:
  IamWorld() : ServiceFixture({make_service(), sts::make_service()}) {}

  Json iam(const std::string& operation, const Json& input = Json::object()) {
    return call("iam", operation, input);
  }
  std::string iam_error(const std::string& operation, const Json& input) {
    return error_of("iam", operation, input);
  }

  Json user(const std::string& name) { return iam("CreateUser", {{"UserName", name}})["User"]; }
  Json group(const std::string& name) { return iam("CreateGroup", {{"GroupName", name}})["Group"]; }
  Json role(const std::string& name) {
    return iam("CreateRole", {{"RoleName", name}, {"AssumeRolePolicyDocument", kTrust}})["Role"];
  }
  std::string policy(const std::string& name) {
    return iam("CreatePolicy",
               {{"PolicyName", name}, {"PolicyDocument", kPolicy}})["Policy"]["Arn"];
  }
  Json profile(const std::string& name) {
    return iam("CreateInstanceProfile", {{"InstanceProfileName", name}})["InstanceProfile"];
  }

  static constexpr const char* kTrust =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",)"
      R"("Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]})";
  static constexpr const char* kPolicy =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]})";
};

}  // namespace cloudchamber::mock::iam
