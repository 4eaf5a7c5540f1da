#include "recordings/proxy/passage.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "recordings/proxy/resign.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::uint64_t kSmall = 64 * 1024;  // an answer of no more is handed on as a whole
constexpr std::size_t kPiece = 64 * 1024;

std::optional<std::uint64_t> content_length(const Headers& headers) {
  const std::string_view text = headers.get("Content-Length");
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return length;
}

std::filesystem::path with_ending(std::filesystem::path path, const char* ending) {
  return path += ending;
}

}  // namespace

Passage::Passage(mock::HttpStream& client, const std::filesystem::path& spool)
    : client_(client),
      sent_(with_ending(spool, ".request")),
      received_(with_ending(spool, ".response")) {}

SendOptions Passage::sending(bool body_goes_by) {
  body_goes_by_ = body_goes_by;
  SendOptions options;
  if (body_goes_by)
    options.body = {.read = [this](char* to, std::size_t size) { return read(to, size); },
                    .size = client_.body_size()};
  options.head = [this](const HttpResponse& head) { begin(head); };
  options.sink = [this](std::string_view piece) { take(piece); };
  return options;
}

std::size_t Passage::read(char* to, std::size_t size) {
  const std::size_t got = client_.read(to, size);
  sent_.write({to, got});
  return got;
}

void Passage::begin(const HttpResponse& head) {
  left_ = content_length(head.headers);
  if (left_ && *left_ <= kSmall) return;
  HttpResponse beginning{.status = head.status, .headers = head.headers, .content_length = left_};
  begun_ = true;
  client_.begin(beginning);
}

// The client has not got the whole answer before it is recorded: of one that has a length the last
// byte is kept back, of another its end.
void Passage::take(std::string_view piece) {
  received_.write(piece);
  if (!begun_) return;
  if (left_) {
    *left_ -= std::min<std::uint64_t>(*left_, piece.size());
    if (*left_ == 0) {
      held_back_ += piece.back();
      piece.remove_suffix(1);
    }
  }
  client_.write(piece);
}

void Passage::complete(Exchange& exchange) {
  if (body_goes_by_) {
    std::array<char, kPiece> rest;
    while (read(rest.data(), rest.size()) > 0) {
    }
    exchange.request.body = sent_.whole();
    take_framing_off(exchange.request);
  }
  if (Blob body = received_.whole(); !body.empty()) exchange.response.body = std::move(body);
}

void Passage::finish() { client_.write(held_back_); }

}  // namespace cloudchamber::recordings
