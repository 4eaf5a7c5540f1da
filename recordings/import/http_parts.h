// The parts of HTTP messages as recorders write them.
#pragma once

#include <string>
#include <string_view>

#include "cloudchamber/blob.h"
#include "cloudchamber/http.h"
#include "recordings/import/document.h"
#include "sdk/recording/recording.h"

namespace cloudchamber::recordings {

// Splits an absolute URL over scheme, host and target. Throws Refusal.
void set_url(const Node& url, HttpRequest& request);

// A map of names to a value or a list of them, or a list of such pairs. What HTTP/2 adds (":path")
// is left out.
[[nodiscard]] Headers headers_of(const Node& all);
// The message's "headers", which some recorders leave out where there are none.
[[nodiscard]] Headers headers_in(const Node& message);

// Base64, with white space anywhere. Throws Refusal.
[[nodiscard]] Blob bytes_of_base64(const Node& text, std::string_view what);

[[nodiscard]] int status_of(const Node& status);

// What a message says twice is kept once: the request's Host stands in its URL, its length in its
// body; the response's Date is the exchange's time where nothing else is known; the answer to HEAD
// has the length that its header says. Names of an object's metadata are in small letters, as S3
// sends them.
void tidy(Exchange& exchange);

}  // namespace cloudchamber::recordings
