#include "mock-server/content_coding.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <string>

#include "mock-server/call/aws_error.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock {
namespace {

constexpr std::size_t kLargeResponse = 4096;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// The first "q=" counts, wherever it stands; what is no number counts as 1, as does more than 1.
double quality_of(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1;
  std::string_view text = parameters.substr(at + 2);
  text = trimmed(text.substr(0, text.find(';')));
  double quality = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), quality);
  if (error != std::errc() || end != text.data() + text.size()) return 1;
  return std::clamp(quality, 0.0, 1.0);
}

struct Offer {
  Coding coding;
  std::string_view name;
  bool named = false;
  double quality = -1;  // below 0: not accepted
  std::size_t position = 0;
};

AwsError broken_body() {
  return {"InternalServerError", "The request body could not be unpacked", 500};
}

}  // namespace

std::optional<Coding> accepted_coding(std::string_view accept_encoding) {
  std::array<Offer, 2> offers{{{Coding::kGzip, "gzip"}, {Coding::kDeflate, "deflate"}}};
  double any = -1;
  std::size_t any_position = 0;
  for (std::size_t position = 0; !accept_encoding.empty(); ++position) {
    const std::size_t comma = accept_encoding.find(',');
    const std::string_view item = accept_encoding.substr(0, comma);
    accept_encoding.remove_prefix(comma == std::string_view::npos ? accept_encoding.size()
                                                                  : comma + 1);
    const std::size_t semicolon = item.find(';');
    const std::string_view name = trimmed(item.substr(0, semicolon));
    const double quality =
        semicolon == std::string_view::npos ? 1 : quality_of(item.substr(semicolon));
    if (name == "*" && quality > any) {
      any = quality;
      any_position = position;
    }
    for (Offer& offer : offers) {
      if (!equal_ignoring_case(name, offer.name)) continue;
      if (!offer.named || quality > offer.quality)
        offer = {offer.coding, offer.name, true, quality, position};
    }
  }
  const Offer* best = nullptr;
  for (Offer& offer : offers) {
    if (!offer.named && any >= 0) {
      offer.quality = any;
      offer.position = any_position;
    }
    if (offer.quality <= 0) continue;
    const auto rank = [](const Offer& o) {
      return std::tuple(o.quality, o.named, -static_cast<std::ptrdiff_t>(o.position));
    };
    if (best == nullptr || rank(offer) > rank(*best)) best = &offer;
  }
  if (best == nullptr) return std::nullopt;
  return best->coding;
}

void take_coding_off(const ServiceModel& service, HttpRequest& request, std::size_t limit) {
  const std::string* encoding = request.headers.find("Content-Encoding");
  if (encoding == nullptr || service.protocol != Protocol::kJson) return;
  if (encoding->empty() || equal_ignoring_case(*encoding, "identity")) return;
  const bool gzip = equal_ignoring_case(*encoding, "gzip");
  if (!gzip && !equal_ignoring_case(*encoding, "deflate")) throw broken_body();
  Decompressed unpacked = decompress(gzip ? Coding::kGzip : Coding::kDeflate, request.body, limit);
  if (unpacked.outcome == Decompressed::kTooLarge)
    throw AwsError("RequestEntityTooLarge", "The request body is too large", 413);
  if (unpacked.outcome == Decompressed::kBroken) throw broken_body();
  request.body = std::move(unpacked.bytes);
  request.headers.erase("Content-Encoding");
}

void put_coding_on(std::string_view accept_encoding, HttpResponse& response) {
  if (accept_encoding.empty() || response.body.size() <= kLargeResponse) return;
  const std::optional<Coding> coding = accepted_coding(accept_encoding);
  if (!coding) return;
  response.body = compress(*coding, response.body);
  response.headers.set("Content-Encoding", *coding == Coding::kGzip ? "gzip" : "deflate");
}

}  // namespace cloudchamber::mock
