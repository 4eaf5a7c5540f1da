// What a signed URL says in the place of headers.
#pragma once

#include <optional>

#include "cloudchamber/http.h"

namespace cloudchamber::mock {

// The request's headers and those that its signer put into the query, as the SDKs for JavaScript
// and Go do: they count as if they had been sent, but for checksums of content that was not known
// then, and x-amz-checksum-mode with them (LocalStack's test_presigned_url_v4_x_amz_in_qs and
// go-cloud's recordings of presigned URLs, both made with AWS). Where both are there, the header
// counts. Nothing where the URL is not signed.
[[nodiscard]] std::optional<Headers> headers_of_signed_url(const HttpRequest& request);

}  // namespace cloudchamber::mock
