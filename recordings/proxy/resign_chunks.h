// A body in signed chunks (sdk/sign/aws_chunked.h) whose signatures are made anew while it goes by.
#pragma once

#include <cstddef>
#include <string>

#include "cloudchamber/transport.h"
#include "sdk/sign/aws_chunked.h"

namespace cloudchamber::recordings {

// Reads a framed body from `framed` and gives it once more, with signatures of `signer` in place of
// the client's: not a byte longer or shorter. A chunk is held in memory until it is signed: one of
// more than 16 MiB throws std::runtime_error. What is no chunk goes on as it is from there: who it
// is for says so. Not thread-safe.
class ResignedChunks {
 public:
  ResignedChunks(BodySource framed, ChunkSigner signer)
      : framed_(std::move(framed)), signer_(std::move(signer)) {}

  [[nodiscard]] std::size_t read(char* to, std::size_t size);

 private:
  void next();
  void sign_chunk();
  void sign_trailer();
  bool fill();  // false at the end
  std::size_t line_end();

  BodySource framed_;
  ChunkSigner signer_;
  std::string input_;  // read, and not yet signed
  std::string ready_;  // to be given
  std::size_t given_ = 0;
  bool verbatim_ = false;
};

}  // namespace cloudchamber::recordings
