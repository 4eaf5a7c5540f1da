#include "sdk/transport/deliver.h"

#include <string>
#include <utility>

namespace cloudchamber {
namespace {

constexpr std::size_t kPieceSize = std::size_t{1} << 20;

}  // namespace

void deliver_body(HttpResponse& response, const SendOptions& options) {
  if (!options.sink || response.status < 200 || response.status > 299) return;
  if (options.head) options.head(response);
  while (!response.body.empty()) {
    options.sink(response.body.piece(0));
    response.body.drop_front_piece();
  }
}

Blob read_whole(const BodySource& source) {
  Blob body;
  std::string piece;
  while (true) {
    const std::size_t filled = piece.size();
    if (filled == kPieceSize) {
      body.append(std::exchange(piece, {}));
      continue;
    }
    piece.resize(filled == 0 ? kPieceSize / 16 : kPieceSize);
    const std::size_t got = source.read(piece.data() + filled, piece.size() - filled);
    piece.resize(filled + got);
    if (got == 0) break;
  }
  if (!piece.empty()) body.append(std::move(piece));
  return body;
}

HttpRequest whole_request(const HttpRequest& request, const SendOptions& options) {
  HttpRequest whole = request;
  if (options.body.read) whole.body = read_whole(options.body);
  return whole;
}

}  // namespace cloudchamber
