#include "mock-server/services/iam/aws_managed.h"

#include <nlohmann/json.hpp>

#include "cloudchamber/json.h"
#include "mock-server/services/iam/aws_managed_data.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::iam {
namespace {

std::string id_of(const std::string& arn) {
  std::string id = "ANPA";
  for (const char byte : sha256(arn).substr(0, 17)) {
    id += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[static_cast<unsigned char>(byte) % 32];
  }
  return id;
}

std::map<std::string, AwsManagedPolicy> read_catalogue() {
  std::map<std::string, AwsManagedPolicy> catalogue;
  for (const Json& entry : Json::parse(aws_managed_policies_json())) {
    AwsManagedPolicy policy;
    policy.name = entry["Name"];
    policy.path = entry["Path"];
    policy.arn = "arn:aws:iam::aws:policy" + policy.path + policy.name;
    policy.id = id_of(policy.arn);
    policy.version = entry["Version"];
    policy.created = entry["Created"];
    if (entry.contains("Document")) policy.document = entry["Document"].dump();
    catalogue.emplace(policy.arn, policy);
  }
  return catalogue;
}

}  // namespace

const std::map<std::string, AwsManagedPolicy>& aws_managed_policies() {
  static const std::map<std::string, AwsManagedPolicy> kCatalogue = read_catalogue();
  return kCatalogue;
}

const AwsManagedPolicy* find_aws_managed(const std::string& arn) {
  const auto found = aws_managed_policies().find(arn);
  return found == aws_managed_policies().end() ? nullptr : &found->second;
}

}  // namespace cloudchamber::mock::iam
