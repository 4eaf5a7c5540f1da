// Identity providers, found by ARN.
#pragma once

#include "mock-server/call/call.h"
#include "mock-server/services/iam/state.h"

namespace cloudchamber::mock::iam {

// The provider that the input names. Throws NoSuchEntity.
[[nodiscard]] const OidcProvider& oidc_provider(const Call& call, const Iam& iam);
[[nodiscard]] OidcProvider& oidc_provider(const Call& call, Iam& iam);
[[nodiscard]] const SamlProvider& saml_provider(const Call& call, const Iam& iam);
[[nodiscard]] SamlProvider& saml_provider(const Call& call, Iam& iam);

}  // namespace cloudchamber::mock::iam
