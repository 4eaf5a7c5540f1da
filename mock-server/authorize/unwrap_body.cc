#include "mock-server/authorize/unwrap_body.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "mock-server/call/aws_error.h"
#include "sdk/codec/ascii.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::mock {
namespace {

AwsError incomplete() {
  return {"IncompleteBody", "The request body terminated unexpectedly", 400};
}

AwsError malformed_trailer() {
  return {"MalformedTrailerError",
          "The request contained trailing data that was not well-formed or did not conform to our "
          "published schema.",
          400};
}

AwsError refusal(const AwsChunkedError& error) {
  switch (error.kind()) {
    case AwsChunkedError::Kind::kChunkTooSmall: {
      AwsError small("InvalidChunkSizeError",
                     "Only the last chunk is allowed to have a size less than 8192 bytes", 400);
      small.with("Chunk", error.chunk()).with("BadChunkSize", error.chunk_size());
      return small;
    }
    case AwsChunkedError::Kind::kBadSignature:
      return {"SignatureDoesNotMatch",
              "The request signature we calculated does not match the signature you provided. "
              "Check your key and signing method.",
              403};
    case AwsChunkedError::Kind::kMalformedTrailer:
      return malformed_trailer();
    case AwsChunkedError::Kind::kIncomplete:
      break;
  }
  return incomplete();
}

std::size_t decoded_length(const HttpRequest& request) {
  const std::string* const header = request.headers.find("x-amz-decoded-content-length");
  if (header == nullptr || header->empty())
    throw AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
  std::size_t length = 0;
  const char* const stop = header->data() + header->size();
  const auto [end, error] = std::from_chars(header->data(), stop, length);
  if (error != std::errc() || end != stop)
    throw AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
  return length;
}

// The comma-separated names and values of a header, lower case, without white space around.
std::vector<std::string> listed(std::string_view header) {
  std::vector<std::string> names;
  while (!header.empty()) {
    const std::size_t comma = header.find(',');
    std::string_view name = header.substr(0, comma);
    header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
    while (name.starts_with(' ') || name.starts_with('\t')) name.remove_prefix(1);
    while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
    if (name.empty()) continue;
    names.push_back(lowered(name));
  }
  return names;
}

// The trailer is what X-Amz-Trailer announces, no more and no less, and S3 allows but checksums.
void check_announced(const HttpRequest& request, const Headers& trailers) {
  const std::vector<std::string> announced = listed(request.headers.get("x-amz-trailer"));
  if (announced.size() != trailers.size()) throw malformed_trailer();
  for (const std::string& name : announced) {
    if (!name.starts_with("x-amz-checksum-"))
      throw AwsError("InvalidRequest",
                     "The value specified in the x-amz-trailer header is not supported", 400);
    if (!trailers.contains(name)) throw malformed_trailer();
  }
}

void remove_aws_chunked(Headers& headers) {
  // Go's clients send it twice: "identity" and "aws-chunked".
  std::string all;
  for (const auto& [name, value] : headers)
    if (equal_ignoring_case(name, "content-encoding")) all += value + ",";
  std::string left;
  bool removed = false;
  for (const std::string& coding : listed(all)) {
    if (coding == "aws-chunked") {
      removed = true;
      continue;
    }
    left += (left.empty() ? "" : ",") + coding;
  }
  if (!removed) return;
  if (left.empty())
    headers.erase("content-encoding");
  else
    headers.set("content-encoding", left);
}

}  // namespace

void unwrap_body(HttpRequest& request, const std::optional<ChunkSigner>& chunks) {
  const std::string_view payload = request.headers.get("x-amz-content-sha256");
  if (!payload.starts_with("STREAMING-")) return;
  const bool with_trailer = payload.ends_with("-TRAILER");
  const std::size_t length = decoded_length(request);
  Unchunked plain;
  try {
    std::optional<ChunkSigner> signer = chunks;
    plain = decode_aws_chunked(request.body, signer ? &*signer : nullptr,
                               with_trailer && payload != kStreamingUnsignedTrailer);
  } catch (const AwsChunkedError& error) {
    throw refusal(error);
  }
  if (plain.body.size() != length) throw incomplete();
  check_announced(request, plain.trailers);
  request.body = std::move(plain.body);
  for (const auto& [name, value] : plain.trailers) request.headers.set(name, value);
  remove_aws_chunked(request.headers);
}

}  // namespace cloudchamber::mock
