// The canonical form of a request: what both sides of SigV4 write down before they sign it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
//
// Pure functions: thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/http.h"

namespace cloudchamber {

// What a header of the request says as far as signing goes: values trimmed, inner white space made
// single spaces, repeated headers joined with commas. "host" is the request's host, and
// "content-length" the size of its body where the transport has not written that header yet. One
// of Amazon's may stand in the query instead, as in URLs that SDKs for JavaScript sign.
// `present` (may be null) tells whether there is one.
[[nodiscard]] std::string canonical_header(const HttpRequest& request, std::string_view lower_name,
                                           bool* present = nullptr);

// Every service but S3 signs the path without "." and ".." segments and double slashes, its escapes
// escaped once more. S3 signs it as it is, in the one canonical escaping.
[[nodiscard]] std::string canonical_path(std::string_view path, bool s3);

// Names and values in canonical escaping, sorted. `without` names one parameter to leave out, which
// a signature can't sign: itself.
[[nodiscard]] std::string canonical_query(std::string_view query, std::string_view without = {});

// Lower-case names of the headers that are signed, sorted: all but those that intermediaries change
// or add.
[[nodiscard]] std::vector<std::string> headers_to_sign(const HttpRequest& request);

// Method, path, query, each of `signed_headers` ("host;x-amz-date") in this order, their list and
// the payload's hash.
[[nodiscard]] std::string canonical_request(const HttpRequest& request,
                                            std::string_view signed_headers,
                                            std::string_view payload_hash, bool s3);

// Does this service sign by S3's rules?
[[nodiscard]] bool signs_like_s3(std::string_view service);

// The body's SHA-256 in hex.
[[nodiscard]] std::string payload_hash_of(const Blob& body);

}  // namespace cloudchamber
