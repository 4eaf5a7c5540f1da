// SAML providers. Their metadata is kept, not understood.
#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/providers.h"

namespace cloudchamber::mock::iam {
namespace {

constexpr Seconds kValidity{100LL * 365 * 24 * 3600};

AwsError no_such_provider(const std::string& arn) {
  return no_such_entity("Manifest not found for arn " + arn);
}

std::string checked_metadata(const Call& call) {
  const std::string& document = call.text("SAMLMetadataDocument");
  if (document.find("EntityDescriptor") == std::string::npos) {
    throw invalid_input("Could not parse metadata");
  }
  return document;
}

}  // namespace

const SamlProvider& saml_provider(const Call& call, const Iam& iam) {
  const std::string& arn = call.text("SAMLProviderArn");
  const SamlProvider* provider = iam.saml_providers.find(arn);
  if (provider == nullptr) throw no_such_provider(arn);
  return *provider;
}

SamlProvider& saml_provider(const Call& call, Iam& iam) {
  const std::string& arn = call.text("SAMLProviderArn");
  SamlProvider* provider = iam.saml_providers.change(arn);
  if (provider == nullptr) throw no_such_provider(arn);
  return *provider;
}

Json create_saml_provider(Call& call, Iam& iam) {
  const std::string& name = call.text("Name");
  SamlProvider provider;
  provider.arn = "arn:aws:iam::" + call.account() + ":saml-provider/" + name;
  provider.document = checked_metadata(call);
  provider.tags = tags_of(call);
  provider.created = call.now();
  provider.valid_until = call.now() + kValidity;
  if (iam.saml_providers.contains(provider.arn)) {
    throw entity_already_exists("SAMLProvider with name " + name + " already exists.");
  }
  if (iam.saml_providers.size() >= kMaxSamlProviders) {
    throw quota_exceeded("SAMLProvidersPerAccount", kMaxSamlProviders);
  }
  Json result{{"SAMLProviderArn", provider.arn}};
  show_tags(result, provider.tags);
  const std::string arn = provider.arn;
  iam.saml_providers.put(arn, std::move(provider));
  return result;
}

Json get_saml_provider(Call& call, const Iam& iam) {
  const SamlProvider& provider = saml_provider(call, iam);
  return {{"SAMLMetadataDocument", provider.document},
          {"CreateDate", shown(provider.created)},
          {"ValidUntil", shown(provider.valid_until)},
          {"Tags", shown(provider.tags)}};
}

Json list_saml_providers(Call&, const Iam& iam) {
  Json list = Json::array();
  for (const auto& [arn, provider] : iam.saml_providers) {
    list.push_back({{"Arn", arn},
                    {"CreateDate", shown(provider.created)},
                    {"ValidUntil", shown(provider.valid_until)}});
  }
  return {{"SAMLProviderList", std::move(list)}};
}

Json update_saml_provider(Call& call, Iam& iam) {
  for (const char* member : {"AssertionEncryptionMode", "AddPrivateKey", "RemovePrivateKey"}) {
    if (call.has(member)) throw not_implemented(std::string(member) + " of UpdateSAMLProvider");
  }
  SamlProvider& provider = saml_provider(call, iam);
  if (call.has("SAMLMetadataDocument")) provider.document = checked_metadata(call);
  return {{"SAMLProviderArn", provider.arn}};
}

Json delete_saml_provider(Call& call, Iam& iam) {
  static_cast<void>(saml_provider(call, iam));
  iam.saml_providers.erase(call.text("SAMLProviderArn"));
  return Json::object();
}

}  // namespace cloudchamber::mock::iam
