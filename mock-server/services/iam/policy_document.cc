#include "mock-server/services/iam/policy_document.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "mock-server/services/iam/errors.h"
#include "mock-server/services/iam/policy_dates.h"
#include "mock-server/services/iam/policy_syntax.h"
#include "mock-server/services/iam/text.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::iam {
namespace {

AwsError legacy_parsing() { return malformed_policy("The policy failed legacy parsing"); }

// Each piece of "a:b:c"; the last of `most` takes what is left.
std::vector<std::string> pieces(std::string_view text, std::size_t most) {
  std::vector<std::string> result;
  while (result.size() + 1 < most) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) break;
    result.emplace_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  result.emplace_back(text);
  return result;
}

bool is_partition(const std::string& name) {
  constexpr std::array<std::string_view, 8> kPartitions = {
      "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"};
  return std::find(kPartitions.begin(), kPartitions.end(), name) != kPartitions.end();
}

// What is wrong with a Resource; "" where nothing is. Throws what AWS tells before anything else.
std::string problem_of_resource(const std::string& resource) {
  if (resource == "*") return "";
  const std::vector<std::string> parts = pieces(resource, 6);
  if (parts.size() < 2) return "Resource " + resource + " must be in ARN format or \"*\".";
  if (!is_partition(parts[1])) {
    std::string shown = "arn";
    for (std::size_t i = 1; i < 6; ++i) shown += ':' + (i < parts.size() ? parts[i] : "*");
    return "Partition \"" + parts[1] + "\" is not valid for resource \"" + shown + "\".";
  }
  if (parts.size() < 3) {
    return "Resource vendor must be fully qualified and cannot contain regexes.";
  }
  // What is left out after the vendor counts as "*"; with a region it must all be there.
  if (parts[2].empty() || parts.size() == 4 || parts.size() == 5) throw legacy_parsing();
  if (parts.size() == 3) return "";
  const std::string& vendor = parts[2];
  const std::string& region = parts[3];
  const std::string& name = parts[5];
  if (vendor == "iam") {
    if (!region.empty()) {
      return "IAM resource " + resource + " cannot contain region information.";
    }
    constexpr std::array<std::string_view, 13> kKinds = {"user/",
                                                         "federated-user/",
                                                         "role/",
                                                         "group/",
                                                         "instance-profile/",
                                                         "mfa/",
                                                         "server-certificate/",
                                                         "policy/",
                                                         "sms-mfa/",
                                                         "saml-provider/",
                                                         "oidc-provider/",
                                                         "report/",
                                                         "access-report/"};
    const bool known = name == "*" || std::any_of(kKinds.begin(), kKinds.end(), [&](auto kind) {
                         return name.starts_with(kind);
                       });
    if (!known) {
      return "IAM resource path must either be \"*\" or start with user/, federated-user/, role/, "
             "group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, "
             "saml-provider/, oidc-provider/, report/, access-report/.";
    }
  }
  if (vendor == "s3" && !region.empty() && !name.starts_with("accesspoint/")) {
    return "Resource " + resource + " can not contain region information.";
  }
  return "";
}

void check_dates(const Json& statement) {
  const auto conditions = statement.find("Condition");
  if (conditions == statement.end()) return;
  for (const auto& [operation, keys] : conditions->items()) {
    if (operation.find("Date") == std::string::npos) continue;
    for (const auto& [key, wanted] : keys.items()) {
      each_text(keys, key.c_str(), [](const std::string& date) {
        if (!is_policy_date(date)) throw legacy_parsing();
      });
    }
  }
}

void check_action(const std::string& action) {
  if (action == "*") return;
  const auto colons = std::count(action.begin(), action.end(), ':');
  if (colons == 0) {
    throw malformed_policy(
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }
  if (colons > 1) throw malformed_policy("Actions/Condition can contain only one colon.");
  const std::string vendor = action.substr(0, action.find(':'));
  const bool valid = std::all_of(vendor.begin(), vendor.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '*' || c == '?';
  });
  if (!valid) throw malformed_policy("Vendor " + vendor + " is not valid");
}

void check_sids(const Json& policy) {
  std::set<std::string> seen;
  for (const Json& statement : policy["Statement"]) {
    const std::string sid = statement.value("Sid", std::string());
    if (!sid.empty() && !seen.insert(sid).second) {
      throw malformed_policy("Statement IDs (SID) in a single policy must be unique.");
    }
  }
}

