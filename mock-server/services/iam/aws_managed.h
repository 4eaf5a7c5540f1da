// AWS's own managed policies, those that the catalogue (aws_managed_policies.json) holds.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace cloudchamber::mock::iam {

struct AwsManagedPolicy {
  std::string name;
  std::string path;
  std::string arn;
  std::string id;        // made from the ARN: AWS's are not in the catalogue
  std::int64_t version;  // the default one, the only one that is known
  std::string created;   // of that version
  std::string document;  // "" where the catalogue does not hold it
};

// By ARN. Read once, kept for good; thread-safe.
[[nodiscard]] const std::map<std::string, AwsManagedPolicy>& aws_managed_policies();

// Null when the catalogue lacks it.
[[nodiscard]] const AwsManagedPolicy* find_aws_managed(const std::string& arn);

}  // namespace cloudchamber::mock::iam
