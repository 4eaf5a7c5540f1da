// The freedoms that two messages have which mean the same, in one place: what the check compares is
// what these functions leave.
//
// Free are: the order of headers, of parameters of forms and queries, of members, and of a map's
// entries; XML's namespaces, declarations, attributes' order and white space; empty elements, which
// mean the same as absent ones; the spelling of numbers and of times (a whole second with or
// without milliseconds); headers that say nothing of the call (signature, date, user agent, what
// the connection needs); percent-encoding; an API's version and the names of Signature Version 2 in
// a form or query; where the headers of a signed URL stand; what proxies, caches and other servers
// of S3's protocol add to a response; an empty Content-Type; a policy in a text, percent-encoded or
// not; the header with the request's id where an old response has it in its body alone. Pure
// functions: thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::recordings {

// All places where one message is not the other, as "$.a[1]: expected 1, got 2".
using Differences = std::vector<std::string>;

[[nodiscard]] Differences differences(const Json& expected, const Json& actual,
                                      const std::string& place = "$");

// Of two requests to one operation, framing and coding taken off, the bucket in the path.
[[nodiscard]] Differences request_differences(const ServiceModel& service,
                                              const HttpRequest& expected,
                                              const HttpRequest& actual);

// Of two responses; `streams` says that the body is bytes as they are.
[[nodiscard]] Differences response_differences(const ServiceModel& service,
                                               const HttpResponse& expected,
                                               const HttpResponse& actual, bool streams);

// Bodies as values that are equal where they mean the same. XML that can't be read throws XmlError.
[[nodiscard]] Json xml_value(std::string_view text);
[[nodiscard]] Json form_value(std::string_view form);

// A result or parameters without what says nothing: empty structures, lists and maps.
[[nodiscard]] Json without_empties(const Json& value);

}  // namespace cloudchamber::recordings
