// A client's request made ready to be signed anew, for another host and with other credentials.
//
// Pure functions: thread-safe.
#pragma once

#include <optional>
#include <string>

#include "cloudchamber/http.h"
#include "recordings/understand.h"

namespace cloudchamber::recordings {

// What the client's own signature says of the request.
struct ClaimedSignature {
  std::string access_key_id;
  std::string region;          // "" of Signature Version 2
  std::string service;         // "s3" of Signature Version 2
  bool covers_payload = true;  // false where it was sent as UNSIGNED-PAYLOAD
};

// Nothing of a request that is not signed.
[[nodiscard]] std::optional<ClaimedSignature> claimed_signature(const HttpRequest& request);

// How a request's body is at hand.
enum class BodyForm {
  kWhole,   // all of it: what frames it is taken off
  kGoesBy,  // it follows piece by piece, as the client framed it
};

// Without its signature (headers, or parameters of a presigned URL), without the headers of the
// connection that it came by, and with a body in plain: the framing of signed chunks is taken off,
// since each chunk's signature goes on from the request's; the trailer's checksums become headers.
// Of a body that goes by, the headers that describe its framing stay.
// `call`, where a model knows the request, also brings the bucket from the host into the path.
// With `keeps_host` the target stays as it was sent.
[[nodiscard]] HttpRequest without_signature(const HttpRequest& request,
                                            const std::optional<Understood>& call, bool keeps_host,
                                            BodyForm body = BodyForm::kWhole);

// What X-Amz-Content-SHA256 is to say of a body that can't be looked at before it is sent: what the
// client said, whose body it is, and UNSIGNED-PAYLOAD where it said nothing.
[[nodiscard]] std::string payload_of_passing_body(const HttpRequest& request);

// What can be understood of it while its body is still on its way: framing is not looked for.
[[nodiscard]] HttpRequest head_alone(HttpRequest request);

// Takes aws-chunked framing off, with the headers that tell of it. A body that is framed badly, and
// one that is not, stays as it is.
void take_framing_off(HttpRequest& request);

}  // namespace cloudchamber::recordings
