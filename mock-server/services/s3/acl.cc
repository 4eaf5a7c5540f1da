#include "mock-server/services/s3/acl.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/names.h"

namespace cloudchamber::mock::s3 {
namespace {

// The account of Amazon EC2's bundles, to which aws-exec-read grants.
constexpr std::string_view kExecReader =
    "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c";
constexpr std::string_view kAnonymousId =
    "65a011a29cdf8ec533ec3d1ccaae921c";  // who owns what nobody signed for

struct GrantHeader {
  std::string_view member;
  std::string_view header;
  std::string_view permission;
};
constexpr std::array<GrantHeader, 5> kGrantHeaders = {{
    {"GrantRead", "x-amz-grant-read", "READ"},
    {"GrantWrite", "x-amz-grant-write", "WRITE"},
    {"GrantReadACP", "x-amz-grant-read-acp", "READ_ACP"},
    {"GrantWriteACP", "x-amz-grant-write-acp", "WRITE_ACP"},
    {"GrantFullControl", "x-amz-grant-full-control", "FULL_CONTROL"},
}};

std::string id_of(const std::string& account) {
  return account.empty() ? std::string(kAnonymousId) : canonical_id(account);
}

Grant user_grant(const std::string& account, std::string_view permission) {
  return {false, id_of(account), std::string(permission)};
}
Grant group_grant(std::string_view uri, std::string_view permission) {
  return {true, std::string(uri), std::string(permission)};
}

bool is_group(std::string_view uri) {
  return uri == kAllUsers || uri == kAuthenticatedUsers || uri == kLogDelivery;
}

bool is_user_id(std::string_view id) {
  return id == kExecReader || id == kAnonymousId || account_of(id).has_value();
}

AwsError email_grants_are_gone() {
  return AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.",
                  405);
}

AwsError malformed_acl() {
  return AwsError("MalformedACLError",
                  "The XML you provided was not well-formed or did not validate against our "
                  "published schema",
                  400);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// One of `id="..."`, `uri="..."`, `emailAddress="..."`.
Grant grant_of_header(std::string_view item, const GrantHeader& header) {
  const std::size_t equals = item.find('=');
  const auto unrecognized = [&](std::string_view value) {
    return invalid_argument("Argument format not recognized", header.header, value);
  };
  if (equals == std::string_view::npos) throw unrecognized(item);
  const std::string_view kind = trimmed(item.substr(0, equals));
  std::string_view value = trimmed(item.substr(equals + 1));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
      value.back() == value.front()) {
    value = value.substr(1, value.size() - 2);
  }
  if (kind == "uri") {
    if (!is_group(value)) throw invalid_argument("Invalid group uri", "uri", value);
    return group_grant(value, header.permission);
  }
  if (kind == "id") {
    if (!is_user_id(value)) throw invalid_argument("Invalid id", "id", value);
    return {false, std::string(value), std::string(header.permission)};
  }
  if (kind == "emailAddress") throw email_grants_are_gone();
  throw unrecognized(item);
}

std::string text_of(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Grant grant_of_document(const Json& grant) {
  constexpr std::array<std::string_view, 5> kPermissions = {"FULL_CONTROL", "READ", "WRITE",
                                                            "READ_ACP", "WRITE_ACP"};
  const std::string permission = text_of(grant, "Permission");
  if (std::find(kPermissions.begin(), kPermissions.end(), permission) == kPermissions.end()) {
    throw malformed_acl();
  }
  const auto grantee = grant.find("Grantee");
  if (grantee == grant.end()) throw malformed_acl();
  const std::string type = text_of(*grantee, "Type");
  if (type == "Group") {
    const std::string uri = text_of(*grantee, "URI");
    if (!is_group(uri)) throw invalid_argument("Invalid group uri", "Group/URI", uri);
    return group_grant(uri, permission);
  }
  if (type == "AmazonCustomerByEmail") throw email_grants_are_gone();
  if (type != "CanonicalUser") throw malformed_acl();
  const std::string id = text_of(*grantee, "ID");
  if (!is_user_id(id)) throw invalid_argument("Invalid id", "CanonicalUser/ID", id);
  return {false, id, permission};
}

Json named_user(const std::string& id, bool with_display_name) {
  Json user = {{"ID", id}};
  if (with_display_name) {
    if (id == kAnonymousId) {
      user["DisplayName"] = "anonymous";
    } else if (const auto account = account_of(id)) {
      user["DisplayName"] = *account;
    }
  }
  return user;
}

}  // namespace

Acl canned_acl(const std::string& canned, const std::string& owner,
               const std::string& bucket_owner) {
  Acl acl{{user_grant(owner, "FULL_CONTROL")}};
  if (canned == "private") {
  } else if (canned == "public-read") {
    acl.grants.push_back(group_grant(kAllUsers, "READ"));
  } else if (canned == "public-read-write") {
    acl.grants.push_back(group_grant(kAllUsers, "READ"));
    acl.grants.push_back(group_grant(kAllUsers, "WRITE"));
  } else if (canned == "authenticated-read") {
    acl.grants.push_back(group_grant(kAuthenticatedUsers, "READ"));
  } else if (canned == "aws-exec-read") {
    acl.grants.push_back({false, std::string(kExecReader), "READ"});
  } else if (canned == "bucket-owner-read") {
    if (owner != bucket_owner) acl.grants.push_back(user_grant(bucket_owner, "READ"));
  } else if (canned == "bucket-owner-full-control") {
    if (owner != bucket_owner) acl.grants.push_back(user_grant(bucket_owner, "FULL_CONTROL"));
  } else if (canned == "log-delivery-write") {
    acl.grants.push_back(group_grant(kLogDelivery, "WRITE"));
    acl.grants.push_back(group_grant(kLogDelivery, "READ_ACP"));
  } else {
    throw invalid_argument("", "x-amz-acl", canned);
  }
  return acl;
}

bool has_acl_headers(const Call& call) {
  return call.has("ACL") ||
         std::any_of(kGrantHeaders.begin(), kGrantHeaders.end(),
                     [&](const GrantHeader& header) { return call.has(header.member); });
}

std::optional<Acl> acl_from_headers(const Call& call, const std::string& owner,
                                    const std::string& bucket_owner) {
  Acl acl;
  bool grants_given = false;
  for (const GrantHeader& header : kGrantHeaders) {
    if (!call.has(header.member)) continue;
    grants_given = true;
    std::string_view rest = call.text(header.member);
    while (!rest.empty()) {
      const std::size_t comma = rest.find(',');
      acl.grants.push_back(grant_of_header(trimmed(rest.substr(0, comma)), header));
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
  }
  if (!call.has("ACL")) {
    if (!grants_given) return std::nullopt;
    return acl;
  }
  if (grants_given) {
    throw invalid_request("Specifying both Canned ACLs and Header Grants is not allowed");
  }
  return canned_acl(call.text("ACL"), owner, bucket_owner);
}

Acl acl_from_document(const Json& policy, const std::string& owner) {
  const auto named_owner = policy.find("Owner");
  const auto grants = policy.find("Grants");
  if (named_owner == policy.end()) throw malformed_acl();
  const std::string owner_id = text_of(*named_owner, "ID");
  if (owner_id.empty()) throw malformed_acl();
  if (!is_user_id(owner_id)) throw invalid_argument("Invalid id", "CanonicalUser/ID", owner_id);
  if (owner_id != id_of(owner)) throw access_denied();
  Acl acl;
  if (grants == policy.end()) return acl;
  for (const Json& grant : *grants) acl.grants.push_back(grant_of_document(grant));
  return acl;
}

bool is_public(const Acl& acl) {
  return std::any_of(acl.grants.begin(), acl.grants.end(), [](const Grant& grant) {
    return grant.group && (grant.grantee == kAllUsers || grant.grantee == kAuthenticatedUsers);
  });
}

Json owner_json(const std::string& account, bool with_display_name) {
  return named_user(id_of(account), with_display_name);
}

Json acl_json(const Acl& acl, const std::string& owner, bool with_display_name) {
  Json grants = Json::array();
  for (const Grant& grant : acl.grants) {
    Json grantee;
    if (grant.group) {
      grantee = {{"Type", "Group"}, {"URI", grant.grantee}};
    } else {
      grantee = named_user(grant.grantee, with_display_name);
      grantee["Type"] = "CanonicalUser";
    }
    grants.push_back({{"Grantee", std::move(grantee)}, {"Permission", grant.permission}});
  }
  return {{"Owner", owner_json(owner, with_display_name)}, {"Grants", std::move(grants)}};
}

}  // namespace cloudchamber::mock::s3
