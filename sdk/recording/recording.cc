#include "sdk/recording/recording.h"

#include <charconv>
#include <cstddef>
#include <string_view>

namespace cloudchamber {

void restore_content_length(Exchange& exchange) {
  HttpResponse& response = exchange.response;
  if (exchange.request.method != "HEAD" || response.content_length || !response.body.empty())
    return;
  const std::string_view text = response.headers.get("Content-Length");
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (!text.empty() && error == std::errc() && end == text.data() + text.size())
    response.content_length = length;
}

}  // namespace cloudchamber
