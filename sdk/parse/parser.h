// From the bytes of a response to the result of a call: the mirror of the server's encode/.
//
// Lenient as AWS's own clients are: unknown members are passed over, absent ones stay absent (an
// output list or map that the wire leaves out is left out). Pure functions: thread-safe. Nothing in
// a response may crash or hang them; a body that can't be read as the protocol's throws
// ResponseParserError. An output that is a stream of events is an array of them, each an object of
// one member named after its kind; an error within the stream stands in it as {"Error": {"Code",
// "Message"}}.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {

struct ParsedError {
  std::string code;  // "EntityAlreadyExists": namespaces, URIs and suffixes stripped; "404" where
                     // the body says nothing
  std::string message;
  std::string type;        // "Sender", "Receiver" or ""
  std::string request_id;  // "" when the response has none
  std::string query_code;  // x-amzn-query-error's code, "" when none
  Json members;            // the modelled members of the exception, an object
  Json details;            // what else an XML error says of itself, texts by name: S3's
                           // "BucketName"; an object
};

// The result of a successful response (status below 300) without ResponseMetadata. A streaming
// member is left out: it is response.body.
[[nodiscard]] Json parse_output(const ServiceModel& service, const Operation& operation,
                                const HttpResponse& response);

// What an unsuccessful response says. Where its body is empty or not the protocol's (a proxy's HTML
// page), the code is the status and the message its phrase: "404", "Not Found".
[[nodiscard]] ParsedError parse_error(const ServiceModel& service, const Operation& operation,
                                      const HttpResponse& response);

// The request id that a response carries in its headers or body; "" when none.
[[nodiscard]] std::string parse_request_id(const ServiceModel& service,
                                           const HttpResponse& response);

}  // namespace cloudchamber
