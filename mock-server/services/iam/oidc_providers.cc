// OpenID Connect providers.
#include <algorithm>

#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/providers.h"

namespace cloudchamber::mock::iam {
namespace {

constexpr std::size_t kMaxClientIds = 100;
constexpr std::size_t kMaxThumbprints = 5;
constexpr std::string_view kScheme = "https://";

AwsError no_such_provider(const std::string& arn) {
  return no_such_entity("OpenIDConnect Provider not found for arn " + arn);
}

std::vector<std::string> texts(const Call& call, const char* member) {
  std::vector<std::string> result;
  if (!call.has(member)) return result;
  for (const Json& one : call.at(member)) {
    if (std::find(result.begin(), result.end(), one) == result.end()) result.push_back(one);
  }
  return result;
}

void check_client_ids(const std::vector<std::string>& client_ids) {
  if (client_ids.size() > kMaxClientIds) {
    throw quota_exceeded("ClientIdsPerOpenIdConnectProvider", kMaxClientIds);
  }
}

std::vector<std::string> checked_thumbprints(const Call& call) {
  std::vector<std::string> thumbprints = texts(call, "ThumbprintList");
  if (thumbprints.size() > kMaxThumbprints) {
    throw invalid_input("Thumbprint list must contain fewer than 5 entries.");
  }
  return thumbprints;
}

}  // namespace

const OidcProvider& oidc_provider(const Call& call, const Iam& iam) {
  const std::string& arn = call.text("OpenIDConnectProviderArn");
  const OidcProvider* provider = iam.oidc_providers.find(arn);
  if (provider == nullptr) throw no_such_provider(arn);
  return *provider;
}

OidcProvider& oidc_provider(const Call& call, Iam& iam) {
  const std::string& arn = call.text("OpenIDConnectProviderArn");
  OidcProvider* provider = iam.oidc_providers.change(arn);
  if (provider == nullptr) throw no_such_provider(arn);
  return *provider;
}

Json create_open_id_connect_provider(Call& call, Iam& iam) {
  const std::string& url = call.text("Url");
  if (!url.starts_with(kScheme) || url.size() == kScheme.size() ||
      url.find_first_of("?# ") != std::string::npos) {
    throw validation_error("Invalid Open ID Connect Provider URL");
  }
  OidcProvider provider;
  provider.url = url.substr(kScheme.size());
  while (provider.url.ends_with('/')) provider.url.pop_back();
  provider.arn = "arn:aws:iam::" + call.account() + ":oidc-provider/" + provider.url;
  provider.client_ids = texts(call, "ClientIDList");
  check_client_ids(provider.client_ids);
  provider.thumbprints = checked_thumbprints(call);
  provider.tags = tags_of(call);
  provider.created = call.now();
  if (iam.oidc_providers.contains(provider.arn)) {
    throw entity_already_exists("Provider with url " + url + " already exists.");
  }
  if (iam.oidc_providers.size() >= kMaxOidcProviders) {
    throw quota_exceeded("OpenIdConnectProvidersPerAccount", kMaxOidcProviders);
  }
  Json result{{"OpenIDConnectProviderArn", provider.arn}};
  show_tags(result, provider.tags);
  const std::string arn = provider.arn;
  iam.oidc_providers.put(arn, std::move(provider));
  return result;
}

Json get_open_id_connect_provider(Call& call, const Iam& iam) {
  const OidcProvider& provider = oidc_provider(call, iam);
  return {{"Url", provider.url},
          {"ClientIDList", provider.client_ids},
          {"ThumbprintList", provider.thumbprints},
          {"CreateDate", shown(provider.created)},
          {"Tags", shown(provider.tags)}};
}

Json list_open_id_connect_providers(Call&, const Iam& iam) {
  Json list = Json::array();
  for (const auto& [arn, provider] : iam.oidc_providers) list.push_back({{"Arn", arn}});
  return {{"OpenIDConnectProviderList", std::move(list)}};
}

// Deleting what is not there is fine, as AWS's page of the operation tells.
Json delete_open_id_connect_provider(Call& call, Iam& iam) {
  iam.oidc_providers.erase(call.text("OpenIDConnectProviderArn"));
  return Json::object();
}

Json add_client_id_to_open_id_connect_provider(Call& call, Iam& iam) {
  std::vector<std::string>& ids = oidc_provider(call, iam).client_ids;
  const std::string& id = call.text("ClientID");
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  check_client_ids(ids);
  return Json::object();
}

Json remove_client_id_from_open_id_connect_provider(Call& call, Iam& iam) {
  std::erase(oidc_provider(call, iam).client_ids, call.text("ClientID"));
  return Json::object();
}

Json update_open_id_connect_provider_thumbprint(Call& call, Iam& iam) {
  oidc_provider(call, iam).thumbprints = checked_thumbprints(call);
  return Json::object();
}

}  // namespace cloudchamber::mock::iam