// What the older parser behind IAM refuses without saying why, and what is wrong with the first bad
// resource, which is told later.
std::string legacy_pass(const Json& policy) {
  std::string problem;
  const auto look = [&](const std::string& resource) {
    if (problem.empty()) problem = problem_of_resource(resource);
  };
  for (const Json& statement : policy["Statement"]) {
    if (statement["Effect"] != "Allow" && statement["Effect"] != "Deny") throw legacy_parsing();
    check_dates(statement);
    each_text(statement, "Resource", look);
    each_text(statement, "NotResource", look);
  }
  return problem;
}

AwsError invalid_principal(const std::string& kind, const std::string& name) {
  return malformed_policy("Invalid principal in policy: \"" + kind + "\":\"" + name + '"');
}

bool is_account(std::string_view text) {
  return text.size() == 12 && std::all_of(text.begin(), text.end(),
                                          [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_principal_arn(const std::string& arn) {
  const std::vector<std::string> parts = pieces(arn, 6);
  if (parts.size() < 6 || parts[0] != "arn" || !is_partition(parts[1])) return false;
  if (!parts[3].empty() || !is_account(parts[4])) return false;
  const std::string& name = parts[5];
  if (parts[2] == "sts") {
    return name.starts_with("assumed-role/") || name.starts_with("federated-user/");
  }
  return parts[2] == "iam" &&
         (name == "root" || name.starts_with("user/") || name.starts_with("role/"));
}

void check_principal(const Json& principal,
                     const std::function<bool(const std::string& arn)>& exists) {
  if (principal.is_string()) {
    if (principal != "*") throw invalid_principal("AWS", principal.get<std::string>());
    return;
  }
  for (const auto& [kind, names] : principal.items()) {
    const std::string& kind_name = kind;
    if (kind_name != "AWS" && kind_name != "Service" && kind_name != "Federated") {
      throw malformed_policy("Invalid principal in policy.");
    }
    each_text(principal, kind.c_str(), [&](const std::string& name) {
      bool valid = !name.empty();
      if (kind_name == "AWS") {
        valid = name == "*" || is_account(name) || (is_principal_arn(name) && exists(name));
      } else if (kind_name == "Service") {
        valid = name.find(".amazonaws.com") != std::string::npos;
      }
      if (!valid) throw invalid_principal(kind_name == "Service" ? "SERVICE" : kind_name, name);
    });
  }
}

}  // namespace

// The order is that of the cases in moto's tests, which were seen on AWS.
void check_identity_policy(std::string_view document) {
  const Json policy = parsed_policy(document);
  if (policy.value("Version", "") != "2012-10-17") {
    throw malformed_policy("Policy document must be version 2012-10-17 or greater.");
  }
  for (const Json& statement : policy["Statement"]) {
    if (statement.contains("Principal") || statement.contains("NotPrincipal")) {
      throw malformed_policy("Policy document should not specify a principal.");
    }
  }
  const std::string problem = legacy_pass(policy);
  check_sids(policy);
  for (const Json& statement : policy["Statement"]) {
    if (!has_text(statement, "Action") && !has_text(statement, "NotAction")) {
      throw malformed_policy("Policy statement must contain actions.");
    }
  }
  if (!problem.empty()) throw malformed_policy(problem);
  for (const Json& statement : policy["Statement"]) {
    each_text(statement, "Action", check_action);
    each_text(statement, "NotAction", check_action);
  }
  for (const Json& statement : policy["Statement"]) {
    if (!has_text(statement, "Resource") && !has_text(statement, "NotResource")) {
      throw malformed_policy("Policy statement must contain resources.");
    }
  }
}

void check_trust_policy(std::string_view document,
                        const std::function<bool(const std::string& arn)>& exists) {
  const Json policy = parsed_policy(document);
  for (const Json& statement : policy["Statement"]) {
    for (const char* prohibited : {"Resource", "NotResource"}) {
      if (statement.contains(prohibited)) {
        throw malformed_policy(std::string("Has prohibited field ") + prohibited);
      }
    }
    if (!statement.contains("Principal") && !statement.contains("NotPrincipal")) {
      throw malformed_policy("Missing required field Principal");
    }
    if (!statement.contains("Action") && !statement.contains("NotAction")) {
      throw malformed_policy("Missing required field Action");
    }
  }
  static_cast<void>(legacy_pass(policy));
  check_sids(policy);
  for (const Json& statement : policy["Statement"]) {
    each_text(statement, "Action", [](const std::string& action) {
      if (!lowered(action).starts_with("sts:")) {
        throw malformed_policy("AssumeRole policy may only specify STS AssumeRole actions.");
      }
    });
    for (const char* element : {"Principal", "NotPrincipal"}) {
      if (const auto found = statement.find(element); found != statement.end()) {
        check_principal(*found, exists);
      }
    }
  }
}

}  // namespace cloudchamber::mock::iam
