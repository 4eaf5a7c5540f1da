// Passage: one exchange of a client with whoever answers, whose bodies are handed on as they come
// and kept for the recording.
//
// Belongs to one call.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "cloudchamber/transport.h"
#include "mock-server/http/http_stream.h"
#include "recordings/proxy/spool.h"
#include "sdk/recording/recording.h"

namespace cloudchamber::recordings {

class Passage {
 public:
  // Large bodies are kept in files of that name and an ending until the passage is over.
  Passage(mock::HttpStream& client, const std::filesystem::path& spool);

  // To send the request with: takes the body of a success. With `body_goes_by` it brings the body
  // of the request; else that is the request's own.
  [[nodiscard]] SendOptions sending(bool body_goes_by);

  // Puts the bodies that went by into the exchange; what the client still sends is waited for. A
  // framed request has its framing taken off.
  void complete(Exchange& exchange);

  // Has the client been given the beginning of the answer?
  [[nodiscard]] bool has_begun() const { return begun_; }
  // Gives it what was held back of the answer until it was recorded: its end.
  void finish();

 private:
  [[nodiscard]] std::size_t read(char* to, std::size_t size);
  void begin(const HttpResponse& head);
  void take(std::string_view piece);

  mock::HttpStream& client_;
  Spool sent_;
  Spool received_;
  bool body_goes_by_ = false;
  bool begun_ = false;
  std::optional<std::uint64_t> left_;  // of an answer that said how long it is
  std::string held_back_;
};

}  // namespace cloudchamber::recordings
