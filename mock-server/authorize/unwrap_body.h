// Takes the aws-chunked framing off a request, in one place for all that comes after.
#pragma once

#include <optional>

#include "cloudchamber/http.h"
#include "sdk/sign/aws_chunked.h"

namespace cloudchamber::mock {

// Where X-Amz-Content-SHA256 says that the body is framed (STREAMING-...): puts the plain body in
// its place, sharing its pieces, adds the trailing headers to the request's headers as if they had
// stood there, and removes "aws-chunked" from Content-Encoding. Else does nothing.
//
// `chunks` verifies the signatures of chunks and trailer: Signer::chunks. Throws what S3
// answers: IncompleteBody, MissingContentLength, InvalidChunkSizeError, MalformedTrailerError,
// SignatureDoesNotMatch.
void unwrap_body(HttpRequest& request, const std::optional<ChunkSigner>& chunks);

}  // namespace cloudchamber::mock
