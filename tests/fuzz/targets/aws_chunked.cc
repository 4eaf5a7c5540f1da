// A framed body, cut into pieces after its first byte's number of bytes.
#include "sdk/sign/aws_chunked.h"

#include <cstdlib>

#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {

void fuzz_aws_chunked(std::string_view input) {
  if (input.empty()) return;
  const std::size_t step = static_cast<unsigned char>(input.front()) + std::size_t{1};
  input.remove_prefix(1);
  Blob framed;
  for (std::size_t i = 0; i < input.size(); i += step)
    framed.append(std::string(input.substr(i, step)));
  try {
    const Unchunked plain = decode_aws_chunked(framed, nullptr);
    if (plain.body.size() > framed.size()) std::abort();
    // However it was framed, ours gives the same body and trailers.
    const Unchunked again =
        decode_aws_chunked(encode_aws_chunked(plain.body, nullptr, plain.trailers, 8192), nullptr);
    if (!(again.body == plain.body) || again.trailers.size() != plain.trailers.size()) std::abort();
  } catch (const AwsChunkedError&) {
  }
  const Signature seed{.signing_key = "key", .timestamp = "20130524T000000Z", .scope = "s"};
  ChunkSigner signer(seed);
  try {
    static_cast<void>(decode_aws_chunked(framed, &signer, true));
    std::abort();  // nobody guesses a signature
  } catch (const AwsChunkedError&) {
  }
}

}  // namespace cloudchamber::fuzz
